//! What this browser keeps for the console: how much, of what, and the way to remove it, by kind or as a whole.

use crate::reactive::prelude::*;

use crate::platform::storage::{self, Area};
use crate::platform::{store, task};
use crate::reactive::derive;
use crate::state::Console;
use crate::state::keeper::says;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Button, Dialog, Look, size_text};
use longrun_core::text::{fill, t};

/// What is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Watched,
    Views,
    Connections,
    Preferences,
    Sessions,
    Everything,
}

impl Kind {
    const PARTS: [Kind; 5] =
        [Kind::Watched, Kind::Views, Kind::Connections, Kind::Preferences, Kind::Sessions];

    /// One of them, several of them, and what removing them means.
    fn words(self) -> [&'static str; 3] {
        match self {
            Kind::Watched => [
                "1 watched operation",
                "{0} watched operations",
                "The watchlist is empty then; of an API that has no list, its list too. Nothing on any server changes.",
            ],
            Kind::Views => ["1 saved view", "{0} saved views", "Lists stay as they are on the screen."],
            Kind::Connections => [
                "1 own connection",
                "{0} own connections",
                "They go with their sessions. What the configuration declares stays. Nothing on any server changes.",
            ],
            Kind::Preferences => {
                ["1 preference", "{0} preferences", "Theme, times and the like are as at first."]
            }
            Kind::Sessions => [
                "1 session of this tab",
                "{0} sessions of this tab",
                "You sign in again where you need it. The servers are not told: these tokens end by themselves.",
            ],
            Kind::Everything => [
                "1 entry",
                "{0} entries",
                "Your own connections, watched operations, views, preferences and sessions in this tab go. Nothing on any server changes.",
            ],
        }
    }

    fn count(self, console: Console) -> usize {
        let lasting = || storage::keys(Area::Lasting, "longrun.").unwrap_or_default();
        match self {
            Kind::Watched => console.watch.counts().0,
            Kind::Views => console.views.count(),
            Kind::Connections => own(console).len(),
            Kind::Preferences => lasting().iter().filter(|key| is_preference(key)).count(),
            Kind::Sessions => storage::keys(Area::Session, "longrun.session.").unwrap_or_default().len(),
            Kind::Everything => Kind::PARTS.into_iter().map(|kind| kind.count(console)).sum(),
        }
    }

    fn counted(self, count: usize) -> String {
        let [one, many, _] = self.words();
        if count == 1 { t(one).to_owned() } else { fill(many, &[&count.to_string()]) }
    }

    fn remove(self, console: Console) -> Result<(), storage::StorageError> {
        match self {
            Kind::Watched => console.watch.forget_everything(),
            Kind::Views => console.views.forget_everything(),
            Kind::Connections => own(console).iter().for_each(|id| console.connections.remove(id)),
            Kind::Preferences => {
                for key in storage::keys(Area::Lasting, "longrun.")?.iter().filter(|key| is_preference(key)) {
                    storage::remove(Area::Lasting, key)?;
                }
                console.settings.reset();
                console.watch.keep_desktop(false);
            }
            Kind::Sessions => console.connections.forget_sessions(),
            Kind::Everything => {
                console.settings.wipe()?;
                console.connections.forget_everything();
                console.watch.keep_desktop(false);
                console.watch.forget_everything();
                console.views.forget_everything();
            }
        }
        Ok(())
    }
}

fn own(console: Console) -> Vec<String> {
    let all = console.connections.all().unwrap_or_default();
    all.iter().filter(|conn| conn.own).map(|conn| conn.id.clone()).collect()
}

fn is_preference(key: &str) -> bool {
    !key.starts_with("longrun.connections") && !key.starts_with("longrun.watch.")
}

