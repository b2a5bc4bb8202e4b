//! What a view needs: Leptos' own names, with the primitives of this module in place of its.

pub use leptos::prelude::*;

pub use super::{Callback, Lasting, MaybeProp, Memo, RwSignal, Signal, StoredValue, lasting};
