//! A value that belongs to a part of the page and goes with it. Nobody is told when it changes.

use std::marker::PhantomData;

use super::any::{Value, of, of_mut, pack};
use super::table::{Id, Source, put};

/// A kept value. Cheap to copy.
pub struct StoredValue<T>(Id, PhantomData<fn() -> T>);

impl<T> Copy for StoredValue<T> {}

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

#[inline(never)]
pub(super) fn keep(value: Value) -> Id {
    put(Source::Kept, Some(value))
}

impl<T: 'static> StoredValue<T> {
    /// Keeps `value`.
    pub fn new(value: T) -> Self {
        StoredValue(keep(pack(value)), PhantomData)
    }

    /// Looks at it.
    pub fn with_value<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(of(&self.0.read(false)))
    }

    /// Looks at it; `None` where it is gone.
    pub fn try_with_value<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        Some(read(of(&self.0.try_read(false)?)))
    }

    /// Keeps this instead.
    #[inline(never)]
    pub fn set_value(self, value: T) {
        self.0.set(pack(value));
    }

    /// Changes it.
    pub fn update_value(self, change: impl FnOnce(&mut T)) {
        self.try_update_value(change);
    }

    /// Changes it; `None` where it is gone.
    pub fn try_update_value<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut held = self.0.change()?;
        Some(change(of_mut(held.value())))
    }
}

impl<T: Clone + 'static> StoredValue<T> {
    /// A copy of it.
    pub fn get_value(self) -> T {
        super::copy(self.0, false)
    }

    /// A copy of it; `None` where it is gone.
    pub fn try_get_value(self) -> Option<T> {
        self.try_with_value(T::clone)
    }
}
