//! String literals of Rust sources, each with where it stands, and which of them are texts for people. No parser: it
//! knows brackets, commas and names, and the ways in which this project hands a text on.

use crate::source::{Token, tokens};

/// Calls that take texts, and which of their arguments are some; empty for all.
type Calls = &'static [(&'static str, &'static [usize])];

/// Everywhere.
const CALLS: Calls = &[
    ("t", &[0]),
    ("fill", &[0]),
    ("count", &[1, 2]),
    ("unreadable", &[]),
    ("without_answer", &[]),
    ("Off", &[]),
    ("Missing", &[]),
    ("two", &[0]),
    ("slip", &[0]),
    ("operand", &[0]),
    ("odd", &[2]),
    ("wrong", &[1]),
    ("fail", &[0]),
];

/// In the console, which draws and says them.
const DRAWS: Calls = &[
    ("count_of", &[1, 2]),
    ("sentence", &[0]),
    ("text", &[]),
    ("say", &[]),
    ("done", &[]),
    ("failed", &[]),
    ("choice", &[1, 2]),
    ("fact", &[]),
    ("time_fact", &[1]),
    ("told", &[1]),
    ("tally", &[0]),
    ("add", &[0]),
    ("panel", &[0, 1]),
    ("page", &[3]),
    ("section", &[1]),
    ("missing", &[1, 2]),
    ("callout", &[1]),
    ("check_url", &[1]),
    ("Closed", &[]),
    ("Skipped", &[]),
    ("new", &[0]),
];

/// `new` is many things: these take a text first.
const MADE: [&str; 1] = ["MenuItem"];

/// Calls whose first argument says whether the others are texts.
const ATTRIBUTES: [&str; 2] = ["attr", "live"];
const READ: [&str; 4] = ["aria-label", "title", "placeholder", "aria-valuetext"];

/// Calls and macros inside which nothing is a text, whatever stands around them.
const CODE: [&str; 22] = [
    "class",
    "el",
    "svg",
    "on",
    "attr",
    "live",
    "live_style",
    "live_flag",
    "format",
    "matches",
    "panic",
    "assert",
    "starts_with",
    "ends_with",
    "contains",
    "split",
    "split_once",
    "trim_matches",
    "expect",
    "debug_assert",
    "cfg",
    "from_slug",
];

/// Properties of components, and fields of tables, that are texts.
const NAMED: [&str; 14] = [
    "label",
    "head",
    "says",
    "hint",
    "legend",
    "title",
    "placeholder",
    "noun",
    "one",
    "target",
    "what",
    "can",
    "consequence",
    "without",
];

/// Functions that give a text, and constants made of texts.
const WHOLE: [&str; 14] = [
    "label",
    "title",
    "heading",
    "state_means",
    "advice",
    "says",
    "KEYS",
    "RANGES",
    "READ_ONLY",
    "NOT_ARMED",
    "GONE",
    "largest",
    "reason",
    "why_off",
];

/// One literal.
#[derive(Debug)]
pub struct Literal {
    pub text: String,
    pub line: usize,
    /// By where it stands or how it reads.
    pub is_text: bool,
}

/// Everything between quotes in a source, without its tests. `draws` where it is one of the console's.
pub fn literals(source: &str, draws: bool) -> Vec<Literal> {
    let end = source.find("#[cfg(test)]\nmod ").unwrap_or(source.len());
    judge(&tokens(&source[..end]), draws)
}

/// An open bracket: what was called, or which function or constant begins, how many commas ago, and its first literal.
struct Open {
    sign: char,
    name: String,
    whole: bool,
    argument: usize,
    first: Option<String>,
}

fn judge(tokens: &[Token], draws: bool) -> Vec<Literal> {
    let (mut open, mut found): (Vec<Open>, Vec<Literal>) = (vec![], vec![]);
    let mut item = String::new();
    for (at, token) in tokens.iter().enumerate() {
        let back = |steps: usize| at.checked_sub(steps).and_then(|at| tokens.get(at));
        let name = |steps: usize| match back(steps) {
            Some(Token::Name(name)) => name.as_str(),
            _ => "",
        };
        let sign = |steps: usize| match back(steps) {
            Some(Token::Sign(sign)) => *sign,
            _ => ' ',
        };
        match token {
            Token::Name(word) => {
                if matches!(name(1), "fn" | "const") {
                    item = word.clone();
                }
            }
            Token::Sign(bracket @ ('(' | '[' | '{')) => {
                let called = if sign(1) == '!' { name(2) } else { name(1) };
                let called = match called {
                    // `MenuItem::new(` takes a text, `Vec::new(` does not.
                    "new" if !MADE.contains(&name(4)) => "other",
                    called => called,
                };
                let called = if *bracket == '(' { called } else { "" };
                let whole = *bracket != '(' && WHOLE.contains(&item.as_str());
                open.push(Open { sign: *bracket, name: called.to_owned(), whole, argument: 0, first: None });
            }
            Token::Sign(end @ (')' | ']' | '}')) => {
                open.pop();
                if *end == '}' && open.is_empty() {
                    item.clear();
                }
            }
            Token::Sign(',') => {
                if let Some(open) = open.last_mut() {
                    open.argument += 1;
                }
            }
            Token::Sign(';') if open.is_empty() => item.clear(),
            Token::Sign(_) => {}
            Token::Text(text, line) => {
                let named = match (sign(1), sign(2)) {
                    (':', ':') | ('=', '=' | '!' | '<' | '>') => "",
                    (':' | '=', _) => name(2),
                    _ => "",
                };
                let constant = open.is_empty() && WHOLE.contains(&item.as_str());
                let (by_place, in_code) =
                    if NAMED.contains(&named) || constant { (true, false) } else { placed(&open, draws) };
                let by_words = is_sentence(text) || !in_code && reads_like_a_text(text);
                found.push(Literal {
                    text: text.clone(),
                    line: *line,
                    is_text: has_words(text) && (by_place || by_words),
                });
                if let Some(open) = open.last_mut() {
                    open.first.get_or_insert_with(|| text.clone());
                }
            }
        }
    }
    found
}

