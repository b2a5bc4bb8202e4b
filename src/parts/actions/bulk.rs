//! One action on many operations: the question before it, and the report while it runs and after.

use crate::reactive::prelude::*;

use super::confirm::consequence;
use super::inputs::{Fields, Typed};
use super::selection::{chosen, hidden_word};
use super::{connection_off, doing, look};
use crate::parts::cell::short;
use crate::parts::sign_in::SignInPanel;
use crate::reactive::{derive, memo};
use crate::state::Console;
use crate::state::act::Place;
use crate::state::act::run::{Run, RunPace};
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Button, Callout, Dialog, Glyph, Look, TextField, Tone, icon_s};
use longrun_core::dialect::{Action, Key, Weight};
use longrun_core::model::Operation;
use longrun_core::text::{fill, t};
use longrun_core::view::arm;
use longrun_core::view::bulk::{Counts, Fate, Fit};
use longrun_core::view::watch::name_of;

/// Asks before it begins: how many it will be done to, and which are left out and why.
pub fn bulk_confirm(
    place: Place,
    action: &'static Action,
    ops: &[Operation],
    hidden: usize,
    on_close: Callback<()>,
) -> Node {
    let console = Console::here();
    let fit = Fit::of(action, ops);
    let count = fit.ready.len();
    let keys: Vec<Key> = fit.ready.iter().filter_map(|at| ops.get(*at)).map(|op| place.key_of(op)).collect();
    let typed = Typed::new(action, &place, None);
    let list = place.list(console);
    let word = RwSignal::new(String::new());
    let what = chosen(&place, count);
    let title = fill("{0} on {1}?", &[&doing(action, &what), &place.conn.name]);
    let button = doing(action, &what);
    let band = format!("band-{}", place.conn.band);
    let about = el("p")
        .child(el("span").class("where").child(el("span").class("swatch")).text(place.conn.name.clone()))
        .child(el("span").text(fill("{0} of {1} selected", &[&count.to_string(), &ops.len().to_string()])))
        .child((hidden > 0).then(|| el("span").class("why").text(hidden_word(hidden))));
    // By name, and at once where nobody can see all of them behind the dialog.
    let which: Vec<String> =
        fit.ready.iter().filter_map(|at| ops.get(*at)).map(|op| [&*op.id, &name_of(op)].join("  ")).collect();
    let which = (count > 0).then(|| {
        let label = fill("Show the {0}", &[&what]);
        let list = el("pre")
            .class("fates")
            .attr("tabindex", "0")
            .attr("role", "group")
            .attr("aria-label", what.clone());
        el("details")
            .class("fold")
            .attr("open", hidden > 0)
            .child(el("summary").child(icon_s(Glyph::Right)).text(label))
            .child(list.text(which.join("\n")))
    });
    let place = StoredValue::new(place);
    let go = {
        let keys = StoredValue::new(keys);
        Callback::new(move |()| {
            if typed.is_wrong() {
                return;
            }
            let inputs = untrack(|| typed.filled());
            on_close.run(());
            console.acting.begin_run(console, place.get_value(), action, keys.get_value(), inputs);
        })
    };
    let off = connection_off(console, place, action.weight);
    let needed = (action.weight == Weight::Worst).then(|| arm::word(action.label, count));
    let word_field = needed.clone().map(|needed| {
        let label = fill("Type {0} to allow it", &[&needed]);
        view! { <TextField label=label value=word mono=true /> }
    });
    let why_off = derive(move || {
        off.get().or_else(|| {
            let needed = needed.as_ref()?;
            let typed = word.with(|word| word.trim() == needed);
            (!typed).then(|| fill("Type {0} to allow it.", &[needed]))
        })
    });
    let skipped = ops.len() - count;
    let left_out = (skipped > 0).then(|| {
        let lines: Node = fit
            .off
            .iter()
            .flat_map(|(why, which)| which.iter().filter_map(|at| ops.get(*at)).map(move |op| (op, *why)))
            .map(|(op, why)| line(&op.id, t(why)))
            .collect();
        el("details")
            .class("fold")
            .attr("open", true)
            .child(
                el("summary")
                    .child(icon_s(Glyph::Right))
                    .text(fill("{0} selected will be left out", &[&skipped.to_string()])),
            )
            .child(el("ul").class("fates").child(lines))
    });
    let body: Node = [
        Node::from(consequence(action)),
        which.into(),
        view! { <Fields typed=typed list=list /> }.into(),
        left_out.into(),
        word_field.into(),
    ]
    .into();
    let footer: Node = [
        Node::from(el("span").class("note").text("Each is read again just before sending.")),
        view! { <Button label="Keep them" on_press=on_close safe=true /> }.into(),
        view! { <Button label=button look=look(action.weight, true) why_off=why_off on_press=go /> }.into(),
    ]
    .into();
    view! { <Dialog title=title on_close=on_close band=band about=about footer=footer body=body /> }.into()
}

fn line(id: &str, says: &str) -> El {
    el("li")
        .child(el("span").class("mono").attr("title", id.to_owned()).text(short(id)))
        .child(el("span").text(says.to_owned()))
}

