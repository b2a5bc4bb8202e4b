//! A body as text: where there is no tree, or beside it.

use std::sync::Arc;

use crate::reactive::prelude::*;
use longrun_core::json::redact::redact;
use longrun_core::json::tree::shown;
use longrun_core::text::fill;

use crate::platform::download;
use crate::ui::el::{El, el};
use crate::ui::{Button, CopyButton, Glyph};

/// Characters that are drawn; a browser takes seconds to lay out megabytes.
const DRAWN: usize = 40_000;
/// Bytes that are masked for the screen at once, so that a body of 5 MB does not hold up its page.
const MASKED_AT_ONCE: usize = 256 * 1024;

/// A text with its secrets masked, cut where it is very long; copying and the download have all of it, masked.
#[component]
pub fn RawText(
    #[prop(into)] body: Arc<str>,
    /// Names the text for screen readers.
    name: &'static str,
    #[prop(into)] file: String,
) -> El {
    let size = size_text(body.len());
    let (part, is_cut) = beginning(&body);
    let copied = Arc::clone(&body);
    let copy = Callback::new(move |()| redact(&copied));
    let save = Callback::new(move |()| {
        download::text(&file, "text/plain", &redact(&body));
    });
    let about = if is_cut { fill("The beginning of {0}", &[&size]) } else { size };
    let acts = el("span")
        .class("push row")
        .child(view! { <CopyButton label="Copy all, masked" value=copy icon_only=true /> })
        .child(view! { <Button label="Download, masked" on_press=save icon=Glyph::Download /> });
    let tools = el("div").class("json-tools").child(el("span").class("quiet").text(about)).child(acts);
    let raw =
        el("pre").class("json-raw").attr("tabindex", "0").attr("role", "region").attr("aria-label", name);
    el("div").class("stack-s").child(tools).child(raw.text(part))
}

/// What is drawn of a text, and whether that is less than all of it.
fn beginning(body: &str) -> (String, bool) {
    let head = body.get(..body.floor_char_boundary(MASKED_AT_ONCE)).unwrap_or(body);
    let masked = redact(head);
    // The cut may go through the middle of a secret, which then no longer looks like one: its line is left out.
    let whole = if head.len() < body.len() { drop_last_piece(&masked) } else { &masked };
    let drawn: String = whole.lines().map(|line| shown(line, DRAWN)).collect::<Vec<_>>().join("\n");
    let part = drawn.get(..drawn.floor_char_boundary(DRAWN)).unwrap_or(&drawn);
    let is_cut = head.len() < body.len() || part.len() < drawn.len();
    (if is_cut { format!("{part}…") } else { part.to_owned() }, is_cut)
}

fn drop_last_piece(text: &str) -> &str {
    let end = text.rfind(['\n', ',', ' ']).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// A size for people: `812 B`, `1.4 KB`, `5.0 MB`.
pub fn size_text(bytes: usize) -> String {
    // Whole numbers only: printing fractions would bring ten kilobytes of float formatting into the bundle.
    let tenths = |unit: usize, name: &str| {
        let tenths = (bytes * 10 + unit / 2) / unit;
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => tenths(1_000, "KB"),
        _ => tenths(1_000_000, "MB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_like_sizes() {
        assert_eq!([812, 1_400, 5_000_000].map(size_text), ["812 B", "1.4 KB", "5.0 MB"]);
    }

    #[test]
    fn a_long_text_is_cut_and_its_secrets_stay_masked() {
        let body = format!("{{\"password\":\"hunter2\",\"text\":\"{}\"}}", "x ".repeat(200_000));
        let (part, is_cut) = beginning(&body);
        assert!(is_cut && part.ends_with('…') && part.len() < DRAWN + 10, "{}", part.len());
        assert!(!part.contains("hunter2"), "{}", part.get(..80).unwrap_or(&part));
        assert_eq!(beginning("plain"), ("plain".to_owned(), false));
    }

    #[test]
    fn marks_that_turn_text_around_are_shown_not_obeyed() {
        let (part, _) = beginning("a\u{202e}b\nc");
        assert!(!part.contains('\u{202e}') && part.contains("\nc"), "{part}");
    }
}
