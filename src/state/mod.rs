//! Signals around the state machines of `longrun_core::view`. Knows no markup. What lives as long as the console is
//! made once, in [`Console::start`], and found by context.

pub mod act;
mod ask;
pub mod budgets;
pub mod connections;
pub mod detail;
pub mod export;
pub mod hold;
pub mod keeper;
pub mod language;
pub mod list;
pub mod lookup;
pub mod notices;
pub mod offer;
pub mod poller;
pub mod pulse;
pub mod router;
pub mod settings;
pub mod views;
pub mod watch;

use crate::reactive::{Lasting, RwSignal, StoredValue, lasting};
use leptos::prelude::{expect_context, provide_context};

use crate::platform::{self, clock, timers::Interval};
use crate::reactive::effect;
use crate::transport::SharedTransport;
use longrun_core::time::Millis;

/// Everything that lives as long as the console. Cheap to copy.
pub type Console = Lasting<ConsoleParts>;

/// What [`Console`] points to.
pub struct ConsoleParts {
    /// Where we are.
    pub router: router::Router,
    /// Whom we can ask.
    pub connections: connections::Connections,
    /// Lists that were opened, kept so that going back is instant.
    pub lists: list::Lists,
    /// What this browser's user prefers.
    pub settings: settings::Settings,
    /// Short messages.
    pub notices: notices::Notices,
    /// What is kept lastingly.
    pub keeper: keeper::Keeper,
    /// Operations that somebody keeps an eye on; of APIs that have no list, all there are.
    pub watch: watch::Watch,
    /// A user's own views of lists.
    pub views: views::Views,
    /// What the page offers to the top bar.
    pub offer: offer::Offer,
    /// Acting on operations.
    pub acting: act::Acting,
    /// How often each connection may be asked.
    pub budgets: budgets::Budgets,
    /// Whether somebody is in the middle of something.
    pub hold: hold::Hold,
    /// What sends requests.
    pub transport: StoredValue<SharedTransport>,
    /// The time, once a second while the page is visible.
    pub now: RwSignal<Millis>,
}

impl Console {
    /// Makes the state and provides it to everything below.
    pub fn start(transport: SharedTransport) -> Console {
        let transport = StoredValue::new(transport);
        let notices = notices::Notices::new();
        let router = router::Router::start();
        let connections = connections::Connections::start(transport, notices);
        let acting = act::Acting::new();
        let now = RwSignal::new(Millis(clock::now_ms()));
        let keeper = keeper::Keeper::new(notices);
        let console = lasting(ConsoleParts {
            router,
            connections,
            lists: list::Lists::new(),
            settings: settings::Settings::load(),
            notices,
            keeper,
            watch: watch::Watch::load(keeper),
            views: views::Views::load(keeper),
            offer: offer::Offer::new(),
            acting,
            budgets: budgets::Budgets::new(),
            hold: hold::Hold::start(acting.selection, now),
            transport,
            now,
        });
        let visible = platform::visibility::visible();
        if let Some(interval) = Interval::new(1_000, move || {
            now.set(Millis(clock::now_ms()));
        }) {
            platform::hold(interval);
        }
        effect(move |_: Option<()>| {
            if visible.get() {
                now.set(Millis(clock::now_ms()));
            }
        });
        console.watch.start(console);
        provide_context(console);
        console
    }

    /// The console of the current owner.
    pub fn here() -> Console {
        expect_context()
    }
}
