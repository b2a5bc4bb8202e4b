//! The address in a cURL line, as browsers and people write it for sh and for the prompt of Windows. Everything else in
//! the line is passed over.

/// Short options whose value is the next word, or the rest of theirs.
const TAKE: &str = "AbcdDeEFhHKmoPQrTuUwxXyYz";
/// Long ones whose value could be taken for the address.
const LONG: [&str; 5] = ["--referer", "--proxy", "--preproxy", "--doh-url", "--url-query"];

/// Whether a text is such a line.
pub(super) fn is(text: &str) -> bool {
    let text = text.trim_start_matches(['$', '>', '%', '#', ' ']);
    let name = text.split(char::is_whitespace).next().unwrap_or_default();
    (name == "curl" || name == "curl.exe") && name.len() < text.len()
}

/// The first word that is an address and no option's value.
pub(super) fn address(text: &str) -> Option<String> {
    let mut words = words(text).into_iter().skip_while(|word| !word.starts_with("curl")).skip(1);
    while let Some(word) = words.next() {
        if word == "--url" {
            return words.next();
        } else if LONG.contains(&&*word) || word.starts_with("--data") {
            words.next();
        } else if let Some(letters) = word.strip_prefix('-').filter(|rest| !rest.starts_with('-')) {
            let takes = letters.find(|letter| TAKE.contains(letter));
            if takes.is_some_and(|at| at + 1 == letters.len()) {
                words.next();
            }
        } else if word.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"))
            && word.contains("://")
        {
            return Some(word);
        }
    }
    None
}

/// Splits as a shell does: quotes of both kinds, `\` before a character, a line that goes on after `\` or `^`.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut word) = (vec![], None::<String>);
    let mut quote = None;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match (char, quote) {
            // A quote in which a backslash has its meaning.
            ('$', None) if chars.peek() == Some(&'\'') => {
                chars.next();
                quote = Some('$');
                word.get_or_insert_default();
            }
            ('\'', Some('$')) => quote = None,
            ('^', None | Some('"')) if chars.peek().is_some_and(|next| "\"\n\r\\^&%".contains(*next)) => {}
            ('\\', None | Some('"' | '$')) => match chars.next() {
                Some('\n') | None => {}
                Some(next) => word.get_or_insert_default().push(next),
            },
            ('\'' | '"', None) => {
                quote = Some(char);
                word.get_or_insert_default();
            }
            (char, Some(open)) if char == open && char != '$' => quote = None,
            (char, None) if char.is_whitespace() => words.extend(word.take()),
            (char, _) => word.get_or_insert_default().push(char),
        }
    }
    words.extend(word);
    words
}
