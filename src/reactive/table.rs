//! Where the values lie that handles stand for. A handle is a number of 32 bits: it is copied into nearly every closure
//! of the console, and Leptos' own are twice as long. What is told of changes, and when values go, stays Leptos' work.
//! Must not know the type of any value.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::rc::Rc;

use leptos::prelude::{LocalStorage, Notify, Read, ReadUntracked, Track, untrack};
use leptos::reactive::computed::ArcMemo;
use leptos::reactive::owner::ArenaItem;
use leptos::reactive::signal::ArcTrigger;

use super::any::{Value, odd};
use super::memo::Computed;

/// Where a value comes from.
pub(super) enum Source {
    /// It is put here, and nobody is told.
    Kept,
    /// It is put here, and who follows it is told.
    Cell(ArcTrigger),
    /// It is computed when what it reads has changed.
    Memo(ArcMemo<Computed>),
    /// It is computed whenever it is read.
    Derived(Box<dyn Derive>),
}

/// How it is computed. Not `Fn`, whose table holds two more ways to be called for every closure.
pub(super) trait Derive {
    fn derive(&self) -> Value;
}

struct Held {
    source: Source,
    /// `None` where it is computed, and while it is being changed.
    value: RefCell<Option<Value>>,
}

#[derive(Default)]
struct Place {
    /// How often it was given out: a handle of an earlier time finds nothing.
    turn: u32,
    held: Option<Rc<Held>>,
}

#[derive(Default)]
struct Table {
    places: Vec<Place>,
    /// Given out again in the order in which they became free, so that turns go slowly.
    free: VecDeque<u32>,
}

thread_local! {
    static TABLE: RefCell<Table> = RefCell::default();
}

/// So many bits tell the place, the others the turn: a million values at a time, and each place 4,095 times before a
/// handle from long ago could be mistaken.
const PLACE_BITS: u32 = 20;
const TURNS: u32 = (1 << (32 - PLACE_BITS)) - 1;

/// A value's handle.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Id(NonZeroU32);

impl Id {
    fn parts(self) -> (usize, u32) {
        let bits = self.0.get();
        ((bits & ((1 << PLACE_BITS) - 1)) as usize, bits >> PLACE_BITS)
    }
}

impl Table {
    fn put(&mut self, held: Rc<Held>) -> Id {
        let number = self.free.pop_front().unwrap_or_else(|| {
            self.places.push(Place::default());
            u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX)
        });
        let Some(place) = self.places.get_mut(number as usize) else { odd() };
        place.turn = place.turn % TURNS + 1;
        place.held = Some(held);
        match NonZeroU32::new(place.turn << PLACE_BITS | number) {
            Some(bits) if number < 1 << PLACE_BITS => Id(bits),
            _ => odd(),
        }
    }

    fn at(&self, id: Id) -> Option<&Rc<Held>> {
        let (place, turn) = id.parts();
        self.places.get(place).filter(|place| place.turn == turn)?.held.as_ref()
    }

    fn take(&mut self, id: Id) -> Option<Rc<Held>> {
        let (number, turn) = id.parts();
        let held = self.places.get_mut(number).filter(|place| place.turn == turn)?.held.take()?;
        self.free.extend(u32::try_from(number));
        Some(held)
    }
}

/// Goes with the part of the page that the value belongs to, after everything that part does as it goes.
struct Owned(Id);

impl Drop for Owned {
    fn drop(&mut self) {
        let held = TABLE.try_with(|table| table.borrow_mut().take(self.0));
        // What goes may itself look here as it goes.
        drop(held);
    }
}

/// Puts a value in; it goes with the present part of the page.
#[inline(never)]
pub(super) fn put(source: Source, value: Option<Value>) -> Id {
    let held = Rc::new(Held { source, value: RefCell::new(value) });
    let id = TABLE.with(|table| table.borrow_mut().put(held));
    ArenaItem::<Owned, LocalStorage>::new_local(Owned(id));
    id
}

impl Id {
    fn held(self) -> Option<Rc<Held>> {
        TABLE.with(|table| table.borrow().at(self).cloned())
    }

    /// The value as it is now; `None` where it is gone. Who reads it follows it, if wished.
    #[inline(never)]
    pub fn try_read(self, follow: bool) -> Option<Value> {
        let held = self.held()?;
        match &held.source {
            Source::Kept => {}
            Source::Cell(told) if follow => told.track(),
            Source::Cell(_) => {}
            Source::Memo(memo) if follow => return Some(Value::clone(&memo.read().value)),
            Source::Memo(memo) => return Some(Value::clone(&memo.read_untracked().value)),
            Source::Derived(how) if follow => return Some(how.derive()),
            Source::Derived(how) => return Some(untrack(|| how.derive())),
        }
        held.value.borrow().clone()
    }

    /// The value as it is now. Who reads it follows it, if wished.
    #[inline(never)]
    pub fn read(self, follow: bool) -> Value {
        self.try_read(follow).unwrap_or_else(|| odd())
    }

    /// Follows it without looking.
    #[inline(never)]
    pub fn track(self) {
        match self.held().as_ref().map(|held| &held.source) {
            Some(Source::Cell(told)) => told.track(),
            Some(Source::Memo(memo)) => memo.track(),
            _ => {}
        }
    }

    /// Puts another value in its place, where it is still there.
    #[inline(never)]
    pub fn set(self, value: Value) {
        let Some(mut change) = self.change() else { return };
        let old = change.value.replace(value);
        drop(change);
        // What goes may itself look here as it goes.
        drop(old);
    }

    /// Takes the value out to change it; `None` where it is gone.
    #[inline(never)]
    pub fn change(self) -> Option<Box<Change>> {
        let held = self.held()?;
        let value = held.value.take();
        if value.is_none() {
            odd();
        }
        Some(Box::new(Change { held, value }))
    }
}

/// A value that is being changed. It is put back, and who follows it is told, when this goes.
pub(super) struct Change {
    held: Rc<Held>,
    value: Option<Value>,
}

impl Change {
    pub fn value(&mut self) -> &mut Value {
        match &mut self.value {
            Some(value) => value,
            None => odd(),
        }
    }
}

impl Drop for Change {
    #[inline(never)]
    fn drop(&mut self) {
        self.held.value.replace(self.value.take());
        if let Source::Cell(told) = &self.held.source {
            told.notify();
        }
    }
}
