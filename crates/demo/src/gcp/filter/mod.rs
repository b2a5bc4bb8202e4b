//! The filter language of lists: the part of AIP-160 that makes sense for operations. What is outside that part is
//! refused with a sentence, never guessed at. It must not know HTTP.

mod field;
mod tokens;
mod value;

use std::iter::Peekable;
use std::vec::IntoIter;

use self::field::{Field, Held, Kind};
use self::tokens::{Op, Placed, Token};
use self::value::Pattern;
use super::operation::Standing;
use crate::fault::Fault;

/// How deep parentheses may go.
const DEEPEST: usize = 40;

/// A filter that makes sense.
#[derive(Debug)]
pub(super) struct Filter(Node);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Present(Field),
    Test(Field, Op, Literal),
    /// Text that is searched for, in lower case.
    Search(String),
    /// The name of a fault, as a value or by itself; it takes no part in choosing.
    Sentinel(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Literal {
    Text(Pattern),
    Bool(bool),
    Number(i64),
    Time(i128),
}

impl Filter {
    /// The filter of this text, or what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { rest: tokens::tokens(text)?.into_iter().peekable(), depth: 0 };
        if parser.rest.peek().is_none() {
            return Ok(Self(Node::All(Vec::new())));
        }
        let whole = parser.expression()?;
        match parser.rest.next() {
            None => Ok(Self(whole)),
            Some(left) => Err(unexpected(&left)),
        }
    }

    pub(super) fn matches(&self, standing: &Standing<'_>) -> bool {
        self.0.matches(standing)
    }

    /// The names of faults in it.
    pub(super) fn sentinels(&self) -> Vec<&str> {
        self.0.sentinels()
    }
}

impl Node {
    fn matches(&self, standing: &Standing<'_>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.matches(standing)),
            Self::Any(parts) => parts.iter().any(|part| part.matches(standing)),
            Self::Not(part) => !part.matches(standing),
            Self::Sentinel(_) => true,
            Self::Present(field) => field.of(standing).is_some(),
            // What is not set matches nothing, not even "is not".
            Self::Test(field, op, literal) => field.of(standing).is_some_and(|held| op.holds(&held, literal)),
            Self::Search(text) => {
                [Field::Name, Field::Verb, Field::Target, Field::StatusMessage, Field::ErrorMessage]
                    .iter()
                    .filter_map(|field| field.of(standing))
                    .any(|held| matches!(held, Held::Text(held) if held.to_lowercase().contains(text)))
            }
        }
    }

    fn sentinels(&self) -> Vec<&str> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::sentinels).collect(),
            Self::Not(part) => part.sentinels(),
            Self::Sentinel(name) => vec![name],
            Self::Present(_) | Self::Test(..) | Self::Search(_) => Vec::new(),
        }
    }

    fn search(text: &str) -> Self {
        if Fault::sentinel(text).is_some() {
            return Self::Sentinel(text.to_owned());
        }
        Self::Search(text.to_lowercase())
    }
}

impl Op {
    fn holds(self, held: &Held<'_>, literal: &Literal) -> bool {
        match (held, literal) {
            (Held::Text(held), Literal::Text(pattern)) => match self {
                Self::Equal => pattern.matches(held),
                Self::NotEqual => !pattern.matches(held),
                // "Has": the text is, or contains, the value.
                Self::Has => held.contains(pattern.text()) || pattern.matches(held),
                _ => self.orders(&**held, pattern.text()),
            },
            (Held::Bool(held), Literal::Bool(wanted)) => self.orders(held, wanted),
            (Held::Number(held), Literal::Number(wanted)) => self.orders(held, wanted),
            (Held::Time(held), Literal::Time(wanted)) => self.orders(held, wanted),
            _ => false,
        }
    }

    fn orders<T: Ord + ?Sized>(self, held: &T, wanted: &T) -> bool {
        match self {
            Self::Equal | Self::Has => held == wanted,
            Self::NotEqual => held != wanted,
            Self::Less => held < wanted,
            Self::LessOrEqual => held <= wanted,
            Self::Greater => held > wanted,
            Self::GreaterOrEqual => held >= wanted,
        }
    }
}

struct Parser {
    rest: Peekable<IntoIter<Placed>>,
    depth: usize,
}

fn unexpected(placed: &Placed) -> String {
    let what = match &placed.token {
        Token::Open => "(".to_owned(),
        Token::Close => ")".to_owned(),
        Token::Op(Op::Has) => {
            return format!("unexpected ':' at position {}; a value that holds one needs quotes", placed.at);
        }
        Token::Op(_) => "a comparison".to_owned(),
        Token::Word(word) => word.clone(),
        Token::Quoted(text) => format!("\"{text}\""),
    };
    format!("unexpected {what} at position {}", placed.at)
}

impl Parser {
    fn word(&mut self, wanted: &str) -> bool {
        self.rest.next_if(|placed| matches!(&placed.token, Token::Word(word) if word == wanted)).is_some()
    }

