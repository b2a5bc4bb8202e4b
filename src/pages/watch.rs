//! The watchlist: what somebody keeps an eye on, across connections.

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::parts::asked::page_head;
use crate::parts::watchlist::{entries, none, remove};
use crate::platform::notify::Permission;
use crate::platform::visibility;
use crate::reactive::{derive, effect, memo};
use crate::state::Console;
use crate::state::keeper::says;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Button, Callout, Empty, Look, Tone};
use longrun_core::text::{fill, t};

/// The page of `/watch`.
#[component]
pub fn WatchPage() -> El {
    let console = Console::here();
    let watch = console.watch;
    use_title(|| t("Watchlist").to_owned());
    // Whoever has the page before them looks at what ended; it stays marked until they leave.
    let looked = RwSignal::new(Vec::<String>::new());
    let visible = visibility::visible();
    effect(move |_: Option<()>| {
        if !visible.get() {
            return;
        }
        for entry in watch.entries().into_iter().filter(|entry| entry.kept.unseen) {
            let key = entry.kept.key();
            watch.seen(&key);
            looked.update(|looked| looked.push(key));
        }
    });
    let ended = memo(move |_| {
        let all = watch.entries();
        all.iter().filter(|entry| entry.kept.is_over()).map(|entry| entry.kept.key()).collect::<Vec<_>>()
    });
    let remove_ended = move || {
        let keys = ended.get();
        let label = fill("Remove {0} ended", &[&keys.len().to_string()]);
        let press = Callback::new(move |()| remove(console, &ended.get_untracked()));
        (!keys.is_empty()).then(|| view! { <Button label=label on_press=press /> })
    };
    let about = t(
        "Operations that you keep an eye on. They are followed while the console is open, whatever page is on the screen.",
    );
    let actions = [notices(console), live_node(remove_ended)];
    let head = page_head("", t("Watchlist").to_owned(), about, actions.into());
    let any = memo(move |_| watch.counts().0 > 0);
    let list = move || -> Node {
        if any.get() {
            el("section")
                .class("panel")
                .attr("aria-label", t("Watched operations"))
                .child(entries(console, Some(looked)))
                .into()
        } else if watch.ready.get() {
            view! { <Empty head=t("Nothing is watched") says=none() /> }.into()
        } else {
            Node::None
        }
    };
    el("div")
        .class("page")
        .child(head)
        .live_child(move || denied(console))
        .live_child(move || {
            let trouble = console.keeper.trouble.get().map(says)?;
            let body = el("p").text(trouble);
            let callout = view! { <Callout tone=Tone::Warn head=t("Kept only until the page is reloaded") body=body /> };
            Some(el("div").class("notice").child(callout))
        })
        .child(el("div").class("page-body").live_child(list))
}

/// The button that turns notices on the desktop on and off.
fn notices(console: Console) -> Node {
    let desktop = console.watch.desktop;
    let on = derive(move || Some(desktop.get() == (true, Permission::Granted)));
    let press = Callback::new(move |()| console.watch.turn_desktop());
    let why_off = derive(move || {
        (desktop.get().1 == Permission::Missing)
            .then(|| t("This browser has no notices on the desktop.").to_owned())
    });
    view! { <Button label=t("Notify me on this desktop") look=Look::Plain on_press=press pressed=on why_off=why_off /> }
        .into()
}

/// Said where notices were wanted and the browser does not let them through.
fn denied(console: Console) -> Option<El> {
    let (wanted, permission) = console.watch.desktop.get();
    let says = match permission {
        Permission::Denied => t(
            "The browser does not let this page show notices on the desktop; its settings for this site can change that. Here, on the tab's title and on its icon you see all the same when something ends.",
        ),
        Permission::Unasked => {
            t("The browser's question was not answered, so no notices are shown on the desktop.")
        }
        _ => return None,
    };
    let body = el("p").text(says);
    let callout = view! { <Callout tone=Tone::Note head=t("No notices on the desktop") body=body /> };
    wanted.then(|| el("div").class("notice").attr("role", "status").child(callout))
}
