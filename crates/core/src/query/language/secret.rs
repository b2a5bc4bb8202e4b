//! Secrets that are typed or pasted into a query: they would stand in the address, so nothing of them is kept. Must not
//! know what else a piece means.

use super::key::{Key, is_masked, key};
use super::token::Token;
use crate::json::redact::{is_secret_key, redact_text};
use crate::query::Tables;

/// Goes over the pieces of a text, for `password: x` is two of them, and what stands in a header or in JSON is words.
#[derive(Default)]
pub(super) struct Secrets {
    /// The next word is the value of one.
    named: bool,
}

impl Secrets {
    /// True where the next piece, as it was typed, is a secret or the name of one.
    pub(super) fn takes(&mut self, piece: &Token<'_>, typed: &str) -> bool {
        if piece.key.is_none() && (self.named || shows(typed)) {
            // After the scheme comes the secret itself.
            self.named &= ["bearer", "basic"].iter().any(|scheme| scheme.eq_ignore_ascii_case(typed));
            return true;
        }
        self.named = names_one(piece, typed);
        self.named
    }
}

/// A secret can be read in it.
pub(super) fn shows(text: &str) -> bool {
    redact_text(text) != text
}

/// Whether the next word is the value of a secret: `password:`, `'X-Auth-Token:`.
fn names_one(piece: &Token<'_>, typed: &str) -> bool {
    let is_sign = |sign: char| !sign.is_alphanumeric();
    let name = typed.rsplit([',', '{']).next().unwrap_or_default().trim_matches(is_sign);
    let is_open =
        piece.key.is_none() || piece.values.iter().all(|value| value.text.trim_matches(is_sign).is_empty());
    is_open && typed.trim_end_matches(['"', '\'']).ends_with(':') && is_secret_key(name)
}

/// The name of the piece is one of a secret, whatever its value.
pub(super) fn is_named(piece: &Token<'_>, tables: Tables) -> bool {
    let Some((name, _)) = piece.key else { return false };
    match key(tables, name) {
        Some(Key::Body(path)) => is_masked(path),
        Some(_) => false,
        None => is_secret_key(name),
    }
}
