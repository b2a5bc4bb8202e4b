//! Writing to the clipboard. Reading it is not our business.

use longrun_core::text::t;
use wasm_bindgen_futures::JsFuture;

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
