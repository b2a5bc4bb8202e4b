//! One list on the screen: its rows, what of them is visible, how fresh they are, and when they are read again.
//! The rows are plain data; views hear of changes by one signal and read what they draw. How rows are read stands
//! in `read`, what views see of them in `seen`, what the server is asked in `asking`.

mod across;
mod asking;
mod bodies;
mod choices;
mod marked;
mod opened;
mod read;
mod seen;
mod settle;
pub mod watched;

pub use asking::Unset;
pub use opened::{Lists, list_name};

use crate::reactive::{Lasting, RwSignal, StoredValue, lasting};
use leptos::prelude::{on_cleanup, untrack};

use super::{Console, poller::Poller};
use crate::platform::clock;
use crate::platform::task::{Scope, Task};
use crate::reactive::effect;
use longrun_core::dialect::{BuildError, Dialect, Kind, ServerQuery};
use longrun_core::http::ApiError;
use longrun_core::query::{ListQuery, Tables};
use longrun_core::time::Millis;
use longrun_core::view::config::Connection;
use longrun_core::view::filter::Filter;
use longrun_core::view::freshness::Freshness;
use longrun_core::view::index::Index;
use longrun_core::view::rows::{Load, Rows, SlotNo};
use longrun_core::view::usual::Usual;

/// How far a load has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows read.
    pub rows: usize,
    /// Bytes of rows read.
    pub bytes: u64,
}

/// How far the list reaches into what the server has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// How many match on the server, where it tells.
    pub total: Option<u64>,
    /// The server has further pages.
    pub more: bool,
    /// Places that the server could not reach: their rows are missing.
    pub unreachable: Vec<String>,
}

struct Data {
    conn: Connection,
    dialect: &'static dyn Dialect,
    kind: Kind,
    tables: Tables,
    rows: Rows,
    index: Index,
    /// What the query says of the rows' words, fields and bodies.
    filter: Filter,
    /// The load under way; here, not in the task, so that a task that is dropped can be cleaned up after.
    load: Option<Load>,
    asked: ServerQuery,
    /// How many pages are loaded; a refresh reads as many again.
    pages: u32,
    /// What is usual, for the version of the rows that it was computed from.
    usual: Option<(u64, Usual)>,
    /// What names the page after the last one loaded.
    next: Option<String>,
    /// Somebody asked for the read under way.
    by_hand: bool,
    /// Something was to be done while a read was under way: it comes after.
    later: Later,
    /// When remembered operations were read, each by itself.
    read_at: Vec<(String, Millis)>,
    /// The remembered ids, with their notes, that the rows were last read for.
    remembered: Vec<(String, String)>,
    /// The lists of which this is one, where it has no rows of its own.
    parts: Vec<across::Part>,
}

/// What waits for the read under way.
#[derive(Clone, Copy, Default)]
struct Later {
    refresh: bool,
    more: bool,
}

/// A list. Cheap to copy.
pub type List = Lasting<ListParts>;

/// What [`List`] points to.
pub struct ListParts {
    console: Console,
    data: StoredValue<Data>,
    shape: RwSignal<u32>,
    version: RwSignal<u64>,
    query: RwSignal<ListQuery>,
    scope: Scope,
    task: StoredValue<Option<Task>>,
    /// Looks into request bodies.
    looker: StoredValue<Option<Task>>,
    /// How many bodies were looked into, of how many, while some are left.
    pub looking: RwSignal<Option<(usize, usize)>>,
    poller: Poller,
    /// How old the rows are, and why.
    pub fresh: RwSignal<Freshness>,
    /// Set while a load streams.
    pub progress: RwSignal<Option<Progress>>,
    /// What the server offers for filters.
    offered: RwSignal<Vec<choices::Offered>>,
    /// How far it reaches.
    pub reach: RwSignal<Reach>,
    /// Why the server cannot be asked yet: something must be chosen, or what was typed would be refused.
    pub unasked: RwSignal<Option<BuildError>>,
    /// A further page is being read.
    pub reading_more: RwSignal<bool>,
    /// Why the further page could not be read.
    pub more_failed: RwSignal<Option<ApiError>>,
    /// The row that the keyboard is on; it survives opening an operation and coming back.
    pub cursor: RwSignal<Option<SlotNo>>,
}

