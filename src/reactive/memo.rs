//! A value computed from others, told of only when it differs.

use std::any::Any;
use std::marker::PhantomData;

use leptos::prelude::{Read, ReadUntracked, Track};

use super::any::of;

/// A value, and how two of its type are compared.
pub(super) struct Computed {
    pub(super) value: Box<dyn Any + Send + Sync>,
    is_same: fn(&dyn Any, &dyn Any) -> bool,
}

impl PartialEq for Computed {
    fn eq(&self, other: &Computed) -> bool {
        (self.is_same)(&*self.value, &*other.value)
    }
}

pub(super) type Inner = leptos::prelude::Memo<Computed>;
pub(super) type Guard = <Inner as ReadUntracked>::Value;
/// How it is computed. Not `Fn`, whose table holds two more ways to be called for every closure.
trait Compute: Send + Sync {
    fn compute(&self, before: Option<&Computed>) -> Computed;
}

impl<F: Fn(Option<&Computed>) -> Computed + Send + Sync> Compute for F {
    fn compute(&self, before: Option<&Computed>) -> Computed {
        self(before)
    }
}

/// A computed value. Cheap to copy.
pub struct Memo<T>(pub(super) Inner, PhantomData<fn() -> T>);

impl<T> Copy for Memo<T> {}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

/// A value computed from others. `compute` gets what it gave before.
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
) -> Memo<T> {
    let inner = make(Box::new(move |before: Option<&Computed>| {
        pack(compute(before.map(|before| of(&*before.value))))
    }));
    Memo(inner, PhantomData)
}

#[inline(never)]
fn pack<T: PartialEq + Send + Sync + 'static>(value: T) -> Computed {
    Computed { value: Box::new(value), is_same: is_same::<T> }
}

fn is_same<T: PartialEq + 'static>(one: &dyn Any, other: &dyn Any) -> bool {
    of::<T>(one) == of::<T>(other)
}

#[inline(never)]
fn make(compute: Box<dyn Compute>) -> Inner {
    Inner::new(move |before| compute.compute(before))
}

#[inline(never)]
pub(super) fn read(inner: Inner) -> Guard {
    inner.read()
}

#[inline(never)]
pub(super) fn peek(inner: Inner) -> Guard {
    inner.read_untracked()
}

impl<T: 'static> Memo<T> {
    /// Looks at the value and follows it.
    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(of(&*read(self.0).value))
    }

    /// Looks at the value as it is now.
    pub fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(of(&*peek(self.0).value))
    }

    /// Follows it without looking.
    pub fn track(self) {
        self.0.track();
    }
}

impl<T: Clone + 'static> Memo<T> {
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
}
