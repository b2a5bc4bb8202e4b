//! A value to read, wherever it comes from: what most properties of components are.

use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;

use leptos::prelude::untrack;
use longrun_core::text::t;

use super::any::of;
use super::kept::{self, Kept, keep};
use super::{Memo, RwSignal, cell, memo};

/// Where it comes from.
enum Source {
    Cell(cell::Cell),
    Memo(memo::Inner),
    Value(Box<dyn Any>),
    /// Computed whenever it is read.
    Derived(Box<dyn Any>),
}

/// A value to read. Cheap to copy.
pub struct Signal<T>(Kept, PhantomData<fn() -> T>);

impl<T> Copy for Signal<T> {}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

/// How it is computed. Not `Fn`, whose table holds two more ways to be called for every closure.
trait Derive<T> {
    fn derive(&self) -> T;
}

impl<T, F: Fn() -> T> Derive<T> for F {
    fn derive(&self) -> T {
        self()
    }
}

/// A signal that is computed anew whenever it is read.
pub fn derive<T: 'static>(compute: impl Fn() -> T + 'static) -> Signal<T> {
    derived(Rc::new(compute))
}

#[inline(never)]
fn derived<T: 'static>(compute: Rc<dyn Derive<T>>) -> Signal<T> {
    Signal(from(Source::Derived(Box::new(compute))), PhantomData)
}

#[inline(never)]
fn from(source: Source) -> Kept {
    keep(Box::new(source))
}

/// What is looked at, for as long as it is.
enum Held {
    Cell(cell::Guard),
    Memo(memo::Guard),
    Source(kept::Guard),
    Value(Box<dyn Any>),
}

impl Deref for Held {
    type Target = dyn Any;

    fn deref(&self) -> &dyn Any {
        match self {
            Held::Cell(guard) => &***guard,
            Held::Memo(guard) => &*guard.value,
            Held::Source(guard) => match of(&***guard) {
                Source::Value(value) => &**value,
                // Held only where it is a value.
                _ => &(),
            },
            Held::Value(value) => &**value,
        }
    }
}

#[inline(never)]
fn read(signal: Kept, compute: fn(&dyn Any) -> Box<dyn Any>) -> Held {
    let source = kept::look(signal);
    match of(&**source) {
        Source::Cell(cell) => Held::Cell(cell::read(*cell)),
        Source::Memo(inner) => Held::Memo(memo::read(*inner)),
        Source::Derived(how) => Held::Value(compute(&**how)),
        Source::Value(_) => Held::Source(source),
    }
}

#[inline(never)]
fn peek(signal: Kept, compute: fn(&dyn Any) -> Box<dyn Any>) -> Held {
    untrack(|| read(signal, compute))
}

fn compute<T: 'static>(how: &dyn Any) -> Box<dyn Any> {
    Box::new(of::<Rc<dyn Derive<T>>>(how).derive())
}

impl<T: 'static> Signal<T> {
    /// Always this value.
    #[inline(never)]
    pub fn stored(value: T) -> Self {
        Signal(from(Source::Value(Box::new(value))), PhantomData)
    }

    /// Looks at the value and follows it.
    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(of(&*read(self.0, compute::<T>)))
    }

    /// Looks at the value as it is now.
    pub fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(of(&*peek(self.0, compute::<T>)))
    }
}

impl<T: Clone + 'static> Signal<T> {
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

impl<T: Default + 'static> Default for Signal<T> {
    fn default() -> Self {
        Signal::stored(T::default())
    }
}

impl<T: 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Signal::stored(value)
    }
}

/// A text of ours, in the language spoken.
impl From<&'static str> for Signal<String> {
    #[inline(never)]
    fn from(text: &'static str) -> Self {
        Signal::stored(t(text).to_owned())
    }
}

impl<T: 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Signal(from(Source::Cell(signal.0)), PhantomData)
    }
}

impl<T: 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Signal(from(Source::Memo(memo.0)), PhantomData)
    }
}

/// A property that may be left out, and that may have no value now.
pub struct MaybeProp<T>(Option<Signal<Option<T>>>);

impl<T> Copy for MaybeProp<T> {}

impl<T> Clone for MaybeProp<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Default for MaybeProp<T> {
    fn default() -> Self {
        MaybeProp(None)
    }
}

impl<T: Clone + 'static> MaybeProp<T> {
    /// The value; follows it.
    pub fn get(self) -> Option<T> {
        self.0?.get()
    }
}

impl<T: 'static> From<T> for MaybeProp<T> {
    fn from(value: T) -> Self {
        MaybeProp::from(Some(value))
    }
}

impl<T: 'static> From<Option<T>> for MaybeProp<T> {
    fn from(value: Option<T>) -> Self {
        MaybeProp(Some(Signal::stored(value)))
    }
}

/// A text of ours, in the language spoken.
impl From<&'static str> for MaybeProp<String> {
    #[inline(never)]
    fn from(text: &'static str) -> Self {
        MaybeProp::from(t(text).to_owned())
    }
}

impl<T: 'static> From<Signal<Option<T>>> for MaybeProp<T> {
    fn from(signal: Signal<Option<T>>) -> Self {
        MaybeProp(Some(signal))
    }
}

impl<T: 'static> From<Memo<Option<T>>> for MaybeProp<T> {
    fn from(memo: Memo<Option<T>>) -> Self {
        MaybeProp(Some(memo.into()))
    }
}

impl<T: 'static> From<RwSignal<Option<T>>> for MaybeProp<T> {
    fn from(signal: RwSignal<Option<T>>) -> Self {
        MaybeProp(Some(signal.into()))
    }
}

impl<T: Clone + 'static> From<Signal<T>> for MaybeProp<T> {
    fn from(signal: Signal<T>) -> Self {
        MaybeProp(Some(derive(move || Some(signal.get()))))
    }
}

impl<T: Clone + 'static> From<Memo<T>> for MaybeProp<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::from(Signal::<T>::from(memo))
    }
}

impl<T: Clone + 'static> From<RwSignal<T>> for MaybeProp<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::from(Signal::<T>::from(signal))
    }
}
