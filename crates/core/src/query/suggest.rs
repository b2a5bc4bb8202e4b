//! What could be typed next: keys, then values, with how many loaded rows have them. Knows no list: who holds the rows
//! counts them, with [`Counter`].

use std::ops::Range;

use super::language::{Key, Measure, Of, Sign, Value, key, measure, names, tokens, value_text};
use super::{ListQuery, Tables};
use crate::dialect::FilterKind;
use crate::fold::lowered;
use crate::model::{Operation, State};

/// So many are proposed at once.
const AT_ONCE: usize = 8;
/// Where rows have more values than this, the rest is not counted: of ids there are as many as rows.
const MOST: usize = 500;

/// Where the caret is in a query, as far as proposals go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The key before the caret; empty where a key or a word is being typed.
    pub key: String,
    /// What was typed of the key or value so far.
    pub typed: String,
    /// What a proposal replaces.
    pub span: Range<usize>,
    /// After a comparison, not after a colon.
    compares: bool,
}

/// One proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What is put into the text.
    pub text: String,
    /// What it is called on screen, where its text does not say it; in English.
    pub label: &'static str,
    /// How many of the loaded rows have it.
    pub count: Option<usize>,
}

impl Spot {
    /// What stands at the caret; `None` inside a finished quote.
    pub fn at(text: &str, caret: usize) -> Option<Spot> {
        let found =
            tokens(text).into_iter().find(|piece| piece.span.start < caret && caret <= piece.span.end);
        let Some(piece) = found else {
            return Some(Spot {
                key: String::new(),
                typed: String::new(),
                span: caret..caret,
                compares: false,
            });
        };
        if let Some((name, sign)) = piece.key
            && caret >= piece.begin + name.len() + sign.text().len()
        {
            let value = piece.values.iter().find(|value| caret <= value.span.end)?;
            let typed = text.get(value.span.start.min(caret)..caret)?.trim_start_matches('"').to_owned();
            let compares = sign != Sign::Is;
            return Some(Spot { key: name.to_owned(), typed, span: value.span.clone(), compares });
        }
        let start = piece.begin.min(caret);
        let typed = text.get(start..caret)?;
        let is_word = piece.key.is_none() && !typed.starts_with('"');
        is_word.then(|| Spot {
            key: String::new(),
            typed: typed.to_owned(),
            span: start..piece.span.end,
            compares: false,
        })
    }
}

/// Counts the values that rows have for a key.
pub struct Counter {
    of: Option<Of>,
    found: Vec<(String, usize)>,
    last: usize,
}

impl Counter {
    /// For a key; counts nothing where its values are no texts of a row.
    pub fn new(name: &str, tables: Tables) -> Counter {
        let of = match key(tables, name) {
            Some(Key::Server(filter)) => filter.value.map(Of::Filter),
            Some(Key::Column(column)) if measure(column) == Measure::Text => Some(Of::Column(column)),
            _ => None,
        };
        Counter { of, found: Vec::new(), last: 0 }
    }

    /// Counts a row.
    pub fn add(&mut self, op: &Operation) {
        let Some(value) = self.of.and_then(|of| of.text(op)) else { return };
        // Neighbours are mostly alike.
        if let Some((known, count)) = self.found.get_mut(self.last)
            && known == value
        {
            *count += 1;
            return;
        }
        match self.found.binary_search_by(|(known, _)| known.as_str().cmp(value)) {
            Ok(at) => {
                self.last = at;
                if let Some((_, count)) = self.found.get_mut(at) {
                    *count += 1;
                }
            }
            Err(at) if self.found.len() < MOST => {
                self.last = at;
                self.found.insert(at, (value.to_owned(), 1));
            }
            Err(_) => {}
        }
    }

    /// The values with their counts.
    pub fn found(self) -> Vec<(String, usize)> {
        self.found
    }
}

/// What could stand at the spot, the likeliest first. `found` are the values of the loaded rows for its key, `states` how
/// many rows are in each state, `offered` further values that the server is known to have.
pub fn suggest(
    spot: &Spot,
    tables: Tables,
    found: &[(String, usize)],
    states: &[usize; State::COUNT],
    offered: &[String],
) -> Vec<Proposal> {
    let typed = lowered(&spot.typed);
    let mut all: Vec<Proposal> = Vec::new();
    let mut add = |text: &str, count: Option<usize>, label: &'static str| {
        if !all.iter().any(|known| known.text == text) {
            all.push(Proposal { text: text.to_owned(), label, count });
        }
    };
    let plain = |words: &[&'static str], add: &mut dyn FnMut(&str, Option<usize>, &'static str)| {
        words.iter().for_each(|word| add(word, None, ""));
    };
    if spot.key.is_empty() {
        for name in names(tables) {
            let (label, sign) = match key(tables, name) {
                Some(Key::State) => ("Status", ":"),
                Some(Key::Server(filter)) => (filter.label, ":"),
                Some(Key::Column(column)) if measure(column) == Measure::Text => (column.head, ":"),
                Some(Key::Column(column)) => (column.head, ">"),
                _ => ("Request body", "."),
            };
            let mut text = name.to_owned();
            text.push_str(sign);
            add(&text, None, label);
        }
    } else {
        match key(tables, &spot.key) {
            Some(Key::State) => {
                for state in State::ALL {
                    add(state.slug(), states.get(state.index()).copied(), state.label());
                }
            }
            Some(Key::Server(filter)) if !spot.compares => match filter.kind {
                FilterKind::OneOf(words) => {
                    found.iter().for_each(|(value, count)| add(value, Some(*count), ""));
                    plain(words, &mut add);
                }
                FilterKind::Flag(_) => plain(&["true"], &mut add),
                _ => {
                    found.iter().for_each(|(value, count)| add(value, Some(*count), ""));
                    offered.iter().for_each(|value| add(value, None, ""));
                }
            },
            Some(Key::Column(column)) => match measure(column) {
                Measure::Text => found.iter().for_each(|(value, count)| add(value, Some(*count), "")),
                Measure::Time => plain(&["now-15m", "now-1h", "now-6h", "now-1d", "now-7d"], &mut add),
                Measure::Span => plain(&["1m", "10m", "1h", "1d"], &mut add),
                Measure::Number => plain(&["10", "50", "90"], &mut add),
            },
            _ => {}
        }
    }
    all.retain(|one| lowered(&one.text).contains(&typed) && (one.text != spot.typed || one.count.is_some()));
    // What begins with what was typed comes before what only holds it; more rows before fewer.
    all.sort_by_key(|one| (!lowered(&one.text).starts_with(&typed), std::cmp::Reverse(one.count)));
    all.truncate(AT_ONCE);
    if !spot.key.is_empty() {
        for one in &mut all {
            one.text = value_text(&Value { text: std::mem::take(&mut one.text), quoted: true, span: 0..0 });
        }
    }
    all
}

