//! From query to text, and to chips: the canonical form, which reads back as the same query. Also changes to single
//! pieces: taking one away, adding one, making moving times stand still.

use super::key::{self, Key, Measure, STATE, key, measure};
use super::meaning::{Bound, bound, is_wild};
use super::moment::moment_text;
use super::read::states_as_values;
use super::token::{Sign, Token, Value, key_in, quoted, tokens};
use crate::dialect::{Column, FilterKind};
use crate::model::StateSet;
use crate::query::{ListQuery, Tables, TimeBound};
use crate::text::t;
use crate::time::{Millis, iso8601};

/// One piece of a query as a chip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// What it speaks of, in words.
    pub name: &'static str,
    /// The path, where it speaks of a place in the request body.
    pub path: String,
    /// How name or path `{0}` stands to the value `{1}`, as a pattern in English.
    pub says: &'static str,
    /// The value, as it is written in the query.
    pub value: String,
    /// The server's filter with its value, or where the piece stands in [`ListQuery::text`].
    pub at: ChipAt,
}

/// Where a chip stands in the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChipAt {
    /// A filter of the server.
    Server(&'static str, String),
    /// The piece of this number in the text, applied to the loaded rows.
    Text(usize),
}

impl ListQuery {
    /// The whole filter as text, in canonical form.
    pub fn as_text(&self) -> String {
        let mut pieces: Vec<String> = Vec::new();
        let mut before = "";
        for (param, _) in &self.server.params {
            if *param != before {
                let values: Vec<Value> = self.server_values(param).map(literal).collect();
                pieces.push(piece_text(false, param, Sign::Is, &values));
            }
            before = param;
        }
        let count = self.states.iter().count();
        if count > 4 && self.states != StateSet::ALL {
            let others = states_as_values(StateSet::ALL.without(self.states));
            pieces.push(piece_text(true, STATE, Sign::Is, &others));
        } else if count > 0 {
            pieces.push(piece_text(false, STATE, Sign::Is, &states_as_values(self.states)));
        }
        let mut range = |bound: Option<TimeBound>, sign: Sign| {
            pieces.extend(bound.map(|bound| {
                let value = Value { text: moment_text(bound), quoted: false, span: 0..0 };
                piece_text(false, key::CREATED, sign, &[value])
            }));
        };
        range(self.from, Sign::AtLeast);
        range(self.to, Sign::AtMost);
        if !self.text.is_empty() {
            pieces.push(self.text.clone());
        }
        pieces.join(" ")
    }

    /// Its pieces as chips: the server's filters, and what is applied to the loaded rows. States and the range of
    /// creation have controls of their own, and what is wrong is said elsewhere.
    pub fn chips(&self, tables: Tables) -> Vec<Chip> {
        let server = self.server.params.iter().filter_map(|(param, value)| {
            let filter = tables.filters.iter().find(|filter| filter.param == *param)?;
            let flag = matches!(filter.kind, FilterKind::Flag(_));
            Some(Chip {
                name: filter.label,
                path: String::new(),
                says: "{0} is {1}",
                value: if flag { t("on").to_owned() } else { value.clone() },
                at: ChipAt::Server(filter.param, value.clone()),
            })
        });
        let pieces = tokens(&self.text);
        let local = pieces.iter().enumerate().filter_map(|(at, piece)| {
            super::mean(piece, tables).ok()?;
            let mut chip = Chip {
                name: "",
                path: String::new(),
                says: if piece.not { t("without {1}") } else { t("with {1}") },
                value: piece.values.iter().map(value_text).collect::<Vec<_>>().join(", "),
                at: ChipAt::Text(at),
            };
            if let Some((name, sign)) = piece.key {
                match key(tables, name)? {
                    Key::Server(filter) => chip.name = filter.label,
                    Key::Column(column) => chip.name = column.head,
                    Key::Body(_) => name.clone_into(&mut chip.path),
                    Key::State => return None,
                }
                chip.says = match sign {
                    Sign::Is if piece.not => "{0} is not {1}",
                    Sign::Is => "{0} is {1}",
                    Sign::Over => "{0} > {1}",
                    Sign::AtLeast => "{0} ≥ {1}",
                    Sign::Under => "{0} < {1}",
                    Sign::AtMost => "{0} ≤ {1}",
                };
            }
            Some(chip)
        });
        server.chain(local).collect()
    }

