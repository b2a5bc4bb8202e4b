//! What is kept lastingly, in step with the other tabs: changes are written one after the other, and what another tab
//! wrote is read again. What cannot be kept stays in memory and is tried again once there may be room, and its user
//! hears of it once. Knows no record's meaning.

use std::rc::Rc;

use crate::reactive::{Callback, Lasting, RwSignal, StoredValue, lasting};

use super::notices::Notices;
use crate::platform::storage::{self, Area};
use crate::platform::store::{Store, StoreError, Tabs};
use crate::platform::task::Scope;
use longrun_core::text::t;
use longrun_core::view::shelf::{Deed, Shelf, Unkept};

/// The one who keeps. Cheap to copy.
pub type Keeper = Lasting<KeeperParts>;

/// What [`Keeper`] points to.
pub struct KeeperParts {
    at: StoredValue<Inside>,
    scope: Scope,
    notices: Notices,
    /// Why something is not kept, or nothing could be read; `None` while all is well.
    pub trouble: RwSignal<Option<StoreError>>,
}

#[derive(Default)]
struct Inside {
    store: Rc<Store>,
    tabs: Option<Tabs>,
    jobs: Vec<(Shelf, Deed)>,
    busy: bool,
    takers: Vec<(Shelf, Callback<Vec<String>>)>,
    unkept: Unkept,
    /// Why the last reading and the last writing failed. A reading that goes well says nothing of writing.
    failed: [Option<StoreError>; 2],
    /// Places in the small storage that are forgotten once everything is kept here.
    moved: Vec<String>,
    said: Option<StoreError>,
}

impl Inside {
    fn next(&mut self) -> Option<(Shelf, Deed)> {
        (!self.jobs.is_empty()).then(|| self.jobs.remove(0))
    }
}

impl Keeper {
    /// Opens nothing yet.
    pub fn new(notices: Notices) -> Keeper {
        let keeper = lasting(KeeperParts {
            at: StoredValue::new(Inside::default()),
            scope: Scope::current(),
            notices,
            trouble: RwSignal::new(None),
        });
        let tabs = Tabs::join(move |shelf| keeper.change(shelf, Deed::All));
        keeper.at.update_value(|at| at.tabs = Some(tabs));
        keeper
    }

    /// Hands over what is on a shelf: now, and again whenever another tab has changed it. Nothing where it cannot be
    /// read. One takes from each shelf.
    pub fn follow(self, shelf: Shelf, take: Callback<Vec<String>>) {
        self.at.update_value(|at| at.takers.push((shelf, take)));
        self.change(shelf, Deed::All);
    }

    /// Keeps, forgets or clears; or reads again.
    pub fn change(self, shelf: Shelf, deed: Deed) {
        let mut busy = true;
        self.at.update_value(|at| {
            at.jobs.push((shelf, deed));
            busy = std::mem::replace(&mut at.busy, true);
        });
        if !busy {
            self.scope.spawn(async move { self.work().await });
        }
    }

    /// Forgets entries of the small storage once everything asked for before is kept here. Until then they stay where
    /// they are, and are read at the next start.
    pub fn moved(self, keys: Vec<String>) {
        if !keys.is_empty() {
            self.at.update_value(|at| at.moved.extend(keys));
            self.change(Shelf::Watch, Deed::All);
        }
    }

    async fn work(self) {
        while let Some(Some((shelf, deed))) = self.at.try_update_value(Inside::next) {
            let store = self.at.with_value(|at| Rc::clone(&at.store));
            let outcome = store.ask(shelf, &deed).await;
            self.came(shelf, deed, outcome);
        }
        self.at.update_value(|at| at.busy = false);
    }

    fn came(self, shelf: Shelf, deed: Deed, outcome: Result<Vec<(String, String)>, StoreError>) {
        let reads = deed.only_reads();
        let error = outcome.as_ref().err().copied();
        let (mut trouble, mut tells, mut takes) = (None, false, None);
        self.at.update_value(|at| {
            let [read, write] = &mut at.failed;
            if reads {
                *read = error;
            } else {
                at.unkept.tried(shelf, &deed, error.is_none());
                *write = error.or(write.filter(|_| !at.unkept.is_empty()));
            }
            trouble = write.or(*read);
            let changes = |(of, deed): &(Shelf, Deed)| *of == shelf && !deed.only_reads();
            match outcome {
                // What was changed meanwhile is not in what was read.
                Ok(_) if reads && at.jobs.iter().any(changes) => at.jobs.push((shelf, deed)),
                Ok(read) if reads => takes = Some(at.unkept.over(shelf, read)),
                // Who only looks loses nothing. Told once, not with each change.
                Err(_) => tells = !reads && std::mem::replace(&mut at.said, error) != error,
                Ok(_) => at.tabs.iter().for_each(|tabs| tabs.tell(shelf)),
            }
            if error.is_none() {
                // Another tab has changed something, or this one: there may be room now. Older than what is asked next.
                let mut jobs = at.unkept.take();
                jobs.append(&mut at.jobs);
                at.jobs = jobs;
            }
            let all_kept = at.unkept.is_empty() && at.jobs.iter().all(|(_, deed)| deed.only_reads());
            if all_kept && error.is_none() {
                at.said = None;
                for place in at.moved.drain(..) {
                    let _ = storage::remove(Area::Lasting, &place);
                }
            }
        });
        if self.trouble.try_get_untracked().is_some_and(|before| before != trouble) {
            self.trouble.set(trouble);
        }
        if let Some(error) = error.filter(|_| tells) {
            self.notices.failed(t("Not kept"), says(error));
        }
        if let Some(texts) = takes {
            let taker = |at: &Inside| at.takers.iter().find(|(of, _)| *of == shelf).map(|(_, take)| *take);
            if let Some(take) = self.at.with_value(taker) {
                take.run(texts);
            }
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
