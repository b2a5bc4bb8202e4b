//! One list on the screen: its rows, what of them is visible, how fresh they are, and when they are read again.
//! The rows are plain data; views hear of changes by one signal and read what they draw.

use std::ops::Range;

use leptos::prelude::{
    Get, GetUntracked, GetValue, LocalStorage, Owner, RwSignal, Set, SetValue, StoredValue, Track, Update,
    UpdateValue, WithUntracked, WithValue, on_cleanup, untrack,
};

use super::{Console, ask, poller::Poller};
use crate::platform::task::{Scope, Task};
use crate::platform::{clock, pause};
use crate::reactive::effect;
use longrun_core::dialect::{Dialect, Kind, ServerQuery};
use longrun_core::http::{ApiError, ApiResponse};
use longrun_core::json::split::Splitter;
use longrun_core::model::{Operation, State};
use longrun_core::query::{ListQuery, Tables};
use longrun_core::time::Millis;
use longrun_core::view::config::Connection;
use longrun_core::view::freshness::Freshness;
use longrun_core::view::index::Index;
use longrun_core::view::rows::{Load, Rows, SlotNo};

/// How far a load has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows read.
    pub rows: usize,
    /// Bytes of rows read.
    pub bytes: u64,
}

struct Data {
    conn: Connection,
    dialect: &'static dyn Dialect,
    kind: Kind,
    tables: Tables,
    rows: Rows,
    index: Index,
    /// The load under way; here, not in the task, so that a task that is dropped can be cleaned up after.
    load: Option<Load>,
    asked: ServerQuery,
}

/// A list. Cheap to copy.
#[derive(Clone, Copy)]
pub struct List {
    console: Console,
    data: StoredValue<Data, LocalStorage>,
    shape: RwSignal<u32>,
    version: RwSignal<u64>,
    query: RwSignal<ListQuery>,
    scope: Scope,
    task: StoredValue<Option<Task>, LocalStorage>,
    poller: Poller,
    /// How old the rows are, and why.
    pub fresh: RwSignal<Freshness>,
    /// Set while a load streams.
    pub progress: RwSignal<Option<Progress>>,
    /// The row that the keyboard is on; it survives opening an operation and coming back.
    pub cursor: RwSignal<Option<SlotNo>>,
}

/// Rows are taken in slices of about this many milliseconds, so that input is never kept waiting.
const SLICE: f64 = 8.0;
/// While the first load streams, the screen follows it at this pace, in milliseconds.
const FOLLOW: f64 = 250.0;

impl List {
    fn new(console: Console, conn: Connection, dialect: &'static dyn Dialect, kind: Kind) -> List {
        let tables = Tables { filters: dialect.filters(kind), columns: dialect.columns(kind) };
        let poller = Poller::new(conn.pace, conn.requests_per_hour);
        let asked = ServerQuery::default();
        let data = Data {
            conn,
            dialect,
            kind,
            tables,
            rows: Rows::default(),
            index: Index::default(),
            load: None,
            asked,
        };
        let list = List {
            console,
            data: StoredValue::new_local(data),
            shape: RwSignal::new(0),
            version: RwSignal::new(0),
            query: RwSignal::new(ListQuery::default()),
            scope: Scope::current(),
            task: StoredValue::new_local(None),
            poller,
            fresh: RwSignal::new(Freshness::default()),
            progress: RwSignal::new(None),
            cursor: RwSignal::new(None),
        };
        poller.start(move || list.refresh(false));
        list
    }

    /// Shows the list on a page: reads it if needed, and keeps it fresh until the page goes.
    pub fn attach(self) {
        self.poller.resume();
        effect(move |_: Option<()>| {
            let session =
                self.console.connections.session(&self.data.with_value(|data| data.conn.id.clone()));
            let wanted = untrack(|| {
                let fresh = self.fresh.get_untracked();
                fresh.loading_since.is_none() && (fresh.loaded_at.is_none() || fresh.is_signed_out())
            });
            if session.is_some() && wanted {
                self.refresh(true);
            }
        });
        on_cleanup(move || self.poller.pause());
    }

    /// The refresh policy's own state.
    pub fn poller(self) -> Poller {
        self.poller
    }

    /// The tables that its URL is read with.
    pub fn tables(self) -> Tables {
        self.data.with_value(|data| data.tables)
    }

    /// Sets what is asked for. Rows are read anew where the server's part changed; the rest is applied at once.
    pub fn ask(self, query: ListQuery) {
        let other = self.data.with_value(|data| data.asked != query.server);
        self.query.set(query);
        if other {
            self.stop();
            self.data.update_value(|data| {
                data.asked = self.query.with_untracked(|query| query.server.clone());
                data.rows = Rows::default();
                data.index = Index::default();
            });
            self.cursor.set(None);
            self.fresh.set(Freshness::default());
            self.refresh(true);
        }
        self.reindex();
    }