    /// Takes one piece out of the text.
    pub fn drop_piece(&mut self, at: usize) {
        let kept = tokens(&self.text).into_iter().enumerate().filter(|(number, _)| *number != at);
        let kept: Vec<&str> = kept.filter_map(|(_, piece)| self.text.get(piece.span)).collect();
        self.text = kept.join(" ");
    }

    /// Where the piece of this number stands in [`as_text`](ListQuery::as_text).
    pub fn piece_at(&self, at: usize) -> Option<std::ops::Range<usize>> {
        let before = self.as_text().len() - self.text.len();
        let span = tokens(&self.text).into_iter().nth(at)?.span;
        Some(span.start + before..span.end + before)
    }

    /// The same list with only the rows of this value in a column, or without them. What the column was filtered by
    /// before gives way to "only", and stays beside "without".
    #[must_use]
    pub fn narrowed(&self, column: &Column, value: &str, not: bool, tables: Tables) -> ListQuery {
        // A filter that compares exactly does what the cell shows; states are ours.
        let name = match column.filter {
            Some(param) if column.id != STATE => param,
            _ => column.id,
        };
        let is_ours = |known: &str| known.eq_ignore_ascii_case(column.id) || known == name;
        let text = self.as_text();
        let goes = |piece: &&Token<'_>| {
            let Some((name, sign)) = piece.key else { return true };
            not || piece.not || sign != Sign::Is || !is_ours(name)
        };
        let pieces = tokens(&text);
        let mut kept: Vec<&str> =
            pieces.iter().filter(goes).filter_map(|piece| text.get(piece.span.clone())).collect();
        let new = piece_text(not, name, Sign::Is, &[literal(value)]);
        kept.insert(0, &new);
        self.with_text(&kept.join(" "), tables).0
    }

    /// True where a time in it moves with the clock.
    pub fn moves(&self, tables: Tables) -> bool {
        *self != self.frozen(tables, Millis(0))
    }

    /// The same query with every moving time made the instant that it means now.
    #[must_use]
    pub fn frozen(&self, tables: Tables, now: Millis) -> ListQuery {
        let mut frozen = self.clone();
        let still = |bound: TimeBound| TimeBound::At(bound.at(now));
        (frozen.from, frozen.to) = (self.from.map(still), self.to.map(still));
        let mut pieces: Vec<String> = Vec::new();
        for piece in tokens(&self.text) {
            let typed = self.text.get(piece.span.clone()).unwrap_or_default();
            let still = piece.key.zip(piece.values.first()).and_then(|((name, sign), value)| {
                let column = key::column(tables, name).filter(|column| measure(column) == Measure::Time)?;
                let (Bound::Ago(ms), _) = bound(&value.text, Measure::Time)? else { return None };
                let at = iso8601(Millis(now.0.saturating_sub(ms)));
                let value = Value { text: at, quoted: false, span: 0..0 };
                (sign != Sign::Is).then(|| piece_text(piece.not, column.id, sign, &[value]))
            });
            pieces.push(still.unwrap_or_else(|| typed.to_owned()));
        }
        frozen.text = pieces.join(" ");
        frozen
    }
}

/// A value that means exactly itself.
fn literal(text: &str) -> Value {
    Value { text: text.to_owned(), quoted: true, span: 0..0 }
}

/// A value as it is written: in quotes only where it would mean something else without.
pub(crate) fn value_text(value: &Value) -> String {
    let text = &value.text;
    let special = |letter: char| letter.is_whitespace() || letter == ',';
    // `key::x` and `key://x` are words.
    let starts = text.starts_with(['"', ':']) || text.starts_with("//");
    let needs = text.is_empty() || starts || text.contains(special);
    if needs || text.contains('*') && !is_wild(value) { quoted(text) } else { text.clone() }
}

/// A word as it is written.
pub(super) fn word_text(not: bool, word: &str) -> String {
    let needs = word.starts_with(['"', '-']) || word.contains(char::is_whitespace) || key_in(word).is_some();
    let mut text = String::new();
    if not {
        text.push('-');
    }
    text.push_str(&if needs { quoted(word) } else { word.to_owned() });
    text
}

/// `-key:a,b`.
pub(super) fn piece_text(not: bool, name: &str, sign: Sign, values: &[Value]) -> String {
    let mut text = String::new();
    if not {
        text.push('-');
    }
    text.push_str(name);
    text.push_str(sign.text());
    text.push_str(&values.iter().map(value_text).collect::<Vec<_>>().join(","));
    text
}
