//! The address bar: reading it, changing it, and hearing of back and forward. Knows no route.

use wasm_bindgen::JsValue;

use super::{Listener, window};

/// Where the page is, undecoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Path, with its leading slash.
    pub path: String,
    /// Query without the question mark; empty where there is none.
    pub search: String,
}

impl Address {
    /// Splits `path?search#hash`.
    pub fn parse(url: &str) -> Address {
        let url = url.split_once('#').map_or(url, |(before, _)| before);
        let (path, search) = url.split_once('?').unwrap_or((url, ""));
        Address { path: path.to_owned(), search: search.to_owned() }
    }

    /// The path and, where there is one, the query.
    pub fn to_url(&self) -> String {
        if self.search.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.search) }
    }
}

/// The address shown now.
pub fn here() -> Address {
    let Some(location) = window().map(|window| window.location()) else { return Address::default() };
    let search = location.search().unwrap_or_default();
    let search = search.strip_prefix('?').unwrap_or(&search).to_owned();
    Address { path: location.pathname().unwrap_or_default(), search }
}

/// Scheme, host and port of the page.
pub fn origin() -> String {
    window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// The path under which the page is hosted, from `<base href>`: `/`, or `/console/`.
pub fn base_path() -> String {
    let base = super::document().and_then(|document| document.base_uri().ok().flatten());
    let base = base.unwrap_or_default();
    let path = base.strip_prefix(&origin()).unwrap_or(&base);
    let path = Address::parse(path).path;
    // A page without <base> reports its own address; its folder is not a base then.
    let has_base = super::document().is_some_and(|d| d.query_selector("base[href]").ok().flatten().is_some());
    match path.rfind('/') {
        Some(end) if has_base => path.get(..=end).unwrap_or("/").to_owned(),
        _ => "/".to_owned(),
    }
}

/// Shows `url` and adds an entry to the history: for a committed change.
pub fn push(url: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        // Browsers refuse above some hundred changes a minute; the page then keeps its old address, nothing more.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(url));
    }
}

/// Shows `url` in place of the present entry: while typing.
pub fn replace(url: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(url));
    }
}

/// Goes one entry back.
pub fn back() {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.back();
    }
}

/// How many entries this tab has; 1 on a page opened directly, where "back" would leave the console.
pub fn depth() -> u32 {
    window().and_then(|window| window.history().ok()).and_then(|history| history.length().ok()).unwrap_or(1)
}

/// Calls `act` after the user went back or forward.
pub fn on_popstate(mut act: impl FnMut(Address) + 'static) -> Option<Listener> {
    Some(Listener::new(window()?.as_ref(), "popstate", move |_| act(here())))
}

/// Leaves the console for another page of the same site, or loads this one anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_split_and_joined() {
        let address = Address::parse("/c/ecl/operations?status=ERROR&q=a%3Fb#main");
        assert_eq!(address.path, "/c/ecl/operations");
        assert_eq!(address.search, "status=ERROR&q=a%3Fb");
        assert_eq!(address.to_url(), "/c/ecl/operations?status=ERROR&q=a%3Fb");
        assert_eq!(Address::parse("/help").to_url(), "/help");
        assert_eq!(Address::parse("/a?x?y").search, "x?y");
    }
}
