//! Something to be called, as a property of a component.

use std::marker::PhantomData;
use std::rc::Rc;

use super::any::{of, pack};
use super::kept::keep;
use super::table::Id;

/// What it calls. Not `Fn`, whose table holds two more ways to be called for every closure.
trait Act<In, Out> {
    fn act(&self, with: In) -> Out;
}

impl<In, Out, F: Fn(In) -> Out> Act<In, Out> for F {
    fn act(&self, with: In) -> Out {
        self(with)
    }
}

/// A function that is cheap to copy.
pub struct Callback<In, Out = ()>(Id, PhantomData<fn(In) -> Out>);

impl<In, Out> Copy for Callback<In, Out> {}

impl<In, Out> Clone for Callback<In, Out> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<In: 'static, Out: 'static> Callback<In, Out> {
    /// Calls `act`.
    pub fn new(act: impl Fn(In) -> Out + 'static) -> Self {
        Self::of(Rc::new(act))
    }

    #[inline(never)]
    fn of(act: Rc<dyn Act<In, Out>>) -> Self {
        Callback(keep(pack(act)), PhantomData)
    }

    /// Calls it.
    #[inline(never)]
    pub fn run(self, with: In) -> Out {
        // It may take down the page that it belongs to, and itself with it.
        let act = self.0.read(false);
        of::<Rc<dyn Act<In, Out>>>(&act).act(with)
    }
}
