//! The list of operations: filters, states, order, rows.

use std::collections::BTreeMap;

use serde_json::Value;
use thirtyfour::Key;

use super::number;
use super::table::{Row, Table};
use crate::failure::{Failure, Outcome};
use crate::find::{Find, role};
use crate::stage::Stage;
use crate::wait::eventually;

/// The list on the screen.
#[derive(Clone, Copy)]
pub struct List<'a> {
    stage: &'a Stage,
}

impl<'a> List<'a> {
    pub fn on(stage: &'a Stage) -> Self {
        Self { stage }
    }

    /// Waits for rows.
    pub async fn loaded(&self) -> Outcome<Table> {
        self.stage.browser.table_is("it has rows", |table| !table.rows.is_empty()).await
    }

    pub async fn is(&self, wanted: &str, holds: impl Fn(&Table) -> bool) -> Outcome<Table> {
        self.stage.browser.table_is(wanted, holds).await
    }

    /// Waits for a row whose cells have these texts in them.
    pub async fn row(&self, wanted: &[(&str, &str)]) -> Outcome<Row> {
        let table = self.is(&format!("a row with {wanted:?}"), |table| table.row(wanted).is_some()).await?;
        table.row(wanted).cloned().ok_or_else(|| Failure::new("the row has gone"))
    }

    /// How many rows are shown, and of how many: "123 of 10,000".
    pub async fn shown(&self) -> Outcome<(usize, usize)> {
        eventually(async || {
            let said = self.statuses().await?;
            let figures = said.iter().find_map(|text| {
                let (shown, of) = text.split_once(" of ")?;
                Some((number(shown)?, number(of)?))
            });
            figures.ok_or_else(|| Failure::new(format!("no status says \"n of m\", but {said:?}")))
        })
        .await
    }

    /// Waits until that many rows are shown, and returns of how many.
    pub async fn shows(&self, wanted: usize) -> Outcome<usize> {
        eventually(async || match self.shown().await? {
            (shown, of) if shown == wanted => Ok(of),
            (shown, of) => {
                Err(Failure::new(format!("{wanted} rows were to be shown; it is {shown} of {of}")))
            }
        })
        .await
    }

    async fn statuses(&self) -> Outcome<Vec<String>> {
        const READ: &str = "return [...document.querySelectorAll('[role=status], output')].map((one) => one.innerText.trim());";
        let said = self.stage.browser.script(READ, vec![]).await?;
        Ok(serde_json::from_value(said)?)
    }

    fn state_group() -> Find {
        role("group").named("Filter by state")
    }

    pub fn state(name: &str) -> Find {
        role("button").starting(format!("{name} ")).inside(Self::state_group())
    }

    /// How many rows are in each state, as the toggles say; "All" is among them.
    pub async fn counts(&self) -> Outcome<BTreeMap<String, usize>> {
        let toggles = self.stage.browser.all(&role("button").inside(Self::state_group())).await?;
        let read = |name: &str| {
            let (state, count) = name.rsplit_once(' ')?;
            Some((state.to_owned(), number(count)?))
        };
        Ok(toggles.iter().filter_map(|toggle| read(&toggle.name)).collect())
    }

    pub async fn toggle_state(&self, name: &str) -> Outcome {
        self.stage.browser.click(&Self::state(name)).await
    }

    /// Adds a filter of the server through its form.
    pub async fn add_filter(&self, label: &str, value: &str) -> Outcome {
        let browser = &self.stage.browser;
        browser.click(&role("button").named("Add filter")).await?;
        let form = role("form").named("Add a filter");
        browser.choose(&role("combobox").named("Filter by").inside(form.clone()), label).await?;
        browser.fill(&role("combobox").named("Value").inside(form.clone()), value).await?;
        browser.click(&role("button").named("Apply filter").inside(form)).await
    }

    /// The filters of the server that stand as chips: "Status is ERROR".
    pub async fn chips(&self) -> Outcome<Vec<String>> {
        let chips = role("button").starting(REMOVE);
        let found = self.stage.browser.all(&chips).await?;
        Ok(found.into_iter().filter_map(|chip| Some(chip.name.strip_prefix(REMOVE)?.to_owned())).collect())
    }

    pub async fn chips_are(&self, wanted: &[&str]) -> Outcome {
        eventually(async || {
            let chips = self.chips().await?;
            if chips == wanted {
                Ok(())
            } else {
                Err(Failure::new(format!("chips were to be {wanted:?}; they are {chips:?}")))
            }
        })
        .await
    }

    pub async fn remove_chip(&self, chip: &str) -> Outcome {
        self.stage.browser.click(&role("button").named(format!("{REMOVE}{chip}"))).await
    }

    /// Types after what stands in the query already.
    pub async fn query_more(&self, text: &str) -> Outcome {
        let browser = &self.stage.browser;
        browser.click(&role("textbox").named("Query")).await?;
        browser.press(Key::End).await?;
        browser.type_text(&format!(" {text}")).await
    }

    /// Replaces the text of the whole query.
    pub async fn query(&self, text: &str) -> Outcome {
        self.stage.browser.fill(&role("textbox").named("Query"), text).await
    }

    pub async fn sort_by(&self, head: &str) -> Outcome {
        let heads = role("columnheader").starting(head).inside(role("table").named("Operations"));
        self.stage.browser.click(&role("button").inside(heads).first()).await
    }

    /// Opens a row by its link.
    pub async fn open(&self, row: &Row) -> Outcome {
        const PRESS: &str = "const [table, href] = arguments; return [...table.querySelectorAll('a')].find((a) => a.getAttribute('href') === href);";
        let browser = &self.stage.browser;
        eventually(async || {
            let table = browser.element(&browser.one(&role("table").named("Operations")).await?).await?;
            let href = Value::from(row.href.clone());
            let link = browser.driver().execute(PRESS, vec![table.to_json()?, href]).await?;
            Ok(link.element()?.click().await?)
        })
        .await
    }
}

const REMOVE: &str = "Remove filter: ";