    /// What is asked for.
    pub fn query(self) -> ListQuery {
        self.query.get()
    }

    /// Reads the list. By hand, new rows come in at once; by itself, they wait.
    pub fn refresh(self, by_hand: bool) {
        let conn = self.data.with_value(|data| data.conn.clone());
        let running = self.task.with_value(|task| task.as_ref().is_some_and(Task::is_running));
        // Without a session there is nothing to ask; the sign-in form is on the screen.
        if running || untrack(|| self.console.connections.session(&conn.id)).is_none() {
            return;
        }
        let task = self.scope.spawn(async move {
            let outcome = self.read(&conn).await;
            self.ended(outcome, by_hand);
        });
        self.task.set_value(task);
    }

    /// Lets new rows in that came with a refresh.
    pub fn let_in(self) {
        self.data.update_value(|data| data.rows.let_in());
        self.reindex();
    }

    fn stop(self) {
        if let Some(task) = self.task.get_value() {
            task.cancel();
        }
        self.task.set_value(None);
        self.progress.set(None);
        self.data.update_value(|data| {
            if let Some(load) = data.load.take() {
                data.rows.abandon(load);
            }
        });
        self.fresh.update(Freshness::abandoned);
    }

    async fn read(self, conn: &Connection) -> Result<(), ApiError> {
        self.fresh.update(|fresh| fresh.started(Millis(clock::now_ms())));
        let endpoint = untrack(|| self.console.connections.endpoint(conn));
        let (dialect, kind, asked) =
            self.data.with_value(|data| (data.dialect, data.kind, data.asked.clone()));
        let request = dialect.list(&endpoint, kind, &asked).map_err(|error| ask::unbuildable(&error))?;
        let mut answer = ask::open(self.console, conn, dialect, request).await?;
        let mut splitter = Splitter::new(dialect.rows_at(kind));
        self.data.update_value(|data| data.load = Some(data.rows.begin()));
        let (mut slice, mut shown) = (clock::since_start(), clock::since_start() - FOLLOW);
        while let Some(chunk) =
            answer.next_chunk().await.map_err(crate::transport::TransportError::into_api_error)?
        {
            splitter.push(&chunk);
            while self.take_some(&mut splitter) {
                let now = clock::since_start();
                if now - slice < SLICE {
                    continue;
                }
                if now - shown > FOLLOW {
                    shown = now;
                    self.follow();
                }
                pause::yield_now().await;
                slice = clock::since_start();
            }
        }
        splitter.finish().map(|_| ()).map_err(|error| {
            let body = error.excerpt().unwrap_or_default().as_bytes().to_vec();
            let answer = ApiResponse { status: answer.status, headers: answer.headers, body };
            ApiError::unreadable(&answer, error.to_string())
        })
    }

    /// Takes a few rows; false where more bytes are needed first.
    fn take_some(self, splitter: &mut Splitter) -> bool {
        self.data
            .try_update_value(|data| {
                let Some(load) = data.load.as_mut() else { return false };
                for _ in 0..32 {
                    let Some(row) = splitter.next_row() else { return false };
                    data.rows.take(load, row, data.dialect, data.kind);
                }
                true
            })
            .unwrap_or(false)
    }

    /// Shows how far a load has come; its rows too, if it is the first.
    fn follow(self) {
        let progress = self.data.with_value(|data| {
            data.load.as_ref().map(|load| Progress { rows: load.rows(), bytes: load.bytes() })
        });
        self.progress.set(progress);
        if untrack(|| self.fresh.with_untracked(|fresh| fresh.loaded_at.is_none())) {
            self.reindex();
        }
    }

    fn ended(self, outcome: Result<(), ApiError>, by_hand: bool) {
        let now = Millis(clock::now_ms());
        self.progress.set(None);
        match outcome {
            Ok(()) => {
                let changes = self.data.try_update_value(|data| {
                    let changes = data.load.take().map(|load| data.rows.finish(load)).unwrap_or_default();
                    if by_hand {
                        data.rows.let_in();
                    }
                    changes
                });
                self.fresh.update(|fresh| fresh.succeeded(now));
                self.reindex();
                let moving =
                    self.counts().iter().zip(State::ALL).any(|(n, state)| *n > 0 && state.in_transition());
                self.poller.succeeded(now, moving, changes.unwrap_or_default() != Default::default());
            }
            Err(error) => {
                self.data.update_value(|data| {
                    if let Some(load) = data.load.take() {
                        data.rows.abandon(load);
                    }
                });
                self.fresh.update(|fresh| fresh.failed(error.clone(), now));
                self.reindex();
                let failures = self.fresh.with_untracked(Freshness::failures);
                let next = self.poller.failed(now, failures, &error);
                self.fresh.update(|fresh| fresh.will_retry(next));
            }
        }
    }

