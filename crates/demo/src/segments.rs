//! The segments of a request path, each decoded only after the path was split, so that an id may hold a slash.
//! For APIs whose paths a route pattern cannot say, such as a segment that begins with a colon.
//! It must not know any API.

/// The decoded segments of `path` below `mount`; None when the path is not below it or is not UTF-8 once decoded.
pub(crate) fn below(mount: &str, path: &str) -> Option<Vec<String>> {
    let rest = path.strip_prefix(mount)?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    rest.split('/').map(decoded).collect()
}

/// A percent sign that begins no escape stands for itself, as browsers read it.
fn decoded(segment: &str) -> Option<String> {
    let mut out = Vec::with_capacity(segment.len());
    let mut bytes = segment.bytes();
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let escaped = (byte == b'%').then(|| Some(hex(ahead.next()?)? << 4 | hex(ahead.next()?)?)).flatten();
        match escaped {
            Some(value) => {
                out.push(value);
                bytes = ahead;
            }
            None => out.push(byte),
        }
    }
    String::from_utf8(out).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_split_first_and_decoded_then() {
        let found = |path| below("/xiq", path);
        assert_eq!(
            found("/xiq/operations/a%2Fb%20c%3Ad%3Fe/:cancel").unwrap(),
            ["operations", "a/b c:d?e", ":cancel"]
        );
        assert_eq!(found("/xiq/%E5%A4%A7/100%/%zz/%4").unwrap(), ["大", "100%", "%zz", "%4"]);
        assert_eq!(found("/xiq/login/").unwrap(), ["login"]);
        assert_eq!(found("/xiq").unwrap(), [""]);
        assert_eq!(found("/gcp/v1"), None);
        assert_eq!(found("/xiq/%ff"), None);
    }
}
