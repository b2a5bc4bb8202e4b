//! What the user of this browser prefers. Small, lasting, no secret.

use crate::reactive::RwSignal;

use crate::platform::clock;
use crate::platform::storage::{self, Area};
use crate::platform::theme::{self, Theme};
use crate::platform::zone::{self, Zone};
use crate::reactive::effect;
use longrun_core::time::{DAY, Millis, relative};

const ZONE_KEY: &str = "longrun.zone";
const TIMES_KEY: &str = "longrun.times";

/// Preferences as signals; setting one keeps it.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Colours.
    pub theme: RwSignal<Theme>,
    /// More room for rows and controls.
    pub comfortable: RwSignal<bool>,
    /// Zone of all times.
    pub zone: RwSignal<Zone>,
    /// Exact times in lists instead of relative ones.
    pub exact: RwSignal<bool>,
}

impl Settings {
    /// Reads what is kept; keeps what changes.
    pub fn load() -> Settings {
        let kept = |key| storage::get(Area::Lasting, key).ok().flatten();
        let settings = Settings {
            theme: RwSignal::new(theme::stored()),
            comfortable: RwSignal::new(theme::is_comfortable()),
            zone: RwSignal::new(kept(ZONE_KEY).and_then(|slug| Zone::from_slug(&slug)).unwrap_or_default()),
            exact: RwSignal::new(kept(TIMES_KEY).as_deref() == Some("exact")),
        };
        effect(move |before: Option<()>| {
            let theme = settings.theme.get();
            if before.is_some() {
                theme::apply(theme);
            }
        });
        effect(move |before: Option<()>| {
            let comfortable = settings.comfortable.get();
            if before.is_some() {
                theme::set_comfortable(comfortable);
            }
        });
        effect(move |before: Option<()>| {
            let (zone, exact) = (settings.zone.get(), settings.exact.get());
            if before.is_some() {
                // A preference that is forgotten on reload is no reason to interrupt anyone.
                let _ = storage::set(Area::Lasting, ZONE_KEY, zone.slug());
                let _ = storage::set(Area::Lasting, TIMES_KEY, if exact { "exact" } else { "relative" });
            }
        });
        settings
    }

    /// The next theme in turn.
    pub fn turn_theme(self) {
        self.theme.update(|theme| *theme = theme.next());
    }

    /// Flips between relative and exact times.
    pub fn flip_times(self) {
        self.exact.update(|exact| *exact = !*exact);
    }

    /// A time for a list cell, in the chosen style.
    pub fn cell(self, at: Millis, now: Millis) -> String {
        if self.exact.get() { zone::exact(&self.zone.get(), at) } else { relative(now, at) }
    }

    /// A time with seconds and zone.
    pub fn exact_text(self, at: Millis) -> String {
        zone::exact_with_zone(&self.zone.get(), at)
    }

    /// A time of today without its day: `03:41:05 JST`; any other one in full.
    pub fn short_text(self, at: Millis) -> String {
        let now = Millis(clock::now_ms());
        if now.since(at) < DAY {
            let zone = self.zone.get();
            format!("{} {}", zone::clock(&zone, at), zone::short_name(&zone, at))
        } else {
            self.exact_text(at)
        }
    }

    /// `JST`, `UTC`.
    pub fn zone_name(self, now: Millis) -> String {
        zone::short_name(&self.zone.get(), now)
    }

    /// Forgets everything that this console keeps in this browser, sessions included.
    pub fn wipe(self) -> Result<usize, storage::StorageError> {
        let mut gone = 0;
        for area in [Area::Lasting, Area::Session] {
            for key in storage::keys(area, "longrun.")? {
                storage::remove(area, &key)?;
                gone += 1;
            }
        }
        self.reset();
        Ok(gone)
    }

    /// As at first.
    pub fn reset(self) {
        self.theme.set(Theme::System);
        self.comfortable.set(false);
        self.zone.set(Zone::Local);
        self.exact.set(false);
    }
}
