//! What is filled into an action's form: checked before anything is sent. Knows no screen.

use crate::dialect::{Input, InputKind};
use crate::json::validate;
use crate::text::{fill, t};

/// What is wrong with the value of a field, as a sentence; `None` where it may be sent.
pub fn wrong(input: &Input, value: &str) -> Option<String> {
    let text = value.trim();
    if text.is_empty() {
        return input.required.then(|| t("This must be filled in.").to_owned());
    }
    match input.kind {
        InputKind::Number => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            let good = !digits.is_empty() && digits.len() < 16 && digits.bytes().all(|b| b.is_ascii_digit());
            (!good).then(|| t("This must be a whole number.").to_owned())
        }
        InputKind::Json => validate(text).err().map(|error| {
            let before = text.get(..error.offset).unwrap_or(text);
            let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            fill(
                "This is not JSON: {0}, in line {1} at character {2}.",
                &[t(error.message), &line.to_string(), &column.to_string()],
            )
        }),
        _ => None,
    }
}

/// What is sent of a form: names with their values, without the empty ones. Text keeps its spaces inside.
pub fn filled(values: &[(&'static Input, String)]) -> Vec<(&'static str, String)> {
    let filled = values.iter().map(|(input, value)| (input.name, value.trim().to_owned()));
    filled.filter(|(_, value)| !value.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn input(kind: InputKind, required: bool) -> Input {
        Input { name: "x", label: "X", kind, required, hint: "", start: None }
    }

    #[test]
    fn what_must_be_there_is_asked_for() {
        for kind in [InputKind::Text, InputKind::Json, InputKind::Number, InputKind::Time] {
            assert!(wrong(&input(kind, true), " \n").is_some(), "{kind:?}");
            assert_eq!(wrong(&input(kind, false), " "), None, "{kind:?}");
        }
    }

    #[test]
    fn numbers_are_whole() {
        let number = input(InputKind::Number, true);
        for good in ["0", "12", "-3", " 7 "] {
            assert_eq!(wrong(&number, good), None, "{good}");
        }
        for bad in ["1.5", "1e3", "-", "x", "99999999999999999999"] {
            assert!(wrong(&number, bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn broken_json_is_told_with_its_place() {
        let json = input(InputKind::Json, false);
        assert_eq!(wrong(&json, r#"{"a":[1,2,{"b":null}]}"#), None);
        let told = wrong(&json, "{\n  \"a\": 1,\n  b\n}").unwrap();
        assert!(told.contains("line 3 at character 3"), "{told}");
        assert!(wrong(&json, "{} {}").is_some());
    }

    #[test]
    fn only_what_was_filled_in_is_sent() {
        static A: Input = input(InputKind::Text, false);
        let sent = filled(&[(&A, " two words ".into()), (&A, "  ".into())]);
        assert_eq!(sent, [("x", "two words".to_owned())]);
    }
}
