//! Lasting records in IndexedDB: named shelves of texts under keys. Any of it may be refused, full or taken by a newer
//! version of the console in another tab; that is a value with a sentence, never a panic. Knows nothing of what the
//! texts are. Never for secrets.

use std::cell::RefCell;

use js_sys::{Array, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::object::{call, get, make, set, window_has};
use longrun_core::view::shelf::{Deed, Shelf};

const NAME: &str = "longrun";
/// Raised when a shelf is added; what is kept stays.
const VERSION: u32 = 1;

/// Why something was not kept, or could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The browser gives this page no database (private mode, a policy, a broken profile).
    Refused,
    /// No room left.
    Full,
    /// Another tab runs a newer console, whose database this one does not know.
    Newer,
}

/// The database, opened when it is first needed.
pub struct Store {
    open: RefCell<Option<JsValue>>,
}

impl Store {
    /// Not open yet.
    pub fn new() -> Store {
        Store { open: RefCell::new(None) }
    }

    /// Does something with a shelf; gives back the keys and texts that were read. What it resolves to is on the disk.
    pub async fn ask(&self, shelf: Shelf, deed: &Deed) -> Result<Vec<(String, String)>, StoreError> {
        let known = self.open.borrow().clone();
        let begun = known.and_then(|known| begin(&known, shelf, deed).ok());
        // One that the browser has closed meanwhile is opened anew.
        let transaction = match begun {
            Some(transaction) => transaction,
            None => {
                let opened = opened().await?;
                self.open.replace(Some(opened.clone()));
                begin(&opened, shelf, deed).map_err(|thrown| why(&thrown))?
            }
        };
        let asked = asked(&transaction, shelf, deed).map_err(|thrown| {
            // Half of a deed must not stay.
            let _ = call(&transaction, "abort", &[]);
            why(&thrown)
        })?;
        settled(&transaction, "oncomplete", &["onabort"]).await.map_err(|_| error_of(&transaction))?;
        let mut read = vec![];
        if deed.only_reads() {
            let all = |request| get(&request, "result").map_or_else(Array::new, |all| Array::from(&all));
            let [keys, texts] = asked.map(all);
            for at in 0..keys.length() {
                read.extend(keys.get(at).as_string().zip(texts.get(at).as_string()));
            }
        }
        Ok(read)
    }
}

/// The requests of a deed; of a reading, those for keys and for texts.
fn asked(transaction: &JsValue, shelf: Shelf, deed: &Deed) -> Result<[JsValue; 2], JsValue> {
    let shelf = call(transaction, "objectStore", &[&shelf.name().into()])?;
    let changes = match deed {
        Deed::All => return Ok([call(&shelf, "getAllKeys", &[])?, call(&shelf, "getAll", &[])?]),
        Deed::Clear => {
            call(&shelf, "clear", &[])?;
            &[][..]
        }
        Deed::Set(changes) => changes,
    };
    for (key, text) in changes {
        match text {
            Some(text) => call(&shelf, "put", &[&text.into(), &key.into()])?,
            None => call(&shelf, "delete", &[&key.into()])?,
        };
    }
    Ok([JsValue::NULL, JsValue::NULL])
}

impl Default for Store {
    fn default() -> Store {
        Store::new()
    }
}

fn begin(database: &JsValue, shelf: Shelf, deed: &Deed) -> Result<JsValue, JsValue> {
    let mode = if deed.only_reads() { "readonly" } else { "readwrite" };
    call(database, "transaction", &[&shelf.name().into(), &mode.into()])
}

async fn opened() -> Result<JsValue, StoreError> {
    let factory = window_has("indexedDB").ok_or(StoreError::Refused)?;
    let request = call(&factory, "open", &[&NAME.into(), &VERSION.into()]).map_err(|thrown| why(&thrown))?;
    let made = request.clone();
    let upgrade = Closure::once_into_js(move || {
        let Some(database) = get(&made, "result") else { return };
        for shelf in Shelf::ALL {
            // One that is there already stays as it is.
            let _ = call(&database, "createObjectStore", &[&shelf.name().into()]);
        }
    });
    set(&request, "onupgradeneeded", &upgrade);
    settled(&request, "onsuccess", &["onerror", "onblocked"]).await.map_err(|_| error_of(&request))?;
    let database = get(&request, "result").ok_or(StoreError::Refused)?;
    // A newer console in another tab must not wait for this one.
    let closing = database.clone();
    let close = Closure::once_into_js(move || {
        let _ = call(&closing, "close", &[]);
    });
    set(&database, "onversionchange", &close);
    Ok(database)
}

/// One of the events of a request or a transaction, to be waited for.
fn settled(on: &JsValue, good: &str, bad: &[&str]) -> JsFuture {
    let promise = Promise::new(&mut |yes, no| {
        set(on, good, &yes);
        bad.iter().for_each(|bad| set(on, bad, &no));
    });
    JsFuture::from(promise)
}

/// Why a request or a transaction did not go well.
fn error_of(on: &JsValue) -> StoreError {
    get(on, "error").map_or(StoreError::Refused, |error| why(&error))
}

fn why(thrown: &JsValue) -> StoreError {
    match get(thrown, "name").and_then(|name| name.as_string()).as_deref() {
        Some("QuotaExceededError") => StoreError::Full,
        Some("VersionError") => StoreError::Newer,
        _ => StoreError::Refused,
    }
}

/// How much the browser keeps for this page and how much it would, in bytes; `None` where it does not tell.
pub async fn estimate() -> Option<(f64, f64)> {
    let storage = get(super::window()?.navigator().as_ref(), "storage")?;
    let promise: Promise = call(&storage, "estimate", &[]).ok()?.dyn_into().ok()?;
    let told = JsFuture::from(promise).await.ok()?;
    Some((get(&told, "usage")?.as_f64()?, get(&told, "quota")?.as_f64()?))
}

/// The other tabs of this console: says what has changed, and hears it.
pub struct Tabs(Option<JsValue>);

impl Tabs {
    /// Hears from other tabs from now on, for as long as the page lives.
    pub fn join(mut hear: impl FnMut(Shelf) + 'static) -> Tabs {
        let channel = make("BroadcastChannel", &[&NAME.into()]).ok();
        if let Some(channel) = &channel {
            let heard = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
                let said = get(&event, "data").and_then(|data| data.as_string());
                if let Some(shelf) =
                    Shelf::ALL.into_iter().find(|shelf| said.as_deref() == Some(shelf.name()))
                {
                    hear(shelf);
                }
            });
            set(channel, "onmessage", &heard.into_js_value());
        }
        Tabs(channel)
    }

    /// Tells the others that a shelf has changed.
    pub fn tell(&self, shelf: Shelf) {
        if let Some(channel) = &self.0 {
            // Where nobody can be told, the others see it when they are opened anew.
            let _ = call(channel, "postMessage", &[&shelf.name().into()]);
        }
    }
}
