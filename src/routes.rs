//! Every address of the console: the enum, its parser and its builder. Pure; knows neither browser nor screen.
//! Ids stand percent-encoded in one segment each, since some hold slashes.

use longrun_core::http::encode_segment;

/// The last segment of a form's address.
const FORM: &str = "new";
/// The last segment of a clean-up's address.
const CLEANUP: &str = "cleanup";

/// A page of the console. What is filtered or which tab is open stands in the search part, not here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// What goes on now, on every connection.
    Home,
    /// One list across connections.
    All,
    /// Form for a new connection.
    NewConnection,
    /// A connection's settings.
    Connection {
        /// Connection id.
        conn: String,
    },
    /// A list.
    List {
        /// Connection id.
        conn: String,
        /// Kind of object.
        kind: String,
    },
    /// One object.
    Detail {
        /// Connection id.
        conn: String,
        /// Kind of object.
        kind: String,
        /// The object's id, decoded.
        id: String,
    },
    /// Why operations of a connection failed.
    Failures {
        /// Connection id.
        conn: String,
    },
    /// The form of something to start or create.
    Form {
        /// Connection id.
        conn: String,
        /// Kind of object.
        kind: String,
    },
    /// Deleting by criteria, with a preview.
    Cleanup {
        /// Connection id.
        conn: String,
        /// Kind of object.
        kind: String,
    },
    /// Everything that was done to one target.
    Resource {
        /// Connection id.
        conn: String,
        /// Type of the target; `-` where it is not known.
        of: String,
        /// The target's id, decoded.
        id: String,
    },
    /// Operations that somebody keeps an eye on.
    Watch,
    /// Settings of this browser.
    Settings,
    /// Keys, states, words.
    Help,
    /// Anything else.
    NotFound,
}

impl Route {
    /// Reads a path as the browser gives it, still encoded. Total.
    pub fn parse(path: &str) -> Route {
        let raw: Vec<&str> = path.trim_matches('/').split('/').collect();
        let parts: Vec<String> = raw.iter().copied().map(segment).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match *parts.as_slice() {
            // Written so; an operation of that name is written otherwise, see `path`.
            ["c", conn, kind, word] if !conn.is_empty() && raw.last() == Some(&word) && word == FORM => {
                Route::Form { conn: conn.into(), kind: kind.into() }
            }
            ["c", conn, kind, word] if !conn.is_empty() && raw.last() == Some(&word) && word == CLEANUP => {
                Route::Cleanup { conn: conn.into(), kind: kind.into() }
            }
            [""] => Route::Home,
            ["all"] => Route::All,
            ["watch"] => Route::Watch,
            ["settings"] => Route::Settings,
            ["help"] => Route::Help,
            ["c", "new"] => Route::NewConnection,
            ["c", conn, "failures"] if !conn.is_empty() => Route::Failures { conn: conn.into() },
            ["c", conn, "settings"] => Route::Connection { conn: conn.into() },
            ["c", conn, "resource", of, id] if !id.is_empty() => {
                Route::Resource { conn: conn.into(), of: of.into(), id: id.into() }
            }
            ["c", conn, kind] if !conn.is_empty() => Route::List { conn: conn.into(), kind: kind.into() },
            ["c", conn, kind, id] if !conn.is_empty() && !id.is_empty() => {
                Route::Detail { conn: conn.into(), kind: kind.into(), id: id.into() }
            }
            _ => Route::NotFound,
        }
    }

