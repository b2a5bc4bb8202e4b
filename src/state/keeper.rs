//! What is kept lastingly, in step with the other tabs: changes are written one after the other, and what another tab
//! wrote is read again. What cannot be kept stays in memory, and its user hears of that once. Knows no record's meaning.

use std::collections::VecDeque;
use std::rc::Rc;

use crate::reactive::{Callback, Lasting, RwSignal, StoredValue, lasting};
use leptos::prelude::untrack;

use super::notices::Notices;
use crate::platform::storage::{self, Area};
use crate::platform::store::{Deed, Shelf, Store, StoreError, Tabs};
use crate::platform::task::Scope;
use longrun_core::text::t;

/// One thing to do, in its turn.
enum Job {
    Ask(Shelf, Deed),
    /// Forgets the older place of what was moved here, once it is safe.
    Moved(String),
}

impl Job {
    fn changes(&self, shelf: Shelf) -> bool {
        matches!(self, Job::Ask(of, deed) if *of == shelf && *deed != Deed::All)
    }
}

/// The one who keeps. Cheap to copy.
pub type Keeper = Lasting<KeeperParts>;

/// What [`Keeper`] points to.
pub struct KeeperParts {
    store: StoredValue<Rc<Store>>,
    tabs: StoredValue<Option<Tabs>>,
    jobs: StoredValue<VecDeque<Job>>,
    busy: StoredValue<bool>,
    takers: StoredValue<Vec<(Shelf, Callback<Vec<String>>)>>,
    scope: Scope,
    notices: Notices,
    /// Why the last change was not kept, or nothing could be read; `None` while all is well.
    pub trouble: RwSignal<Option<StoreError>>,
    said: StoredValue<Option<StoreError>>,
}

impl Keeper {
    /// Opens nothing yet.
    pub fn new(notices: Notices) -> Keeper {
        let keeper = lasting(KeeperParts {
            store: StoredValue::new(Rc::default()),
            tabs: StoredValue::new(None),
            jobs: StoredValue::new(VecDeque::new()),
            busy: StoredValue::new(false),
            takers: StoredValue::new(vec![]),
            scope: Scope::current(),
            notices,
            trouble: RwSignal::new(None),
            said: StoredValue::new(None),
        });
        keeper.tabs.set_value(Some(Tabs::join(move |shelf| keeper.push(Job::Ask(shelf, Deed::All)))));
        keeper
    }

    /// Hands over what is on a shelf: now, and again whenever another tab has changed it. Nothing where it cannot be
    /// read.
    pub fn follow(self, shelf: Shelf, take: Callback<Vec<String>>) {
        self.takers.update_value(|takers| takers.push((shelf, take)));
        self.push(Job::Ask(shelf, Deed::All));
    }

    /// Keeps, forgets or clears.
    pub fn change(self, shelf: Shelf, deed: Deed) {
        self.push(Job::Ask(shelf, deed));
    }

    /// Forgets an entry of the small storage once everything asked for before is kept here.
    pub fn moved(self, key: String) {
        self.push(Job::Moved(key));
    }

    fn push(self, job: Job) {
        self.jobs.update_value(|jobs| jobs.push_back(job));
        if !self.busy.get_value() {
            self.busy.set_value(true);
            self.scope.spawn(async move { self.work().await });
        }
    }

    async fn work(self) {
        while let Some(Some(job)) = self.jobs.try_update_value(VecDeque::pop_front) {
            match job {
                Job::Ask(shelf, deed) => self.ask(shelf, deed).await,
                // Else it stays where it is, and is tried at the next start.
                Job::Moved(key) if untrack(|| self.trouble.get()).is_none() => {
                    let _ = storage::remove(Area::Lasting, &key);
                }
                Job::Moved(_) => {}
            }
        }
        self.busy.set_value(false);
    }

    async fn ask(self, shelf: Shelf, deed: Deed) {
        let store = self.store.get_value();
        let outcome = store.ask(shelf, &deed).await;
        let reads = deed == Deed::All;
        let trouble = outcome.as_ref().err().copied();
        if self.trouble.try_get_untracked().is_some_and(|before| before != trouble) {
            self.trouble.set(trouble);
        }
        match outcome {
            // What was changed meanwhile is not in what was read.
            Ok(_) if reads && self.jobs.with_value(|jobs| jobs.iter().any(|job| job.changes(shelf))) => {
                self.jobs.update_value(|jobs| jobs.push_back(Job::Ask(shelf, deed)));
            }
            Ok(texts) if reads => {
                let takers = self.takers.get_value();
                takers.iter().filter(|(of, _)| *of == shelf).for_each(|(_, take)| take.run(texts.clone()));
            }
            Ok(_) => {
                self.said.set_value(None);
                self.tabs.with_value(|tabs| tabs.iter().for_each(|tabs| tabs.tell(shelf)));
            }
            // Who only looks loses nothing. Told once, not with each change.
            Err(error) if !reads && self.said.get_value() != Some(error) => {
                self.said.set_value(Some(error));
                self.notices.failed(t("Not kept"), says(error));
            }
            Err(_) => {}
        }
    }
}

/// Why, and what helps.
pub fn says(error: StoreError) -> &'static str {
    match error {
        StoreError::Refused => t(
            "This browser gives the console no database, so the watchlist and views are forgotten when the page is reloaded. A private window or a policy may be the reason.",
        ),
        StoreError::Full => t(
            "The browser's storage is full, so the last change is forgotten when the page is reloaded. Remove something in Settings, then try again.",
        ),
        StoreError::Newer => {
            t("A newer console is open in another tab, so changes made here are forgotten. Reload this page.")
        }
    }
}
