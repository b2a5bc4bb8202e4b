//! The living data: evaluations and the operations on them, thirty days of past and an endless future. The only
//! input is what time it is and what callers start, cancel and delete. It must not know HTTP.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use super::access::Access;
use super::course::{Course, KEPT, Verb, good_end};
use super::operation::{Ending, Operation};
use super::{LOCATIONS, seeded, words};
use crate::config::Config;
use crate::demo::Demo;

/// An evaluation that exists.
pub(super) struct Evaluation {
    pub(super) description: String,
    pub(super) made_ms: i64,
}

pub(super) struct World {
    course: Course,
    /// Oldest first; a place in here never changes, so it can be a mark to page from.
    operations: Vec<Operation>,
    places: HashMap<String, usize>,
    /// By name.
    pub(super) evaluations: BTreeMap<String, Evaluation>,
    /// Operations whose end has not yet been seen.
    open: Vec<usize>,
    /// Evaluations that callers worked on; what arrives by itself keeps out of their way.
    called: HashSet<String>,
    /// Which operation a request id started.
    requests: HashMap<String, usize>,
    born: usize,
    started: usize,
    pub(super) access: Access,
}

/// What a caller asks to be started.
pub(super) struct Start<'a> {
    pub(super) project: &'static str,
    pub(super) location: &'static str,
    pub(super) verb: Verb,
    pub(super) target: String,
    pub(super) description: String,
    pub(super) request_id: Option<&'a str>,
}

/// Looks at the world as it is now.
pub(super) fn with<T>(demo: &Demo, look: impl FnOnce(&mut World, i64) -> T) -> T {
    let part = demo.part(|config| Mutex::new(World::new(config)));
    let now = demo.now_ms();
    // A panic in one request must not end the demo for all others.
    let mut world = part.lock().unwrap_or_else(PoisonError::into_inner);
    world.advance(now);
    look(&mut world, now)
}

/// The evaluation that a target is or belongs to.
fn evaluation_of(target: &str) -> &str {
    target.split_once("/executions").map_or(target, |(evaluation, _)| evaluation)
}

impl World {
    fn new(config: &Config) -> Self {
        let mut world = Self {
            course: Course::new(config),
            operations: Vec::new(),
            places: HashMap::new(),
            evaluations: BTreeMap::new(),
            open: Vec::new(),
            called: HashSet::new(),
            requests: HashMap::new(),
            born: 0,
            started: 0,
            access: Access::default(),
        };
        if config.operations == 0 {
            return world;
        }
        for location in LOCATIONS {
            for (id, description) in words::EVALUATIONS {
                let name = format!("projects/demo/locations/{}/evaluations/{id}", location.id);
                let made_ms = config.start_ms - KEPT;
                world.evaluations.insert(name, Evaluation { description: description.to_owned(), made_ms });
            }
        }
        let seeded = seeded::operations(config.start_ms, |ms| world.course.hurried(ms));
        for operation in seeded {
            // The recent arrivals are younger than these, so the order of age holds only if they come in between.
            world.bear_until(operation.made_ms);
            world.add(operation);
        }
        world.advance(config.start_ms);
        world
    }

    /// Lets everything happen that happens until `now`.
    fn advance(&mut self, now: i64) {
        self.bear_until(now);
        self.settle(now);
    }

    fn bear_until(&mut self, now: i64) {
        loop {
            let at = self.course.birth_ms(self.born);
            if at > now {
                return;
            }
            self.settle(at);
            self.bear(at);
        }
    }

    /// Work that is over shows in the evaluations.
    fn settle(&mut self, now: i64) {
        let (open, operations) = (std::mem::take(&mut self.open), &self.operations);
        for place in open {
            let Some(operation) = operations.get(place) else { continue };
            if !operation.is_over(now) {
                self.open.push(place);
                continue;
            }
            let standing = operation.standing(now);
            if !standing.has_succeeded() {
                continue;
            }
            let made_ms = standing.ended_ms.unwrap_or(now);
            match (operation.verb, &operation.ending) {
                ("create" | "update", Ending::Response(response)) => {
                    let description = response.get("description").and_then(|text| text.as_str());
                    let description = description.unwrap_or_default().to_owned();
                    let known = self.evaluations.entry(operation.target.clone());
                    known.or_insert(Evaluation { description: String::new(), made_ms }).description =
                        description;
                }
                ("delete", _) if !operation.target.contains("/executions/") => {
                    self.evaluations.remove(&operation.target);
                }
                _ => {}
            }
        }
    }

