//! Values without their type, and the way back to it.

use std::any::Any;

/// A value of any type.
pub(super) type Value = Box<dyn Any>;

/// The value as what it is.
#[inline(never)]
pub(super) fn of<T: 'static>(value: &dyn Any) -> &T {
    match value.downcast_ref() {
        Some(value) => value,
        None => odd(),
    }
}

/// The value as what it is, to be changed.
#[inline(never)]
pub(super) fn of_mut<T: 'static>(value: &mut dyn Any) -> &mut T {
    match value.downcast_mut() {
        Some(value) => value,
        None => odd(),
    }
}

/// The handles carry the type of what they hold, and nothing else can be put in.
#[cold]
#[expect(clippy::panic, reason = "cannot happen: see above")]
fn odd() -> ! {
    panic!("a reactive value holds what its handle does not say")
}
