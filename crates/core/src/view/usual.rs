//! How long operations usually take, from those that have ended among the loaded rows, and which of those that run take
//! longer. What is found here is a mark of ours with the size of the sample beside it, never the server's own state
//! `stuck`. Must not know a clock.

use std::sync::Arc;

use super::rows::Rows;
use crate::model::{Operation, State};
use crate::text::fill;
use crate::time::{Millis, SECOND, duration};

/// Fewer examples than this tell nothing.
const ENOUGH: usize = 8;
/// So many times longer than nearly all others, and it seems stuck.
const FAR: i64 = 4;
/// The clocks of browser and server differ by some seconds: less than this beyond the usual means nothing.
const SLACK: i64 = 5 * SECOND;

/// How long operations of one kind on one type of target took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typical {
    kind: Option<Arc<str>>,
    target_type: Option<Arc<str>>,
    /// How many of them there were.
    pub count: usize,
    /// Half of them took less, in milliseconds.
    pub median: i64,
    /// 95 % of them took no longer.
    pub high: i64,
}

/// What is usual among the rows of one list.
#[derive(Clone, Debug, Default)]
pub struct Usual(Vec<Typical>);

/// A running operation that takes longer than usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Longer than 95 % of its like.
    Slow,
    /// Far longer than those.
    SeemsStuck,
}

impl Mark {
    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Mark::Slow => crate::text::t("slow"),
            Mark::SeemsStuck => crate::text::t("seems stuck"),
        }
    }
}

fn same(one: Option<&Arc<str>>, other: Option<&Arc<str>>) -> bool {
    match (one, other) {
        // Within a list equal words are mostly one allocation.
        (Some(one), Some(other)) => Arc::ptr_eq(one, other) || one == other,
        (None, None) => true,
        _ => false,
    }
}

impl Typical {
    fn fits(&self, op: &Operation) -> bool {
        same(self.kind.as_ref(), op.kind.as_ref()) && same(self.target_type.as_ref(), op.target_type.as_ref())
    }

    /// Whether what has run for so long is marked.
    fn mark(&self, ran: i64) -> Option<Mark> {
        if self.count < ENOUGH || ran <= self.high + SLACK {
            None
        } else if ran > self.high.saturating_mul(FAR) + SLACK {
            Some(Mark::SeemsStuck)
        } else {
            Some(Mark::Slow)
        }
    }
}

impl Usual {
    /// Looks at every row that has succeeded or failed; what was cancelled tells nothing of how long it would have taken.
    pub fn of(rows: &Rows) -> Usual {
        let mut groups: Vec<(Typical, Vec<i64>)> = vec![];
        let mut last = 0;
        for slot in rows.order() {
            let Some(op) = rows.get(*slot).filter(|op| matches!(op.state, State::Succeeded | State::Failed))
            else {
                continue;
            };
            // Its end is known, so now does not matter.
            let Some(took) = op.duration(Millis(0)) else { continue };
            if groups.get(last).is_none_or(|(group, _)| !group.fits(op)) {
                last = groups.iter().position(|(group, _)| group.fits(op)).unwrap_or_else(|| {
                    let (kind, target_type) = (op.kind.clone(), op.target_type.clone());
                    groups.push((Typical { kind, target_type, count: 0, median: 0, high: 0 }, vec![]));
                    groups.len() - 1
                });
            }
            if let Some((_, spans)) = groups.get_mut(last) {
                spans.push(took);
            }
        }
        let typical = |(group, mut spans): (Typical, Vec<i64>)| {
            let count = spans.len();
            let mut at = |share: usize| {
                let at = (count * share).div_ceil(100).clamp(1, count.max(1)) - 1;
                if at < count { *spans.select_nth_unstable(at).1 } else { 0 }
            };
            Typical { count, median: at(50), high: at(95), ..group }
        };
        Usual(groups.into_iter().map(typical).collect())
    }

    /// What is usual for its like, where enough of them have ended.
    pub fn like(&self, op: &Operation) -> Option<&Typical> {
        self.0.iter().find(|typical| typical.fits(op)).filter(|typical| typical.count >= ENOUGH)
    }

