//! Where the console is. One signal for the address; the route and the search part are derived from it. The address
//! bar is read raw, so that nothing is decoded twice.

use crate::reactive::{Memo, RwSignal, Signal, StoredValue};

use crate::platform::history::{self, Address};
use crate::platform::timers::{PerFrame, Timeout};
use crate::platform::{hold, links};
use crate::reactive::{derive, memo};
use crate::routes::Route;

/// Milliseconds after which the address bar is changed where nothing is painted, in a hidden tab.
const AT_LAST: i32 = 30;

/// The console's own router.
#[derive(Clone, Copy)]
pub struct Router {
    address: RwSignal<Address>,
    base: StoredValue<String>,
    /// What the address bar is to show, and whether as a step of its own.
    later: StoredValue<Option<(String, bool)>>,
    /// Runs in the frame after the change, and in the one after that, with whether it is the second.
    frames: StoredValue<(Option<PerFrame>, bool)>,
    /// The page.
    pub route: Memo<Route>,
    /// The search part, undecoded, without `?`.
    pub search: Memo<String>,
}

impl Router {
    /// Reads the address bar and follows back, forward and clicks on links of our own.
    pub fn start() -> Router {
        let base = history::base_path();
        let base = base.trim_end_matches('/').to_owned();
        let address = RwSignal::new(history::here());
        let under = base.clone();
        let route = memo(move |_| {
            let address = address.get();
            let path = address.path.strip_prefix(&under).unwrap_or(&address.path).to_owned();
            Route::parse(&path)
        });
        let search = memo(move |_| address.get().search);
        let (later, frames) = (StoredValue::new(None), StoredValue::new((None, false)));
        let router = Router { address, base: StoredValue::new(base), later, frames, route, search };
        let frame = PerFrame::new(move || router.frame());
        hold(frame.clone());
        frames.set_value((Some(frame), false));
        if let Some(listener) = history::on_popstate(move |now| {
            later.set_value(None);
            address.set(now);
        }) {
            hold(listener);
        }
        if let Some(listener) = links::on_own_link(move |url| router.go(url)) {
            hold(listener);
        }
        router
    }

    /// The address of a route, for `href`.
    pub fn href(self, route: &Route, search: &str) -> String {
        let path = format!("{}{}", self.base.get_value(), route.path());
        Address { path, search: search.to_owned() }.to_url()
    }

    /// Goes there and adds a history entry. Going where we are adds none.
    pub fn go(self, url: &str) {
        self.show();
        let to = Address::parse(url);
        if to != self.address.get_untracked() {
            history::push(url);
            self.address.set(to);
        }
    }

    /// Changes the address in place: typing, defaults.
    pub fn replace(self, url: &str) {
        self.show();
        let to = Address::parse(url);
        if to != self.address.get_untracked() {
            history::replace(url);
            self.address.set(to);
        }
    }

    /// Replaces or pushes the search part of the page we are on. The address bar follows when what comes of it is
    /// painted: changing it takes the browser over a millisecond.
    pub fn set_search(self, search: &str, push: bool) {
        let to = Address { path: self.path_now(), search: search.to_owned() };
        if self.address.with_untracked(|now| *now == to) {
            return;
        }
        if push {
            self.show();
        }
        // What waits for a step of its own and is changed in place is one step.
        let waits = self.later.get_value();
        let push = push || waits.as_ref().is_some_and(|(_, push)| *push);
        self.later.set_value(Some((to.to_url(), push)));
        if waits.is_none() {
            self.ask_frame(false);
            if let Some(timer) = Timeout::new(AT_LAST, move || self.show()) {
                timer.forget();
            }
        }
        self.address.set(to);
    }

    /// Timers wait for work in slices, however long it goes on; frames do not.
    fn ask_frame(self, second: bool) {
        self.frames.update_value(|(frame, is_second)| {
            *is_second = second;
            if let Some(frame) = frame {
                frame.ask();
            }
        });
    }

    fn frame(self) {
        match self.frames.try_with_value(|(_, is_second)| *is_second) {
            Some(false) => self.ask_frame(true),
            _ => self.show(),
        }
    }

    /// Shows what waits to be shown.
    fn show(self) {
        if let Some((url, push)) = self.later.try_update_value(Option::take).flatten() {
            if push { history::push(&url) } else { history::replace(&url) }
        }
    }

    /// The path as it is now. Does not follow it.
    pub fn path_now(self) -> String {
        self.address.with_untracked(|address| address.path.clone())
    }

    /// The address of the page we are on, with another search part.
    pub fn url_with(self, search: &str) -> String {
        Address { path: self.path_now(), search: search.to_owned() }.to_url()
    }

    /// Path and search as they are now.
    pub fn url(self) -> Signal<String> {
        derive(move || self.address.get().to_url())
    }
}
