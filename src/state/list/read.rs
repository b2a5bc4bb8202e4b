//! How the rows of a list are read: page after page, row by row, as they stream in. What a finished or a failed read
//! means for the list stands here too.

use leptos::prelude::untrack;

use super::{List, Progress, Reach};
use crate::platform::{clock, pause};
use crate::state::ask;
use crate::state::hold::Held;
use crate::transport::{Streaming, TransportError};
use longrun_core::http::{ApiError, ApiResponse, ErrorKind};
use longrun_core::json::split::Splitter;
use longrun_core::model::State;
use longrun_core::text::t;
use longrun_core::time::Millis;
use longrun_core::view::freshness::Freshness;
use longrun_core::view::rows::{Changes, Load};

/// Rows are taken in slices of about this many milliseconds, so that input is never kept waiting.
const SLICE: f64 = 8.0;
/// While the first load streams, the screen follows it at this pace, in milliseconds.
const FOLLOW: f64 = 250.0;
/// A server may answer with empty pages that name a next one. This many are followed.
const EMPTY_PAGES: u32 = 20;

/// What the pages of one read told.
#[derive(Default)]
pub(super) struct Told {
    pub(super) reach: Reach,
    pub(super) next: Option<String>,
    /// How many, that is, how many requests it took.
    pub(super) pages: u32,
    /// Whether something moves, where the counts do not tell.
    pub(super) moving: Option<bool>,
}

impl List {
    /// Reads the loaded pages anew, or the one after them.
    pub(super) async fn read(self, more: bool) -> Result<Told, ApiError> {
        self.fresh.update(|fresh| fresh.started(Millis(clock::now_ms())));
        let (wanted, mut page) =
            self.data.with_value(|data| if more { (1, data.next.clone()) } else { (data.pages, None) });
        let mut told = Told::default();
        let mut empty = 0;
        loop {
            let rows = self.read_page(page.take(), more, told.pages + empty == 0, &mut told).await?;
            let goes_on = told.next.is_some();
            if rows == 0 && goes_on && empty < EMPTY_PAGES {
                empty += 1;
            } else {
                told.pages += 1;
            }
            if told.pages >= wanted || !goes_on {
                told.reach.more = goes_on;
                return Ok(told);
            }
            page.clone_from(&told.next);
            self.goes_on()?;
        }
    }

    /// What reads by itself keeps to the budget with every request: others may have used it up since it began.
    pub(super) fn goes_on(self) -> Result<(), ApiError> {
        let (conn, by_hand) = self.data.with_value(|data| (data.conn.clone(), data.by_hand));
        if by_hand || self.console.budgets.wait_ms(&conn, 1, false) == 0 {
            return Ok(());
        }
        let why = t("The hourly budget of this connection was used up before all pages were read.");
        Err(ApiError::without_answer(ErrorKind::RateLimited, why))
    }

    async fn read_page(
        self,
        page: Option<String>,
        more: bool,
        first: bool,
        told: &mut Told,
    ) -> Result<usize, ApiError> {
        let (conn, dialect, kind) = self.data.with_value(|data| (data.conn.clone(), data.dialect, data.kind));
        let request = self.request(page).map_err(|error| ask::unbuildable(&error))?;
        let mut answer = ask::open(self.console, &conn, dialect, request).await?;
        self.data.update_value(|data| match &mut data.load {
            Some(load) if !first => data.rows.next_page(load),
            load => *load = Some(if more { data.rows.begin_more() } else { data.rows.begin() }),
        });
        let mut splitter = Splitter::new(dialect.rows_at(kind));
        self.take_all(&mut answer, &mut splitter).await?;
        let (rows, info) = dialect.finish_page(kind, splitter).map_err(|error| {
            let body = error.excerpt().unwrap_or_default().as_bytes().to_vec();
            let answer = ApiResponse { status: answer.status, headers: answer.headers, body };
            ApiError::unreadable(&answer, error.to_string())
        })?;
        told.reach.total = info.total;
        told.next = info.next;
        for place in info.unreachable {
            if !told.reach.unreachable.contains(&place) {
                told.reach.unreachable.push(place);
            }
        }
        Ok(rows)
    }

