//! A value to read, wherever it comes from: what most properties of components are.

use std::marker::PhantomData;

use longrun_core::text::t;

use super::any::{Value, of, pack};
use super::kept::keep;
use super::table::{Derive, Id, Source, put};
use super::{Memo, RwSignal};

/// A value to read. Cheap to copy.
pub struct Signal<T>(Id, PhantomData<fn() -> T>);

impl<T> Copy for Signal<T> {}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

/// What computes a value, with the type of the value.
struct Typed<T, F>(F, PhantomData<fn() -> T>);

impl<T: 'static, F: Fn() -> T> Derive for Typed<T, F> {
    fn derive(&self) -> Value {
        pack((self.0)())
    }
}

/// A signal that is computed anew whenever it is read.
pub fn derive<T: 'static>(compute: impl Fn() -> T + 'static) -> Signal<T> {
    Signal(put(Source::Derived(Box::new(Typed(compute, PhantomData))), None), PhantomData)
}

impl<T: 'static> Signal<T> {
    /// Always this value.
    pub fn stored(value: T) -> Self {
        Signal(keep(pack(value)), PhantomData)
    }

    /// Looks at the value and follows it.
    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(of(&self.0.read(true)))
    }

    /// Looks at the value as it is now.
    pub fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(of(&self.0.read(false)))
    }
}

impl<T: Clone + 'static> Signal<T> {
    /// The value; follows it.
    pub fn get(self) -> T {
        super::copy(self.0, true)
    }

    /// The value as it is now.
    pub fn get_untracked(self) -> T {
        super::copy(self.0, false)
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

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Signal(signal.0, PhantomData)
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Signal(memo.0, PhantomData)
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