    /// The path, encoded. Reads back to the same route.
    pub fn path(&self) -> String {
        let join = |parts: &[&str]| {
            parts.iter().map(|part| format!("/{}", encode_segment(part))).collect::<String>()
        };
        match self {
            Route::Home | Route::NotFound => "/".to_owned(),
            Route::All => "/all".to_owned(),
            Route::NewConnection => "/c/new".to_owned(),
            Route::Connection { conn } => join(&["c", conn, "settings"]),
            Route::Failures { conn } => join(&["c", conn, "failures"]),
            Route::List { conn, kind } => join(&["c", conn, kind]),
            Route::Form { conn, kind } => join(&["c", conn, kind, FORM]),
            Route::Cleanup { conn, kind } => join(&["c", conn, kind, CLEANUP]),
            Route::Detail { conn, kind, id } if id == FORM || id == CLEANUP => {
                // Its first letter encoded: the same id, and not the page of that name.
                let (first, rest) = id.split_at(1);
                let first = first.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
                format!("{}/{first}{rest}", join(&["c", conn, kind]))
            }
            Route::Detail { conn, kind, id } => join(&["c", conn, kind, id]),
            Route::Resource { conn, of, id } => join(&["c", conn, "resource", of, id]),
            Route::Watch => "/watch".to_owned(),
            Route::Settings => "/settings".to_owned(),
            Route::Help => "/help".to_owned(),
        }
    }

    /// The connection that the page belongs to.
    pub fn conn(&self) -> Option<&str> {
        match self {
            Route::Connection { conn }
            | Route::Failures { conn }
            | Route::List { conn, .. }
            | Route::Detail { conn, .. }
            | Route::Form { conn, .. }
            | Route::Cleanup { conn, .. }
            | Route::Resource { conn, .. } => Some(conn),
            _ => None,
        }
    }
}

/// Decodes one segment once. Broken escapes stay as they are; bytes that are no UTF-8 become replacement marks.
fn segment(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path() {
        let (conn, kind, id) = ("ecl".to_owned(), "operations".to_owned(), "a/b?c#d%e f".to_owned());
        let of = "ECL::VirtualNetworkAppliance::VSRX".to_owned();
        let routes = [
            Route::Home,
            Route::All,
            Route::NewConnection,
            Route::Connection { conn: conn.clone() },
            Route::Failures { conn: conn.clone() },
            Route::List { conn: conn.clone(), kind: kind.clone() },
            Route::Form { conn: conn.clone(), kind: kind.clone() },
            Route::Cleanup { conn: conn.clone(), kind: kind.clone() },
            Route::Detail { conn: conn.clone(), kind: kind.clone(), id: "new".into() },
            Route::Detail { conn: conn.clone(), kind: kind.clone(), id: "cleanup".into() },
            Route::Detail { conn: conn.clone(), kind, id: id.clone() },
            Route::Resource { conn, of, id },
            Route::Watch,
            Route::Settings,
            Route::Help,
        ];
        let paths: Vec<String> = routes.iter().map(Route::path).collect();
        assert_eq!(
            paths,
            [
                "/",
                "/all",
                "/c/new",
                "/c/ecl/settings",
                "/c/ecl/failures",
                "/c/ecl/operations",
                "/c/ecl/operations/new",
                "/c/ecl/operations/cleanup",
                "/c/ecl/operations/%6Eew",
                "/c/ecl/operations/%63leanup",
                "/c/ecl/operations/a%2Fb%3Fc%23d%25e%20f",
                "/c/ecl/resource/ECL%3A%3AVirtualNetworkAppliance%3A%3AVSRX/a%2Fb%3Fc%23d%25e%20f",
                "/watch",
                "/settings",
                "/help",
            ]
        );
        for (route, path) in routes.into_iter().zip(paths) {
            assert_eq!(Route::parse(&path), route, "{path}");
        }
    }

    #[test]
    fn nonsense_is_not_found() {
        for path in
            ["/c", "/c/", "/c//operations/x", "/x", "/c/a/b/c/d/e", "/settings/x", "/c/ecl/operations/"]
        {
            let route = Route::parse(path);
            assert!(!matches!(route, Route::Detail { .. }), "{path}: {route:?}");
        }
        assert_eq!(
            Route::parse("/c/ecl/operations/%ff%"),
            Route::Detail { conn: "ecl".into(), kind: "operations".into(), id: "\u{fffd}%".into() }
        );
    }
}
