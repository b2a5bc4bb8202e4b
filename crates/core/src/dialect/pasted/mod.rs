//! What an operator pastes, taken apart: an id, an address, a cURL line, a header line, a JSON body. What could be a
//! secret (headers, bodies, user names, odd parameters) is dropped while reading, so nothing later can show it.
//! Total on any text. Must not know what any API's addresses look like: that is `traces`.

mod curl;

use crate::http::{decode_query, decode_segment};
use crate::json::{fields, redact};

/// A longer text is no id.
const LONGEST_ID: usize = 300;
/// Members of a body that are looked at.
const MOST_MEMBERS: usize = 64;

/// What was pasted, as far as it may be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Scheme, host and port in small letters; empty where the address is a path, or there is none.
    pub origin: String,
    /// The path as it was written, with its leading slash; empty where there is none.
    pub path: String,
    /// The segments of the path, decoded.
    pub segments: Vec<String>,
    /// The query as it was written, without what could be a secret.
    pub query: String,
    /// Scalars of a body, with those of the object it wraps.
    pub members: Vec<(String, String)>,
    /// What may be an id by itself: the text, or the id in a body. Empty where there is none.
    pub word: String,
    /// It was more than an id or an address, or had a secret in it: the text itself must not stay on the screen.
    pub is_wrapped: bool,
}

impl Pasted {
    /// Takes a text apart.
    pub fn read(text: &str) -> Pasted {
        let text = text.trim();
        let mut pasted = Pasted { is_wrapped: true, ..Pasted::default() };
        if text.starts_with(['{', '[']) {
            pasted.body(text);
        } else if curl::is(text) {
            curl::address(text).into_iter().for_each(|address| pasted.address(&address));
        } else if let Some(address) = text.lines().find_map(location) {
            pasted.address(address.trim());
        } else {
            pasted.is_wrapped = false;
            // Quotes and brackets around what was copied.
            let text = text.trim_matches(['"', '\'', '<', '>', ',', '`']).trim();
            if text.starts_with('/') || text.contains("://") {
                pasted.address(text);
            } else if is_id(text) {
                text.clone_into(&mut pasted.word);
                // `operations/x`, or a name with slashes: a path all the same.
                if text.contains('/') {
                    pasted.address(text);
                }
            } else {
                // Nothing that may be shown.
                pasted.is_wrapped = redact::is_secret_value(text);
            }
        }
        pasted
    }

    /// The pairs of the query.
    pub fn pairs(&self) -> Vec<(String, String)> {
        decode_query(&self.query)
    }

    /// What may stand in a box in the place of what was pasted: an address or an id, without secrets.
    pub fn shown(&self) -> String {
        if self.path.is_empty() {
            return self.word.clone();
        }
        let mut shown = self.origin.clone();
        shown.push_str(&self.path);
        if !self.query.is_empty() {
            shown.push('?');
            shown.push_str(&self.query);
        }
        shown
    }

    /// The value of a member.
    pub fn member(&self, name: &str) -> Option<&str> {
        self.members.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn address(&mut self, address: &str) {
        let rest = match address.split_once("://") {
            Some((scheme, rest)) if ["http", "https"].iter().any(|one| scheme.eq_ignore_ascii_case(one)) => {
                let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
                let (host, rest) = rest.split_at(end);
                // Whoever is named before the host has a password there.
                let host = host.rsplit_once('@').map_or(host, |(_, host)| {
                    self.is_wrapped = true;
                    host
                });
                self.origin = scheme.to_ascii_lowercase();
                self.origin.push_str("://");
                self.origin.push_str(&host.to_ascii_lowercase());
                rest
            }
            Some(_) => return,
            None => address,
        };
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        // Some sign-in pages answer with a token there.
        self.is_wrapped |= fragment.contains('=');
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = path.trim_end();
        if redact::is_secret_value(&decode_segment(path)) {
            self.is_wrapped = true;
            return;
        }
        if !path.starts_with('/') {
            self.path.push('/');
        }
        self.path.push_str(path);
        self.segments = path.split('/').filter(|part| !part.is_empty()).map(decode_segment).collect();
        for pair in query.trim_end().split('&') {
            let Some((name, value)) = decode_query(pair).into_iter().next() else { continue };
            if is_secret(&name, &value) {
                self.is_wrapped = true;
                continue;
            }
            if !self.query.is_empty() {
                self.query.push('&');
            }
            self.query.push_str(pair);
        }
    }

    /// The scalars of an object, of the first one in a list, and of the object that it wraps.
    fn body(&mut self, text: &str) {
        if let Some(inner) = self.scalars(text) {
            let _ = self.scalars(&inner);
        }
        let word = ["id", "name"].iter().find_map(|name| self.member(name)).map(str::to_owned);
        self.word = word.unwrap_or_default();
        if self.word.contains('/') {
            let name = self.word.clone();
            self.address(&name);
        }
    }

    /// Takes the scalars of the first object in a text; gives back what it wraps.
    fn scalars(&mut self, text: &str) -> Option<String> {
        let mut inner = None;
        let object = text.find('{').and_then(|at| text.get(at..)).unwrap_or_default();
        // A body that was copied in part is read as far as it goes.
        let _ = fields::visit(object, &mut |name, value| match value.bytes().next() {
            Some(b'{' | b'[') if WRAPPERS.contains(&&*name) => inner = Some(value.to_owned()),
            _ if self.members.len() < MOST_MEMBERS => {
                let value = fields::as_text(value).filter(|value| is_id(value) && !is_secret(&name, value));
                self.members.extend(value.map(|value| (name.into_owned(), value.into_owned())));
            }
            _ => {}
        });
        inner
    }
}

/// Members in which an answer wraps what it is about.
const WRAPPERS: [&str; 7] = ["operation", "operations", "execution", "items", "error", "fault", "data"];

/// Parameters that open doors though their names do not say so.
const KEYS: [&str; 5] = ["key", "sig", "signature", "auth", "code"];

fn is_secret(name: &str, value: &str) -> bool {
    redact::is_secret_key(name)
        || KEYS.iter().any(|key| name.eq_ignore_ascii_case(key))
        || redact::is_secret_value(value)
}

/// One line of some length that does not look like a secret.
fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len())
        && !text.contains(char::is_control)
        && !text.trim().is_empty()
        && !redact::is_secret_value(text)
}

/// The value of a `Location` line, as a browser or a command-line client shows it.
fn location(line: &str) -> Option<&str> {
    let (name, value) = line.trim_start_matches(['<', ' ']).split_once(':')?;
    name.trim().eq_ignore_ascii_case("location").then_some(value)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
