//! Values without their type, and the way back to it.

use std::any::Any;
use std::rc::Rc;

/// A value of any type. It stays as it is for whoever looks at it, also where something else is put in its place
/// meanwhile. One pointer, so that handing it on costs little code.
#[derive(Clone)]
pub(super) struct Value(Rc<Box<dyn Any>>);

/// Takes the type off.
#[inline(never)]
pub(super) fn pack<T: 'static>(value: T) -> Value {
    Value(Rc::new(Box::new(value)))
}

/// The value as what it is.
pub(super) fn of<T: 'static>(value: &Value) -> &T {
    known(&value.0)
}

#[inline(never)]
fn known<T: 'static>(value: &Box<dyn Any>) -> &T {
    match (**value).downcast_ref() {
        Some(value) => value,
        None => odd(),
    }
}

/// The value as what it is, to be changed.
#[inline(never)]
pub(super) fn of_mut<T: 'static>(value: &mut Value) -> &mut T {
    match Rc::get_mut(&mut value.0).and_then(|value| value.downcast_mut()) {
        Some(value) => value,
        None => odd(),
    }
}

/// The handles carry the type of what they hold, and nothing else can be put in. What somebody looks at cannot be
/// changed at the same time, and what is being changed cannot be looked at.
#[cold]
#[expect(clippy::panic, reason = "a mistake of ours, not of data: see above")]
pub(super) fn odd() -> ! {
    panic!("a reactive value is gone, is being changed, or is not what its handle says")
}
