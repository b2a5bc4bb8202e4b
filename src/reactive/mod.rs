//! Leptos' reactive primitives, generated once. Leptos generates each of them anew for every type of value and every
//! closure it is given, which was a seventh of the bundle. Here they hold boxed values and call boxed closures, so its
//! machinery exists once; what is left for each type is to look into the box. Names and methods are Leptos' own.
//!
//! Knows nothing of what is kept in them.

mod any;
mod callback;
mod cell;
mod kept;
mod lasting;
mod memo;
pub mod prelude;
mod signal;
mod table;

use leptos::prelude::Effect;

pub use callback::Callback;
pub use cell::RwSignal;
pub use kept::StoredValue;
pub use lasting::{Lasting, lasting};
pub use memo::{Memo, memo};
pub use signal::{MaybeProp, Signal, derive};

/// A copy of a value.
#[inline(never)]
fn copy<T: Clone + 'static>(id: table::Id, follow: bool) -> T {
    any::of::<T>(&id.read(follow)).clone()
}

/// Runs `act` after the page has changed, and again whenever something it reads does. It gets what it gave back the
/// last time.
pub fn effect<T: 'static>(mut act: impl FnMut(Option<T>) -> T + 'static) {
    let mut last = None;
    run(Box::new(move || last = Some(act(last.take()))));
}

/// What an effect runs. Not `FnMut`, whose table holds a way to be called once and dropped for every closure.
trait Run {
    fn run(&mut self);
}

impl<F: FnMut()> Run for F {
    fn run(&mut self) {
        self();
    }
}

fn run(mut act: Box<dyn Run>) {
    Effect::new(move || act.run());
}

#[cfg(test)]
mod tests;
