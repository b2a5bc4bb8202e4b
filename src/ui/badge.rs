//! The status mark: glyph, word and colour, always in that order, with the server's own word beside it.

use crate::reactive::prelude::*;

use super::Glyph;
use super::el::{El, el, svg};
use longrun_core::text::{fill, t};

/// The server's own word, where it says something else than ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Native(Option<String>);

impl Native {
    /// Leaves the word out where it is ours in another case.
    pub fn of(word: Option<String>, label: &str) -> Native {
        Native(word.filter(|word| !word.trim().is_empty() && !word.eq_ignore_ascii_case(label)))
    }
}

/// A status. `slug` chooses glyph and colour, `label` is the word.
#[component]
pub fn StatusMark(
    slug: &'static str,
    label: &'static str,
    #[prop(optional, into)] native: Option<String>,
    /// In a heading.
    #[prop(optional)]
    large: bool,
) -> El {
    let Native(native) = Native::of(native, t(label));
    let mark = svg("use").attr("href", Glyph::of_state(slug).href());
    el("span")
        .class(format!("st st-{slug}{}", if large { " st-lg" } else { "" }))
        .attr("title", native.as_ref().map(|word| fill("Server says: {0}", &[word])))
        .child(svg("svg").attr("aria-hidden", "true").child(mark))
        .text(label)
        .child(native.map(|word| el("span").class("native").text(format!(" {word}"))))
}

#[cfg(test)]
mod tests {
    use super::Native;

    #[test]
    fn only_a_word_that_differs_is_shown() {
        let of = |word: &str, label| Native::of(Some(word.to_owned()), label);
        assert_eq!(of("SUCCEEDED", "Succeeded"), Native(None));
        assert_eq!(of("COMPLETE", "Succeeded"), Native(Some("COMPLETE".into())));
        assert_eq!(of("  ", "Unknown"), Native(None));
        assert_eq!(Native::of(None, "Unknown"), Native(None));
    }
}
