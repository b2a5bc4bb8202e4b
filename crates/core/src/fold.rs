//! Letters regardless of case, for searching. Arithmetic on the alphabets that have case and that operators meet
//! (Latin, Greek, Cyrillic, full width) instead of the complete Unicode tables, which weigh 16 KB in the bundle.

/// The small form of a letter; anything else as it is. Always one character of the same UTF-8 length.
pub fn lower(letter: char) -> char {
    let code = u32::from(letter);
    let shifted = match code {
        0x41..=0x5a => code + 0x20,
        // Latin-1 but for the multiplication sign.
        0xc0..=0xde if code != 0xd7 => code + 0x20,
        // Latin Extended-A comes in pairs; those that would change length or break the pattern stay.
        0x100..=0x12f | 0x132..=0x137 | 0x14a..=0x177 if code.is_multiple_of(2) => code + 1,
        0x139..=0x148 | 0x179..=0x17e if !code.is_multiple_of(2) => code + 1,
        // Greek and Cyrillic.
        0x391..=0x3a9 if code != 0x3a2 => code + 0x20,
        0x410..=0x42f => code + 0x20,
        0x400..=0x40f => code + 0x50,
        // Full width, as Japanese keyboards type it.
        0xff21..=0xff3a => code + 0x20,
        _ => code,
    };
    char::from_u32(shifted).unwrap_or(letter)
}

/// A text in small letters, as long in bytes as it was.
pub fn lowered(text: &str) -> String {
    text.chars().map(lower).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_alphabets() {
        assert_eq!(
            lowered("ABCxyz ÄÖÜß É Ñ Ž ŁÓDŹ ΑΒΓ ПРИВЕТ Ёж ＶＳＲＸ 東京 ×"),
            "abcxyz äöüß é ñ ž łódź αβγ привет ёж ｖｓｒｘ 東京 ×"
        );
    }

    #[test]
    fn no_letter_changes_its_length_and_all_agree_with_unicode() {
        for letter in (0..0x11_0000).filter_map(char::from_u32) {
            let ours = lower(letter);
            assert_eq!(ours.len_utf8(), letter.len_utf8(), "{letter}");
            if ours != letter {
                assert!(letter.to_lowercase().eq([ours]), "{letter} is not {ours}");
            }
        }
    }
}
