//! Notices in the corner. What notices there are, and how long, is the caller's business.

use crate::reactive::prelude::*;

use super::el::{El, el};
use super::{Button, Glyph, Look, icon};

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastTone {
    /// Something was done.
    Done,
    /// Something failed; stays until it is closed.
    Fail,
    /// Something is worth knowing.
    Note,
}

impl ToastTone {
    fn parts(self) -> (&'static str, Glyph, &'static str) {
        match self {
            ToastTone::Done => ("toast toast-done", Glyph::Succeeded, "status"),
            ToastTone::Fail => ("toast toast-fail", Glyph::Failed, "alert"),
            ToastTone::Note => ("toast toast-note", Glyph::Info, "status"),
        }
    }
}

/// One notice.
#[derive(Clone)]
pub struct Toast {
    /// Tells notices apart.
    pub id: u64,
    /// What it is about.
    pub tone: ToastTone,
    /// What happened.
    pub head: String,
    /// Further words; may be empty.
    pub says: String,
    /// One thing to do about it.
    pub action: Option<(String, Callback<()>)>,
}

/// The corner.
#[component]
pub fn ToastHost(#[prop(into)] toasts: Signal<Vec<Toast>>, on_close: Callback<u64>) -> El {
    let ids = move || toasts.with(|toasts| toasts.iter().map(|toast| toast.id).collect());
    let draw = move |id| {
        let toast = toasts.with_untracked(|toasts| toasts.iter().find(|toast| toast.id == id).cloned());
        // Drawn from the ids just read, so it is there.
        toast.map_or_else(|| el("div"), |toast| one(toast, on_close))
    };
    el("section").class("toasts").attr("aria-label", "Notifications").keyed(ids, draw)
}

fn one(toast: Toast, on_close: Callback<u64>) -> El {
    let Toast { id, tone, head, says, action } = toast;
    let (class, glyph, role) = tone.parts();
    let close = Callback::new(move |()| on_close.run(id));
    let words = el("div")
        .child(el("strong").text(head))
        .child((!says.is_empty()).then(|| el("p").text(says)))
        .child(action.map(|(label, act)| view! { <Button label=label on_press=act look=Look::Ghost /> }));
    el("div").class(class).attr("role", role).child(icon(glyph)).child(words).child(
        view! { <Button label="Close notice" on_press=close look=Look::Ghost icon=Glyph::Close icon_only=true /> },
    )
}
