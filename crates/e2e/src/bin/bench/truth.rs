//! The server's own rows, from which follows what the console must show. It must not know the console's code, only
//! what the console promises: what words search, what a state is, what a duration is.

use std::cmp::Ordering;

use longrun_e2e::Outcome;
use longrun_e2e::site::Site;
use serde_json::Value;

/// A row, as far as anything measured depends on it.
pub struct Row {
    pub id: String,
    pub status: String,
    pub received: String,
    pub ended: String,
    pub warning: String,
    /// Everything that words search, in lower case.
    words: String,
}

/// All rows in the server's order: newest first.
pub struct Truth {
    pub rows: Vec<Row>,
}

impl Truth {
    pub async fn of(site: &Site, query: &str) -> Outcome<Self> {
        let rows = site.truth(query).await?;
        Ok(Self { rows: rows.iter().map(read).collect() })
    }

    /// The rows a word leaves.
    pub fn with_word(&self, word: &str) -> Vec<&Row> {
        self.rows.iter().filter(|row| row.words.contains(word)).collect()
    }

    pub fn failed(&self) -> Vec<&Row> {
        self.rows.iter().filter(|row| row.status.eq_ignore_ascii_case("ERROR")).collect()
    }

    /// The ids that may stand first in an order; several where rows are equal in it.
    pub fn first_by(&self, order: impl Fn(&Row, &Row) -> Ordering) -> Vec<&str> {
        let Some(first) = self.rows.iter().min_by(|a, b| order(a, b)) else { return Vec::new() };
        self.rows
            .iter()
            .filter(|row| order(row, first) == Ordering::Equal)
            .map(|row| row.id.as_str())
            .collect()
    }
}

impl Row {
    /// From received to ended in seconds; what goes on or halted lasts until now, which is later than any end.
    pub fn lasts(&self) -> i64 {
        match (seconds(&self.received), seconds(&self.ended)) {
            (Some(from), Some(to)) => to - from,
            (Some(from), None) => i64::from(u32::MAX) - from,
            _ => -1,
        }
    }
}

fn read(row: &Value) -> Row {
    let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    const SEARCHED: [&str; 9] = [
        "id",
        "request_type",
        "status",
        "resource_id",
        "resource_type",
        "tenant_id",
        "request_id",
        "error",
        "warning",
    ];
    let mut words = SEARCHED.map(text).join("\n").to_lowercase();
    if let Some(name) = appliance_name(row.get("request_body")) {
        words.push('\n');
        words.push_str(&name.to_lowercase());
    }
    Row {
        id: text("id"),
        status: text("status"),
        received: text("reception_datetime"),
        ended: text("commit_datetime"),
        warning: text("warning"),
        words,
    }
}

/// A body given as an object may name the appliance.
fn appliance_name(body: Option<&Value>) -> Option<&str> {
    body?.as_object()?.values().next()?.get("name")?.as_str()
}

/// `2026-03-01 10:00:00` in seconds of the Unix epoch.
fn seconds(text: &str) -> Option<i64> {
    let numbers: Vec<i64> =
        text.split(['-', ' ', ':']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, day, hour, minute, second] = numbers.try_into().ok()?;
    // Days from the civil calendar, years beginning in March.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 719_469;
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_are_read() {
        assert_eq!(seconds("1970-01-01 00:00:00"), Some(0));
        assert_eq!(seconds("2026-03-01 10:00:00"), Some(1_772_359_200));
        assert_eq!(seconds("2024-02-29 23:59:59"), Some(1_709_251_199));
        assert_eq!(seconds(""), None);
    }

    #[test]
    fn what_goes_on_lasts_longer_than_what_ended_and_the_older_longer() {
        let row = |from: &str, to: &str| read(&json!({ "reception_datetime": from, "commit_datetime": to }));
        let ended = row("2026-03-01 10:00:00", "2026-03-01 11:00:00");
        let (old, new) = (row("2026-03-01 10:00:00", ""), row("2026-03-02 10:00:00", ""));
        assert!(old.lasts() > new.lasts() && new.lasts() > ended.lasts());
    }
}
