//! The living data: a fleet of appliances and every operation on them, thirty days of past and an endless
//! future. Everything follows from seed and start; the only input is what time it is.
//! It must not know HTTP, tokens or faults.

mod appliance;
mod bodies;
mod course;
mod operation;
mod sample;
mod words;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use self::appliance::Appliance;
use self::course::Course;
use self::operation::{Fate, Operation, Phase};
use super::filter::Filter;
use crate::chance::Chance;
use crate::config::Config;
use crate::rows::Row;

const RESOURCE_TYPE: &str = "ECL::VirtualNetworkAppliance::VSRX";

/// The documented request types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Create,
    Update,
    Delete,
    Action,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Create => "Create",
            Self::Update => "Update",
            Self::Delete => "Delete",
            Self::Action => "Action",
        }
    }
}

pub(crate) struct World {
    seed: u64,
    course: Course,
    fleet: Vec<Appliance>,
    /// Where the appliances that exist stand in the fleet.
    living: Vec<usize>,
    /// Oldest first.
    operations: Vec<Operation>,
    /// How many were born by the course; the samples were not.
    born: usize,
    changes: BinaryHeap<Reverse<(i64, usize)>>,
    touches: u32,
}

impl World {
    pub(crate) fn new(config: &Config) -> Self {
        let course = Course::new(config);
        let mut world = Self {
            seed: config.seed,
            fleet: Vec::new(),
            living: Vec::new(),
            operations: Vec::with_capacity(config.operations),
            born: 0,
            changes: BinaryHeap::new(),
            touches: 0,
            course,
        };
        if world.course.has_samples() {
            world.add_samples();
        }
        // Most appliances are older than the thirty days the list looks back.
        let mut chance = Chance::new(config.seed, 0x666c_6565);
        for _ in 0..world.course.fleet() * 4 / 5 {
            world.found(&mut chance);
        }
        world.advance(config.start_ms);
        world
    }

    fn found(&mut self, chance: &mut Chance) -> usize {
        let at = self.fleet.len();
        self.fleet.push(Appliance::new(at, chance));
        self.living.push(at);
        at
    }

    /// Lets everything happen that happens until `now`. Going back in time does nothing.
    pub(crate) fn advance(&mut self, now: i64) {
        loop {
            let birth = self.course.birth_ms(self.born);
            let change = self.changes.peek().map_or(i64::MAX, |Reverse((at, _))| *at);
            if birth.min(change) > now {
                return;
            }
            if change <= birth {
                if let Some(Reverse((_, at))) = self.changes.pop() {
                    self.change(at);
                }
            } else {
                self.bear(birth);
            }
        }
    }

    fn change(&mut self, at: usize) {
        let Some(operation) = self.operations.get_mut(at) else { return };
        let Some(appliance) = self.fleet.get_mut(operation.appliance) else { return };
        operation.change(appliance);
        if operation.phase == Phase::Ended {
            appliance.occupied = false;
            if operation.kind == Kind::Delete && operation.succeeded() {
                appliance.deleted = true;
                let gone = operation.appliance;
                self.living.retain(|known| *known != gone);
            }
        }
        if let Some(next) = operation.next_change() {
            self.changes.push(Reverse((next, at)));
        }
    }

    /// A new operation arrives.
    fn bear(&mut self, received_ms: i64) {
        let mut chance = Chance::new(self.seed, 0x0070_0000_0000 + self.born as u64);
        let (mut kind, free) = (self.course.kind(self.living.len(), &mut chance), self.free(&mut chance));
        let at = match free {
            Some(at) if kind != Kind::Create => at,
            _ => {
                kind = Kind::Create;
                self.found(&mut chance)
            }
        };
        let born = self.born;
        self.born += 1;
        let fate = self.course.fate(born, &mut chance);
        let Some(appliance) = self.fleet.get_mut(at) else { return };
        let body = bodies::request_body(kind, appliance, appliance.powered, &mut chance);
        if kind == Kind::Action {
            appliance.powered = bodies::power_after(&body).unwrap_or(appliance.powered);
        }
        let stops_ms = received_ms + self.course.duration_ms(kind, fate, received_ms, &mut chance);
        let fate = match fate {
            Fate::Stuck { .. } => Fate::Stuck { ended_ms: self.course.rescue_ms(stops_ms, &mut chance) },
            other => other,
        };
        let request_id = if chance.below(5) < 2 { chance.uuid() } else { String::new() };
        let ids = (chance.uuid(), request_id);
        let operation =
            Operation::new(ids, (at, appliance), kind, (received_ms, stops_ms), fate, &mut chance, &body);
        self.add(operation);
    }

