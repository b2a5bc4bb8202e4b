//! A Rust source in pieces: names, signs and texts between quotes with where they stand. No parser; must not know which
//! texts are for people.

pub enum Token {
    Name(String),
    Sign(char),
    Text(String, usize),
}

/// Takes a source apart. Comments go; of attributes only the words of errors stay.
pub fn tokens(source: &str) -> Vec<Token> {
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
