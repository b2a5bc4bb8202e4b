//! The question before an action: what it is taken on, what it does on this API, what must be told with it.

use crate::reactive::prelude::*;

use super::answer::Answer;
use super::inputs::{Fields, Typed};
use super::{connection_off, counted, doing, look};
use crate::parts::cell::short;
use crate::parts::sign_in::SignInPanel;
use crate::platform::task::Scope;
use crate::platform::{focus, pause};
use crate::reactive::derive;
use crate::state::Console;
use crate::state::act::Place;
use crate::state::act::after::{After, after};
use crate::state::act::send::send;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Button, Callout, Dialog, Glyph, TextField, Tone, icon};
use longrun_core::dialect::{Action, ActionCall, Key, Reach, Weight};
use longrun_core::model::Operation;
use longrun_core::text::{fill, t};
use longrun_core::view::arm;

/// Asks, sends, and says what came of it. `on` is the operation, where the action is taken on one; `on_sent` hears when
/// the server has answered.
pub fn confirm(
    place: Place,
    action: &'static Action,
    key: Key,
    on: Option<&Operation>,
    on_close: Callback<()>,
    on_sent: Callback<()>,
) -> Node {
    let console = Console::here();
    let scope = Scope::current();
    let list = place.list(console);
    let typed = Typed::new(action, &place, key.tenant.clone());
    if let Some(op) = on {
        typed.fill(op, "", place.table);
    }
    let word = RwSignal::new(String::new());
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let said = RwSignal::new(None::<String>);
    let title = question(&place, action, &key);
    let band = format!("band-{}", place.conn.band);
    let about = about(&place, &key, on);
    let conn = place.conn.clone();
    let place = StoredValue::new(place);
    let call = StoredValue::new(key);
    let go = Callback::new(move |()| {
        if busy.get_untracked() || typed.is_wrong() {
            return;
        }
        busy.set(true);
        failed.set(None);
        scope.spawn(async move {
            let place = place.get_value();
            let call =
                ActionCall { action: action.id, key: call.get_value(), inputs: untrack(|| typed.filled()) };
            let outcome = send(console, &place, action, &call).await;
            busy.try_set(false);
            match outcome {
                Ok(receipt) => match after(console, &place, action, &call, receipt) {
                    After::Left => {}
                    After::Close => {
                        on_sent.run(());
                        on_close.run(());
                    }
                    After::Say(text) => {
                        on_sent.run(());
                        said.try_set(Some(text));
                    }
                },
                // The form to sign in appears in place, and what was typed stays.
                Err(refusal) if refusal.is_signed_out() => {
                    pause::next_frame().await;
                    focus::first("dialog .sign-in input");
                }
                Err(refusal) => {
                    failed.try_set(Some(refusal.told()));
                    on_sent.run(());
                }
            }
        });
    });
    // A question without anything to fill in is asked at once.
    let asks_at_once = action.weight == Weight::Reads && typed.is_empty();
    if asks_at_once {
        go.run(());
    }
    let off = connection_off(console, place, action.weight);
    let needed = (action.weight == Weight::Worst).then(|| arm::word(action.label, 1));
    let why_off = {
        let needed = needed.clone();
        derive(move || {
            off.get().or_else(|| {
                let needed = needed.as_ref()?;
                let typed = word.with(|word| word.trim() == needed);
                (!typed).then(|| fill("Type {0} to allow it.", &[needed]))
            })
        })
    };
    let conn_id = conn.id.clone();
    let signed_out = derive(move || console.connections.session(&conn_id).is_none());
    let sign_in = move || {
        signed_out.get().then(|| {
            let expired = Signal::stored(true);
            view! { <SignInPanel conn=conn.clone() expired=expired /> }
        })
    };
    let alert = move || {
        failed.get().map(|says| {
            let body = el("p").text(says);
            let head = if action.weight == Weight::Reads { "It was not answered" } else { "It was not done" };
            view! { <Callout tone=Tone::Fail head=head alert=true body=body /> }
        })
    };
    let button = match (action.reach, action.weight) {
        (Reach::Item, Weight::Destroys | Weight::Worst) => {
            doing(action, &counted(1, place.with_value(|place| place.table.one)))
        }
        _ => t(action.label).to_owned(),
    };
    let label = derive(move || if busy.get() { t("Sending…").to_owned() } else { button.clone() });
    let calm = action.weight < Weight::Destroys;
    let dialog = move || {
        let word_field = needed.clone().map(|needed| {
            let label = fill("Type {0} to allow it", &[&needed]);
            view! { <TextField label=label value=word mono=true /> }
        });
        let body: Node = [
            Node::from(consequence(action)),
            view! { <Fields typed=typed list=list /> }.into(),
            word_field.into(),
            live_node(sign_in.clone()),
            live_node(alert),
        ]
        .into();
        let back = if calm { "Go back" } else { "Keep it" };
        let footer: Node = [
            Node::from(
                (action.reach == Reach::Item && !asks_at_once)
                    .then(|| el("span").class("note").text("It is read again just before sending.")),
            ),
            view! { <Button label=back on_press=on_close safe=!calm /> }.into(),
            view! { <Button label=label look=look(action.weight, true) why_off=why_off on_press=go /> }
                .into(),
        ]
        .into();
        view! { <Dialog title=title.clone() on_close=on_close band=band.clone() about=about.draw() footer=footer body=body /> }
    };
    let name = t(action.label).to_owned();
    live_node(move || -> Node {
        match said.get() {
            Some(says) => view! { <Answer title=name.clone() says=says on_close=on_close /> }.into(),
            None => dialog().into(),
        }
    })
}

/// The question names verb, item and connection.
fn question(place: &Place, action: &Action, key: &Key) -> String {
    let verb = match action.reach {
        Reach::Item => doing(action, &format!("{} {}", t(place.table.one), short(&key.id))),
        Reach::Kind => t(action.label).trim_end_matches(['?', '？']).to_owned(),
    };
    fill("{0} on {1}?", &[&verb, &place.conn.name])
}

/// What it does on this API, in one sentence.
pub(super) fn consequence(action: &Action) -> El {
    let (class, glyph) = match action.weight {
        Weight::Reads | Weight::Writes => return el("p").text(action.consequence),
        Weight::Destroys => ("callout callout-warn", Glyph::Warn),
        Weight::Worst => ("callout callout-fail", Glyph::Warn),
    };
    el("div").class(class).child(icon(glyph)).child(el("p").class("head").text(action.consequence))
}

struct About(Vec<(&'static str, String)>);

/// Where, and on what.
fn about(place: &Place, key: &Key, on: Option<&Operation>) -> About {
    let mut all = vec![("where", place.conn.name.clone())];
    let tenant = key.tenant.clone().or_else(|| place.conn.tenant.clone());
    if let Some(tenant) = tenant.or_else(|| on.and_then(|op| op.tenant.as_deref().map(str::to_owned))) {
        all.push(("", format!("{} {tenant}", t(place.dialect.describe().tenant))));
    }
    if let Some(op) = on {
        let what =
            [op.kind.as_deref(), op.name.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        all.push(("", what));
        all.push(("mono", op.id.to_string()));
    }
    About(all)
}

impl About {
    fn draw(&self) -> Node {
        let one = |(class, text): &(&'static str, String)| -> El {
            let swatch = (*class == "where").then(|| el("span").class("swatch"));
            el("span").class(*class).child(swatch).text(text.clone())
        };
        let all = self.0.iter().filter(|(_, text)| !text.is_empty()).map(one);
        el("p").child(all.collect::<Node>()).into()
    }
}