/// The text with a proposal put in, and where the caret is then. A value is followed by a blank.
pub fn accept(text: &str, spot: &Spot, proposal: &Proposal) -> (String, usize) {
    let mut next = text.get(..spot.span.start).unwrap_or_default().to_owned();
    next.push_str(&proposal.text);
    let rest = text.get(spot.span.end..).unwrap_or_default();
    if !spot.key.is_empty() && !rest.starts_with([' ', ',']) {
        next.push(' ');
    }
    let caret = next.len();
    next.push_str(rest);
    (next, caret)
}

/// The values of a key among some rows.
pub fn count<'a>(
    name: &str,
    tables: Tables,
    rows: impl Iterator<Item = &'a Operation>,
) -> Vec<(String, usize)> {
    let mut counter = Counter::new(name, tables);
    rows.for_each(|op| counter.add(op));
    counter.found()
}

impl ListQuery {
    /// The value of a cell that "only this" and "exclude this" speak of; `None` where a column is compared, or empty.
    pub fn cell_value(op: &Operation, column: &'static crate::dialect::Column) -> Option<String> {
        if column.id == super::language::STATE {
            return Some(op.state.slug().to_owned());
        }
        if measure(column) != Measure::Text {
            return None;
        }
        Of::Column(column).text(op).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::find;

    fn tables() -> Tables {
        let ecl = find("ecl-vna").unwrap();
        Tables { filters: ecl.filters("operations"), columns: ecl.columns("operations") }
    }

    fn proposed(text: &str, found: &[(&str, usize)]) -> Vec<String> {
        let found: Vec<(String, usize)> =
            found.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect();
        let Some(spot) = Spot::at(text, text.len()) else { return vec!["nothing".to_owned()] };
        suggest(&spot, tables(), &found, &[1, 2, 3, 4, 5, 6, 7, 8], &[])
            .into_iter()
            .map(|one| one.text)
            .collect()
    }

    #[test]
    fn keys_first_then_values_those_of_most_rows_first() {
        assert_eq!(proposed("sta", &[]), ["state:", "status:"]);
        assert_eq!(proposed("x -crea", &[]), ["created>"]);
        assert_eq!(proposed("state:f", &[]), ["failed"]);
        assert_eq!(proposed("state:failed,s", &[]), ["succeeded", "stuck", "waiting"][..2].to_vec());
        assert_eq!(proposed("kind:", &[("Create", 2), ("Update", 9)]), ["Update", "Create"]);
        assert_eq!(proposed("kind:\"t", &[("two words", 2)]), ["\"two words\""]);
        assert_eq!(proposed("status:", &[("ERROR", 2)]), ["ERROR", "PROCESSING", "COMPLETE", "STUCK"]);
        assert_eq!(proposed("duration>1", &[]), ["1m", "10m", "1h", "1d"]);
        assert_eq!(proposed("ended<", &[]).len(), 5);
        assert_eq!(proposed("latest:", &[]), ["true"]);
        assert_eq!(proposed("\"quoted ", &[]), ["nothing"]);
        assert_eq!(proposed("body.a:", &[]), [""; 0]);
        assert_eq!(proposed("", &[]).len(), 8);
    }

    #[test]
    fn a_proposal_takes_the_place_of_what_was_typed() {
        let put = |text: &str, caret: usize, proposal: &str| {
            let spot = Spot::at(text, caret).unwrap();
            let proposal = Proposal { text: proposal.to_owned(), label: "", count: None };
            let (text, caret) = accept(text, &spot, &proposal);
            let (before, after) = text.split_at(caret);
            format!("{before}|{after}")
        };
        assert_eq!(put("x sta y", 5, "status:"), "x status:| y");
        assert_eq!(put("-kind:Cr", 8, "Create"), "-kind:Create |");
        assert_eq!(put("kind:Cr,Up", 7, "Create"), "kind:Create|,Up");
        assert_eq!(put("kind:Cr,Up", 10, "Update"), "kind:Cr,Update |");
        assert_eq!(put("", 0, "state:"), "state:|");
    }

    #[test]
    fn values_are_counted_and_never_more_than_can_be_proposed() {
        let ops: Vec<Operation> = (0..1_000)
            .map(|n| Operation {
                id: format!("{n}").into(),
                kind: Some(if n % 4 == 0 { "a" } else { "b" }.into()),
                ..Operation::default()
            })
            .collect();
        assert_eq!(count("kind", tables(), ops.iter()), [("a".to_owned(), 250), ("b".to_owned(), 750)]);
        assert_eq!(count("id", tables(), ops.iter()).len(), MOST);
        assert_eq!(count("duration", tables(), ops.iter()), []);
    }
}
