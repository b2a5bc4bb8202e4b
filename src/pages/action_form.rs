//! The form of something to start or create. What is typed survives errors and signing in again.

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::parts::actions::form::{ActionPage, frame, named, to_sign_in};
use crate::parts::actions::inputs::{Fields, Typed};
use crate::parts::actions::{answer::Answer, connection_off, place};
use crate::parts::connected::{Connected, connected};
use crate::platform::task::Scope;
use crate::reactive::{derive, effect};
use crate::state::Console;
use crate::state::act::after::{After, after, list_href};
use crate::state::act::send::{read, send};
use crate::ui::el::{El, Node, el};
use crate::ui::{Button, Callout, Look, Tone};
use longrun_core::dialect::{ActionCall, Key, Weight};
use longrun_core::text::t;

/// The page of `/c/:conn/:kind/new`.
#[component]
pub fn ActionFormPage(conn: String, kind: String) -> Node {
    connected(conn, kind, |at| match ActionPage::find(&at, |weight| weight != Weight::Worst) {
        Some(page) => view! { <Form at=at page=page /> }.into(),
        None => ActionPage::missing(),
    })
}

#[component]
fn Form(at: Connected, page: ActionPage) -> El {
    let console = Console::here();
    let scope = Scope::current();
    let action = page.action;
    let place = place(&at);
    let list = place.list(console);
    let typed = Typed::new(action, &place, page.tenant.clone());
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let (said, copied) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let title = page.title(&place);
    let heading = title.clone();
    use_title(move || heading.clone());
    let from = named("from").map(|id| Key { id, tenant: page.tenant.clone() });
    let stored = StoredValue::new(place.clone());
    if let Some(from) = from {
        // At once where the list knows it, else as soon as somebody is signed in.
        let known = list.find(&from);
        if let Some((op, text)) = &known {
            typed.fill(op, text, place.table);
        }
        let key = StoredValue::new(from);
        let needed = StoredValue::new(known.is_none());
        effect(move |_: Option<()>| {
            let place = stored.get_value();
            if console.connections.session(&place.conn.id).is_none() || !needed.get_value() {
                return;
            }
            needed.set_value(false);
            scope.spawn(async move {
                match read(console, &place, &key.get_value()).await {
                    Ok(shown) => typed.fill(&shown.op, &shown.text, place.table),
                    Err(error) => {
                        copied.try_set(Some(error.told()));
                    }
                }
            });
        });
    }
    let go = move || {
        if busy.get_untracked() || typed.is_wrong() {
            return;
        }
        busy.set(true);
        failed.set(None);
        scope.spawn(async move {
            let place = stored.get_value();
            let call = ActionCall {
                action: action.id,
                key: typed.kind_key(&place),
                inputs: untrack(|| typed.filled()),
            };
            let outcome = send(console, &place, action, &call).await;
            busy.try_set(false);
            match outcome {
                Ok(receipt) => match after(console, &place, action, &call, receipt) {
                    After::Say(text) => {
                        said.try_set(Some(text));
                    }
                    After::Left => {}
                    After::Close => console.router.go(&list_href(console, &place)),
                },
                Err(refusal) if refusal.is_signed_out() => {
                    to_sign_in().await;
                }
                Err(refusal) => {
                    failed.try_set(Some(refusal.told()));
                }
            }
        });
    };
    let off = connection_off(console, stored, action.weight);
    let verb = action.label;
    let label = derive(move || t(if busy.get() { "Sending…" } else { verb }).to_owned());
    let alert = move || {
        failed.get().map(|says| {
            let body = el("p").class("said").text(says);
            view! { <Callout tone=Tone::Fail head="It was not done" alert=true body=body /> }
        })
    };
    let not_copied = move || {
        copied.get().map(|says| {
            let body = el("p").text(says);
            view! { <Callout tone=Tone::Warn head="The values could not be taken over" alert=true body=body /> }
        })
    };
    let answer = move || {
        let close = Callback::new(move |()| said.set(None));
        said.get().map(|says| view! { <Answer title=t(verb).to_owned() says=says on_close=close /> })
    };
    let nothing = Callback::new(|()| ());
    let back = el("a").class("btn").attr("href", list_href(console, &place)).text("Go back");
    let form = el("form")
        .class("form-page")
        .attr("aria-label", title.clone())
        .attr("novalidate", true)
        .on("submit", move |event| {
            event.prevent_default();
            if off.get_untracked().is_none() {
                go();
            }
        })
        .child(view! { <Fields typed=typed list=list /> })
        .live_child(not_copied)
        .live_child(alert)
        .child(el("div").class("row").child(
            view! { <Button label=label look=Look::Primary why_off=off on_press=nothing submit=true /> },
        ).child(back))
        .live_child(move || off.get().map(|why| el("p").class("soft").text(why)));
    frame(console, &place, &title, action.consequence, form).live_child(answer)
}
