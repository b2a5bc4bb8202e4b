//! Notices in the corner. What notices there are, and how long, is the caller's business.

use leptos::prelude::*;

use super::{Button, Glyph, Icon, Look, text};

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
pub fn ToastHost(#[prop(into)] toasts: Signal<Vec<Toast>>, on_close: Callback<u64>) -> impl IntoView {
    view! {
        <section class="toasts" aria-label=text::notice::REGION>
            <For each=move || toasts.get() key=|toast| toast.id children=move |toast| one(toast, on_close) />
        </section>
    }
}

fn one(toast: Toast, on_close: Callback<u64>) -> impl IntoView {
    let Toast { id, tone, head, says, action } = toast;
    let (class, glyph, role) = tone.parts();
    let close = Callback::new(move |()| on_close.run(id));
    view! {
        <div class=class role=role>
            <Icon glyph=glyph />
            <div>
                <strong>{head}</strong>
                {(!says.is_empty()).then(|| view! { <p>{says}</p> })}
                {action.map(|(label, act)| view! { <Button label=label on_press=act look=Look::Ghost /> })}
            </div>
            <Button label=text::notice::CLOSE on_press=close look=Look::Ghost icon=Glyph::Close icon_only=true />
        </div>
    }
}
