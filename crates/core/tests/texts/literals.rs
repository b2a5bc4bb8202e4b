//! String literals of Rust sources, each with where it stands, and which of them are texts for people. No parser: it
//! knows brackets, commas and names, and the ways in which this project hands a text on.

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

enum Token {
    Name(String),
    Sign(char),
    Text(String, usize),
}

/// Everything between quotes in a source, without its tests. `draws` where it is one of the console's.
pub fn literals(source: &str, draws: bool) -> Vec<Literal> {
    let end = source.find("#[cfg(test)]\nmod ").unwrap_or(source.len());
    judge(&tokens(&source[..end]), draws)
}

fn tokens(source: &str) -> Vec<Token> {
    let (mut tokens, mut at, mut line) = (vec![], 0, 1);
    let bytes = source.as_bytes();
    while at < bytes.len() {
        let rest = &source[at..];
        let step = match bytes[at] {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("#[") || rest.starts_with("#![") => attribute(rest, &mut tokens, line),
            b'"' => {
                let length = quoted(rest);
                tokens.push(Token::Text(unescaped(&rest[1..length - 1]), line));
                length
            }
            b'r' if rest.starts_with("r\"") || rest.starts_with("r#") => raw(rest, &mut tokens, line),
            b'b' if rest.starts_with("b\"") => 1 + quoted(&rest[1..]),
            b'\'' => character(rest),
            byte if byte.is_ascii_alphabetic() || byte == b'_' => {
                let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let length = rest.find(|c| !word(c)).unwrap_or(rest.len());
                tokens.push(Token::Name(rest[..length].to_owned()));
                length
            }
            byte => {
                if !byte.is_ascii_whitespace() && byte.is_ascii() {
                    tokens.push(Token::Sign(char::from(byte)));
                }
                rest.chars().next().map_or(1, char::len_utf8)
            }
        };
        line += source[at..at + step].matches('\n').count();
        at += step;
    }
    tokens
}

/// Attributes hold no text for people, but for the words of errors.
fn attribute(rest: &str, tokens: &mut Vec<Token>, line: usize) -> usize {
    let mut depth = 0;
    let (mut at, bytes) = (0, rest.as_bytes());
    while at < bytes.len() {
        match bytes[at] {
            b'[' => depth += 1,
            b']' => depth -= 1,
            b'"' => at += quoted(&rest[at..]) - 1,
            _ => {}
        }
        at += 1;
        if depth == 0 && bytes[at - 1] == b']' {
            break;
        }
    }
    if let Some(inner) = rest[..at].strip_prefix("#[error(\"{}\",") {
        tokens.push(Token::Sign('('));
        let inside = self::tokens(inner);
        tokens.extend(inside.into_iter().map(|token| match token {
            Token::Text(text, inside) => Token::Text(text, line + inside - 1),
            other => other,
        }));
        // The brackets of the attribute itself were cut in two.
        tokens.truncate(tokens.len() - 1);
    }
    at
}

/// The length of a literal with its quotes.
fn quoted(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

fn raw(rest: &str, tokens: &mut Vec<Token>, line: usize) -> usize {
    let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
    let begin = 2 + hashes;
    if !rest[1 + hashes..].starts_with('"') {
        return 1;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let length = rest[begin..].find(&end).expect("a raw literal has an end");
    tokens.push(Token::Text(rest[begin..begin + length].to_owned(), line));
    begin + length + end.len()
}

/// A character or a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), _) => rest[2..].find('\'').map_or(1, |end| end + 3).max(4),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        match chars.next() {
            Some('\n') => while chars.next_if(|next| next.is_whitespace()).is_some() {},
            Some('n') => out.push('\n'),
            Some('u') => {
                let code: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
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
