//! Writing to the clipboard, and the text that comes with a paste or a drop. Reading it unasked is not our business.

use longrun_core::text::t;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::DataTransfer;

/// The browser did not let us copy: an insecure page, a refused permission, or a page without focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCopied;

impl std::fmt::Display for NotCopied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(t(
            "The browser did not allow copying. It needs a secure page (https or localhost) and focus.",
        ))
    }
}

/// Puts `text` on the clipboard.
pub async fn write(text: &str) -> Result<(), NotCopied> {
    let navigator = super::window().ok_or(NotCopied)?.navigator();
    // The property is missing on insecure pages, though the bindings promise it.
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).map_err(|_| NotCopied)?;
    if clipboard.is_undefined() || clipboard.is_null() {
        return Err(NotCopied);
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.map(|_| ()).map_err(|_| NotCopied)
}

/// The text that a paste or a drop brings along.
pub fn carried(event: &web_sys::Event) -> Option<String> {
    let carrier =
        |name: &str| js_sys::Reflect::get(event, &name.into()).ok()?.dyn_into::<DataTransfer>().ok();
    carrier("clipboardData").or_else(|| carrier("dataTransfer"))?.get_data("text").ok()
}
