//! axe-core in the page: which accessibility rules it breaks. It must not know which page it is on.

use std::env;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::failure::{Failure, Outcome};
use crate::site::workspace;

/// Runs axe and returns one line per violated rule and place.
const RUN: &str = include_str!("scripts/axe.js");

fn script() -> Outcome<String> {
    let usual = || workspace().join("target/tools/node_modules/axe-core/axe.min.js");
    let file = env::var_os("LONGRUN_AXE").map_or_else(usual, PathBuf::from);
    fs::read_to_string(&file).map_err(|error| {
        let hint = "`cargo xtask setup --tests` installs it";
        Failure::new(format!("axe-core could not be read from {}: {error}; {hint}", file.display()))
    })
}

impl Browser {
    /// Fails unless the page, as it is now, breaks no rule. `place` says where this is, for the report.
    pub async fn accessible(&self, place: &str) -> Outcome {
        let there = self.script("return typeof axe === 'object';", vec![]).await?;
        if there != Value::Bool(true) {
            let evaluated = self
                .cdp("Runtime.evaluate", json!({ "expression": script()?, "returnByValue": true }))
                .await?;
            if let Some(details) = evaluated.get("exceptionDetails") {
                return Err(Failure::new(format!("axe-core could not be run: {details}")));
            }
        }
        let found = self.script(RUN, vec![]).await?;
        let found: Vec<String> = serde_json::from_value(found)?;
        if found.is_empty() {
            return Ok(());
        }
        Err(Failure::new(format!(
            "{place} breaks {} rules of accessibility:\n  {}",
            found.len(),
            found.join("\n  ")
        )))
    }
}
