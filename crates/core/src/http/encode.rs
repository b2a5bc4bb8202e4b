//! Percent-encoding, in one place: a path segment, a query, and reading a query back.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986: safe in a segment and in a query value alike.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Encodes one path segment. `/ ? # %`, spaces and everything outside ASCII are escaped. The segments `.` and `..` are
/// escaped for what reads them literally; a browser folds them away all the same, so an id must not be one of them.
pub fn encode_segment(segment: &str) -> String {
    match segment {
        "." => "%2E".to_owned(),
        ".." => "%2E%2E".to_owned(),
        _ => utf8_percent_encode(segment, UNRESERVED).to_string(),
    }
}

/// Reads one path segment back. What decodes to no text comes as it is written.
pub fn decode_segment(segment: &str) -> String {
    percent_decode_str(segment).decode_utf8().unwrap_or(segment.into()).into_owned()
}

/// Joins pairs to a query without `?`. Keys and values are escaped; a space becomes `%20`.
pub fn encode_query<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> String {
    let mut query = String::new();
    for (key, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        query.extend(utf8_percent_encode(key.as_ref(), UNRESERVED));
        query.push('=');
        query.extend(utf8_percent_encode(value.as_ref(), UNRESERVED));
    }
    query
}

/// Reads a query (with or without `?`) into pairs, each decoded once. Total: nonsense decodes to something.
pub fn decode_query(query: &str) -> Vec<(String, String)> {
    let query = query.strip_prefix('?').unwrap_or(query);
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_keep_their_shape() {
        assert_eq!(encode_segment("a/b?c#d%e f"), "a%2Fb%3Fc%23d%25e%20f");
        assert_eq!(encode_segment(".."), "%2E%2E");
        assert_eq!(encode_segment("東京"), "%E6%9D%B1%E4%BA%AC");
        for segment in ["a/b?c#d%e f+", "..", "東京"] {
            assert_eq!(decode_segment(&encode_segment(segment)), segment);
        }
        assert_eq!(decode_segment("%FF%"), "%FF%");
    }

    #[test]
    fn a_query_reads_back() {
        let pairs = [("q", "a&b=c 50%25"), ("q", "+"), ("é", "")];
        let back = decode_query(&format!("?{}", encode_query(pairs)));
        assert_eq!(back, pairs.map(|(k, v)| (k.to_owned(), v.to_owned())));
    }
}