    /// An operation arrives by itself.
    fn bear(&mut self, made_ms: i64) {
        let born = self.born;
        self.born += 1;
        let mut chance = self.course.chance(born);
        let location = Course::location(&mut chance);
        let parent = format!("projects/demo/locations/{location}/evaluations/");
        let free = |name: &&String| {
            name.starts_with(&parent) && !self.called.contains(*name) && !self.is_busy(name, made_ms)
        };
        let (trials, lasting): (Vec<_>, Vec<_>) =
            self.evaluations.keys().filter(free).partition(|name| name.contains("/trial-"));
        let verb = Course::verb(&mut chance, trials.len());
        let picked = match verb {
            Verb::Delete => trials.first().copied(),
            _ => lasting.get(chance.index(lasting.len())).copied(),
        };
        let (verb, target) = match (verb, picked) {
            (Verb::Create, _) | (_, None) => (Verb::Create, format!("{parent}trial-{:04}", born % 10_000)),
            (Verb::Run, Some(name)) => {
                let execution = format!("{name}/executions/run-{:08x}", chance.next() & 0xffff_ffff);
                (Verb::Run, execution)
            }
            (verb, Some(name)) => (verb, name.clone()),
        };
        let described = self.evaluations.get(&target).map(|known| known.description.clone());
        let ending = if chance.below(100) < 12 {
            words::failure(&mut chance, evaluation_of(&target))
        } else {
            good_end(verb, &target, &described.unwrap_or_else(|| "A trial of new rules".to_owned()))
        };
        let of = ("demo", location);
        let mut operation = self.course.operation(&mut chance, of, (verb, target), made_ms, ending);
        if chance.below(100) < 5 {
            operation.asked_ms = Some(made_ms + (operation.ends_ms - made_ms) / 3);
        }
        self.add(operation);
    }

    fn add(&mut self, operation: Operation) -> usize {
        let place = self.operations.len();
        self.places.insert(operation.name(), place);
        self.operations.push(operation);
        self.open.push(place);
        place
    }

    /// Whether work on this evaluation is going on, which keeps other work from starting.
    pub(super) fn is_busy(&self, evaluation: &str, now: i64) -> bool {
        let on_it = |place: &usize| {
            self.operations.get(*place).is_some_and(|operation| {
                !operation.is_over(now) && evaluation_of(&operation.target) == evaluation
            })
        };
        self.open.iter().any(on_it)
    }

    /// Whether a run made this execution and nobody deleted it since.
    pub(super) fn has_execution(&self, name: &str, now: i64) -> bool {
        let of_it =
            |operation: &&Operation| operation.target == name && operation.standing(now).has_succeeded();
        self.operations.iter().rev().find(of_it).is_some_and(|operation| operation.verb == Verb::Run.name())
    }

    /// The operation that this request id started earlier.
    pub(super) fn started_by(&self, request_id: &str) -> Option<&Operation> {
        self.requests.get(request_id).and_then(|place| self.operations.get(*place))
    }

    /// Starts what a caller asked for. Every seventh fails, so that none of the first few does; a description of
    /// `demo-fail`, `demo-race` or a target that ends in `-nocancel` decides more.
    pub(super) fn start(&mut self, start: Start<'_>, now: i64) -> Operation {
        self.started += 1;
        let mut chance = self.course.chance(1_000_000_000 + self.started);
        let Start { project, location, verb, target, description, request_id } = start;
        let ending = if description == "demo-fail" || self.started.is_multiple_of(7) {
            words::failure(&mut chance, evaluation_of(&target))
        } else {
            good_end(verb, &target, &description)
        };
        self.called.insert(evaluation_of(&target).to_owned());
        let fixed = evaluation_of(&target).ends_with("-nocancel");
        let of = (project, location);
        let mut operation = self.course.operation(&mut chance, of, (verb, target), now, ending);
        if fixed {
            operation.id.push_str("-nocancel");
        }
        if description == "demo-race" {
            operation.cancel = super::operation::Cancel::Loses(2_000);
        }
        let place = self.add(operation.clone());
        if let Some(request_id) = request_id {
            self.requests.insert(request_id.to_owned(), place);
        }
        operation
    }

    /// The operation of this name, while its record is kept.
    pub(super) fn find(&mut self, name: &str, now: i64) -> Option<&mut Operation> {
        let operation = self.operations.get_mut(*self.places.get(name)?)?;
        is_kept(operation, now).then_some(operation)
    }

    /// Newest first, older than the place `before`, each with its place.
    pub(super) fn newest_first(
        &self,
        before: Option<usize>,
        now: i64,
    ) -> impl Iterator<Item = (usize, &Operation)> {
        let end = before.unwrap_or(usize::MAX).min(self.operations.len());
        let older = self.operations.get(..end).unwrap_or_default();
        older.iter().enumerate().rev().filter(move |(_, operation)| is_kept(operation, now))
    }
}

fn is_kept(operation: &Operation, now: i64) -> bool {
    !operation.deleted && now < operation.made_ms + KEPT
}
