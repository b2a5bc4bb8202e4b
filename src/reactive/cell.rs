//! A value that can be changed, and tells those who read it.

use std::marker::PhantomData;
use std::mem;
use std::ops::DerefMut;

use leptos::prelude::{LocalStorage, Read, ReadUntracked, Track, Write};

use super::any::{Value, of, of_mut};

pub(super) type Cell = leptos::prelude::RwSignal<Value, LocalStorage>;
pub(super) type Guard = <Cell as ReadUntracked>::Value;

/// A signal to read and write. Cheap to copy.
pub struct RwSignal<T>(pub(super) Cell, PhantomData<fn() -> T>);

impl<T> Copy for RwSignal<T> {}

impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

/// The same signal, whatever it holds.
impl<T> PartialEq for RwSignal<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

#[inline(never)]
fn make(value: Value) -> Cell {
    Cell::new_local(value)
}

#[inline(never)]
pub(super) fn read(cell: Cell) -> Guard {
    cell.read()
}

#[inline(never)]
pub(super) fn peek(cell: Cell) -> Guard {
    cell.read_untracked()
}

#[inline(never)]
fn write(cell: &Cell) -> Option<impl DerefMut<Target = Value>> {
    cell.try_write()
}

/// False where it is gone.
#[inline(never)]
fn put(cell: Cell, value: Value) -> bool {
    let Some(mut now) = cell.try_write() else { return false };
    let old = mem::replace(&mut *now, value);
    // What goes may itself read signals as it goes.
    drop(now);
    drop(old);
    true
}

impl<T: 'static> RwSignal<T> {
    /// Holds `value`.
    pub fn new(value: T) -> Self {
        RwSignal(make(Box::new(value)), PhantomData)
    }

    /// Looks at the value and follows it.
    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(of(&**read(self.0)))
    }

    /// Looks at the value as it is now.
    pub fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(of(&**peek(self.0)))
    }

    /// As it is now; `None` where it is gone.
    pub fn try_with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> Option<U> {
        let held = self.0.try_read_untracked()?;
        Some(look(of(&**held)))
    }

    /// Sets it and tells.
    #[inline(never)]
    pub fn set(self, value: T) {
        put(self.0, Box::new(value));
    }

    /// Sets it where it is still there: work that outlives its page ends with this.
    pub fn try_set(self, value: T) {
        self.set(value);
    }

    /// Changes it and tells.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// Changes it and tells, where it is still there.
    pub fn try_update<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut held = write(&self.0)?;
        Some(change(of_mut(&mut **held)))
    }

    /// Follows it without looking.
    pub fn track(self) {
        self.0.track();
    }
}

impl<T: Clone + 'static> RwSignal<T> {
    /// The value; follows it.
    #[inline(never)]
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value as it is now.
    #[inline(never)]
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// As it is now; `None` where it is gone.
    pub fn try_get_untracked(self) -> Option<T> {
        self.try_with_untracked(T::clone)
    }
}

impl<T: Default + 'static> Default for RwSignal<T> {
    fn default() -> Self {
        RwSignal::new(T::default())
    }
}
