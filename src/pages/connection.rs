//! Connections: a form for a new one, the settings of one that exists, and a test that shows each step.

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::parts::config_problems::ConfigProblems;
use crate::parts::connected::connected;
use crate::parts::connection_form::connection_form;
use crate::parts::probe::Probe;
use crate::parts::sign_in::SignInPanel;
use crate::parts::status_bar::grouped;
use crate::parts::summary::capital;
use crate::platform::task::Scope;
use crate::reactive::memo;
use crate::routes::Route;
use crate::state::Console;
use crate::ui::el::{El, Node, el, live_node, sentence};
use crate::ui::{Button, Dialog, Glyph, Look};
use longrun_core::text::{fill, t};
use longrun_core::time::{Millis, SECOND, duration};
use longrun_core::view::config::{Connection, SignIn};

/// The page of `/c/new`.
#[component]
pub fn NewConnection() -> El {
    let console = Console::here();
    use_title(|| t("Add a connection").to_owned());
    // The form is drawn anew only where the answer changes: what is typed before the configuration came stays.
    let may = memo(move |_| console.connections.config().is_none_or(|config| config.allow_other_connections));
    let titles = el("div")
        .class("titles")
        .child(el("h1").text("Add a connection"))
        .child(el("p").text("It stays in this browser. It holds no password; you sign in afterwards."));
    let body = el("div").class("page-body").live_child(move || -> Node {
        if may.get() {
            connection_form(None).into()
        } else {
            el("p").text("The deployer of this console allows only the connections it declares.").into()
        }
    });
    el("div")
        .class("page")
        .child(view! { <ConfigProblems /> })
        .child(el("div").class("page-head").child(titles))
        .child(body)
}

/// The page of `/c/:conn/settings`.
#[component]
pub fn ConnectionSettings(conn: String) -> Node {
    connected(conn, String::new(), |at| view! { <Settings conn=at.conn /> }.into())
}

#[component]
fn Settings(conn: Connection) -> Node {
    let console = Console::here();
    let title = fill("Connection {0}", &[&conn.name]);
    let heading = title.clone();
    use_title(move || title.clone());
    let own = conn.own;
    let ask = RwSignal::new(false);
    let remove = own.then(|| {
        let press = Callback::new(move |()| ask.set(true));
        el("div").class("actions").child(view! {
            <Button label="Remove connection…" look=Look::DangerQuiet icon=Glyph::Trash on_press=press />
        })
    });
    let from = if own { "{0}, kept in this browser" } else { "{0}, declared in config.json" };
    let about = conn.dialect().map_or("", |dialect| t(dialect.describe().title));
    let about = el("p").text(fill(from, &[about]));
    let titles = el("div").class("titles").child(el("h1").text(heading)).child(about);
    let head = el("div").class(format!("page-head band-{}", conn.band)).child(titles).child(remove);
    let body = el("div")
        .class("page-body")
        .child(panel("Session", "Session", session(console, conn.clone())))
        .child(view! { <Probe conn=conn.clone() /> })
        .child(requests_left(console, conn.id.clone()))
        .child(if own {
            panel("Edit", "Edit", connection_form(Some(&conn)).into())
        } else {
            declared(&conn)
        });
    let dialog = live_node(move || ask.get().then(|| remove_dialog(console, ask, &conn)));
    [el("div").class("page").child(head).child(body).into(), dialog].into()
}

/// Who is signed in and until when, or the form to do so.
fn session(console: Console, conn: Connection) -> Node {
    let id = conn.id.clone();
    let session = memo(move |_| console.connections.session(&id));
    let scope = Scope::current();
    let stored = StoredValue::new(conn);
    let sign_out = Callback::new(move |()| {
        scope.spawn(async move { console.connections.sign_out(&stored.get_value()).await });
    });
    live_node(move || -> Node {
        let Some(session) = session.get() else {
            return view! { <SignInPanel conn=stored.get_value() expired=false /> }.into();
        };
        let who = match &session.user {
            Some(user) => sentence("Signed in as {0}.", &mut |_| el("strong").text(user.clone()).into()),
            None => "Signed in with a pasted token.".into(),
        };
        let until =
            session.expires.map(|at| fill("The token ends at {0}.", &[&console.settings.exact_text(at)]));
        let says = el("p").child(who).text(" ").child(until);
        let row = el("div")
            .class("row")
            .child(view! { <Button label="Sign out" icon=Glyph::SignOut on_press=sign_out /> });
        [says, row].into()
    })
}

