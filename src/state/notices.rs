//! Notices in the corner, newest last. The same words twice are one notice.

use std::borrow::Cow;

use longrun_core::text::said;

use crate::reactive::{Callback, RwSignal, Signal};

use crate::platform::timers::Timeout;
use crate::ui::{Toast, ToastTone};

/// More than these push out the oldest.
const MOST: usize = 4;
/// What worked needs no answer and goes by itself, in milliseconds.
const SHORT: i32 = 6_000;

/// All notices on the screen.
#[derive(Clone, Copy)]
pub struct Notices {
    shown: RwSignal<Vec<Toast>>,
    next: RwSignal<u64>,
}

impl Notices {
    /// None yet.
    pub fn new() -> Notices {
        Notices { shown: RwSignal::new(vec![]), next: RwSignal::new(0) }
    }

    /// What is on the screen.
    pub fn shown(self) -> Signal<Vec<Toast>> {
        self.shown.into()
    }

    /// Says that something failed; stays until it is closed.
    pub fn failed(self, head: impl Into<Cow<'static, str>>, says: impl Into<Cow<'static, str>>) {
        self.show(ToastTone::Fail, head.into(), says.into());
    }

    /// Says that something worked.
    pub fn done(self, head: impl Into<Cow<'static, str>>) {
        let id = self.show(ToastTone::Done, head.into(), Cow::Borrowed(""));
        self.close_later(id);
    }

    /// Says that something happened by itself; stays until it is closed.
    pub fn note(self, head: impl Into<Cow<'static, str>>, says: impl Into<Cow<'static, str>>) {
        self.show(ToastTone::Note, head.into(), says.into());
    }

    /// Says that something worked, and offers one thing to do about it.
    pub fn offer(self, head: impl Into<Cow<'static, str>>, label: &str, act: Callback<()>) {
        let id = self.show(ToastTone::Done, head.into(), Cow::Borrowed(""));
        let press = Callback::new(move |()| {
            self.close(id);
            act.run(());
        });
        self.shown.update(|shown| {
            if let Some(toast) = shown.iter_mut().find(|toast| toast.id == id) {
                toast.action = Some((label.to_owned(), press));
            }
        });
        self.close_later(id);
    }

    fn close_later(self, id: u64) {
        if let Some(timeout) = Timeout::new(SHORT, move || self.close(id)) {
            timeout.forget();
        }
    }

    fn show(self, tone: ToastTone, head: Cow<'static, str>, says: Cow<'static, str>) -> u64 {
        let (head, says) = (said(head).into_owned(), said(says).into_owned());
        let mut id = 0;
        self.next.update(|next| {
            *next += 1;
            id = *next;
        });
        self.shown.update(|shown| {
            shown.retain(|toast| toast.head != head || toast.says != says);
            shown.push(Toast { id, tone, head, says, action: None });
            let surplus = shown.len().saturating_sub(MOST);
            shown.drain(..surplus);
        });
        id
    }

    /// Closes a notice.
    pub fn close(self, id: u64) {
        self.shown.update(|shown| shown.retain(|toast| toast.id != id));
    }
}

impl Default for Notices {
    fn default() -> Notices {
        Notices::new()
    }
}