/// How far the run is, and what became of each. Closing it while it goes on stops it.
#[component]
pub fn BulkReport(on_close: Callback<()>) -> Node {
    let console = Console::here();
    let acting = console.acting;
    let with = move |read: &dyn Fn(&Run) -> String| {
        acting.run.with(|run| run.as_ref().map(read)).unwrap_or_default()
    };
    let counts =
        memo(move |_| acting.run.with(|run| run.as_ref().map(|run| run.bulk.counts())).unwrap_or_default());
    let pace = memo(move |_| {
        acting.run.with(|run| run.as_ref().map(|run| run.pace.clone())).unwrap_or(RunPace::Over)
    });
    let total =
        acting.run.with_untracked(|run| run.as_ref().map(|run| run.bulk.items().len())).unwrap_or_default();
    let Some(conn) = acting.run.with_untracked(|run| run.as_ref().map(|run| run.place.conn.clone())) else {
        return Node::None;
    };
    let title = derive(move || with(&|run| doing(run.action, &chosen(&run.place, total))));
    let band = format!("band-{}", conn.band);
    let is_going = memo(move |_| matches!(pace.get(), RunPace::Going | RunPace::Stopping));
    let progress = el("div")
        .class("stack")
        .child(
            el("progress")
                .attr("max", total.to_string())
                .attr("aria-label", "Progress")
                .live("value", move || counts.get().settled().to_string()),
        )
        .child(el("p").attr("role", "status").live_text(move || {
            let waits = acting.run.with(|run| run.as_ref().is_some_and(|run| run.waits));
            let says = says(counts.get(), total, &pace.get());
            if waits { fill("{0}, waiting for the hourly budget", &[&says]) } else { says }
        }));
    let held = move || match pace.get() {
        RunPace::Held(why) if counts.get().waiting > 0 => {
            let body =
                el("p").text(fill("{0} {1} are not done yet.", &[&why, &counts.get().waiting.to_string()]));
            Some(view! { <Callout tone=Tone::Warn head="It has stopped" alert=true body=body /> })
        }
        _ => None,
    };
    let id = conn.id.clone();
    let signed_out = memo(move |_| console.connections.session(&id).is_none());
    let sign_in = move || {
        signed_out.get().then(|| {
            let expired = Signal::stored(true);
            view! { <SignInPanel conn=conn.clone() expired=expired /> }
        })
    };
    let fates = move || {
        let _ = counts.get();
        acting.run.with_untracked(|run| {
            run.as_ref().map(|run| {
                [
                    told(run, "Failed", |fate| match fate {
                        Fate::Failed(why) => Some(why),
                        _ => None,
                    }),
                    told(run, "The answer does not tell whether it was done", |fate| match fate {
                        Fate::Unclear(why) => Some(why),
                        _ => None,
                    }),
                    told(run, "Left out", |fate| match fate {
                        Fate::Skipped(why) => Some(why),
                        _ => None,
                    }),
                ]
            })
        })
    };
    // Escape in the middle must not hide what goes on.
    let close = Callback::new(move |()| {
        if is_going.get_untracked() {
            acting.stop_run();
        } else {
            on_close.run(());
        }
    });
    let stop = Callback::new(move |()| acting.stop_run());
    let on = Callback::new(move |()| acting.resume_run(console));
    let again = Callback::new(move |()| acting.retry_run(console));
    let buttons = move || -> Node {
        let counts = counts.get();
        match pace.get() {
            RunPace::Going => view! { <Button label="Stop" on_press=stop safe=true /> }.into(),
            RunPace::Stopping => {
                let why = Some(t("It stops after the one under way.").to_owned());
                view! { <Button label="Stop" on_press=stop why_off=why /> }.into()
            }
            RunPace::Held(_) | RunPace::Over => {
                let retry = (counts.failed > 0).then(|| {
                    let label = fill("Retry the {0} failed", &[&counts.failed.to_string()]);
                    view! { <Button label=label on_press=again /> }
                });
                let go_on = (counts.waiting > 0).then(|| {
                    let label = fill("Go on with {0}", &[&counts.waiting.to_string()]);
                    view! { <Button label=label look=Look::Primary on_press=on /> }
                });
                [
                    Node::from(view! { <Button label="Close" on_press=on_close safe=true /> }),
                    retry.into(),
                    go_on.into(),
                ]
                .into()
            }
        }
    };
    let body: Node = [progress.into(), live_node(held), live_node(sign_in), live_node(fates)].into();
    let footer = live_node(buttons);
    view! { <Dialog title=title on_close=close band=band footer=footer body=body /> }.into()
}

fn says(counts: Counts, total: usize, pace: &RunPace) -> String {
    let mut says = fill("{0} of {1}", &[&counts.settled().to_string(), &total.to_string()]);
    let parts = [
        (counts.done, "{0}, {1} done"),
        (counts.requested, "{0}, {1} requested"),
        (counts.failed, "{0}, {1} failed"),
        (counts.unclear, "{0}, {1} unclear"),
        (counts.skipped, "{0}, {1} left out"),
    ];
    for (count, pattern) in parts {
        if count > 0 {
            says = fill(pattern, &[&says, &count.to_string()]);
        }
    }
    if *pace == RunPace::Stopping {
        says = fill("{0}, stopping", &[&says]);
    }
    says
}

fn told(run: &Run, head: &'static str, pick: fn(&Fate) -> Option<&String>) -> Node {
    let lines: Vec<El> =
        run.bulk.items().iter().filter_map(|item| Some(line(&item.key.id, pick(&item.fate)?))).collect();
    let count = lines.len();
    (count > 0)
        .then(|| {
            el("section")
                .attr("aria-label", head)
                .child(el("h3").text(format!("{}: {count}", t(head))))
                .child(el("ul").class("fates").attr("tabindex", "0").attr("aria-label", head).child(lines))
        })
        .into()
}
