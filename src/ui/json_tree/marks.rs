//! Which pieces of a shown text match what is looked for, without regard to case. Pure.

use longrun_core::fold::lowered;

/// `text` in pieces; `true` for those that match.
pub(super) fn pieces<'a>(text: &'a str, needle: &str) -> Vec<(bool, &'a str)> {
    if needle.is_empty() {
        return vec![(false, text)];
    }
    // Small letters take as many bytes, so places in one are places in the other.
    let (small, needle) = (lowered(text), lowered(needle));
    let mut out = Vec::new();
    let mut from = 0;
    for (at, _) in small.match_indices(&needle) {
        out.extend(piece(false, text, from, at));
        out.extend(piece(true, text, at, at + needle.len()));
        from = at + needle.len();
    }
    out.extend(piece(false, text, from, text.len()));
    out
}

fn piece(is_match: bool, text: &str, from: usize, to: usize) -> Option<(bool, &str)> {
    text.get(from..to).filter(|piece| !piece.is_empty()).map(|piece| (is_match, piece))
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
