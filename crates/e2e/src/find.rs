//! What to look for: a role and a name, as assistive technology knows them, perhaps inside something else.
//! It must not know how the browser is asked.

use std::fmt;

use serde_json::Value;

/// The name something has to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    Any,
    Is(String),
    Starts(String),
    Has(String),
}

impl Name {
    pub fn fits(&self, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Is(wanted) => name == wanted,
            Self::Starts(wanted) => name.starts_with(wanted.as_str()),
            Self::Has(wanted) => name.contains(wanted.as_str()),
        }
    }
}

/// A role, a name, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    pub role: &'static str,
    pub name: Name,
    pub inside: Option<Box<Find>>,
    /// Of headings.
    pub level: Option<u64>,
    /// Takes the first of several; else several are an error, as a person would not know which is meant.
    pub first: bool,
}

/// Anything of that role; narrow it down with [`Find::named`] and its siblings.
pub fn role(role: &'static str) -> Find {
    Find { role, name: Name::Any, inside: None, level: None, first: false }
}

impl Find {
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self { name: Name::Is(name.into()), ..self }
    }

    #[must_use]
    pub fn starting(self, name: impl Into<String>) -> Self {
        Self { name: Name::Starts(name.into()), ..self }
    }

    #[must_use]
    pub fn having(self, name: impl Into<String>) -> Self {
        Self { name: Name::Has(name.into()), ..self }
    }

    #[must_use]
    pub fn inside(self, outer: Self) -> Self {
        Self { inside: Some(Box::new(outer)), ..self }
    }

    #[must_use]
    pub fn of_level(self, level: u64) -> Self {
        Self { level: Some(level), ..self }
    }

    /// Whether something of the right role and place is it.
    pub fn fits(&self, node: &Node) -> bool {
        let level = node.state("level").and_then(Value::as_u64);
        self.name.fits(&node.name) && (self.level.is_none() || self.level == level)
    }

    #[must_use]
    pub fn first(self) -> Self {
        Self { first: true, ..self }
    }
}

impl fmt::Display for Find {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.role)?;
        match &self.name {
            Name::Any => Ok(()),
            Name::Is(name) => write!(f, " \"{name}\""),
            Name::Starts(name) => write!(f, " \"{name}…\""),
            Name::Has(name) => write!(f, " \"…{name}…\""),
        }?;
        self.inside.as_ref().map_or(Ok(()), |outer| write!(f, " in {outer}"))
    }
}

/// Something on the page, as the browser tells assistive technology.
#[derive(Clone, Debug)]
pub struct Node {
    pub backend: i64,
    pub role: String,
    pub name: String,
    pub value: String,
    pub description: String,
    states: Vec<(String, Value)>,
}

impl Node {
    /// Reads a node of the browser's accessibility tree. None for those that are hidden from it.
    pub fn read(node: &Value) -> Option<Self> {
        if node.get("ignored").and_then(Value::as_bool).unwrap_or(false) {
            return None;
        }
        let text = |field: &str| match node.get(field).and_then(|field| field.get("value")) {
            Some(Value::String(text)) => text.clone(),
            Some(other) if !other.is_null() => other.to_string(),
            _ => String::new(),
        };
        let states = node.get("properties").and_then(Value::as_array).map_or_else(Vec::new, |all| {
            let one = |state: &Value| {
                let name = state.get("name")?.as_str()?.to_owned();
                Some((name, state.get("value")?.get("value").cloned().unwrap_or(Value::Null)))
            };
            all.iter().filter_map(one).collect()
        });
        Some(Self {
            backend: node.get("backendDOMNodeId")?.as_i64()?,
            role: text("role"),
            name: text("name"),
            value: text("value"),
            description: text("description"),
            states,
        })
    }

    /// A state such as `expanded`, `selected`, `level`.
    pub fn state(&self, name: &str) -> Option<&Value> {
        self.states.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Whether a state is on. Three-valued ones (`pressed`, `checked`) are told as text.
    pub fn is(&self, name: &str) -> bool {
        match self.state(name) {
            Some(Value::Bool(on)) => *on,
            Some(Value::String(text)) => text == "true",
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_node_is_read_with_its_states() {
        let node = Node::read(&json!({
            "ignored": false, "backendDOMNodeId": 7,
            "role": { "value": "button" }, "name": { "value": "Failed 29" },
            "properties": [{ "name": "pressed", "value": { "type": "tristate", "value": "true" } },
                           { "name": "focusable", "value": { "type": "booleanOrUndefined", "value": true } }],
        }))
        .unwrap();
        assert!(node.is("pressed") && node.is("focusable") && !node.is("expanded"));
        assert_eq!((node.name.as_str(), node.value.as_str()), ("Failed 29", ""));
        assert!(Node::read(&json!({ "ignored": true, "backendDOMNodeId": 7 })).is_none());
    }

    #[test]
    fn what_is_sought_reads_as_a_person_would_say_it() {
        let find = role("button").starting("Failed").inside(role("group").named("Filter by state"));
        assert_eq!(find.to_string(), "button \"Failed…\" in group \"Filter by state\"");
        assert!(find.name.fits("Failed 29") && !find.name.fits("29 Failed"));
    }
}