impl List {
    /// A list of the present owner's, empty until it is attached or refreshed.
    pub fn new(console: Console, conn: Connection, dialect: &'static dyn Dialect, kind: Kind) -> List {
        let tables = Tables { filters: dialect.filters(kind), columns: dialect.columns(kind) };
        let fresh = RwSignal::new(Freshness::default());
        let poller = Poller::new(console, conn.clone(), fresh);
        let asked = ServerQuery::default();
        let data = Data {
            conn,
            dialect,
            kind,
            tables,
            rows: Rows::default(),
            index: Index::default(),
            filter: Filter::default(),
            load: None,
            asked,
            pages: 1,
            usual: None,
            next: None,
            by_hand: true,
            later: Later::default(),
            read_at: vec![],
            remembered: vec![],
            parts: vec![],
        };
        let list = lasting(ListParts {
            console,
            data: StoredValue::new(data),
            shape: RwSignal::new(0),
            version: RwSignal::new(0),
            query: RwSignal::new(ListQuery::default()),
            scope: Scope::current(),
            task: StoredValue::new(None),
            looker: StoredValue::new(None),
            looking: RwSignal::new(None),
            poller,
            fresh,
            progress: RwSignal::new(None),
            offered: RwSignal::new(vec![]),
            reach: RwSignal::new(Reach::default()),
            unasked: RwSignal::new(None),
            reading_more: RwSignal::new(false),
            more_failed: RwSignal::new(None),
            cursor: RwSignal::new(None),
        });
        poller.start(move || list.refresh(false));
        list
    }

    /// Shows the list on a page of its own: keeps it fresh, and learns what its filters can be set to.
    pub fn attach(self) {
        self.poller.hold();
        self.keep_fresh();
        self.follow_choices();
    }

    /// Reads it if needed, and keeps it fresh until the page goes.
    pub fn keep_fresh(self) {
        self.poller.resume();
        effect(move |_: Option<()>| {
            let session =
                self.console.connections.session(&self.data.with_value(|data| data.conn.id.clone()));
            // What is remembered is the list, where the API has none.
            if session.is_some() && (!self.is_remembered() || self.console.watch.ready.get()) {
                untrack(|| self.refresh_if_needed());
            }
        });
        self.follow_watch();
        on_cleanup(move || self.poller.pause());
    }

    /// Reads it where it was never read, or where what was asked last met a session that had ended.
    pub fn refresh_if_needed(self) {
        let fresh = self.fresh.get_untracked();
        if fresh.loading_since.is_none() && (fresh.loaded_at.is_none() || fresh.is_signed_out()) {
            self.refresh(true);
        }
    }

    /// The refresh policy's own state.
    pub fn poller(self) -> Poller {
        self.poller
    }

    /// The tables that its URL is read with.
    pub fn tables(self) -> Tables {
        self.data.with_value(|data| data.tables)
    }

