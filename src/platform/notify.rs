//! Notices on the desktop, and the mark on the tab's icon. Knows nothing of what is told.

use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::object::{call, get, make, set, window_has};

/// Whether the user lets this page show notices on the desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// This browser has none.
    Missing,
    /// Nobody was asked yet.
    Unasked,
    /// They may be shown.
    Granted,
    /// They may not; only the browser's own settings can change that.
    Denied,
}

/// As it is now.
pub fn permission() -> Permission {
    let Some(class) = window_has("Notification") else { return Permission::Missing };
    match get(&class, "permission").and_then(|word| word.as_string()).as_deref() {
        Some("granted") => Permission::Granted,
        Some("denied") => Permission::Denied,
        _ => Permission::Unasked,
    }
}

/// Lets the browser ask its user. To be called when something was pressed, else browsers refuse.
pub async fn ask() -> Permission {
    let asking = window_has("Notification").and_then(|class| call(&class, "requestPermission", &[]).ok());
    if let Some(asking) = asking.and_then(|asking| asking.dyn_into::<Promise>().ok()) {
        // Whatever it says, the permission is asked for what holds.
        let _ = JsFuture::from(asking).await;
    }
    permission()
}

/// Shows a notice; pressed, it brings the tab to the front. Two of the same `tag` are one, also from two tabs. False
/// where the browser refuses.
pub fn show(head: &str, body: &str, tag: &str) -> bool {
    let options: JsValue = js_sys::Object::new().into();
    set(&options, "body", &body.into());
    set(&options, "tag", &tag.into());
    let Ok(notice) = make("Notification", &[&head.into(), &options]) else { return false };
    let pressed = Closure::once_into_js(|| {
        if let Some(window) = super::window() {
            let _ = window.focus();
        }
    });
    set(&notice, "onclick", &pressed);
    true
}

/// A dot in the corner of the icon, which is a picture written out in its address.
const DOT: &str = "%3Ccircle cx='18' cy='1' r='7' fill='%23d1242f' stroke='%23fff' stroke-width='2'/%3E";
const END: &str = "%3C/svg%3E";

/// Marks the tab's icon, or takes the mark away.
pub fn mark_icon(on: bool) {
    let icon =
        super::document().and_then(|document| document.query_selector("link[rel=icon]").ok().flatten());
    let Some(icon) = icon else { return };
    let plain = icon.get_attribute("href").unwrap_or_default().replace(DOT, "");
    let drawn = if on { plain.replace(END, &format!("{DOT}{END}")) } else { plain };
    let _ = icon.set_attribute("href", &drawn);
}
