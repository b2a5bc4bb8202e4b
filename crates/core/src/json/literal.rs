//! String literals: from their written form to text and back. Knows nothing of the document around them.

use std::borrow::Cow;

/// The text of a string literal, with or without its quotes. Lenient, because what cannot be read must still be
/// shown: an escape JSON does not know stays as it is written, half a surrogate pair becomes U+FFFD.
pub fn decode(literal: &str) -> Cow<'_, str> {
    let inner = literal.strip_prefix('"').unwrap_or(literal);
    let inner = if inner.len() < literal.len() { inner.strip_suffix('"').unwrap_or(inner) } else { inner };
    if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
        return Cow::Borrowed(inner);
    }
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        text.push_str(plain);
        rest = unescape(escaped, &mut text);
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Reads what follows a backslash and returns what follows that.
fn unescape<'a>(escaped: &'a str, text: &mut String) -> &'a str {
    let mut chars = escaped.chars();
    let plain = match chars.next() {
        Some('n') => '\n',
        Some('t') => '\t',
        Some('r') => '\r',
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some(same @ ('"' | '\\' | '/')) => same,
        Some('u') => {
            let Some(unit) = hex(chars.as_str()) else {
                text.push_str("\\u");
                return chars.as_str();
            };
            let rest = chars.as_str().get(4..).unwrap_or_default();
            return code_point(unit, rest, text);
        }
        _ => {
            text.push('\\');
            return escaped;
        }
    };
    text.push(plain);
    chars.as_str()
}

/// Joins a high surrogate with the low one that follows it.
fn code_point<'a>(unit: u32, rest: &'a str, text: &mut String) -> &'a str {
    if (0xD800..0xDC00).contains(&unit) {
        let low = rest.strip_prefix("\\u").and_then(hex).filter(|low| (0xDC00..0xE000).contains(low));
        if let Some(low) = low {
            let joined = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            text.push(char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER));
            return rest.get(6..).unwrap_or_default();
        }
    }
    text.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
    rest
}

fn hex(text: &str) -> Option<u32> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

/// Appends `text` as a string literal, quotes included.
pub fn encode(text: &str, out: &mut String) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            ' '.. => out.push(char),
            _ => unicode_escape(char, out),
        }
    }
    out.push('"');
}

/// Whether a character hides itself or moves its neighbours: controls, zero-width characters and the marks that
/// change the direction of text. Shown escaped, so that a value cannot pretend to be another.
pub(super) fn is_deceptive(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(char, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Appends a character as `\uXXXX`, in two halves where it needs them.
pub(super) fn unicode_escape(char: char, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    for unit in char.encode_utf16(&mut [0; 2]) {
        out.push_str("\\u");
        for shift in [12, 8, 4, 0] {
            let digit = HEX.get(usize::from(*unit >> shift & 0xF)).copied().unwrap_or(b'0');
            out.push(char::from(digit));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(r#""plain""#, "plain")]
    #[case("bare", "bare")]
    #[case(r#""""#, "")]
    #[case(r#"""#, "")]
    #[case(r#""a\"b\\c\/d\n\t\r\b\f""#, "a\"b\\c/d\n\t\r\u{8}\u{c}")]
    #[case(r#""\u65e5\u672c""#, "日本")]
    #[case(r#""\ud83d\ude00!""#, "😀!")]
    #[case(r#""\ud83d!""#, "\u{fffd}!")]
    #[case(r#""\ud83d\u0041""#, "\u{fffd}A")]
    #[case(r#""\ude00""#, "\u{fffd}")]
    #[case(r#""\x41 \u12 \u+123""#, "\\x41 \\u12 \\u+123")]
    #[case("\"raw\nline\"", "raw\nline")]
    #[case("\"cut\\", "cut\\")]
    #[case(r#""\u日本語x""#, "\\u日本語x")]
    fn decodes(#[case] literal: &str, #[case] expected: &str) {
        assert_eq!(decode(literal), expected);
    }

    #[test]
    fn text_without_escapes_is_not_copied() {
        assert!(matches!(decode("\"日本\""), Cow::Borrowed("日本")));
    }

    #[test]
    fn escapes_of_odd_characters_read_back() {
        let mut out = String::new();
        encode("\u{0}\u{1f}\"\\\n😀", &mut out);
        assert_eq!(out, "\"\\u0000\\u001f\\\"\\\\\\n😀\"");
        out.clear();
        unicode_escape('😀', &mut out);
        assert_eq!((out.as_str(), decode(&out).as_ref()), ("\\ud83d\\ude00", "😀"));
    }
}
