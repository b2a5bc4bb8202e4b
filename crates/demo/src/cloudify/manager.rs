//! What one Cloudify Manager keeps: its world, its tokens and whether it is under maintenance.
//! It must not know HTTP.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::tokens::Tokens;
use super::world::World;
use crate::config::Config;
use crate::demo::Demo;

/// Under maintenance nearly everything is refused.
#[derive(Debug, Default, Clone)]
pub(super) struct Maintenance {
    /// Since when and by whom.
    pub(super) active: Option<(i64, &'static str)>,
}

pub(super) struct Manager {
    pub(super) world: World,
    pub(super) tokens: Tokens,
    pub(super) maintenance: Maintenance,
}

/// The demo's one manager, shared by all requests.
pub(super) struct Shared(Mutex<Manager>);

impl Shared {
    pub(super) fn of(demo: &Demo) -> Arc<Self> {
        demo.part(|config| Self(Mutex::new(Manager::new(config))))
    }

    /// A panic in one request must not end the demo for all others, so a poisoned lock is used as it is.
    fn locked(&self) -> MutexGuard<'_, Manager> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the manager as it is at `now`.
    pub(super) fn at<T>(&self, now: i64, look: impl FnOnce(&mut Manager) -> T) -> T {
        let mut manager = self.locked();
        manager.world.advance(now);
        look(&mut manager)
    }
}

impl Manager {
    fn new(config: &Config) -> Self {
        let world = World::new(config);
        let mut tokens = Tokens::new(config.seed);
        let newest: Vec<String> =
            world.executions().rev().take(4).map(|execution| execution.id.clone()).collect();
        for execution in newest.iter().rev() {
            tokens.add_hook(execution, config.start_ms);
        }
        Self { world, tokens, maintenance: Maintenance::default() }
    }
}
