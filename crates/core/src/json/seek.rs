//! Looks for values at a path in a document, without building anything from it. Must not know what the document is of,
//! nor what is looked for: a test is handed in. What stands under the name of a secret is passed over, so that a search
//! does not tell what a viewer hides.

use super::events::{Event, Events};
use super::literal::decode;
use super::redact::{is_secret_key, redact_text};

/// True where some scalar at the path passes `test`. A step is the name of a member, in any case, or a place in a list;
/// `*` is any of both. Without steps every scalar is tried, wherever it stands. A text that is not JSON is tried as a
/// whole, where there are no steps.
pub fn any_at(text: &str, path: &[&str], test: &mut dyn FnMut(&str) -> bool) -> bool {
    let trimmed = text.trim();
    if trimmed.starts_with('"') {
        // JSON in a string, as some servers send it.
        let inner = decode(trimmed);
        if inner.trim_start().starts_with(['{', '[']) {
            return seek(&inner, path, test);
        }
    }
    seek(trimmed, path, test)
}

/// One open container.
struct Level {
    /// So many steps of the path lead here; `None` where they lead elsewhere.
    steps: Option<usize>,
    /// What stands under the name of a secret.
    hidden: bool,
    /// How many elements came, in a list.
    count: usize,
    is_list: bool,
}

fn seek(text: &str, path: &[&str], test: &mut dyn FnMut(&str) -> bool) -> bool {
    let mut events = Events::new(text);
    let mut levels: Vec<Level> = Vec::new();
    // What the next value is: how many steps lead to it, and whether it is hidden.
    let mut next = (Some(0), false);
    while let Ok(Some(event)) = events.next() {
        if let Some(level) = levels.last_mut().filter(|level| level.is_list)
            && !matches!(event, Event::Leave(_) | Event::Key(..))
        {
            let step = |steps: usize| fits_place(path, steps, level.count).then_some(steps + 1);
            next = (level.steps.and_then(step), level.hidden);
            level.count += 1;
        }
        match event {
            Event::Enter(at) => {
                let is_list = text.as_bytes().get(at) == Some(&b'[');
                levels.push(Level { steps: next.0, hidden: next.1, count: 0, is_list });
            }
            Event::Leave(_) => {
                levels.pop();
            }
            Event::Key(_, written) => {
                let Some(level) = levels.last() else { continue };
                let name = decode(written);
                let step = |steps: usize| fits_name(path, steps, &name).then_some(steps + 1);
                next = (level.steps.and_then(step), level.hidden || is_secret_key(&name));
            }
            Event::Scalar(_, written) => {
                let there = path.is_empty() || next.0 == Some(path.len());
                // A secret may also stand inside a longer text; what is found must be there without it.
                if there && !next.1 {
                    let value = decode(written);
                    if test(&value) && test(&redact_text(&value)) {
                        return true;
                    }
                }
            }
        }
    }
    false
}

fn fits_name(path: &[&str], at: usize, name: &str) -> bool {
    path.get(at).is_some_and(|step| *step == "*" || step.eq_ignore_ascii_case(name))
}

fn fits_place(path: &[&str], at: usize, place: usize) -> bool {
    path.get(at).is_some_and(|step| *step == "*" || step.parse() == Ok(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const BODY: &str = r#"{"name":"edge","admin_password":"hunter2","config":"set password hunter2","size":42,"on":null,"interfaces":{"interface_1":{"name":"lan",
        "fixed_ips":[{"ip":"192.168.0.1"},{"ip":"10.0.0.1"}]},"interface_2":{"name":"wan","tags":["a",["b"]]}},"k.\u0065":"dot"}"#;

    #[rstest]
    #[case("name", "edge", true)]
    #[case("NAME", "edge", true)]
    #[case("name", "lan", false)]
    #[case("interfaces.*.name", "lan", true)]
    #[case("interfaces.interface_2.name", "lan", false)]
    #[case("interfaces.*.fixed_ips.*.ip", "10.0.0.1", true)]
    #[case("interfaces.*.fixed_ips.1.ip", "10.0.0.1", true)]
    #[case("interfaces.*.fixed_ips.0.ip", "10.0.0.1", false)]
    #[case("interfaces.*.tags.*", "a", true)]
    #[case("interfaces.*.tags.*", "b", false)]
    #[case("interfaces.*.tags.*.*", "b", true)]
    #[case("size", "42", true)]
    #[case("on", "null", true)]
    #[case("interfaces", "lan", false)]
    #[case("admin_password", "hunter2", false)]
    #[case("*", "hunter2", false)]
    #[case("", "hunter2", false)]
    #[case("config", "set password hunter2", false)]
    #[case("", "b", true)]
    #[case("", "dot", true)]
    fn paths(#[case] path: &str, #[case] value: &str, #[case] found: bool) {
        let steps: Vec<&str> = if path.is_empty() { vec![] } else { path.split('.').collect() };
        assert_eq!(any_at(BODY, &steps, &mut |text| text == value), found);
        let in_string = serde_json::to_string(BODY).unwrap();
        assert_eq!(any_at(&in_string, &steps, &mut |text| text == value), found, "as JSON in a string");
    }

    #[test]
    fn what_is_no_json_is_looked_at_as_far_as_it_goes() {
        assert!(any_at(r#"{"a":"x","b"#, &["a"], &mut |text| text == "x"));
        assert!(!any_at("plain text", &["a"], &mut |_| true));
        assert!(any_at("\"plain text\"", &[], &mut |text| text == "plain text"));
        assert!(!any_at("", &[], &mut |_| true));
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(any_at(&deep, &[], &mut |text| text == "1"));
    }
}
