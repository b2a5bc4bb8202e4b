//! The id in what a user pasted: an id, the URL of an operation, the header line in which the id was handed out.

use crate::http::decode_segment;

/// The last segment of an address with `/operations/` in it, decoded; a tail `/:cancel` and a query do not count. What
/// is no address is the id itself.
pub(super) fn id(pasted: &str) -> Option<String> {
    let text = pasted.lines().find_map(location).unwrap_or(pasted).trim();
    // Quotes and brackets around a copied address.
    let text = text.trim_matches(['"', '\'', '<', '>', ',']).trim();
    let id = match text.rsplit_once("operations/") {
        Some((before, tail)) if before.is_empty() || before.ends_with('/') => {
            let path = tail.split(['?', '#']).next().unwrap_or(tail);
            decode_segment(path.split('/').next().unwrap_or(path))
        }
        _ if text.contains("://") || text.contains('\n') => return None,
        _ => text.to_owned(),
    };
    Some(id).filter(|id| !id.trim().is_empty())
}

/// The value of a `Location` line, as a browser or a command-line client shows it.
fn location(line: &str) -> Option<&str> {
    let (name, value) = line.trim_start_matches(['<', ' ']).split_once(':')?;
    name.trim().eq_ignore_ascii_case("location").then_some(value)
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn every_form_leads_to_the_id() {
        for (pasted, expected) in [
            (" op-1 ", "op-1"),
            ("a b/c?d", "a b/c?d"),
            ("https://api.extremecloudiq.com/operations/op-1", "op-1"),
            ("https://api.extremecloudiq.com/operations/a%2Fb%20c%3Ad%3Fe", "a/b c:d?e"),
            ("https://api.extremecloudiq.com/operations/op-1/:cancel", "op-1"),
            ("https://api.extremecloudiq.com/operations/op-1/cancel?x=1#y", "op-1"),
            ("http://localhost:8787/xiq/operations/op-1/", "op-1"),
            ("/xiq/operations/op-1?async=true", "op-1"),
            ("operations/op-1", "op-1"),
            ("Location: https://api.extremecloudiq.com/operations/op-1", "op-1"),
            (
                "HTTP/1.1 202 Accepted\r\nlocation: https://x.example/operations/op-1\r\nContent-Length: 0",
                "op-1",
            ),
            ("< LOCATION:   https://x.example/operations/op-1", "op-1"),
            ("\"https://x.example/operations/op-1\"", "op-1"),
            ("https://x.example/operations/operations/op-1", "op-1"),
        ] {
            assert_eq!(id(pasted).as_deref(), Some(expected), "{pasted}");
        }
    }

    #[test]
    fn what_names_no_operation_is_refused() {
        for pasted in [
            "",
            "  ",
            "https://x.example/devices/5",
            "https://x.example/operations/",
            "two\nlines",
            "Location:",
        ] {
            assert_eq!(id(pasted), None, "{pasted}");
        }
    }
}