/// Whether it stands in a place for a text, and whether it stands where nothing is one.
fn placed(open: &[Open], draws: bool) -> (bool, bool) {
    for open in open.iter().rev() {
        if open.whole {
            return (true, false);
        }
        if open.sign != '(' || open.name.is_empty() {
            continue;
        }
        if ATTRIBUTES.contains(&open.name.as_str()) && open.argument > 0 {
            let is_read = open.first.as_deref().is_some_and(|first| READ.contains(&first));
            return (is_read, !is_read);
        }
        if CODE.contains(&open.name.as_str()) {
            return (false, true);
        }
        let mut calls = CALLS.iter().chain(DRAWS.iter().filter(|_| draws));
        if let Some((_, arguments)) = calls.find(|(name, _)| *name == open.name) {
            let is_text = arguments.is_empty() || arguments.contains(&open.argument);
            return (is_text, !is_text);
        }
    }
    (false, false)
}

/// Letters outside the places for values.
pub fn has_words(text: &str) -> bool {
    let mut rest = text.to_owned();
    for place in 0..10 {
        rest = rest.replace(&format!("{{{place}}}"), "");
    }
    rest.chars().any(char::is_alphabetic)
}

/// A sentence is for people wherever it stands.
fn is_sentence(text: &str) -> bool {
    let begins = text.trim_start_matches(['"', '{', '0', '}', ' ']);
    let upper = begins.starts_with(|c: char| c.is_ascii_uppercase()) || text.starts_with("{0}");
    upper && text.ends_with(['.', '…', '?']) && text.trim().contains(' ')
}

/// Reads as if it were for people: words, or one that begins with a capital.
pub fn reads_like_a_text(text: &str) -> bool {
    let mut chars = text.chars();
    let capital = chars.next().is_some_and(|c| c.is_ascii_uppercase())
        && chars.next().is_some_and(|c| c.is_ascii_lowercase());
    let words = text.split(' ').filter(|word| word.chars().filter(|c| c.is_ascii_alphabetic()).count() > 1);
    has_words(text) && (capital || words.count() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        literals(source, true)
            .into_iter()
            .filter(|literal| literal.is_text)
            .map(|literal| literal.text)
            .collect()
    }

    #[test]
    fn texts_are_known_by_where_they_stand() {
        let source = r#"
            fn a() { el("p").class("soft wide").text("Hello").attr("aria-label", "Name").attr("type", "button") }
            fn b() { fill("{0} of \"{1}\"", &[t("x"), "y"]); fill(if one { "one" } else { "two" }, &[]) }
            fn c() { view! { <Button label="Go" look="wide" /> } }
            fn d() { f("A sentence. \
                        In two lines."); f("word"); x.live("title", move || off.then(|| "Off")); '"'; b'"'; }
            impl X { fn label(&self) -> &str { match self { A => "Auto", B => "Off now" } } }
            const KEYS: [(&str, &str); 1] = [("?", "This help")];
            #[error("{}", t("It broke"))]
            fn e<'a>(x: &'a str) { format!("{} {}", "Left out", x); MenuItem::new("Entry", 1); Vec::new("no") }
        "#;
        let found = texts(source);
        let wanted = [
            "Hello",
            "Name",
            "{0} of \"{1}\"",
            "x",
            "one",
            "two",
            "Go",
            "A sentence. In two lines.",
            "Off",
            "Auto",
            "Off now",
            "This help",
            "It broke",
            "Entry",
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn words_are_told_from_signs() {
        assert!(!has_words("{0} · {1}") && has_words("{0} s"));
        assert!(
            reads_like_a_text("Left out") && reads_like_a_text("left out") && !reads_like_a_text("data-x")
        );
    }
}
