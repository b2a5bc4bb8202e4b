//! Where an API has no list: the form that remembers an operation by its id.

use crate::reactive::prelude::*;

use super::connected::Connected;
use crate::state::Console;
use crate::state::watch::{Watched, named};
use crate::ui::el::{El, el};
use crate::ui::{Button, Glyph, Look, TextField, live};
use longrun_core::text::{fill, t};

/// The form above the list.
pub fn watch_form(at: &Connected) -> El {
    let console = Console::here();
    let announcer = live::Announcer::current();
    let (pasted, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<String>);
    let (conn, kind, dialect, one) = (at.conn.id.clone(), at.kind, at.dialect, at.table.one);
    let add = move || {
        let Some(id) = pasted.with_untracked(|text| dialect.recognise(text)) else {
            wrong.set(Some(fill("No {0} ID was found in this.", &[t(one)])));
            return;
        };
        let note_text = note.get_untracked().trim().to_owned();
        if console.watch.add(Watched { note: note_text, ..named(&conn, kind, &id, None) }, None) {
            if let Some(announcer) = announcer {
                announcer.say(fill("{0} was added", &[&id]));
            }
            pasted.set(String::new());
            note.set(String::new());
            wrong.set(None);
        } else {
            wrong.set(Some(t("It is in the list already.").to_owned()));
        }
    };
    let nothing = Callback::new(|()| ());
    el("form")
        .class("watch-form")
        .attr("aria-label", fill("Add an {0}", &[t(one)]))
        .attr("novalidate", true)
        .on("submit", move |event| {
            event.prevent_default();
            add();
        })
        .child(view! { <TextField label="ID, URL or Location header" value=pasted mono=true wrong=wrong /> })
        .child(view! { <TextField label="Note" value=note placeholder="Optional" /> })
        .child(
            view! { <Button label="Add" look=Look::Primary icon=Glyph::Plus on_press=nothing submit=true /> },
        )
}
