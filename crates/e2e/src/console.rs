//! Did the browser complain? Its console, what the page logged, and what the content security policy refused.
//! It must not know what the journey did; the journey says which failed requests were its own doing.

use serde_json::Value;

use crate::browser::Browser;
use crate::failure::{Failure, Outcome};

/// A line of the browser's console.
#[derive(Clone, Debug)]
pub struct Line {
    pub level: String,
    pub text: String,
}

/// What was gathered so far. The browser hands out each line only once.
#[derive(Debug, Default)]
pub struct Complaints {
    pub lines: Vec<Line>,
    pub refused: Vec<String>,
}

impl Complaints {
    /// Takes what came since the last time. Called before a page is left, as its list of refusals goes with it.
    pub async fn gather(&mut self, browser: &Browser) -> Outcome {
        let new = browser.driver().browser_log().await?;
        self.lines.extend(new.into_iter().map(|entry| Line { level: entry.level, text: entry.message }));
        let refused = browser.script("return globalThis.__refused?.splice(0) ?? [];", vec![]).await?;
        let refused = refused.as_array().map(Vec::as_slice).unwrap_or_default();
        self.refused.extend(refused.iter().filter_map(Value::as_str).map(str::to_owned));
        Ok(())
    }

    /// Fails unless all was quiet. `provoked` are parts of the browser's own lines about requests whose failure the
    /// journey arranged; nothing else is forgiven.
    pub fn judge(&self, provoked: &[String]) -> Outcome {
        let forgiven = |line: &Line| {
            line.text.contains("Failed to load resource: ")
                && provoked.iter().any(|part| line.text.contains(part))
        };
        let grave = |line: &&Line| match line.level.as_str() {
            "SEVERE" => !forgiven(line),
            "WARNING" => true,
            _ => false,
        };
        let mut found: Vec<String> =
            self.lines.iter().filter(grave).map(|line| format!("{}: {}", line.level, line.text)).collect();
        found.extend(self.refused.iter().map(|refused| format!("refused by policy: {refused}")));
        if found.is_empty() {
            Ok(())
        } else {
            Err(Failure::new(format!("the browser complained:\n  {}", found.join("\n  "))))
        }
    }

    pub fn log(&self) -> String {
        let lines = self.lines.iter().map(|line| format!("{} {}\n", line.level, line.text));
        lines.chain(self.refused.iter().map(|refused| format!("REFUSED {refused}\n"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(level: &str, text: &str) -> Line {
        Line { level: level.into(), text: text.into() }
    }

    #[test]
    fn only_provoked_failures_of_requests_are_forgiven() {
        let failed =
            "http://127.0.0.1/x - Failed to load resource: the server responded with a status of 429 ()";
        let complaints =
            Complaints { lines: vec![line("SEVERE", failed), line("INFO", "hello")], refused: vec![] };
        assert!(complaints.judge(&["status of 429".into()]).is_ok());
        assert!(complaints.judge(&["status of 500".into()]).is_err());
        let logged = Complaints { lines: vec![line("SEVERE", "app.js 1:2 status of 429")], refused: vec![] };
        assert!(logged.judge(&["status of 429".into()]).is_err());
        let refused = Complaints { lines: vec![], refused: vec!["script-src: inline".into()] };
        assert!(refused.judge(&[]).is_err());
    }
}
