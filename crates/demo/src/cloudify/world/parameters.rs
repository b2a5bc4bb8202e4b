//! Settles what a workflow is started with: defaults, conversions, constraints, and the texts of what is wrong.
//! It must not know executions.

use serde_json::{Map, Value};

type Parameters = Map<String, Value>;

/// The parameters a run gets, or what is wrong with those given: the first kind of fault met, all of that kind.
pub(super) fn settle(
    workflow: &str,
    schema: &Parameters,
    given: &Parameters,
    allow_custom: bool,
) -> Result<Parameters, String> {
    let undeclared: Vec<&str> =
        given.keys().filter(|name| !schema.contains_key(*name)).map(String::as_str).collect();
    if !undeclared.is_empty() && !allow_custom {
        return Err(format!(
            "Workflow \"{workflow}\" does not have the following parameters declared: {}. Remove these parameters or \
             use the flag for allowing custom parameters",
            undeclared.join(", ")
        ));
    }
    let mut settled = given.clone();
    let mut mistyped = Vec::new();
    for (name, declared) in schema {
        let Some(value) = given.get(name) else { continue };
        match converted(declared, value) {
            Ok(value) => {
                settled.insert(name.clone(), value);
            }
            Err(kind) => mistyped.push(format!("Parameter \"{name}\" must be of type {kind}")),
        }
    }
    if !mistyped.is_empty() {
        return Err(mistyped.join("\n"));
    }
    let mut violated = Vec::new();
    for (name, declared) in schema {
        let Some(value) = settled.get(name).filter(|value| !value.is_null()) else { continue };
        if let Some(constraint) = violation(declared, value) {
            let value = plain(value);
            violated.push(format!(
                "Parameter \"{name}\" does not meet its constraints: Value {value} of input {name} violates \
                 constraint {constraint} operator."
            ));
        }
    }
    if !violated.is_empty() {
        return Err(violated.join("\n"));
    }
    let mut missing = Vec::new();
    for (name, declared) in schema {
        if settled.contains_key(name) {
            continue;
        }
        match declared.get("default") {
            Some(default) => {
                settled.insert(name.clone(), default.clone());
            }
            None if declared.get("required").and_then(Value::as_bool) == Some(false) => {}
            None => missing.push(name.as_str()),
        }
    }
    if missing.is_empty() {
        return Ok(settled);
    }
    Err(format!(
        "Workflow \"{workflow}\" must be provided with the following parameters to execute: {}",
        missing.join(", ")
    ))
}

/// Texts without their quotes, as messages show values.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The value in its declared type, or the name of that type where it cannot be.
fn converted(declared: &Value, value: &Value) -> Result<Value, String> {
    let Some(kind) = declared.get("type").and_then(Value::as_str) else { return Ok(value.clone()) };
    // Null stands for "not set" where the schema itself says so.
    if value.is_null() && declared.get("default").is_some_and(Value::is_null) {
        return Ok(Value::Null);
    }
    let text = value.as_str();
    let converted = match kind {
        "integer" => match value {
            Value::Number(number) if number.is_i64() || number.is_u64() => Some(value.clone()),
            _ => text.and_then(|text| text.trim().parse::<i64>().ok()).map(Value::from),
        },
        "float" => match value {
            Value::Number(_) => Some(value.clone()),
            _ => text.and_then(|text| text.trim().parse::<f64>().ok()).map(Value::from),
        },
        "boolean" => match value {
            Value::Bool(_) => Some(value.clone()),
            _ => text.and_then(super::super::query::boolean).map(Value::from),
        },
        "dict" => value.is_object().then(|| value.clone()),
        "list" => match (value.as_array(), declared.get("item_type").and_then(Value::as_str)) {
            (Some(items), Some(item)) => {
                let of = serde_json::json!({ "type": item });
                let items: Result<Vec<Value>, String> =
                    items.iter().map(|value| converted(&of, value)).collect();
                items.ok().map(Value::from)
            }
            (items, _) => items.map(|_| value.clone()),
        },
        // Texts, and references to other things by their names.
        _ => text.map(Value::from),
    };
    converted.ok_or_else(|| kind.to_owned())
}

