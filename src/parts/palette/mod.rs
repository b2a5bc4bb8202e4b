//! The box at the top that takes anything, and the list below it: where a text leads, loaded operations, pages, and
//! everything that can be pressed on the screen. What it offers stands in `offers`; here are the box and its keys.

mod draw;
mod loaded;
mod offers;

pub use draw::omnibox;

use crate::reactive::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use self::offers::{Offer, Then};
use crate::parts::status_bar::grouped;
use crate::platform::focus;
use crate::state::Console;
use crate::state::lookup::Lookup;
use crate::ui::commands::Commands;
use crate::ui::live;
use longrun_core::dialect::Pasted;
use longrun_core::text::{fill, t};

/// The box's id.
const BOX: &str = "omnibox";
/// The list's id.
const LIST: &str = "omnibox-list";
/// How many entries Page Up and Page Down pass.
const PAGE: usize = 8;

/// The box and what it offers. Cheap to copy.
pub type Palette = Lasting<PaletteParts>;

/// What [`Palette`] points to.
pub struct PaletteParts {
    console: Console,
    commands: Option<Commands>,
    lookup: Lookup,
    announcer: Option<live::Announcer>,
    text: RwSignal<String>,
    /// What was pasted, where the box shows only a part of it.
    pasted: StoredValue<Option<Pasted>>,
    is_open: RwSignal<bool>,
    offers: RwSignal<Vec<Offer>>,
    /// What the page offers, gathered when the list opens; it belongs to the owner beside it.
    standing: StoredValue<(Owner, Vec<Offer>)>,
    active: RwSignal<usize>,
    /// Where the focus was before.
    before: StoredValue<focus::Remembered>,
}

/// Makes the palette known to everything below. Call it once, in the shell, below the commands.
pub fn provide(console: Console) -> Palette {
    let palette = lasting(PaletteParts {
        console,
        commands: Commands::here(),
        lookup: Lookup::new(),
        announcer: live::Announcer::current(),
        text: RwSignal::new(String::new()),
        pasted: StoredValue::new(None),
        is_open: RwSignal::new(false),
        offers: RwSignal::new(vec![]),
        standing: StoredValue::new((Owner::new(), vec![])),
        active: RwSignal::new(0),
        before: StoredValue::new(focus::Remembered::default()),
    });
    provide_context(palette);
    palette
}

impl Palette {
    /// Goes to the box; with `open`, shows at once what can be done.
    pub fn enter(self, open: bool) {
        if focus::active_id().as_deref() != Some(BOX) {
            self.before.set_value(focus::remember());
        }
        focus::by_id(BOX);
        if open {
            self.open();
        }
    }

    fn open(self) {
        if !self.is_open.get_untracked() {
            let owner = Owner::new();
            let standing = owner.with(|| untrack(|| offers::standing(self.console, self.commands)));
            let old = self.standing.with_value(|(owner, _)| owner.clone());
            self.standing.set_value((owner, standing));
            old.cleanup();
            self.is_open.set(true);
        }
        self.active.set(0);
        self.gather();
    }

    /// Works out what is offered for what stands in the box.
    fn gather(self) {
        let text = self.text.get_untracked();
        let found = self.standing.with_value(|(_, standing)| {
            let pasted = self.pasted.get_value().unwrap_or_else(|| Pasted::read(&text));
            offers::of(self.console, self.lookup, &pasted, &text, standing)
        });
        if let Some(announcer) =
            self.announcer.filter(|_| self.offers.with_untracked(Vec::len) != found.len())
        {
            announcer.say(match found.len() {
                0 => t("Nothing found").to_owned(),
                1 => t("1 result").to_owned(),
                count => fill("{0} results", &[&grouped(count)]),
            });
        }
        self.offers.set(found);
    }

    fn close(self) {
        self.is_open.set(false);
        self.offers.set(vec![]);
    }

    /// Empties the box and gives the focus back to where it was.
    fn leave(self) {
        self.close();
        self.put(String::new(), None);
        if !self.before.with_value(focus::Remembered::restore) {
            focus::by_id("main");
        }
        self.before.set_value(focus::Remembered::default());
    }

    fn put(self, text: String, pasted: Option<Pasted>) {
        self.pasted.set_value(pasted);
        self.text.set(text);
    }

    /// Takes an offer: goes there, or does it. What is off says why instead.
    fn take(self, at: usize) {
        let Some(offer) = self.offers.with_untracked(|offers| offers.get(at).cloned()) else { return };
        if let (Some(why), Some(announcer)) = (offer.why_off, self.announcer) {
            announcer.say(why);
            return;
        }
        match offer.then {
            Then::Go(url) => {
                self.leave();
                self.console.router.go(&url);
                focus::by_id("main");
            }
            Then::Do(act) => {
                // The focus first: a dialog gives it back to where it was.
                self.leave();
                act.run(());
            }
            Then::Look(pasted) => self.lookup.look(self.console, &pasted),
        }
    }

    fn step(self, to: impl FnOnce(usize, usize) -> usize) {
        let last = self.offers.with_untracked(Vec::len).saturating_sub(1);
        let to = to(self.active.get_untracked(), last).min(last);
        self.active.set(to);
        focus::reveal_id(&option_id(to));
    }

    /// The keys of the box, by the combobox pattern of the ARIA authoring guide.
    fn key(self, event: &Event) {
        let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|key| !key.is_composing()) else { return };
        let (name, is_open) = (key.key(), self.is_open.get_untracked());
        match name.as_str() {
            "ArrowDown" | "ArrowUp" if !is_open => self.open(),
            "ArrowDown" => self.step(|at, last| if at == last { 0 } else { at + 1 }),
            "ArrowUp" => self.step(|at, last| at.checked_sub(1).unwrap_or(last)),
            "PageDown" if is_open => self.step(|at, _| at + PAGE),
            "PageUp" if is_open => self.step(|at, _| at.saturating_sub(PAGE)),
            "Enter" => {
                if !is_open && !self.text.with_untracked(String::is_empty) {
                    self.open();
                }
                self.take(self.active.get_untracked());
            }
            // The list first; what was typed stays until the next time.
            "Escape" if is_open && !self.text.with_untracked(String::is_empty) => self.close(),
            "Escape" => self.leave(),
            _ => return,
        }
        event.prevent_default();
    }
}

fn option_id(at: usize) -> String {
    let mut id = String::from("omnibox-");
    id.push_str(&at.to_string());
    id
}
