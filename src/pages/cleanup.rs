//! Deleting by criteria: exactly what would go is looked up first, then confirmed by typing, then sent once.

use std::sync::Arc;

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::parts::actions::foreseen::{Foresight, WHAT_GOES, what_goes};
use crate::parts::actions::form::{ActionPage, frame, to_sign_in};
use crate::parts::actions::inputs::{Fields, Typed};
use crate::parts::actions::{connection_off, counted, place};
use crate::parts::connected::{Connected, connected};
use crate::platform::task::Scope;
use crate::platform::{focus, pause};
use crate::reactive::{derive, memo};
use crate::state::Console;
use crate::state::act::after::{After, after};
use crate::state::act::preview::foresee;
use crate::state::act::send::{check, send};
use crate::ui::el::{El, Node, el};
use crate::ui::{Button, Callout, Look, TextField, Tone};
use longrun_core::dialect::{ActionCall, Weight};
use longrun_core::text::{act, fill, t};
use longrun_core::view::arm;

/// The page of `/c/:conn/:kind/cleanup`.
#[component]
pub fn CleanupPage(conn: String, kind: String) -> Node {
    connected(conn, kind, |at| match ActionPage::find(&at, |weight| weight == Weight::Worst) {
        Some(page) => view! { <Cleanup at=at page=page /> }.into(),
        None => ActionPage::missing(),
    })
}

