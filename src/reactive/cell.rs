//! A value that can be changed, and tells those who read it.

use std::marker::PhantomData;

use leptos::reactive::signal::ArcTrigger;

use super::any::{Value, of, of_mut, pack};
use super::table::{Id, Source, put};

/// A signal to read and write. Cheap to copy.
pub struct RwSignal<T>(pub(super) Id, PhantomData<fn() -> T>);

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
fn make(value: Value) -> Id {
    put(Source::Cell(ArcTrigger::new()), Some(value))
}

impl<T: 'static> RwSignal<T> {
    /// Holds `value`.
    pub fn new(value: T) -> Self {
        RwSignal(make(pack(value)), PhantomData)
    }

    /// Looks at the value and follows it.
    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(of(&self.0.read(true)))
    }

    /// Looks at the value as it is now.
    pub fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(of(&self.0.read(false)))
    }

    /// As it is now; `None` where it is gone.
    pub fn try_with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> Option<U> {
        Some(look(of(&self.0.try_read(false)?)))
    }

    /// Sets it and tells.
    #[inline(never)]
    pub fn set(self, value: T) {
        self.0.set(pack(value));
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
        let mut held = self.0.change()?;
        Some(change(of_mut(held.value())))
    }

    /// Follows it without looking.
    pub fn track(self) {
        self.0.track();
    }
}

impl<T: Clone + 'static> RwSignal<T> {
    /// The value; follows it.
    pub fn get(self) -> T {
        super::copy(self.0, true)
    }

    /// The value as it is now.
    pub fn get_untracked(self) -> T {
        super::copy(self.0, false)
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
