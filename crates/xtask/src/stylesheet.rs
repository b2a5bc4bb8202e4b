//! Style sheets without what only people read: comments and blanks. Trunk's own minifier is off because it breaks the
//! generated script; the sheets are ours and plain enough for this.

/// The sheet without comments, with every run of white space as one blank at most. Strings stay as they are.
pub fn smaller(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(next) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            blank(&mut out);
        } else if next == '"' || next == '\'' {
            let end = string_end(rest, next);
            out.push_str(rest.get(..end).unwrap_or(rest));
            rest = rest.get(end..).unwrap_or_default();
        } else if next.is_whitespace() {
            blank(&mut out);
            rest = rest.trim_start();
        } else {
            if matches!(next, '{' | '}' | ';' | ',') {
                // A blank before these never means anything.
                out.truncate(out.trim_end_matches(' ').len());
            }
            if next == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(next);
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// One blank, where it can mean something: not at the start, nor behind a sign that ends what stood before. A colon
/// with a blank behind it stands between a property and its value; a pseudo-class never has one.
fn blank(out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '{', '}', ';', ',', ':']) {
        out.push(' ');
    }
}

/// Behind the closing quote, escapes heeded.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, char) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if char == '\\' {
            escaped = true;
        } else if char == quote {
            return at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::smaller;

    #[test]
    fn comments_and_blanks_go_and_meaning_stays() {
        let sheet = "/* head */\n.a  .b > c ,\n.d:is(.e, .f) {\n  color: red; /* why */\n  width: calc(1px + 2px);\n}\n@media (max-width: 9px) { a { b: c; } }\n";
        assert_eq!(
            smaller(sheet),
            ".a .b > c,.d:is(.e,.f){color:red;width:calc(1px + 2px)}@media (max-width:9px){a{b:c}}"
        );
    }

    #[test]
    fn strings_are_left_alone() {
        assert_eq!(
            smaller(r#"a { content: "/* no */  \" ;"; b: 'x  y' }"#),
            r#"a{content:"/* no */  \" ;";b:'x  y'}"#
        );
        assert_eq!(smaller("a { content: \"open"), "a{content:\"open");
        assert_eq!(smaller("/* never closed"), "");
    }
}
