//! Clicks on links that stay inside the console. Anything a browser would do differently (new tab, download, another
//! site, another base) is left to the browser.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use super::history::{base_path, origin};
use super::{Listener, document};

/// Calls `act` with the path and query of a plain click on a link of our own.
pub fn on_own_link(mut act: impl FnMut(&str) + 'static) -> Option<Listener> {
    let document = document()?;
    Some(Listener::new(document.as_ref(), "click", move |event| {
        let Some(click) = event.dyn_ref::<MouseEvent>() else { return };
        let modified = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
        if event.default_prevented() || click.button() != 0 || modified {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
        if link.has_attribute("download") || !matches!(link.target().as_str(), "" | "_self") {
            return;
        }
        let Some(url) = link.href().strip_prefix(&origin()).map(str::to_owned) else { return };
        // A link to a place on the same page ("skip to content") is the browser's own business.
        if url.contains('#') || !url.starts_with(&base_path()) {
            return;
        }
        event.prevent_default();
        act(&url);
    }))
}
