//! Parts of the browser that not every browser has, reached by name: a missing one is `None` or an error, where a typed
//! binding would throw. Knows no particular part.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A member that is there.
pub(super) fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(of, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// Sets a member; what refuses it is left as it is.
pub(super) fn set(of: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(of, &name.into(), value);
}

/// Calls a method; the error is what it threw.
pub(super) fn call(of: &JsValue, name: &str, args: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = get(of, name).ok_or(JsValue::UNDEFINED)?.dyn_into()?;
    Reflect::apply(&method, of, &list(args))
}

/// Makes a new object of a class that the window has.
pub(super) fn make(class: &str, args: &[&JsValue]) -> Result<JsValue, JsValue> {
    let class: Function = window_has(class).ok_or(JsValue::UNDEFINED)?.dyn_into()?;
    Reflect::construct(&class, &list(args))
}

/// A member of the window that is there.
pub(super) fn window_has(name: &str) -> Option<JsValue> {
    get(super::window()?.as_ref(), name)
}

fn list(args: &[&JsValue]) -> Array {
    args.iter().copied().collect()
}