#[component]
fn Cleanup(at: Connected, page: ActionPage) -> El {
    let console = Console::here();
    let scope = Scope::current();
    let action = page.action;
    let place = place(&at);
    let list = place.list(console);
    let typed = Typed::new(action, &place, page.tenant.clone());
    let word = RwSignal::new(String::new());
    // What is being done, for the button that was pressed.
    let busy = RwSignal::new(None::<&'static str>);
    let failed = RwSignal::new(None::<String>);
    let done = RwSignal::new(None::<String>);
    let changed = RwSignal::new(false);
    let read = RwSignal::new(0_usize);
    let seen = RwSignal::new(None::<Arc<Foresight>>);
    let title = page.title(&place);
    let heading = title.clone();
    use_title(move || heading.clone());
    let one = place.table.one;
    let stored = StoredValue::new(place.clone());
    let call_now = move || {
        let place = stored.get_value();
        ActionCall { action: action.id, key: typed.kind_key(&place), inputs: typed.filled() }
    };
    // Looks up what would go. False where that failed, and says why.
    let look = move |call: ActionCall| async move {
        let place = stored.get_value();
        if let Err(error) = check(console, &place, &call) {
            failed.try_set(Some(error.to_string()));
            return None;
        }
        match foresee(console, &place, &call, read).await {
            Ok(foreseen) => Some(Arc::new(Foresight::new(call, foreseen))),
            Err(error) => {
                failed.try_set(Some(error.told()));
                None
            }
        }
    };
    let preview = Callback::new(move |()| {
        if busy.get_untracked().is_some() || typed.is_wrong() {
            return;
        }
        busy.set(Some("Looking…"));
        failed.set(None);
        done.set(None);
        changed.set(false);
        scope.spawn(async move {
            let found = look(untrack(call_now)).await;
            busy.try_set(None);
            word.try_set(String::new());
            let is_there = found.is_some();
            seen.try_set(found);
            if is_there {
                pause::next_frame().await;
                focus::by_id(WHAT_GOES);
            }
        });
    });
    let go = Callback::new(move |()| {
        let Some(before) = seen.get_untracked().filter(|_| busy.get_untracked().is_none()) else { return };
        busy.set(Some("Sending…"));
        failed.set(None);
        scope.spawn(async move {
            // Looked up once more: what is typed must fit what goes.
            let Some(again) = look(before.call.clone()).await else {
                busy.try_set(None);
                return;
            };
            if !again.is_same(&before) {
                busy.try_set(None);
                word.try_set(String::new());
                seen.try_set(Some(again));
                changed.try_set(true);
                return;
            }
            let place = stored.get_value();
            let outcome = send(console, &place, action, &before.call).await;
            busy.try_set(None);
            match outcome {
                Ok(receipt) => {
                    let says = match after(console, &place, action, &before.call, receipt) {
                        After::Say(text) => text,
                        After::Close | After::Left => t("The server accepted it.").to_owned(),
                    };
                    let says = match before.count() {
                        Some(count) => fill("{0} The preview counted {1}.", &[&says, &counted(count, one)]),
                        None => says,
                    };
                    done.try_set(Some(says));
                    seen.try_set(None);
                    word.try_set(String::new());
                }
                Err(refusal) if refusal.is_signed_out() => {
                    to_sign_in().await;
                }
                Err(refusal) => {
                    failed.try_set(Some(refusal.told()));
                }
            }
        });
    });
    let off = connection_off(console, stored, action.weight);
    let looks_off = connection_off(console, stored, Weight::Reads);
    let stale = memo(move |_| seen.with(|seen| seen.as_ref().is_some_and(|seen| seen.call != call_now())));
    let needed = memo(move |_| {
        seen.with(|seen| seen.as_ref().map(|seen| arm::word(action.label, seen.count().unwrap_or(1))))
    });
    let why_off = derive(move || {
        let blocked = seen.with(|seen| seen.as_ref().and_then(|seen| seen.blocked()));
        let stale = stale.get().then(|| t("The criteria have changed: preview again.").to_owned());
        blocked.or(stale).or_else(|| off.get()).or_else(|| {
            let needed = needed.get()?;
            (word.with(|word| word.trim() != needed)).then(|| fill("Type {0} to allow it.", &[&needed]))
        })
    });
    let button =
        derive(move || match (busy.get(), seen.with(|seen| seen.as_ref().and_then(|seen| seen.count()))) {
            (Some(busy), _) => t(busy).to_owned(),
            (None, Some(count)) => act(arm::verb(action.label), &counted(count, one)),
            (None, None) => t(action.label).to_owned(),
        });
    let looking = derive(move || match busy.get() {
        Some("Looking…") => fill("Looking… {0} read", &[&read.get().to_string()]),
        _ => t("Preview").to_owned(),
    });
    let callout = move |tone: Tone, head: &'static str, says: String| {
        let body = el("p").class("said").text(says);
        view! { <Callout tone=tone head=head alert=true body=body /> }
    };
    let alert = move || failed.get().map(|says| callout(Tone::Fail, "It was not done", says));
    let report = move || {
        done.get().map(|says| el("p").class("said").attr("role", "status").child(el("strong").text(says)))
    };
    let moved = move || {
        changed.get().then(|| {
            callout(
                Tone::Warn,
                "What would go has changed",
                t("Nothing was sent. Look again and confirm anew.").to_owned(),
            )
        })
    };
    let confirm = move || {
        seen.get().map(|seen| -> Node {
            let what = stored.with_value(|place| untrack(|| what_goes(place, &seen)));
            if seen.blocked().is_some() {
                return what.into();
            }
            let label = derive(move || fill("Type {0} to allow it", &[&needed.get().unwrap_or_default()]));
            [
                Node::from(what),
                view! { <TextField label=label value=word mono=true /> }.into(),
                el("div")
                    .class("row")
                    .child(view! { <Button label=button look=Look::Danger why_off=why_off on_press=go /> })
                    .live_child(move || why_off.get().map(|why| el("span").class("soft").text(why)))
                    .into(),
            ]
            .into()
        })
    };
    let criteria = el("form")
        .class("stack")
        .attr("aria-label", "Criteria")
        .attr("novalidate", true)
        .on("submit", move |event| {
            event.prevent_default();
            if looks_off.get_untracked().is_none() {
                preview.run(());
            }
        })
        .child(view! { <Fields typed=typed list=list /> })
        .child(el("div").class("row").child(view! {
            <Button label=looking look=Look::Primary why_off=looks_off on_press=Callback::new(|()| ()) submit=true />
        }));
    let body = el("div")
        .class("form-page")
        .child(criteria)
        .live_child(alert)
        .live_child(moved)
        .live_child(report)
        .live_child(confirm);
    frame(console, &place, &title, action.consequence, body)
}
