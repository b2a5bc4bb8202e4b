//! What the start script has asked for while the module was still on its way. Must not know what it means.

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::window;

/// Status and text of `config.json`, which `public/boot.js` asks for at once. `None` where it did not, or nobody
/// answered: then it is asked for again.
pub async fn config() -> Option<(u16, String)> {
    let asked: Promise = Reflect::get(window()?.as_ref(), &"longrunConfig".into()).ok()?.dyn_into().ok()?;
    let answer: Array = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
    let (status, text) = (answer.get(0).as_f64()?, answer.get(1).as_string()?);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a status has three digits")]
    Some((status as u16, text))
}