    fn add(&mut self, operation: Operation) {
        let number = self.operations.len();
        if let Some(appliance) = self.fleet.get_mut(operation.appliance) {
            appliance.occupied = operation.phase != Phase::Ended;
            appliance.newest = Some(number);
        }
        if let Some(next) = operation.next_change() {
            self.changes.push(Reverse((next, number)));
        }
        self.operations.push(operation);
    }

    /// Some appliance that takes a request; a few are asked for much more often than the others.
    fn free(&self, chance: &mut Chance) -> Option<usize> {
        (0..12).find_map(|_| {
            let most = chance.index(self.living.len()) + 1;
            let at = *self.living.get(chance.index(most))?;
            self.fleet.get(at).is_some_and(Appliance::takes_requests).then_some(at)
        })
    }

    /// The rows a filter leaves, newest first.
    pub(crate) fn select(&self, filter: &Filter, confined_to: Option<&str>) -> Vec<Row> {
        let newest_first = self.operations.iter().enumerate().rev();
        newest_first
            .filter(|(number, operation)| self.matches(*number, operation, filter, confined_to))
            .map(|(_, operation)| operation.row.clone())
            .collect()
    }

    fn matches(
        &self,
        number: usize,
        operation: &Operation,
        filter: &Filter,
        confined_to: Option<&str>,
    ) -> bool {
        let Some(appliance) = self.fleet.get(operation.appliance) else { return false };
        let is =
            |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|wanted| wanted == found);
        confined_to.is_none_or(|tenant| tenant == appliance.tenant)
            && !(filter.no_deleted && appliance.deleted)
            && !(filter.latest && appliance.newest != Some(number))
            && is(&filter.id, &operation.id)
            && (filter.resource_ids.is_empty() || filter.resource_ids.contains(&appliance.id))
            && is(&filter.resource_type, RESOURCE_TYPE)
            && is(&filter.request_id, &operation.request_id)
            && is(&filter.request_type, operation.kind.name())
            && is(&filter.status, operation.status())
            && is(&filter.tenant_id, appliance.tenant)
    }

    /// The row with this id, if the caller may see it.
    pub(crate) fn find(&self, id: &str, confined_to: Option<&str>) -> Option<Row> {
        let wanted = Filter { id: Some(id.to_owned()), ..Filter::default() };
        self.select(&wanted, confined_to).into_iter().next()
    }

    /// Changes `percent` of the ended rows, spread over the whole list, others each time.
    pub(crate) fn touch(&mut self, percent: f64) -> usize {
        self.touches += 1;
        // A share in parts of a million keeps the steps exact without floating point in the loop.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 100 fits and is whole after rounding"
        )]
        let parts = (percent.clamp(0.0, 100.0) * 10_000.0).round() as u64;
        let mut chance = Chance::new(self.seed ^ 0x746f_7563, u64::from(self.touches));
        let mut due = chance.below(1_000_000);
        let mut touched = 0;
        for operation in self.operations.iter_mut().filter(|operation| operation.phase == Phase::Ended) {
            due += parts;
            if due < 1_000_000 {
                continue;
            }
            due -= 1_000_000;
            if let Some(appliance) = self.fleet.get(operation.appliance) {
                operation.touch(self.touches, appliance);
                touched += 1;
            }
        }
        touched
    }
}
