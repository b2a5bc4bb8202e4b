//! Failures grouped by their cause: how many, since when, whom they hit, and the words that find exactly these rows again.
//! Must not know lists or screens; rows are handed in one by one.

mod cause;

pub use cause::cause;

use super::histogram::bar;
use crate::fold::lowered;
use crate::model::{Operation, State};
use crate::time::Millis;

/// More different texts than this are not told apart.
const MOST: usize = 200;
/// Bars of a group's small picture.
const BARS: usize = 24;
/// Width and height of that picture.
pub const PICTURE: [usize; 2] = [120, 24];
/// Letters that a part of a text must have for the rows to be found by it.
const TELLS: usize = 4;
/// How many parts of a text are looked for.
const PARTS: usize = 4;

/// Failures with one cause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Their text without what differs, in one line; empty where the server gave none, or where there are too many
    /// different ones.
    pub cause: String,
    /// How many.
    pub count: usize,
    /// When the first of them ended, or began where that is not told.
    pub first: Millis,
    /// The same of the last.
    pub last: Millis,
    /// Whose they are, each once, in order.
    pub tenants: Vec<String>,
    /// What they worked on, each once, in order.
    pub targets: Vec<String>,
    /// Where they come from: the numbers given with them, each once, in order.
    pub sources: Vec<usize>,
    /// Words of a query that find these rows and no others of those looked at; empty where no words do.
    pub query: String,
    /// What the texts were before they were settled; decides which group a row goes to.
    rough: String,
    bars: [usize; BARS],
}

impl Group {
    /// When they happened, as an SVG path in a picture of the size [`PICTURE`].
    pub fn path(&self) -> String {
        let [width, height] = PICTURE;
        let most = self.bars.iter().max().copied().unwrap_or_default().max(1);
        let mut path = String::new();
        for (at, many) in self.bars.iter().enumerate().filter(|(_, many)| **many > 0) {
            let high = (many * (height - 2) / most).max(2);
            bar(&mut path, [at * width / BARS, height - 1 - high, width / BARS - 1, high]);
        }
        path
    }

    fn take(&mut self, other: Group) {
        self.count += other.count;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.tenants.extend(other.tenants);
        self.targets.extend(other.targets);
        self.sources.extend(other.sources);
        for (bar, more) in self.bars.iter_mut().zip(other.bars) {
            *bar += more;
        }
    }
}

/// Groups in the making.
#[derive(Debug)]
pub struct Failures {
    from: Millis,
    to: Millis,
    groups: Vec<Group>,
}

impl Failures {
    /// None yet; those created from one moment to another count.
    pub fn between(from: Millis, to: Millis) -> Failures {
        Failures { from, to, groups: vec![] }
    }

    /// Takes an operation of the source of that number, if it is a failure of the time looked at.
    pub fn add(&mut self, source: usize, op: &Operation) {
        let at =
            op.created.millis().filter(|at| op.state == State::Failed && *at >= self.from && *at <= self.to);
        let Some(at) = at else { return };
        let rough = cause::rough(op.error.as_deref().unwrap_or_default());
        let known = self.groups.iter().position(|group| group.rough == rough);
        let when = op.ended.millis().unwrap_or(at);
        let place = known.unwrap_or_else(|| {
            let full = self.groups.len() >= MOST;
            let rough = if full { String::new() } else { rough };
            let same = self.groups.iter().position(|group| full && group.rough.is_empty());
            same.unwrap_or_else(|| {
                let error = op.error.as_deref().filter(|_| !full).unwrap_or_default();
                self.groups.push(Group {
                    cause: cause(error),
                    rough,
                    first: when,
                    last: when,
                    ..Group::default()
                });
                self.groups.len() - 1
            })
        });
        let Some(group) = self.groups.get_mut(place) else { return };
        group.count += 1;
        group.first = group.first.min(when);
        group.last = group.last.max(when);
        for (names, name) in [(&mut group.tenants, &op.tenant), (&mut group.targets, &op.target)] {
            if let Some(name) = name.as_deref().filter(|name| names.last().is_none_or(|last| last != name)) {
                // Now and then, so that little is left to do at the end.
                if names.len() == names.capacity() {
                    each_once(names);
                    names.reserve(names.len().max(8));
                }
                names.push(name.to_owned());
            }
        }
        if group.sources.last() != Some(&source) {
            group.sources.push(source);
        }
        let span = self.to.since(self.from).max(1);
        let bars = i64::try_from(BARS).unwrap_or(1);
        let bar = at.since(self.from).saturating_mul(bars) / span;
        if let Some(bar) = usize::try_from(bar).ok().and_then(|at| group.bars.get_mut(at.min(BARS - 1))) {
            *bar += 1;
        }
    }

    /// The groups, the largest first.
    pub fn groups(self) -> Vec<Group> {
        let mut groups: Vec<Group> = vec![];
        for group in self.groups {
            // Masked and settled, two texts may be one.
            match groups.iter_mut().find(|known| known.cause == group.cause) {
                Some(known) => known.take(group),
                None => groups.push(group),
            }
        }
        groups.sort_by_key(|group| std::cmp::Reverse((group.count, group.last)));
        let texts: Vec<String> = groups.iter().map(|group| lowered(&group.cause)).collect();
        let queries: Vec<String> = (0..texts.len()).map(|at| query(&texts, at)).collect();
        for (group, query) in groups.iter_mut().zip(queries) {
            group.query = query;
            each_once(&mut group.tenants);
            each_once(&mut group.targets);
            group.sources.sort_unstable();
            group.sources.dedup();
        }
        groups
    }
}

fn each_once(names: &mut Vec<String>) {
    names.sort_unstable();
    names.dedup();
}

/// The parts of a cause in small letters between what was left out, the longest first.
fn parts(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = vec![];
    for piece in text.split(['<', '"']) {
        let part =
            piece.split_once('>').filter(|(slot, _)| slot.bytes().all(|byte| byte.is_ascii_lowercase()));
        let part = part.map_or(piece, |(_, part)| part).trim();
        if part.chars().filter(|letter| letter.is_alphabetic()).count() >= TELLS {
            parts.push(part);
        }
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts
}

/// The words that find the rows of one group: the longest parts of its text; and where those of another group have all
/// of them too, not what only that one has.
fn query(texts: &[String], at: usize) -> String {
    let Some(own) = texts.get(at) else { return String::new() };
    let mut wanted = parts(own);
    wanted.truncate(PARTS);
    if wanted.is_empty() {
        return String::new();
    }
    let mut query = String::new();
    let mut word = |before: &str, word: &str| {
        query.push_str(before);
        query.push('"');
        // Within quotes a backslash takes the next character as it is.
        query.push_str(&word.replace('\\', "\\\\"));
        query.push('"');
    };
    for (n, part) in wanted.iter().enumerate() {
        word(if n == 0 { "" } else { " " }, part);
    }
    for other in texts.iter().filter(|other| *other != own) {
        if wanted.iter().all(|part| other.contains(part))
            && let Some(only) = parts(other).into_iter().find(|part| !own.contains(part))
        {
            word(" -", only);
        }
    }
    query
}

#[cfg(test)]
#[path = "failures_tests.rs"]
mod tests;
