//! The whole query as text. While it is typed, what is applied to the loaded rows applies at once and the address is
//! changed in place; what the server filters is sent when the text is done: Enter, or leaving the box. Knows the
//! language only by `ListQuery`.

use std::ops::Range;

use crate::reactive::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};

use super::Change;
use crate::platform::{caret, timers::Timeout};
use crate::reactive::effect;
use crate::ui::el::{El, el};
use longrun_core::query::{ListQuery, Problem, Tables};
use longrun_core::text::t;

/// How long after leaving the box a press is surely over, in milliseconds.
const SETTLE: i32 = 300;

/// The text and what it means. Cheap to copy.
pub type Typed = Lasting<TypedParts>;

/// What [`Typed`] points to.
pub struct TypedParts {
    query: Signal<ListQuery>,
    tables: StoredValue<Tables>,
    on_change: Change,
    /// What stands in the box.
    pub text: RwSignal<String>,
    /// Where the caret is.
    pub caret: RwSignal<usize>,
    /// Something was typed that is not committed.
    pub editing: RwSignal<bool>,
    /// The query that the text last became: a query that is not ours is written into the box.
    ours: StoredValue<ListQuery>,
    /// The text that was committed last.
    done: StoredValue<String>,
    input: StoredValue<Option<HtmlInputElement>>,
}

impl Typed {
    /// Follows the query.
    pub fn new(query: Signal<ListQuery>, tables: Tables, on_change: Change) -> Typed {
        let now = query.get_untracked();
        let typed = lasting(TypedParts {
            query,
            tables: StoredValue::new(tables),
            on_change,
            text: RwSignal::new(now.as_text()),
            done: StoredValue::new(now.as_text()),
            caret: RwSignal::new(0),
            editing: RwSignal::new(false),
            ours: StoredValue::new(now),
            input: StoredValue::new(None),
        });
        effect(move |_: Option<()>| {
            let now = query.get();
            let text = now.as_text();
            if typed.ours.with_value(|ours| ours.as_text() != text) {
                typed.editing.set(false);
                typed.done.set_value(text.clone());
                typed.text.set(text);
            }
            typed.ours.set_value(now);
        });
        typed
    }

    /// Something was typed.
    pub fn type_text(self, text: String) {
        let now = self.query.get_untracked();
        let next = now.while_typing(&text, self.caret.get_untracked(), self.tables.get_value());
        self.editing.set(true);
        self.text.set(text);
        // Also what is typed again as it was must be done again: meanwhile the list followed each letter.
        self.done.set_value(String::from('\u{0}'));
        self.ours.set_value(next.clone());
        if next != now {
            self.on_change.run((next, false));
        }
    }

    /// The text is done.
    pub fn commit(self) {
        if self.text.with_untracked(|text| self.done.with_value(|done| done == text)) {
            return;
        }
        self.done.set_value(self.text.get_untracked());
        let now = self.query.get_untracked();
        let next = self.text.with_untracked(|text| now.with_text(text, self.tables.get_value()).0);
        self.ours.set_value(next.clone());
        if next != now {
            // Each letter has changed the address in place; only another question to the server is another step.
            let committed = next.server != now.server;
            self.on_change.run((next, committed));
        }
    }

    /// What is wrong with it. While something is typed, the piece at the caret is not done and so not wrong yet.
    pub fn problems(self) -> Vec<Problem> {
        let (text, caret, editing) = (self.text.get(), self.caret.get(), self.editing.get());
        let mut problems = untrack(|| self.query.get()).with_text(&text, self.tables.get_value()).1;
        problems.retain(|problem| {
            let piece = text.get(problem.span.start..).unwrap_or_default();
            let end = problem.span.start + piece.find(char::is_whitespace).unwrap_or(piece.len());
            !editing || caret < problem.span.start || caret > end.max(problem.span.end)
        });
        problems
    }

    /// Puts the focus on a part of the text.
    pub fn select(self, part: &Range<usize>) {
        if let Some(input) = self.input.get_value() {
            caret::select(&input, part);
        }
    }

    /// Replaces the text, with the caret at a place.
    pub fn put(self, text: String, caret: usize) {
        self.type_text(text);
        self.caret.set(caret);
        self.select(&(caret..caret));
    }

    fn look(self) {
        if let Some(input) = self.input.get_value() {
            self.caret.set(caret::place(&input));
        }
    }

    /// The box. `key` hears what is pressed in it first, and says whether it used it.
    pub fn draw(self, wrong: String, key: impl Fn(&str) -> bool + 'static) -> El {
        el("input")
            .class("query")
            .attr("id", "query")
            .attr("type", "text")
            .attr("aria-label", t("Query"))
            .attr("placeholder", t("state:failed  body.*.name:lan  duration>10m  \"two words\"  -without"))
            .attr("autocomplete", "off")
            .attr("autocapitalize", "off")
            .attr("spellcheck", "false")
            .attr("aria-describedby", wrong)
            .live("aria-invalid", move || (!self.problems().is_empty()).then_some("true"))
            .made(move |element| self.input.set_value(element.dyn_ref::<HtmlInputElement>().cloned()))
            .live_value(move || self.text.get())
            .on("input", move |event| {
                // The caret first: what is wrong is judged by where it is.
                self.look();
                self.type_text(event_target_value(&event));
            })
            .on("keyup", move |_| self.look())
            .on("click", move |_| self.look())
            .on("blur", move |_| {
                self.commit();
                // What is wrong is said a little later: it moves what the pointer may be about to press.
                let settled = Timeout::new(SETTLE, move || {
                    self.editing.try_set(false);
                });
                settled.into_iter().for_each(Timeout::forget);
            })
            .on("keydown", move |event| {
                let Some(pressed) = event.dyn_ref::<KeyboardEvent>().filter(|key| !key.is_composing()) else {
                    return;
                };
                let name = pressed.key();
                if key(&name) {
                    event.prevent_default();
                    event.stop_propagation();
                } else if name == "Enter" {
                    self.editing.set(false);
                    self.commit();
                }
            })
    }
}
