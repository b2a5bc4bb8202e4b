//! What the operations table shows, read in one go.

use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::Value;

use crate::browser::Browser;
use crate::failure::{Failure, Outcome};
use crate::find::role;
use crate::wait::eventually;

const READ: &str = include_str!("../scripts/table.js");

/// A column's head.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Head {
    pub text: String,
    /// `ascending` or `descending` where the rows are in this order.
    pub sort: Option<String>,
}

/// A row that is on the page.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Row {
    /// Its place among all rows, the head being 1.
    pub index: usize,
    pub current: bool,
    /// Where its link leads.
    pub href: String,
    pub cells: Vec<String>,
}

/// The rows on the page; far more may be in the list.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Table {
    /// Rows that there are in all, the head included.
    pub count: usize,
    pub heads: Vec<Head>,
    pub rows: Vec<Row>,
}

impl Table {
    /// Where the rows on the page lead, from top to bottom: the same rows have the same links.
    pub fn links(&self) -> Vec<&str> {
        self.rows.iter().map(|row| row.href.as_str()).collect()
    }

    /// What a row says in a column. A head may say more than its name: the time zone.
    pub fn cell<'a>(&self, row: &'a Row, head: &str) -> Option<&'a str> {
        let is = |known: &Head| {
            known.text == head || known.text.strip_prefix(head).is_some_and(|rest| rest.starts_with(' '))
        };
        let at = self.heads.iter().position(is)?;
        row.cells.get(at).map(String::as_str)
    }

    /// A column from top to bottom.
    pub fn column(&self, head: &str) -> Vec<&str> {
        self.rows.iter().filter_map(|row| self.cell(row, head)).collect()
    }

    /// The first row whose cells have these texts in them.
    pub fn row(&self, wanted: &[(&str, &str)]) -> Option<&Row> {
        let fits = |row: &&Row| {
            wanted.iter().all(|(head, text)| self.cell(row, head).is_some_and(|cell| cell.contains(text)))
        };
        self.rows.iter().find(fits)
    }

    pub fn order(&self, head: &str) -> Option<&str> {
        let is = |known: &&Head| known.text.starts_with(head);
        self.heads.iter().find(is)?.sort.as_deref()
    }

    /// For the text of a failure.
    pub fn told(&self) -> String {
        let mut text = format!("{} rows in all; on the page:", self.count.saturating_sub(1));
        for row in self.rows.iter().take(8) {
            // Writing to a string cannot fail.
            let _ = write!(text, "\n  {}: {}", row.index, row.cells.join(" | "));
        }
        text
    }
}

impl Browser {
    /// The operations table, now.
    pub async fn table(&self) -> Outcome<Table> {
        let node = self.one(&role("table").named("Operations")).await?;
        let element = self.element(&node).await?;
        let read: Value = self.script(READ, vec![element.to_json()?]).await?;
        Ok(serde_json::from_value(read)?)
    }

    /// Waits until the table is as wanted.
    pub async fn table_is(&self, wanted: &str, holds: impl Fn(&Table) -> bool) -> Outcome<Table> {
        eventually(async || {
            let table = self.table().await?;
            if holds(&table) {
                return Ok(table);
            }
            Err(Failure::new(format!("the table was to be so: {wanted}. It has {}", table.told())))
        })
        .await
    }
}