/// The section of the settings.
pub fn kept() -> Node {
    let console = Console::here();
    let ask = RwSignal::new(None::<Kind>);
    // Counted anew when something was removed.
    let turn = RwSignal::new(0_u32);
    let used = RwSignal::new(None::<(f64, f64)>);
    task::scoped(async move { used.try_set(store::estimate().await) });
    let lines = move || {
        turn.track();
        let line = |kind: Kind| {
            let count = kind.count(console);
            (count > 0).then(|| line(kind, count, ask))
        };
        el("ul")
            .class("list")
            .attr("aria-label", t("What is kept"))
            .child(Kind::PARTS.into_iter().filter_map(line).collect::<Node>())
    };
    let total = derive(move || {
        turn.track();
        if let Err(error) = storage::keys(Area::Lasting, "longrun.") {
            return error.to_string();
        }
        let count = Kind::Everything.counted(Kind::Everything.count(console));
        let used = used.get().map(|(used, quota)| {
            fill("this site uses {0} of {1} that the browser grants it.", &[&size(used), &size(quota)])
        });
        fill(
            "{0}, {1}",
            &[
                &count,
                &used.unwrap_or_else(|| t("the browser does not tell how much room they take.").to_owned()),
            ],
        )
    });
    let everything = Callback::new(move |()| ask.set(Some(Kind::Everything)));
    let section = el("section")
        .class("stack-s")
        .attr("aria-labelledby", "kept")
        .child(el("h2").attr("id", "kept").text(t("Kept in this browser")))
        .child(el("p").class("soft").live_text(move || total.get()))
        .live_child(move || console.keeper.trouble.get().map(|error| el("p").class("soft").text(says(error))))
        .child(el("div").class("panel kept").live_child(lines))
        .child(
            el("p").class("soft").text(t(
                "Tokens stay in this tab and go with it. Keys, secrets and passwords are never kept.",
            )),
        )
        .child(el("div").class("row").child(view! {
            <Button label=t("Remove everything kept here…") look=Look::DangerQuiet on_press=everything />
        }));
    let done = Callback::new(move |()| {
        turn.update(|turn| *turn += 1);
        task::scoped(async move { used.try_set(store::estimate().await) });
    });
    let dialog = live_node(move || ask.get().map(|kind| question(console, kind, ask, done)));
    [section.into(), dialog].into()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of storage are far below it"
)]
fn size(bytes: f64) -> String {
    const GIGA: f64 = 1_000_000_000.0;
    if bytes >= GIGA {
        fill("{0} GB", &[&((bytes / GIGA) as u64).to_string()])
    } else {
        size_text(bytes.max(0.0) as usize)
    }
}

fn line(kind: Kind, count: usize, ask: RwSignal<Option<Kind>>) -> El {
    let counted = kind.counted(count);
    let press = Callback::new(move |()| ask.set(Some(kind)));
    let label = fill("Remove {0}…", &[&counted]);
    el("li")
        .class("item")
        .child(el("span").text(counted))
        .child(view! { <Button label=label look=Look::DangerQuiet on_press=press /> })
}

fn question(console: Console, kind: Kind, ask: RwSignal<Option<Kind>>, done: Callback<()>) -> Node {
    let keep = Callback::new(move |()| ask.set(None));
    let count = untrack(|| kind.count(console));
    let counted = kind.counted(count);
    let act = Callback::new(move |()| {
        ask.set(None);
        match untrack(|| kind.remove(console)) {
            Ok(()) => console.notices.done(fill("{0} removed", &[&kind.counted(count)])),
            Err(error) => console.notices.failed(t("Nothing was removed"), error.to_string()),
        }
        done.run(());
    });
    let [_, _, means] = kind.words();
    let everything = kind == Kind::Everything;
    let (title, label) = if everything {
        let title = t("Remove everything that this console keeps in this browser?").to_owned();
        (title, t("Remove it and sign out everywhere").to_owned())
    } else {
        (fill("Remove {0} from this browser?", &[&counted]), fill("Remove {0}", &[&counted]))
    };
    let footer = Node::from([
        view! { <Button label=t("Keep it") on_press=keep safe=true /> },
        view! { <Button label=label look=Look::Danger on_press=act /> },
    ]);
    let body = Node::from([el("p").text(t(means)), el("p").class("soft").text(counted)]);
    view! { <Dialog title=title on_close=keep footer=footer body=body /> }.into()
}
