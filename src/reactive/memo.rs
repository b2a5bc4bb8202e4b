//! A value computed from others, told of only when it differs.

use std::marker::PhantomData;

use leptos::reactive::computed::ArcMemo;
use send_wrapper::SendWrapper;

use super::any::{Value, of, pack};
use super::table::{Id, Source, put};

/// A value, and how two of its type are compared.
pub(super) struct Computed {
    // Leptos would let other threads compute it; there are none.
    pub(super) value: SendWrapper<Value>,
    is_same: fn(&Value, &Value) -> bool,
}

impl PartialEq for Computed {
    fn eq(&self, other: &Computed) -> bool {
        (self.is_same)(&self.value, &other.value)
    }
}

/// How it is computed. Not `Fn`, whose table holds two more ways to be called for every closure.
trait Compute {
    fn compute(&self, before: Option<&Computed>) -> Computed;
}

impl<F: Fn(Option<&Computed>) -> Computed> Compute for F {
    fn compute(&self, before: Option<&Computed>) -> Computed {
        self(before)
    }
}

/// A computed value. Cheap to copy.
pub struct Memo<T>(pub(super) Id, PhantomData<fn() -> T>);

impl<T> Copy for Memo<T> {}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

/// A value computed from others. `compute` gets what it gave before.
pub fn memo<T: PartialEq + 'static>(compute: impl Fn(Option<&T>) -> T + 'static) -> Memo<T> {
    let id = make(Box::new(move |before: Option<&Computed>| {
        computed(compute(before.map(|before| of(&before.value))))
    }));
    Memo(id, PhantomData)
}

#[inline(never)]
fn computed<T: PartialEq + 'static>(value: T) -> Computed {
    Computed { value: SendWrapper::new(pack(value)), is_same: is_same::<T> }
}

fn is_same<T: PartialEq + 'static>(one: &Value, other: &Value) -> bool {
    of::<T>(one) == of::<T>(other)
}

#[inline(never)]
fn make(compute: Box<dyn Compute>) -> Id {
    let compute = SendWrapper::new(compute);
    put(Source::Memo(ArcMemo::new(move |before| compute.compute(before))), None)
}

impl<T: 'static> Memo<T> {
    /// Looks at the value and follows it.
    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(of(&self.0.read(true)))
    }

    /// Looks at the value as it is now.
    pub fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(of(&self.0.read(false)))
    }

    /// Follows it without looking.
    pub fn track(self) {
        self.0.track();
    }
}

impl<T: Clone + 'static> Memo<T> {
    /// The value; follows it.
    pub fn get(self) -> T {
        super::copy(self.0, true)
    }

    /// The value as it is now.
    pub fn get_untracked(self) -> T {
        super::copy(self.0, false)
    }
}
