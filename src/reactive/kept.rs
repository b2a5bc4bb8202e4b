//! A value that belongs to a part of the page and goes with it. Nobody is told when it changes.

use std::marker::PhantomData;
use std::mem;

use leptos::prelude::{LocalStorage, ReadValue, WriteValue};

use super::any::{Value, of, of_mut};

pub(super) type Kept = leptos::prelude::StoredValue<Value, LocalStorage>;
pub(super) type Guard = <Kept as ReadValue>::Value;

/// A kept value. Cheap to copy.
pub struct StoredValue<T>(Kept, PhantomData<fn() -> T>);

impl<T> Copy for StoredValue<T> {}

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

#[inline(never)]
pub(super) fn keep(value: Value) -> Kept {
    Kept::new_local(value)
}

#[inline(never)]
pub(super) fn look(kept: Kept) -> Guard {
    kept.read_value()
}

#[inline(never)]
fn put(kept: Kept, value: Value) {
    let Some(mut now) = kept.try_write_value() else { return };
    let old = mem::replace(&mut *now, value);
    // What goes may itself look here as it goes.
    drop(now);
    drop(old);
}

impl<T: 'static> StoredValue<T> {
    /// Keeps `value`.
    pub fn new(value: T) -> Self {
        StoredValue(keep(Box::new(value)), PhantomData)
    }

    /// Looks at it.
    pub fn with_value<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(of(&**look(self.0)))
    }

    /// Looks at it; `None` where it is gone.
    pub fn try_with_value<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        let held = self.0.try_read_value()?;
        Some(read(of(&**held)))
    }

    /// Keeps this instead.
    #[inline(never)]
    pub fn set_value(self, value: T) {
        put(self.0, Box::new(value));
    }

    /// Changes it.
    pub fn update_value(self, change: impl FnOnce(&mut T)) {
        self.try_update_value(change);
    }

    /// Changes it; `None` where it is gone.
    pub fn try_update_value<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut held = self.0.try_write_value()?;
        Some(change(of_mut(&mut **held)))
    }
}

impl<T: Clone + 'static> StoredValue<T> {
    /// A copy of it.
    #[inline(never)]
    pub fn get_value(self) -> T {
        self.with_value(T::clone)
    }

    /// A copy of it; `None` where it is gone.
    pub fn try_get_value(self) -> Option<T> {
        self.try_with_value(T::clone)
    }
}
