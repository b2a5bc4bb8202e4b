//! Several handles behind one pointer. A closure that takes a struct of handles copies each of them; of this it copies
//! one word. Must not know what the handles are for.

use std::ops::Deref;

/// A pointer to handles. What they stand for goes with its part of the page; the handles themselves, some dozen words,
/// stay until the page is left or reloaded.
pub struct Lasting<T: 'static>(&'static T);

impl<T> Copy for Lasting<T> {}

impl<T> Clone for Lasting<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Deref for Lasting<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0
    }
}

/// Points to `handles`.
pub fn lasting<T>(handles: T) -> Lasting<T> {
    Lasting(Box::leak(Box::new(handles)))
}
