//! Paths into a document, as the viewer shows and copies them: `$.a.b[0]["odd key"]`.

use super::literal::{decode, encode};
use super::nesting::{Scan, string_end};

/// One step down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To a member of an object, by its decoded name.
    Name(String),
    /// To an item of an array, counted from 0.
    Index(usize),
}

/// Appends the step to a member: `.name`, or `["na me"]` where the name is not a plain word.
pub fn push_name(path: &mut String, name: &str) {
    if is_plain(name) {
        path.push('.');
        path.push_str(name);
    } else {
        path.push('[');
        encode(name, path);
        path.push(']');
    }
}

/// Appends the step to an item: `[3]`.
pub fn push_index(path: &mut String, index: usize) {
    path.push('[');
    path.push_str(&index.to_string());
    path.push(']');
}

/// Reads a path back. `None` where it is not one.
pub fn parse(path: &str) -> Option<Vec<Step>> {
    let mut rest = path.strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(named) = rest.strip_prefix('.') {
            let end = named.find(['.', '[']).unwrap_or(named.len());
            let (name, after) = named.split_at_checked(end)?;
            steps.push(Step::Name(is_plain(name).then(|| name.to_owned())?));
            rest = after;
        } else {
            let (inside, after) = bracket(rest.strip_prefix('[')?)?;
            steps.push(match inside.strip_prefix('"') {
                Some(_) => Step::Name(decode(inside).into_owned()),
                None => Step::Index(inside.parse().ok()?),
            });
            rest = after;
        }
    }
    Some(steps)
}

/// Splits at the bracket that closes a step; one inside of a quoted name does not count.
fn bracket(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with('"') {
        return text.split_once(']');
    }
    let Scan::Done(end) = string_end(text.as_bytes(), 1) else { return None };
    let (name, after) = text.split_at_checked(end)?;
    Some((name, after.strip_prefix(']')?))
}

fn is_plain(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("$")]
    #[case("$.a.b[0][\"odd key\"]")]
    #[case("$[12].interface_1[\"os-stop\"][\"\"][\"1a\"]")]
    #[case("$[\"a\\\"].b[0]\\\\\"].c[\"日本\"]")]
    fn paths_read_back(#[case] path: &str) {
        let mut written = "$".to_owned();
        for step in parse(path).unwrap() {
            match step {
                Step::Name(name) => push_name(&mut written, &name),
                Step::Index(index) => push_index(&mut written, index),
            }
        }
        assert_eq!(written, path);
    }

    #[rstest]
    #[case("")]
    #[case("a")]
    #[case("$a")]
    #[case("$.")]
    #[case("$..a")]
    #[case("$.a b")]
    #[case("$[")]
    #[case("$[x]")]
    #[case("$[-1]")]
    #[case("$[\"a]")]
    #[case("$[\"a\"")]
    fn nonsense_is_refused(#[case] path: &str) {
        assert_eq!(parse(path), None);
    }
}
