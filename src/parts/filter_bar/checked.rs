//! The box of a filter that is a text in a language of the server's. Knows no such language: the dialect checks it.

use crate::reactive::prelude::*;

use super::Change;
use crate::reactive::{effect, memo};
use crate::ui::el::{Node, el};
use crate::ui::{Glyph, fresh_id, icon_s};
use longrun_core::dialect::{Filter, FilterKind};
use longrun_core::query::ListQuery;
use longrun_core::text::fill;

/// A text in a language of the server's: checked before it is sent, and not sent where the server would refuse it.
#[component]
pub(super) fn CheckedBox(
    #[prop(into)] query: Signal<ListQuery>,
    filters: &'static [Filter],
    filter: &'static Filter,
    on_change: Change,
) -> Node {
    let by = filter.param;
    let FilterKind::Checked(check) = filter.kind else { return Node::None };
    let sent = memo(move |_| query.with(|query| query.server_value(by).unwrap_or_default().to_owned()));
    let typed = RwSignal::new(sent.get_untracked());
    effect(move |_: Option<()>| typed.set(sent.get()));
    let verdict = move |text: &str| if text.trim().is_empty() { None } else { check(text.trim()).err() };
    let wrong = RwSignal::new(None::<String>);
    effect(move |_: Option<()>| wrong.set(verdict(&sent.get())));
    let commit = move || {
        let text = typed.get_untracked();
        let why = verdict(&text);
        let good = why.is_none();
        wrong.set(why);
        if good && sent.get_untracked() != text.trim() {
            let mut next = query.get_untracked();
            next.set_server(filters, by, &text);
            on_change.run((next, true));
        }
    };
    let id = fresh_id("checked");
    let (wrong_id, hint_id) = (format!("{id}-wrong"), format!("{id}-hint"));
    let described = format!("{wrong_id} {hint_id}");
    let input = el("input")
        .class("input mono")
        .attr("id", id.clone())
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", described)
        .live("aria-invalid", move || wrong.get().is_some().then_some("true"))
        .live_value(move || typed.get())
        .on("input", move |event| {
            typed.set(event_target_value(&event));
            // What was wrong is looked at again with each key; what is new is looked at when it is done.
            if wrong.get_untracked().is_some() {
                wrong.set(verdict(&typed.get_untracked()));
            }
        })
        .on("change", move |_| commit());
    let says = move || {
        let why = wrong.get()?;
        Some([
            icon_s(Glyph::Failed).into(),
            Node::from(el("span").text(fill("{0} It was not sent.", &[&why]))),
        ])
    };
    el("form")
        .class("checked-filter")
        .on("submit", move |event| {
            event.prevent_default();
            commit();
        })
        .child(el("label").attr("for", id).text(filter.label))
        .child(input)
        .child(el("p").class("wrong").attr("id", wrong_id).attr("role", "alert").live_child(says))
        .child(el("p").class("hint").attr("id", hint_id).text(filter.hint))
        .into()
}