    fn reindex(self) {
        let now = Millis(clock::now_ms());
        self.query.with_untracked(|query| {
            self.data.update_value(|data| data.index.update(&data.rows, query, data.tables.columns, now));
        });
        self.shape.update(|shape| *shape = shape.wrapping_add(1));
        let version = self.data.with_value(|data| data.rows.version());
        if self.version.get_untracked() != version {
            self.version.set(version);
        }
    }

    /// How many rows are loaded.
    pub fn loaded(self) -> usize {
        self.shape.track();
        self.data.with_value(|data| data.rows.len())
    }

    /// How many rows are visible.
    pub fn visible(self) -> usize {
        self.shape.track();
        self.data.with_value(|data| data.index.visible.len())
    }

    /// How many rows match everything but the choice of states.
    pub fn matching(self) -> usize {
        self.shape.track();
        self.data.with_value(|data| data.index.matching)
    }

    /// How many new rows wait to be let in.
    pub fn waiting(self) -> usize {
        self.shape.track();
        self.data.with_value(|data| data.index.waiting)
    }

    /// How many rows could not be read.
    pub fn unreadable(self) -> usize {
        self.shape.track();
        self.data.with_value(|data| data.rows.unreadable())
    }

    /// Rows in each state.
    pub fn counts(self) -> [usize; State::COUNT] {
        self.shape.track();
        self.data.with_value(|data| data.index.counts)
    }

    /// The visible rows in a range of positions.
    pub fn slice(self, range: Range<usize>) -> Vec<SlotNo> {
        self.shape.track();
        self.data.with_value(|data| {
            let end = range.end.min(data.index.visible.len());
            data.index.visible.get(range.start.min(end)..end).unwrap_or_default().to_vec()
        })
    }

    /// Where a row is among the visible ones.
    pub fn position(self, slot: SlotNo) -> Option<usize> {
        self.shape.track();
        self.data.with_value(|data| data.index.visible.iter().position(|at| *at == slot))
    }

    /// Counts the contents that a row has had; changes where the row must be drawn anew.
    pub fn revision(self, slot: SlotNo) -> u32 {
        self.shape.track();
        self.data.with_value(|data| data.rows.revision(slot))
    }

    /// Reads a row. Does not follow it: pair it with [`revision`](List::revision).
    pub fn read_row<T>(self, slot: SlotNo, read: impl FnOnce(&Operation) -> T) -> Option<T> {
        self.data.with_value(|data| data.rows.get(slot).map(read))
    }

    /// The operation of that id with its row's text, if it is loaded.
    pub fn find(self, id: &str) -> Option<(Operation, String)> {
        self.data.with_value(|data| {
            let slot = data.rows.find(id)?;
            Some((data.rows.get(slot)?.clone(), data.rows.text(slot).to_owned()))
        })
    }

    /// Whose the operation of that id is, as its row says.
    pub fn tenant_of(self, id: &str) -> Option<String> {
        self.data.with_value(|data| {
            let op = data.rows.get(data.rows.find(id)?)?;
            op.tenant.as_deref().map(str::to_owned)
        })
    }

    /// The tenants of the loaded rows, in order. Follows the rows, not what is filtered among them.
    pub fn tenants(self) -> Vec<String> {
        self.version.track();
        let mut tenants: Vec<String> = vec![];
        self.data.with_value(|data| {
            for slot in data.rows.order() {
                // Few tenants, each one allocation for all rows: the last one found is mostly the next one too.
                let Some(tenant) = data.rows.get(*slot).and_then(|op| op.tenant.as_deref()) else { continue };
                if !tenants.iter().any(|known| known == tenant) {
                    tenants.push(tenant.to_owned());
                }
            }
        });
        tenants.sort_unstable();
        tenants
    }
}

/// The lists that were opened: one per connection and kind. They outlive their pages, so that going back is instant.
#[derive(Clone, Copy)]
pub struct Lists {
    open: StoredValue<Vec<(String, List)>, LocalStorage>,
    owner: StoredValue<Owner>,
}

impl Lists {
    /// None yet. Lists made later belong to the present owner.
    pub fn new() -> Lists {
        Lists {
            open: StoredValue::new_local(vec![]),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// The list of a connection, as it was left.
    pub fn open(
        self,
        console: Console,
        conn: &Connection,
        dialect: &'static dyn Dialect,
        kind: Kind,
    ) -> List {
        // Another address or tenant under the same id is another list.
        let key = format!("{} {kind} {} {}", conn.id, conn.base, conn.tenant.as_deref().unwrap_or_default());
        if let Some(list) =
            self.open.with_value(|open| open.iter().find(|(known, _)| *known == key).map(|(_, list)| *list))
        {
            return list;
        }
        let list = self.owner.get_value().with(|| List::new(console, conn.clone(), dialect, kind));
        self.open.update_value(|open| open.push((key, list)));
        list
    }
}

impl Default for Lists {
    fn default() -> Lists {
        Lists::new()
    }
}
