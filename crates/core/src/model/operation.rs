//! One operation as the list and the detail view know it. Bodies stay text: an [`Operation`] only knows where in
//! its row they are, and whoever holds the row's text (see `view::rows`) can cut them out.

use std::sync::Arc;

use super::State;
use crate::time::Millis;

/// A byte range inside the text of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Where `part`, a slice of `whole`, lies in it. `None` if it is not a slice of it, or lies past 4 GiB.
    pub fn of(part: &str, whole: &str) -> Option<Span> {
        let start = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
        let end = start.checked_add(part.len())?;
        (end <= whole.len())
            .then(|| Some(Span { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? }))
            .flatten()
    }

    /// Cuts the range out of `whole`.
    pub fn cut(self, whole: &str) -> Option<&str> {
        whole.get(self.start as usize..self.end as usize)
    }
}

/// A point in time as a server gave it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stamp {
    /// The server gave none (absent, null or empty).
    #[default]
    Absent,
    /// Understood: UTC milliseconds since 1970.
    At(Millis),
    /// Not understood: the server's text, shown as it came.
    Odd(Box<str>),
}

impl Stamp {
    /// The instant, where it was understood.
    pub fn millis(&self) -> Option<Millis> {
        match self {
            Stamp::At(at) => Some(*at),
            _ => None,
        }
    }
}

/// One operation. Repeated words (tenant, status …) share one allocation, see `dialect::Words`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operation {
    /// The server's id; opaque text, never empty.
    pub id: Box<str>,
    /// Our state.
    pub state: State,
    /// The server's own word for the state, if it gave one.
    pub status: Option<Arc<str>>,
    /// What the operation does: `Create`, `install` …
    pub kind: Option<Arc<str>>,
    /// Id of what it works on.
    pub target: Option<Arc<str>>,
    /// Type of what it works on.
    pub target_type: Option<Arc<str>>,
    /// A name of the target, where the row tells one.
    pub name: Option<Box<str>>,
    /// Tenant or project that owns it.
    pub tenant: Option<Arc<str>>,
    /// The caller's idempotency id.
    pub request_id: Option<Box<str>>,
    /// When the server accepted it.
    pub created: Stamp,
    /// When the work began.
    pub started: Stamp,
    /// When it ended.
    pub ended: Stamp,
    /// What the server warns of.
    pub warning: Option<Box<str>>,
    /// Why it failed.
    pub error: Option<Box<str>>,
    /// Where the request body stands in the row's text; JSON, or a JSON string that may hold JSON.
    pub body: Option<Span>,
    /// What only some APIs tell; absent where a row has none of it, so that large lists stay small.
    pub more: Option<Box<More>>,
    /// Fields whose value had a type that cannot be read, in words, one line each.
    pub oddities: Vec<Box<str>>,
    /// True where the row is no operation at all: only its raw text can be shown.
    pub unreadable: bool,
}

/// How far an operation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Steps finished, of how many. Servers give more finished steps than there are: clamp when drawing.
    Steps {
        /// Finished.
        finished: u64,
        /// In all, as far as the server knows now.
        total: u64,
    },
    /// Per cent, rough.
    Percent(u8),
}

impl Progress {
    /// Rough share in per cent, 0 to 100, whatever the server says.
    pub fn percent(self) -> u8 {
        match self {
            Progress::Steps { finished, total } => {
                let share = finished.saturating_mul(100).checked_div(total).unwrap_or(0);
                u8::try_from(share.min(100)).unwrap_or(100)
            }
            Progress::Percent(percent) => percent.min(100),
        }
    }
}

/// What only some APIs tell of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// How far it has come.
    pub progress: Option<Progress>,
    /// What it does just now.
    pub step: Option<Box<str>>,
    /// When the server last changed it.
    pub updated: Stamp,
    /// Seconds until the server forgets it, counted from when the row was read.
    pub expires_in: Option<i64>,
    /// Whether the server itself says that it can be cancelled now.
    pub cancelable: Option<bool>,
    /// Where the result stands in the row's text.
    pub result: Option<Span>,
    /// Where a structured error stands in the row's text.
    pub failure: Option<Span>,
    /// Further fields under the API's own names, in the order in which they are shown.
    pub facts: Vec<(&'static str, Arc<str>)>,
}

#[expect(
    clippy::derivable_impls,
    reason = "an operation without a known state is unknown by rule, not by chance"
)]
impl Default for State {
    fn default() -> State {
        State::Unknown
    }
}

impl Operation {
    /// A field that only this API has, by the API's own name.
    pub fn fact(&self, name: &str) -> Option<&str> {
        let facts = &self.more.as_ref()?.facts;
        facts.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }

    /// From acceptance (or start, where the API tells) to the end, or to `now` while it has not ended.
    /// Milliseconds, never negative. `None` where a needed time is missing, or where it has ended at an unknown time.
    pub fn duration(&self, now: Millis) -> Option<i64> {
        let from = self.started.millis().or_else(|| self.created.millis())?;
        let to = match (self.ended.millis(), self.state.has_ended()) {
            (Some(end), _) => end,
            (None, true) => return None,
            (None, false) => now,
        };
        Some(to.0.saturating_sub(from.0).max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_survives_only_inside_its_text() {
        let row = String::from(r#"{"a":1,"b":{"c":2}}"#);
        let body = &row[11..18];
        let span = Span::of(body, &row).unwrap();
        assert_eq!(span.cut(&row), Some(r#"{"c":2}"#));
        assert_eq!(Span::of("elsewhere", &row), None);
        assert_eq!(span.cut("short"), None);
    }

    #[test]
    fn duration_runs_on_until_the_end() {
        let mut op =
            Operation { state: State::Running, created: Stamp::At(Millis(1_000)), ..Default::default() };
        assert_eq!(op.duration(Millis(4_000)), Some(3_000));
        assert_eq!(
            op.duration(Millis(0)),
            Some(0),
            "a browser clock behind the server's gives no negative time"
        );
        op.state = State::Failed;
        assert_eq!(op.duration(Millis(4_000)), None, "ended, but the server does not say when");
        op.ended = Stamp::At(Millis(3_500));
        assert_eq!(op.duration(Millis(9_000)), Some(2_500));
    }
}
