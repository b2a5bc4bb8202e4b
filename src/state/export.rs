//! Writing rows of a list into a file, a few at a time, so that input is never kept waiting. What a row becomes is
//! `core::export`'s business. No markup.

use crate::reactive::{Lasting, RwSignal, Signal, StoredValue, effect, lasting};
use leptos::prelude::untrack;

use super::Console;
use super::list::List;
use crate::platform::download::{Pieces, safe_name};
use crate::platform::task::{Scope, Task};
use crate::platform::{clock, pause};
use longrun_core::dialect::{Column, ServerQuery};
use longrun_core::export::{csv, rows};
use longrun_core::model::Operation;
use longrun_core::text::{fill, t};
use longrun_core::time::{Millis, SECOND, iso8601};
use longrun_core::view::rows::{Reading, SlotNo};

/// Rows are written in slices of about this many milliseconds.
const SLICE: f64 = 8.0;
/// How often, in milliseconds, the screen is told how far it is; then whatever else waits has its turn, too.
const FOLLOW: f64 = 100.0;
/// Bytes after which a piece is handed to the browser.
const PIECE: usize = 256 * 1024;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A table of the columns that are shown.
    Csv,
    /// A table of all columns.
    CsvAll,
    /// The rows as the server sent them.
    Json,
}

/// Exports of one list on its page; they end with it. Cheap to copy.
pub type Export = Lasting<ExportParts>;

/// What [`Export`] points to.
pub struct ExportParts {
    console: Console,
    /// The list whose rows are written.
    pub list: List,
    columns: Signal<Vec<&'static Column>>,
    /// What files are named after: connection and kind.
    stem: StoredValue<String>,
    /// Rows written so far, and of how many, while a file is made.
    pub under_way: RwSignal<Option<(usize, usize)>>,
    task: StoredValue<Option<Task>>,
    scope: Scope,
}

impl Export {
    /// Exports for the page of the present owner.
    pub fn new(
        console: Console,
        list: List,
        columns: Signal<Vec<&'static Column>>,
        conn: &str,
        kind: &str,
    ) -> Export {
        let mut stem = conn.to_owned();
        stem.push('-');
        stem.push_str(kind);
        let export = lasting(ExportParts {
            console,
            list,
            columns,
            stem: StoredValue::new(stem),
            under_way: RwSignal::new(None),
            task: StoredValue::new(None),
            scope: Scope::current(),
        });
        export.stop_with_the_question();
        export
    }

    /// Another question to the server brings other rows under the same numbers.
    fn stop_with_the_question(self) {
        effect(move |before: Option<ServerQuery>| {
            let now = self.list.query().server;
            let other = before.is_some_and(|before| before != now);
            if other && self.under_way.with_untracked(Option::is_some) {
                self.stop();
                let why = t("The list asks the server for something else now.");
                self.console.notices.failed(t("The export was stopped"), why);
            }
            now
        });
    }

    /// Begins to write these rows; `whole` where they are all that the list shows.
    pub fn start(self, form: Form, slots: Vec<SlotNo>, whole: bool) {
        self.stop();
        self.under_way.set(Some((0, slots.len())));
        let task = self.scope.spawn(async move {
            let (written, name) = self.write(form, &slots).await;
            self.under_way.set(None);
            self.tell(written, &name, whole);
        });
        self.task.set_value(task);
    }

    /// Stops writing. Nothing is saved.
    pub fn stop(self) {
        if let Some(task) = self.task.get_value() {
            task.cancel();
        }
        self.task.set_value(None);
        self.under_way.set(None);
    }

    /// How many rows were written; `None` where the browser refused the file.
    async fn write(self, form: Form, slots: &[SlotNo]) -> (Option<usize>, String) {
        let now = Millis(clock::now_ms());
        let columns: Vec<&'static Column> = match form {
            Form::CsvAll => self.list.tables().columns.iter().collect(),
            _ => self.columns.get_untracked(),
        };
        let (file, mut text, mut written) = (Pieces::default(), String::new(), 0);
        match form {
            Form::Json => text.push_str(rows::BEGIN),
            _ => csv::head(&columns, &mut text),
        }
        let (mut slice, mut reading) = (clock::since_start(), Reading::default());
        let mut told = slice;
        for (at, slot) in slots.iter().enumerate() {
            // A refresh may take a row away meanwhile; then it is in the list no more, and not in the file.
            let row = if form == Form::Json {
                self.list.read_text(*slot, &mut reading, |_, row| {
                    if written > 0 {
                        text.push_str(rows::BETWEEN);
                    }
                    rows::row(row, &mut text);
                })
            } else {
                let op = self.list.read_row(*slot, Operation::clone).filter(|op| !op.id.is_empty());
                op.map(|mut op| {
                    // As on the screen: counted from when it was told.
                    let left = self.list.expires_in(&op, now);
                    if let (Some(more), Some(_)) = (&mut op.more, left) {
                        more.expires_in = left;
                    }
                    csv::row(&columns, &op, now, &mut text);
                })
            };
            written += usize::from(row.is_some());
            if text.len() > PIECE && !file.add(&mut text) {
                return (None, String::new());
            }
            let now = clock::since_start();
            if now - slice < SLICE {
                continue;
            }
            if now - told < FOLLOW {
                pause::yield_now().await;
            } else {
                self.under_way.set(Some((at, slots.len())));
                // Timers and answers from the network come after a mere yield, again and again.
                pause::sleep(0).await;
                told = clock::since_start();
            }
            slice = clock::since_start();
        }
        if form == Form::Json {
            text.push_str(rows::END);
        }
        let at = iso8601(Millis(now.0 - now.0.rem_euclid(SECOND)));
        let mut name = safe_name(&self.stem.with_value(|stem| [stem.as_str(), &at].join("-")));
        let (end, mime) = match form {
            Form::Json => (".json", "application/json"),
            _ => (".csv", "text/csv;charset=utf-8"),
        };
        name.push_str(end);
        (Some(written).filter(|_| file.add(&mut text) && file.offer(&name, mime)), name)
    }

    fn tell(self, written: Option<usize>, name: &str, whole: bool) {
        let Some(written) = written else {
            let why = t("The browser refused the file. It may be out of room.");
            self.console.notices.failed(t("Nothing was exported"), why);
            return;
        };
        let count = written.to_string();
        let more = whole && untrack(|| self.list.reach.with(|reach| reach.more));
        self.console.notices.done(match (written, more) {
            (1, false) => fill("1 row exported: {0}", &[name]),
            (_, false) => fill("{0} rows exported: {1}", &[&count, name]),
            (_, true) => {
                fill("{0} loaded rows exported: {1}. More are on the server and not in it.", &[&count, name])
            }
        });
    }
}
