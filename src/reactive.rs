//! Leptos' reactive primitives behind boxed closures. Leptos generates each of them anew for every closure it is given;
//! boxed, they are generated once for each type of value, which is a good part of the bundle.

use leptos::prelude::{Effect, Memo, Signal};

type Compute<T> = Box<dyn Fn(Option<&T>) -> T + Send + Sync>;

/// A value computed from others, told of only when it differs.
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
) -> Memo<T> {
    let compute: Compute<T> = Box::new(compute);
    Memo::new(compute)
}

/// A signal that is computed anew whenever it is read.
pub fn derive<T: Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    let compute: Box<dyn Fn() -> T + Send + Sync> = Box::new(compute);
    Signal::derive(compute)
}

/// Runs `act` after the page has changed, and again whenever something it reads does. It gets what it gave back the
/// last time.
pub fn effect<T: 'static>(mut act: impl FnMut(Option<T>) -> T + 'static) {
    let mut last = None;
    run(Box::new(move || last = Some(act(last.take()))));
}

fn run(act: Box<dyn FnMut()>) {
    Effect::new(act);
}