    async fn take_all(self, answer: &mut Streaming, splitter: &mut Splitter) -> Result<(), ApiError> {
        let (mut slice, mut shown) = (clock::since_start(), clock::since_start() - FOLLOW);
        while let Some(chunk) = answer.next_chunk().await.map_err(TransportError::into_api_error)? {
            splitter.push(&chunk);
            loop {
                let goes_on = self.take_some(splitter);
                let now = clock::since_start();
                // Over a slow network a piece brings few rows: they are shown all the same.
                if now - shown > FOLLOW && self.has_read() {
                    shown = now;
                    self.follow();
                }
                if !goes_on {
                    break;
                }
                if now - slice >= SLICE {
                    pause::yield_now().await;
                    slice = clock::since_start();
                }
            }
        }
        Ok(())
    }

    fn has_read(self) -> bool {
        self.data.with_value(|data| data.load.as_ref().is_some_and(|load| load.rows() > 0))
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
    pub(super) fn follow(self) {
        let progress = self.data.with_value(|data| {
            data.load.as_ref().map(|load: &Load| Progress { rows: load.rows(), bytes: load.bytes() })
        });
        self.progress.set(progress);
        if self.fresh.with_untracked(|fresh| fresh.loaded_at.is_none()) {
            self.reindex();
        }
    }

    pub(super) async fn ended(self, outcome: Result<Told, ApiError>, by_hand: bool) {
        let is_remembered = self.is_remembered();
        let let_in = is_remembered || by_hand && self.console.hold.now() == Held::No;
        let changes = if outcome.is_ok() { self.settle(let_in).await } else { Changes::default() };
        let now = Millis(clock::now_ms());
        self.progress.set(None);
        let conn = self.data.with_value(|data| data.conn.id.clone());
        self.poller.left(self.console.connections.left(&conn));
        match outcome {
            Ok(told) => {
                self.data.update_value(|data| {
                    (data.pages, data.next) = (told.pages.max(1), told.next);
                });
                self.reaches(told.reach);
                self.fresh.update(|fresh| fresh.succeeded(now));
                self.reindex();
                if !is_remembered {
                    self.console.watch.saw_list(self.console, self);
                }
                let counted = || {
                    untrack(|| self.counts())
                        .iter()
                        .zip(State::ALL)
                        .any(|(n, state)| *n > 0 && state.in_transition())
                };
                let moving = told.moving.unwrap_or_else(counted);
                let requests = told.pages;
                self.poller.succeeded(moving, changes != Changes::default(), requests);
            }
            Err(error) => {
                self.drop_load();
                self.fresh.update(|fresh| fresh.failed(error.clone(), now));
                self.reindex();
                self.poller.failed(&error);
            }
        }
        self.go_on();
    }

    /// The rows that were there are as old as before; the new ones come after them, or none do.
    pub(super) async fn ended_more(self, outcome: Result<Told, ApiError>) {
        if outcome.is_ok() {
            self.settle(false).await;
        }
        self.progress.set(None);
        self.reading_more.set(false);
        self.fresh.update(Freshness::abandoned);
        match outcome {
            Ok(told) => {
                self.data.update_value(|data| {
                    data.pages += told.pages;
                    data.next = told.next;
                });
                let mut reach = told.reach;
                for place in self.reach.with_untracked(|reach| reach.unreachable.clone()) {
                    if !reach.unreachable.contains(&place) {
                        reach.unreachable.push(place);
                    }
                }
                self.reaches(reach);
            }
            Err(error) => {
                self.drop_load();
                self.more_failed.set(Some(error));
            }
        }
        self.reindex();
        self.go_on();
    }

    fn reaches(self, reach: Reach) {
        if self.reach.with_untracked(|known| *known != reach) {
            self.reach.set(reach);
        }
    }

    pub(super) fn drop_load(self) {
        self.data.update_value(|data| {
            if let Some(load) = data.load.take() {
                data.rows.abandon(load);
            }
        });
    }

    /// What was asked for while the read was under way.
    fn go_on(self) {
        self.tidy();
        // The read that has just ended still counts as running here.
        self.task.update_value(|task| *task = None);
        let later = self.data.try_update_value(|data| std::mem::take(&mut data.later)).unwrap_or_default();
        if later.more {
            self.reading_more.set(false);
            self.read_more();
        } else if later.refresh {
            self.refresh(false);
        } else if self.reading_more.get_untracked() {
            self.reading_more.set(false);
        }
    }
}
