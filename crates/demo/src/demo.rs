//! The state all routes share: one cheap-to-clone handle around clock, world, tokens, faults and journal.
//! It must not know HTTP; the routes ask it.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::chance::Chance;
use crate::config::Config;
use crate::ecl::tokens::Tokens;
use crate::ecl::world::World;
use crate::fault::Queue;
use crate::journal::{Journal, Recorded};

/// What a sleeper returns: it is done when the time is over.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;
/// How the demo waits; the server gives it a real timer, tests one that is over at once.
pub type Sleeper = Arc<dyn Fn(Duration) -> Sleep + Send + Sync>;

/// A running demo. Clones share everything.
#[derive(Clone)]
pub struct Demo(Arc<Shared>);

struct Shared {
    config: Config,
    clock: Box<dyn Fn() -> i64 + Send + Sync>,
    sleeper: Sleeper,
    stepped_ms: AtomicI64,
    answers: AtomicU64,
    world: Mutex<World>,
    tokens: Mutex<Tokens>,
    parts: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
    faults: Mutex<Queue>,
    journal: Mutex<Journal>,
}

/// A panic in one request must not end the demo for all others, so a poisoned lock is used as it is.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Demo {
    /// `clock` answers milliseconds of the Unix epoch. Delays are over at once; see [`Demo::with_sleeper`].
    pub fn new(config: Config, clock: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self::with_sleeper(config, clock, Arc::new(|_| Box::pin(std::future::ready(()))))
    }

    /// As [`Demo::new`], with a way to really wait for the slow sentinels.
    pub fn with_sleeper(
        config: Config,
        clock: impl Fn() -> i64 + Send + Sync + 'static,
        sleeper: Sleeper,
    ) -> Self {
        Self(Arc::new(Shared {
            world: Mutex::new(World::new(&config)),
            tokens: Mutex::new(Tokens::new(config.seed)),
            parts: Mutex::new(HashMap::new()),
            faults: Mutex::new(Queue::default()),
            journal: Mutex::new(Journal::new(config.journal)),
            clock: Box::new(clock),
            sleeper,
            stepped_ms: AtomicI64::new(0),
            answers: AtomicU64::new(0),
            config,
        }))
    }

    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// What the demo takes for the present, in milliseconds of the Unix epoch.
    pub fn now_ms(&self) -> i64 {
        (self.0.clock)().saturating_add(self.0.stepped_ms.load(Ordering::SeqCst))
    }

    /// Steps the clock; going back is refused by doing nothing, as operations cannot be unborn.
    pub fn advance(&self, ms: i64) {
        self.0.stepped_ms.fetch_add(ms.max(0), Ordering::SeqCst);
    }

    /// Makes the next `count` list or show answers fail as `kind` says; false when there is no such kind.
    pub fn fail_next(&self, kind: &str, count: u32) -> bool {
        let Some(fault) = crate::fault::Fault::named(kind) else { return false };
        locked(&self.0.faults).push(fault, count);
        true
    }

    /// From now on answers fail and are late as the plan says, until [`Demo::stop_failing`]; false when it names a kind
    /// that there is not.
    pub fn keep_failing(&self, plan: &crate::fault::FaultPlan) -> bool {
        locked(&self.0.faults).go_on(plan)
    }

    /// Forgets faults that have not happened yet.
    pub fn stop_failing(&self) {
        locked(&self.0.faults).clear();
    }

    /// Changes `percent` of the finished rows, other ones at every call, and says how many it changed.
    pub fn touch(&self, percent: f64) -> usize {
        self.world(|world| world.touch(percent))
    }

    /// The last requests, oldest first, with secrets taken out.
    pub fn requests(&self) -> Vec<Recorded> {
        locked(&self.0.journal).entries()
    }

    pub fn forget_requests(&self) {
        locked(&self.0.journal).clear();
    }

    /// What one API keeps, made when it is first asked for. Each API brings its own type, so that the state of
    /// one is out of reach of the others.
    pub(crate) fn part<T: Send + Sync + 'static>(&self, make: impl Fn(&Config) -> T) -> Arc<T> {
        let mut parts = locked(&self.0.parts);
        let part = parts.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(make(&self.0.config)));
        // The entry under a type's id is of that type; making a fresh one is the answer to the impossible.
        Arc::clone(part).downcast().unwrap_or_else(|_| Arc::new(make(&self.0.config)))
    }

    pub(crate) fn sleeper(&self) -> Sleeper {
        self.0.sleeper.clone()
    }

    /// Looks at the world as it is now.
    pub(crate) fn world<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        let now = self.now_ms();
        let mut world = locked(&self.0.world);
        world.advance(now);
        look(&mut world)
    }

    pub(crate) fn tokens<T>(&self, look: impl FnOnce(&mut Tokens, i64) -> T) -> T {
        let now = self.now_ms();
        look(&mut locked(&self.0.tokens), now)
    }

    pub(crate) fn faults<T>(&self, look: impl FnOnce(&mut Queue) -> T) -> T {
        look(&mut locked(&self.0.faults))
    }

    pub(crate) fn journal<T>(&self, look: impl FnOnce(&mut Journal) -> T) -> T {
        look(&mut locked(&self.0.journal))
    }

    /// A new id for the `X-Openstack-Request-Id` header.
    pub(crate) fn next_request_id(&self) -> String {
        let number = self.0.answers.fetch_add(1, Ordering::SeqCst);
        format!("req-{}", Chance::new(self.0.config.seed ^ 0x7265_7120, number).uuid())
    }
}
