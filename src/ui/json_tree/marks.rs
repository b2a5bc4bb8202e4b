//! Which pieces of a shown text match what is looked for, without regard to case. Pure.

/// `text` in pieces; `true` for those that match.
pub(super) fn pieces<'a>(text: &'a str, needle: &str) -> Vec<(bool, &'a str)> {
    let needle: Vec<char> = needle.chars().flat_map(char::to_lowercase).collect();
    if needle.is_empty() {
        return vec![(false, text)];
    }
    let mut out = Vec::new();
    let (mut plain_from, mut at) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        match match_length(rest, &needle) {
            Some(length) => {
                out.extend(piece(false, text, plain_from, at));
                out.extend(piece(true, text, at, at + length));
                at += length;
                plain_from = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    out.extend(piece(false, text, plain_from, text.len()));
    out
}

fn piece(is_match: bool, text: &str, from: usize, to: usize) -> Option<(bool, &str)> {
    text.get(from..to).filter(|piece| !piece.is_empty()).map(|piece| (is_match, piece))
}

/// Bytes of `rest` that the needle covers, where it begins with it.
fn match_length(rest: &str, needle: &[char]) -> Option<usize> {
    let mut left = needle.iter();
    let mut next = left.next();
    for (at, char) in rest.char_indices() {
        if next.is_none() {
            return Some(at);
        }
        for lower in char.to_lowercase() {
            if next != Some(&lower) {
                return None;
            }
            next = left.next();
        }
    }
    next.is_none().then_some(rest.len())
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn matches_are_cut_out_and_nothing_is_lost() {
        assert_eq!(
            pieces("Retail-LAN lan", "lan"),
            [(false, "Retail-"), (true, "LAN"), (false, " "), (true, "lan")]
        );
        assert_eq!(pieces("aaa", "aa"), [(true, "aa"), (false, "a")]);
        assert_eq!(pieces("abc", ""), [(false, "abc")]);
        assert_eq!(pieces("", "x"), []);
        assert_eq!(pieces("ÄÖ日本", "öｘ"), [(false, "ÄÖ日本")]);
        for (text, needle) in [("İstanbul", "i"), ("日本日本", "本日"), ("ẞß", "ß")] {
            let joined: String = pieces(text, needle).into_iter().map(|(_, piece)| piece).collect();
            assert_eq!(joined, text);
        }
    }
}