    /// Sequences joined by AND.
    fn expression(&mut self) -> Result<Node, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("parentheses are nested more than {DEEPEST} deep"));
        }
        let mut parts = vec![self.sequence()?];
        while self.word("AND") {
            parts.push(self.sequence()?);
        }
        self.depth -= 1;
        Ok(joined(parts, Node::All))
    }

    /// Factors side by side, which means AND here too.
    fn sequence(&mut self) -> Result<Node, String> {
        let mut parts = vec![self.factor()?];
        while let Some(next) = self.rest.peek() {
            match &next.token {
                Token::Close => break,
                Token::Word(word) if word == "AND" => break,
                _ if !next.spaced => return Err(unexpected(next)),
                _ => parts.push(self.factor()?),
            }
        }
        Ok(joined(parts, Node::All))
    }

    /// Terms joined by OR, which binds tighter than AND.
    fn factor(&mut self) -> Result<Node, String> {
        let mut parts = vec![self.term()?];
        while self.word("OR") {
            parts.push(self.term()?);
        }
        Ok(joined(parts, Node::Any))
    }

    fn term(&mut self) -> Result<Node, String> {
        if self.word("NOT") {
            return Ok(Node::Not(Box::new(self.simple()?)));
        }
        if self.word("-") {
            return Ok(Node::Not(Box::new(self.simple()?)));
        }
        if let Some(placed) = self.rest.peek_mut()
            && let Token::Word(word) = &mut placed.token
            && let Some(positive) = word.strip_prefix('-')
        {
            *word = positive.to_owned();
            return Ok(Node::Not(Box::new(self.simple()?)));
        }
        self.simple()
    }

    fn simple(&mut self) -> Result<Node, String> {
        let Some(placed) = self.rest.next() else { return Err("something is missing at the end".to_owned()) };
        let path = match &placed.token {
            Token::Open => {
                let inner = self.expression()?;
                return match self.rest.next() {
                    Some(Placed { token: Token::Close, .. }) => Ok(inner),
                    Some(other) => Err(unexpected(&other)),
                    None => Err(format!("the parenthesis at position {} is not closed", placed.at)),
                };
            }
            Token::Word(word) if ["AND", "OR", "NOT"].contains(&word.as_str()) => {
                return Err(unexpected(&placed));
            }
            Token::Word(word) => word.clone(),
            Token::Quoted(text) => {
                if let Some(next) = self.rest.next_if(|next| matches!(next.token, Token::Op(_))) {
                    return Err(format!(
                        "a field name is needed before the comparison at position {}",
                        next.at
                    ));
                }
                return Ok(Node::search(text));
            }
            Token::Close | Token::Op(_) => return Err(unexpected(&placed)),
        };
        match self.rest.peek() {
            Some(Placed { token: Token::Op(op), .. }) => {
                let op = *op;
                self.rest.next();
                self.restriction(&path, op)
            }
            Some(Placed { token: Token::Open, spaced: false, .. }) => {
                Err(format!("functions such as {path}(…) are not supported"))
            }
            _ => Ok(Node::search(&path)),
        }
    }

    fn restriction(&mut self, path: &str, op: Op) -> Result<Node, String> {
        let field = Field::named(path).ok_or_else(|| format!("there is no field '{path}' to filter by"))?;
        let (text, quoted) = match self.rest.next() {
            Some(Placed { token: Token::Word(word), .. }) => (word, false),
            Some(Placed { token: Token::Quoted(text), .. }) => (text, true),
            Some(Placed { token: Token::Open, at, .. }) => {
                return Err(format!("a list of values, as at position {at}, is not supported"));
            }
            Some(other) => return Err(unexpected(&other)),
            None => return Err(format!("the comparison of '{path}' lacks a value")),
        };
        if op == Op::Has && text == "*" && !quoted {
            return Ok(Node::Present(field));
        }
        if Fault::sentinel(&text).is_some() {
            return Ok(Node::Sentinel(text));
        }
        let wrong = |kind: &str| format!("'{path}' cannot be compared with '{text}': {kind}");
        let literal = match field.kind() {
            Kind::Text => Literal::Text(Pattern::new(&text)),
            Kind::Bool if !matches!(op, Op::Equal | Op::NotEqual) => {
                return Err(wrong("a switch takes only = and !="));
            }
            Kind::Bool => Literal::Bool(text.parse().map_err(|_| wrong("it takes true or false"))?),
            Kind::Number => Literal::Number(text.parse().map_err(|_| wrong("it takes a whole number"))?),
            Kind::Time => {
                Literal::Time(value::time(&text).ok_or_else(|| wrong("it takes a time of RFC 3339"))?)
            }
            Kind::Message => return Err(wrong("a message can only be asked for with :*")),
        };
        Ok(Node::Test(field, op, literal))
    }
}

fn joined(mut parts: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Node {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            join(parts)
        }
        None => join(parts),
    }
}

#[cfg(test)]
mod tests;