    /// The mark of a running operation at the time `now`.
    pub fn mark(&self, op: &Operation, now: Millis) -> Option<Mark> {
        if op.state != State::Running {
            return None;
        }
        self.like(op)?.mark(op.duration(now)?)
    }

    /// Why it is marked: how long it has run, and how long its like took.
    pub fn says(&self, op: &Operation, now: Millis) -> Option<String> {
        let typical = self.like(op)?;
        let (ran, high) = (duration(op.duration(now)?), duration(typical.high));
        Some(fill(
            "Running for {0}. 95 % of the {1} loaded like it took no longer than {2}.",
            &[&ran, &typical.count.to_string(), &high],
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::find;

    fn row(id: usize, kind: &str, status: &str, from: i64, took: Option<i64>) -> String {
        let at = |seconds: i64| crate::time::stamp(Millis(seconds * 1_000), 0);
        let ended = took.map(|took| at(from + took)).unwrap_or_default();
        format!(
            r#"{{"id":"op-{id}","status":"{status}","request_type":"{kind}","resource_type":"T","reception_datetime":"{}","commit_datetime":"{ended}"}}"#,
            at(from)
        )
    }

    fn rows(texts: &[String]) -> Rows {
        let mut rows = Rows::default();
        let mut load = rows.begin();
        for text in texts {
            rows.take(&mut load, text.as_bytes(), find("ecl-vna").unwrap(), "operations");
        }
        rows.finish(load);
        rows
    }

    const T0: i64 = 1_795_000_000;

    fn of_hundred(running_for: i64) -> (Rows, Millis) {
        let mut all: Vec<String> = (1..=100_i64)
            .map(|took| row(usize::try_from(took).unwrap(), "Create", "COMPLETE", T0, Some(took)))
            .collect();
        // Others do not count: of another kind, cancelled or without an end.
        all.push(row(200, "Delete", "COMPLETE", T0, Some(90_000)));
        all.push(row(201, "Create", "COMPLETE", T0, None));
        all.push(row(300, "Create", "PROCESSING", T0, None));
        all.push(row(301, "Delete", "PROCESSING", T0, None));
        (rows(&all), Millis((T0 + running_for) * 1_000))
    }

    fn mark(running_for: i64, id: &str) -> Option<Mark> {
        let (rows, now) = of_hundred(running_for);
        Usual::of(&rows).mark(rows.get(rows.find(id).unwrap()).unwrap(), now)
    }

    #[test]
    fn what_runs_longer_than_nearly_all_its_like_is_marked() {
        let (rows, now) = of_hundred(101);
        let usual = Usual::of(&rows);
        let op = rows.get(rows.find("op-300").unwrap()).unwrap();
        let typical = usual.like(op).unwrap();
        assert_eq!((typical.count, typical.median, typical.high), (100, 50_000, 95_000));
        assert_eq!(usual.mark(op, now), Some(Mark::Slow));
        let says = "Running for 1m 41s. 95 % of the 100 loaded like it took no longer than 1m 35s.";
        assert_eq!(usual.says(op, now).as_deref(), Some(says));
        assert_eq!([mark(95, "op-300"), mark(100, "op-300")], [None, None], "some seconds mean nothing");
        assert_eq!(mark(385, "op-300"), Some(Mark::Slow));
        assert_eq!(mark(386, "op-300"), Some(Mark::SeemsStuck));
    }

    #[test]
    fn too_few_examples_and_what_has_ended_are_not_marked() {
        assert_eq!(mark(10_000_000, "op-301"), None, "one example");
        assert_eq!(mark(10_000_000, "op-1"), None, "it has ended");
        let (rows, now) = of_hundred(1_000);
        let usual = Usual::of(&rows);
        assert_eq!(usual.like(rows.get(rows.find("op-301").unwrap()).unwrap()), None);
        assert_eq!(usual.mark(&Operation::default(), now), None);
        assert_eq!(Usual::of(&Rows::default()).like(&Operation::default()), None);
    }
}