    /// The filter for tenants, if there is one.
    pub fn tenant_by(self) -> Option<&'static str> {
        self.data.with_value(|data| data.dialect.capabilities(data.kind).tenant_by)
    }

    /// The tenants that the server offers and the loaded rows show.
    pub fn tenants(self) -> Vec<String> {
        let by = self.tenant_by();
        let filter = self.tables().filters.iter().find(|filter| Some(filter.param) == by);
        let Some(filter) = filter else { return vec![] };
        let mut tenants: Vec<String> =
            self.offered(filter.param).values.into_iter().map(|choice| choice.value).collect();
        for seen in self.values_of(filter) {
            if !tenants.contains(&seen) {
                tenants.push(seen);
            }
        }
        tenants
    }

    /// Sets what is asked for. Rows are read anew where the server's part changed; the rest is applied at once.
    pub fn ask(self, query: ListQuery) {
        if self.is_across() {
            return self.ask_parts(&query);
        }
        let other = self.data.with_value(|data| data.asked != query.server);
        self.query.set(query);
        if other {
            self.stop();
            self.data.update_value(|data| {
                data.asked = self.query.with_untracked(|query| query.server.clone());
                data.rows = Rows::default();
                (data.index, data.usual, data.filter) = (Index::default(), None, Filter::default());
                (data.pages, data.next, data.later) = (1, None, Later::default());
            });
            self.cursor.set(None);
            self.fresh.set(Freshness::default());
            self.reach.set(Reach::default());
            self.more_failed.set(None);
            self.refresh(true);
        }
        self.reindex();
    }

    /// What is asked for.
    pub fn query(self) -> ListQuery {
        self.query.get()
    }

    /// Reads the list, as many pages as are loaded. By hand, new rows come in at once, unless somebody is in the middle
    /// of something; by itself, they wait, and so does the read where the connection's budget is used up.
    pub fn refresh(self, by_hand: bool) {
        if self.is_across() {
            return self.each_part(&mut |part| part.refresh(by_hand));
        }
        // Without a session there is nothing to ask; the sign-in form is on the screen.
        if !self.may_read() {
            self.poller.plan();
            return;
        }
        // What somebody has just added is on the screen at once.
        if !self.is_reading() && !by_hand && !self.has_others() && !self.poller.may() {
            return;
        }
        if self.is_reading() {
            // A further page under way does not stand for a refresh, nor do other ids.
            let other = self.reading_more.get_untracked() || by_hand && self.is_remembered();
            self.data.update_value(|data| data.later.refresh |= other);
            return;
        }
        self.data.update_value(|data| data.by_hand = by_hand);
        let task = self.scope.spawn(async move {
            let outcome = if self.is_remembered() {
                self.read_remembered(by_hand).await
            } else {
                self.read(false).await
            };
            self.ended(outcome, by_hand).await;
        });
        self.task.set_value(task);
    }

    /// Reads the page after the last one loaded.
    pub fn read_more(self) {
        if !self.may_read() || self.data.with_value(|data| data.next.is_none()) {
            return;
        }
        self.reading_more.set(true);
        if self.is_reading() {
            self.data.update_value(|data| data.later.more = true);
            return;
        }
        self.more_failed.set(None);
        self.data.update_value(|data| data.by_hand = true);
        let task = self.scope.spawn(async move {
            let outcome = self.read(true).await;
            self.ended_more(outcome).await;
        });
        self.task.set_value(task);
    }

    /// Someone is signed in, and the server can be asked what the query says.
    fn may_read(self) -> bool {
        let conn = self.data.with_value(|data| data.conn.clone());
        if untrack(|| self.console.connections.session(&conn.id)).is_none() {
            return false;
        }
        if self.is_remembered() {
            return true;
        }
        let unasked = match self.request(None) {
            Err(error @ (BuildError::Missing(_) | BuildError::Invalid(_))) => Some(error),
            _ => None,
        };
        let may = unasked.is_none();
        if self.unasked.get_untracked() != unasked {
            self.unasked.set(unasked);
        }
        may
    }

    fn is_reading(self) -> bool {
        self.task.with_value(|task| task.as_ref().is_some_and(Task::is_running))
    }

    /// Lets new rows in that came with a refresh.
    pub fn let_in(self) {
        if self.is_across() {
            return self.each_part(&mut |part| part.let_in());
        }
        self.data.update_value(|data| data.rows.let_in());
        self.reindex();
    }

    fn stop(self) {
        if let Some(task) = self.task.get_value() {
            task.cancel();
        }
        self.task.set_value(None);
        self.progress.set(None);
        self.reading_more.set(false);
        self.data.update_value(|data| {
            if let Some(load) = data.load.take() {
                data.rows.abandon(load);
            }
        });
        self.fresh.update(Freshness::abandoned);
    }

    fn reindex(self) {
        let now = Millis(clock::now_ms());
        self.query.with_untracked(|query| {
            self.data.update_value(|data| {
                data.filter.set(query, data.tables);
                data.index.update(&data.rows, query, &mut data.filter, data.tables.columns, now);
            });
        });
        self.look_on();
        self.shape.update(|shape| *shape = shape.wrapping_add(1));
        let version = self.data.with_value(|data| data.rows.version());
        if self.version.get_untracked() != version {
            self.version.set(version);
        }
    }
}
