//! axe-core in the page: which accessibility rules it breaks, in every theme. It must not know which page it is on.

use std::env;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::browser::{Browser, Scheme, View};
use crate::failure::{Failure, Outcome};
use crate::site::workspace;

/// Runs axe and returns one line per violated rule and place, with the colours it is seen in.
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
    /// Fails unless the page, as it is now, breaks no rule: all of them as it looks, then those that a theme can break
    /// in light and dark, each with usual and with high contrast. `place` says where this is, for the report.
    pub async fn accessible(&self, place: &str) -> Outcome {
        let view = self.view();
        let mut found = self.broken(place, false).await?;
        for scheme in Scheme::BOTH {
            for high_contrast in [false, true] {
                // Chosen or wished for by the system, the colours are the same; a test of the style sheet says so.
                let other = View { scheme, high_contrast, ..view };
                if (scheme, high_contrast) != (view.scheme, view.high_contrast) {
                    self.wear(other).await?;
                    found.extend(self.broken(place, true).await?);
                }
            }
        }
        self.wear(view).await?;
        judge(&found)
    }

    /// The same for the looks of this moment alone, whatever the browser was told to wear.
    pub async fn accessible_as_it_looks(&self, place: &str) -> Outcome {
        judge(&self.broken(place, false).await?)
    }

    /// One line for each rule that is broken and where.
    async fn broken(&self, place: &str, of_themes: bool) -> Outcome<Vec<String>> {
        let there = self.script("return typeof axe === 'object';", vec![]).await?;
        if there != Value::Bool(true) {
            let evaluated = self
                .cdp("Runtime.evaluate", json!({ "expression": script()?, "returnByValue": true }))
                .await?;
            if let Some(details) = evaluated.get("exceptionDetails") {
                return Err(Failure::new(format!("axe-core could not be run: {details}")));
            }
        }
        let found: Vec<String> = serde_json::from_value(self.script(RUN, vec![of_themes.into()]).await?)?;
        Ok(found.into_iter().map(|line| format!("{place}: {line}")).collect())
    }
}

fn judge(found: &[String]) -> Outcome {
    if found.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("{} rules of accessibility are broken:\n  {}", found.len(), found.join("\n  "))))
}