/// The first constraint that the value violates, as messages show it.
fn violation(declared: &Value, value: &Value) -> Option<String> {
    let constraints = declared.get("constraints")?.as_array()?;
    constraints.iter().filter_map(Value::as_object).flatten().find_map(|(name, bound)| {
        let arguments = match bound {
            Value::Array(bounds) => bounds.iter().map(plain).collect::<Vec<_>>().join(", "),
            single => plain(single),
        };
        (!holds(name, bound, value)).then(|| format!("{name}({arguments})"))
    })
}

fn holds(name: &str, bound: &Value, value: &Value) -> bool {
    let size = || -> Option<f64> {
        let count = match value {
            Value::String(text) => text.chars().count(),
            Value::Array(items) => items.len(),
            Value::Object(fields) => fields.len(),
            _ => return None,
        };
        u32::try_from(count).ok().map(f64::from)
    };
    let against = |number: Option<f64>, fits: fn(f64, f64) -> bool| {
        number.zip(bound.as_f64()).is_some_and(|(number, bound)| fits(number, bound))
    };
    let number = value.as_f64();
    match name {
        "equal" => value == bound,
        "greater_than" => against(number, |a, b| a > b),
        "greater_or_equal" => against(number, |a, b| a >= b),
        "less_than" => against(number, |a, b| a < b),
        "less_or_equal" => against(number, |a, b| a <= b),
        "min_length" => against(size(), |a, b| a >= b),
        "max_length" => against(size(), |a, b| a <= b),
        "length" => size() == bound.as_f64(),
        "valid_values" => bound.as_array().is_some_and(|values| values.contains(value)),
        "in_range" => {
            let end = |at: usize| bound.get(at).and_then(Value::as_f64);
            number.is_some_and(|n| end(0).is_none_or(|low| n >= low) && end(1).is_none_or(|high| n <= high))
        }
        // Patterns and what only the real server can look up.
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn backup(given: &Value, allow_custom: bool) -> Result<Value, String> {
        let schema = super::super::workflows::parameters("backup");
        settle("backup", &schema, given.as_object().unwrap(), allow_custom).map(Value::Object)
    }

    #[test]
    fn defaults_and_conversions() {
        let settled = backup(&json!({ "target": "s3://x", "level": "7", "verify": "False" }), false).unwrap();
        assert_eq!(settled["level"], 7);
        assert_eq!(settled["verify"], false);
        assert_eq!(settled["mode"], "incremental");
        assert_eq!(backup(&json!({ "target": "s3://x", "zzz": [1] }), true).unwrap()["zzz"], json!([1]));
    }

    #[test]
    fn each_kind_of_fault_has_its_text() {
        for (given, text) in [
            (
                json!({}),
                r#"Workflow "backup" must be provided with the following parameters to execute: target"#,
            ),
            (
                json!({ "zzz": 1 }),
                r#"Workflow "backup" does not have the following parameters declared: zzz. Remove these parameters or use the flag for allowing custom parameters"#,
            ),
            (json!({ "level": "many" }), r#"Parameter "level" must be of type integer"#),
            (
                json!({ "level": 99 }),
                r#"Parameter "level" does not meet its constraints: Value 99 of input level violates constraint in_range(1, 9) operator."#,
            ),
        ] {
            assert_eq!(backup(&given, false).unwrap_err(), text);
        }
        let two = backup(&json!({ "level": [], "target": 3 }), false).unwrap_err();
        assert_eq!(two.lines().count(), 2);
        assert!(backup(&json!({ "target": "ab" }), false).unwrap_err().contains("min_length(3)"));
        assert!(backup(&json!({ "target": "abc", "mode": "half" }), false).is_err());
        assert!(backup(&json!({ "target": "abc", "exclude": [1] }), false).is_err());
    }
}
