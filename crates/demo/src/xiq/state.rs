//! Everything the demo's ExtremeCloud IQ remembers: operations, tokens, counted calls.
//! It must not know HTTP.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use super::calls::Call;
use super::limit::Limits;
use super::operation::{Cancel, Operation};
use super::seeded;
use super::tokens::Tokens;
use crate::chance::Chance;
use crate::config::Config;
use crate::demo::Demo;

const SECOND: i64 = 1_000;
/// How long the record of a started operation is kept, from its making.
const KEPT_MS: i64 = 86_400 * SECOND;

pub(super) struct State {
    seed: u64,
    speed: f64,
    pub(super) tokens: Tokens,
    pub(super) limits: Limits,
    operations: HashMap<String, Operation>,
    /// Ids of odd records that were deleted.
    pub(super) removed: HashSet<String>,
    started: u64,
}

/// Looks at the state as it is now.
pub(super) fn with<T>(demo: &Demo, look: impl FnOnce(&mut State, i64) -> T) -> T {
    let part = demo.part(|config| Mutex::new(State::new(config)));
    let now = demo.now_ms();
    // A panic in one request must not end the demo for all others.
    look(&mut part.lock().unwrap_or_else(PoisonError::into_inner), now)
}

impl State {
    fn new(config: &Config) -> Self {
        let operations = seeded::operations(config);
        Self {
            seed: config.seed ^ 0x7869_716f,
            speed: config.speed,
            tokens: Tokens::new(config.seed),
            limits: Limits::default(),
            operations: operations.into_iter().map(|operation| (operation.id.clone(), operation)).collect(),
            removed: HashSet::new(),
            started: 0,
        }
    }

    /// The operation with this id; one whose time has run out is gone for good.
    pub(super) fn find(&mut self, id: &str, now: i64) -> Option<&mut Operation> {
        if self.operations.get(id).is_some_and(|operation| operation.is_expired(now)) {
            self.operations.remove(id);
        }
        self.operations.get_mut(id)
    }

    pub(super) fn remove(&mut self, id: &str) {
        self.operations.remove(id);
    }

    /// Starts the work of `call` and says under which id it can be watched.
    pub(super) fn start(&mut self, call: &Call, body: &Value, now: i64) -> String {
        let mut chance = Chance::new(self.seed, self.started);
        let id = chance.uuid();
        let wants = |word: &str| mentions(body, word);
        let ending = if wants("demo-fail") {
            super::calls::failure(&mut chance)
        } else {
            call.ending(self.started, body, &mut chance)
        };
        let cancel = if wants("demo-no-cancel") {
            Cancel::Refused
        } else if wants("demo-race") {
            Cancel::Loses(3 * SECOND)
        } else {
            Cancel::Stops(chance.between(3, 8) * SECOND)
        };
        self.started += 1;
        let (least, most) = call.seconds;
        let starts_ms = now + seeded::hurried(chance.between(1_500, 3_000), self.speed);
        let work_ms = chance.between(least * SECOND, most * SECOND);
        let operation = Operation {
            id: id.clone(),
            made_ms: now,
            starts_ms,
            ends_ms: starts_ms + seeded::hurried(work_ms, self.speed),
            expires_ms: now + KEPT_MS,
            ending,
            cancel,
            asked_ms: None,
            steps: call.steps,
        };
        self.operations.insert(id.clone(), operation);
        id
    }

    /// The result of `call` when it is not asked to work in the background.
    pub(super) fn result(&mut self, call: &Call, body: &Value) -> Option<Value> {
        call.result(body, &mut Chance::new(self.seed ^ 0x7379_6e63, self.started))
    }
}

/// Whether `word` is one of the texts of a body: what a person can type decides what happens.
fn mentions(body: &Value, word: &str) -> bool {
    match body {
        Value::String(text) => text == word,
        Value::Array(items) => items.iter().any(|item| mentions(item, word)),
        Value::Object(members) => members.values().any(|member| mentions(member, word)),
        _ => false,
    }
}
