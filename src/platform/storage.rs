//! The two small stores of the browser. Both may be full, or closed to us altogether; neither is ever a panic.

use longrun_core::text::t;
use web_sys::Storage;

/// Which store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Stays until it is wiped; shared by all tabs. Never for secrets.
    Lasting,
    /// Gone with the tab.
    Session,
}

/// Why something could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// The browser gives this page no storage (private mode, a policy, third-party frame).
    Blocked,
    /// No room left.
    Full,
}

impl std::fmt::Display for StorageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(t(match self {
            StorageError::Blocked => {
                "This browser does not let the console store anything, so it is forgotten on reload."
            }
            StorageError::Full => {
                "The browser's storage for this page is full. Remove something in Settings, then try again."
            }
        }))
    }
}

fn open(area: Area) -> Result<Storage, StorageError> {
    let window = super::window().ok_or(StorageError::Blocked)?;
    let store = match area {
        Area::Lasting => window.local_storage(),
        Area::Session => window.session_storage(),
    };
    store.ok().flatten().ok_or(StorageError::Blocked)
}

/// Reads a value. `Ok(None)` where nothing is kept under that key.
pub fn get(area: Area, key: &str) -> Result<Option<String>, StorageError> {
    open(area)?.get_item(key).map_err(|_| StorageError::Blocked)
}

/// Keeps a value.
pub fn set(area: Area, key: &str, value: &str) -> Result<(), StorageError> {
    let store = open(area)?;
    // A store that cannot be read either is blocked; one that reads but does not take the value is full.
    store.set_item(key, value).map_err(|_| match store.get_item(key) {
        Ok(_) => StorageError::Full,
        Err(_) => StorageError::Blocked,
    })
}

/// Forgets a value.
pub fn remove(area: Area, key: &str) -> Result<(), StorageError> {
    open(area)?.remove_item(key).map_err(|_| StorageError::Blocked)
}

/// The keys that begin with `prefix`.
pub fn keys(area: Area, prefix: &str) -> Result<Vec<String>, StorageError> {
    let store = open(area)?;
    let count = store.length().map_err(|_| StorageError::Blocked)?;
    let all = (0..count).filter_map(|at| store.key(at).ok().flatten());
    Ok(all.filter(|key| key.starts_with(prefix)).collect())
}