/// How much the server still lets one ask, where it tells.
fn requests_left(console: Console, id: String) -> Node {
    live_node(move || {
        let (rate, at) = console.connections.rate(&id)?;
        let left = rate.remaining?;
        let figure = |count: u64| grouped(usize::try_from(count).unwrap_or(usize::MAX));
        let says = match rate.limit {
            Some(limit) => fill("{0} of {1} requests left", &[&figure(left), &figure(limit)]),
            None => fill("{0} requests left", &[&figure(left)]),
        };
        let more = rate.reset.map(|seconds| {
            let end = Millis(
                at.0.saturating_add(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(SECOND)),
            );
            el("span").live_text(move || {
                let wait = end.since(console.now.get()).max(0);
                fill("More in {0}.", &[&duration(wait / SECOND * SECOND)])
            })
        });
        let note = "The server counts for everyone who shares this account. The console asks less often when little is left.";
        let body = [
            el("p").child(el("strong").attr("role", "status").text(says)).text(". ").child(more),
            el("p").class("quiet").text(note),
        ];
        Some(panel("Requests", "Requests", body.into()))
    })
}

/// A panel and its head; the body follows.
fn panel(name: &'static str, head: &'static str, body: Node) -> El {
    let body = el("div").class("body stack").child(el("h2").text(head)).child(body);
    el("section").class("panel").attr("aria-label", name).child(body)
}

fn declared(conn: &Connection) -> El {
    let SignIn { url, project, kind } = conn.sign_in.clone();
    let asks = kind.asks();
    let about = conn.dialect().map(|dialect| dialect.describe());
    let tenant = about.map_or("tenant", |about| about.tenant);
    let has_tenants = about.is_some_and(|about| about.kinds.iter().any(|kind| kind.can.tenant_by.is_some()));
    let fact = |what: &'static str, class: Option<&'static str>, value: String| {
        el("div").child(el("dt").text(capital(t(what)))).child(el("dd").class(class).text(value))
    };
    let mono = Some("mono");
    let pinned = conn.tenant.clone().unwrap_or_else(|| t("not pinned").to_owned());
    let facts = vec![
        Some(fact("ID", mono, conn.id.clone())),
        Some(fact("Base", mono, conn.base.clone())),
        Some(fact("Sign-in", None, t(asks.label).to_owned())),
        asks.url.then(|| fact("Sign-in URL", mono, url)),
        asks.project.then(|| fact("Project", mono, project)),
        has_tenants.then(|| fact(tenant, mono, pinned)),
        (!conn.start.is_empty()).then(|| fact("Opens with", mono, conn.start.clone())),
        Some(fact("Mode", None, t(conn.mode.label()).to_owned())),
        Some(fact("Refresh", None, conn.pace.to_string())),
        Some(fact("Requests per hour", None, conn.requests_per_hour.to_string())),
    ];
    panel("Declared", "As declared", el("dl").class("facts").child(facts).into())
}

fn remove_dialog(console: Console, ask: RwSignal<bool>, conn: &Connection) -> Node {
    let keep = Callback::new(move |()| ask.set(false));
    let (id, name) = (conn.id.clone(), conn.name.clone());
    let title = fill("Remove the connection {0} from this browser?", &[&name]);
    let remove = Callback::new(move |()| {
        ask.set(false);
        console.router.go(&console.router.href(&Route::Home, ""));
        console.connections.remove(&id);
        console.notices.done(fill("{0} was removed", &[&name]));
    });
    let footer = Node::from([
        view! { <Button label="Keep it" on_press=keep safe=true /> },
        view! { <Button label="Remove 1 connection" look=Look::Danger on_press=remove /> },
    ]);
    let body = el("p").text("Its settings and its session in this tab go. Nothing on the server changes.");
    view! { <Dialog title=title on_close=keep footer=footer body=body /> }.into()
}
