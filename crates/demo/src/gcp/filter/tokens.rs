//! Cuts a filter's text into tokens. It must not know grammar or fields.

/// What a filter is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    Op(Op),
    /// Unquoted text: names, values, `AND`, `OR`, `NOT`, with a leading minus if there is one.
    Word(String),
    Quoted(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Has,
}

/// A token, where it begins (counted in characters), and whether blank space stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) at: usize,
    pub(super) spaced: bool,
}

pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, String> {
    let mut found = Vec::new();
    let mut rest = text.chars().enumerate().peekable();
    let mut spaced = true;
    while let Some((at, first)) = rest.next() {
        let mut followed_by = |wanted: char| rest.next_if(|(_, next)| *next == wanted).is_some();
        let token = match first {
            blank if blank.is_whitespace() => {
                spaced = true;
                continue;
            }
            '(' => Token::Open,
            ')' => Token::Close,
            '=' => Token::Op(Op::Equal),
            ':' => Token::Op(Op::Has),
            '<' if followed_by('=') => Token::Op(Op::LessOrEqual),
            '<' => Token::Op(Op::Less),
            '>' if followed_by('=') => Token::Op(Op::GreaterOrEqual),
            '>' => Token::Op(Op::Greater),
            '!' if followed_by('=') => Token::Op(Op::NotEqual),
            '!' | ',' => return Err(format!("unexpected '{first}' at position {at}")),
            '"' | '\'' => {
                let mut value = String::new();
                loop {
                    match rest.next() {
                        Some((_, next)) if next == first => break,
                        Some((_, '\\')) => match rest.next() {
                            Some((_, escaped)) => value.push(escaped),
                            None => return Err(format!("the quote at position {at} is not closed")),
                        },
                        Some((_, next)) => value.push(next),
                        None => return Err(format!("the quote at position {at} is not closed")),
                    }
                }
                Token::Quoted(value)
            }
            first => {
                let mut word = String::from(first);
                while let Some((_, next)) = rest.next_if(|(_, next)| belongs_to_word(*next)) {
                    word.push(next);
                }
                Token::Word(word)
            }
        };
        found.push(Placed { token, at, spaced });
        spaced = false;
    }
    Ok(found)
}

fn belongs_to_word(character: char) -> bool {
    !character.is_whitespace() && !"()=:<>!,\"'".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<Token> {
        tokens(text).unwrap().into_iter().map(|placed| placed.token).collect()
    }

    #[test]
    fn words_quotes_and_operators() {
        let word = |text: &str| Token::Word(text.into());
        assert_eq!(
            plain("metadata.verb>=\"a \\\"b\\\"\" -(x != 'y')"),
            [
                word("metadata.verb"),
                Token::Op(Op::GreaterOrEqual),
                Token::Quoted("a \"b\"".into()),
                word("-"),
                Token::Open,
                word("x"),
                Token::Op(Op::NotEqual),
                Token::Quoted("y".into()),
                Token::Close,
            ]
        );
    }

    #[test]
    fn what_is_no_token_is_named_with_its_place() {
        assert_eq!(tokens("名 ! a").unwrap_err(), "unexpected '!' at position 2");
        assert_eq!(tokens("a=\"b").unwrap_err(), "the quote at position 2 is not closed");
    }
}
