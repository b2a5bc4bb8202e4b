//! A query over several connections: `connection:tokyo` chooses among them, the rest is asked of each list. Knows no list;
//! what a connection is called comes in.

use super::language::{Sign, tokens};
use super::matcher::Pattern;

/// The key that chooses.
const KEY: &str = "connection";

/// What is left of a query's text to ask the list of a connection of these names; `None` where the text leaves that
/// connection out.
pub fn text_at(text: &str, names: &[&str]) -> Option<String> {
    let mut rest = String::new();
    let mut copied = 0;
    for piece in tokens(text) {
        if !piece.key.is_some_and(|(key, sign)| key.eq_ignore_ascii_case(KEY) && sign == Sign::Is) {
            continue;
        }
        let fits = |pattern: Pattern| names.iter().any(|name| pattern.fits(name));
        if piece.values.iter().map(|value| Pattern::new(value, false)).any(fits) == piece.not {
            return None;
        }
        rest.push_str(text.get(copied..piece.span.start).unwrap_or_default());
        copied = piece.span.end;
    }
    rest.push_str(text.get(copied..).unwrap_or_default());
    Some(rest.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_are_chosen_by_name_or_id_and_the_rest_is_asked_of_each() {
        let tokyo = ["ECL Tokyo", "ecl-tokyo"];
        for (text, left) in [
            ("connection:ecl-tokyo port", Some("port")),
            ("port connection:\"ECL Tokyo\" -vsrx", Some("port  -vsrx")),
            ("connection:osaka,ECL*", Some("")),
            ("CONNECTION:osaka port", None),
            ("-connection:ecl-tokyo", None),
            ("-connection:osaka \"connection:osaka\"", Some("\"connection:osaka\"")),
            ("", Some("")),
        ] {
            assert_eq!(text_at(text, &tokyo).as_deref(), left, "{text}");
        }
    }
}
