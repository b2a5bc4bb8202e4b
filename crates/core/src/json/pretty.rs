//! One member a line, for reading and copying. Every scalar stays as the server wrote it.

use super::events::{Event, Events, JsonError};

/// Beyond this many levels lines are no longer moved to the right: their blanks would outgrow the document with the
/// square of its depth.
const DEEPEST: usize = 64;

/// The document with line breaks, each level moved right by so many blanks. A text that is not JSON comes back as it
/// is: what cannot be read must still be shown.
pub fn pretty(text: &str, indent: usize) -> String {
    try_pretty(text, indent).unwrap_or_else(|_| text.to_owned())
}

fn try_pretty(text: &str, indent: usize) -> Result<String, JsonError> {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut events = Events::new(text);
    let mut closers = Vec::new();
    let mut place = Place::Start;
    let mut event = events.next()?;
    while let Some(now) = event {
        match now {
            Event::Leave(_) => {
                let closer = closers.pop().unwrap_or(']');
                if place != Place::Opened {
                    new_line(&mut out, closers.len(), indent);
                }
                out.push(closer);
                place = Place::Filled;
            }
            Event::Key(..) | Event::Enter(_) | Event::Scalar(..) => {
                match place {
                    Place::Filled => out.push(','),
                    Place::Start | Place::Named | Place::Opened => {}
                }
                if matches!(place, Place::Filled | Place::Opened) {
                    new_line(&mut out, closers.len(), indent);
                }
                place = match now {
                    Event::Key(_, key) => {
                        out.push_str(key);
                        out.push_str(": ");
                        Place::Named
                    }
                    Event::Enter(at) => {
                        let is_object = text.as_bytes().get(at) == Some(&b'{');
                        out.push(if is_object { '{' } else { '[' });
                        closers.push(if is_object { '}' } else { ']' });
                        Place::Opened
                    }
                    Event::Scalar(_, raw) => {
                        out.push_str(raw);
                        Place::Filled
                    }
                    Event::Leave(_) => place,
                };
            }
        }
        event = events.next()?;
    }
    Ok(out)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Opened,
    Named,
    Filled,
}

fn new_line(out: &mut String, depth: usize, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', depth.min(DEEPEST) * indent));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_levels() {
        let text = r#"{"a":[1.50,{"b":{}},[]],"c":"x\u0041"}"#;
        let expected = "{\n  \"a\": [\n    1.50,\n    {\n      \"b\": {}\n    },\n    []\n  ],\n  \"c\": \"x\\u0041\"\n}";
        assert_eq!(pretty(text, 2), expected);
        assert_eq!(pretty(expected, 2), expected);
        assert_eq!(pretty(" 12345678901234567890 ", 2), "12345678901234567890");
    }

    #[test]
    fn what_is_not_json_stays() {
        assert_eq!(pretty("{\"a\":1,}", 2), "{\"a\":1,}");
    }

    #[test]
    fn depth_costs_no_more_than_length() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let out = pretty(&deep, 2);
        assert!(out.len() < 200_000 * (2 * DEEPEST + 2), "{}", out.len());
        assert_eq!(out.split_whitespace().collect::<String>(), deep);
    }
}
