//! Connections: a form for a new one, the settings of one that exists, and a test that shows each step.

use leptos::prelude::*;

use crate::app::use_title;
use crate::parts::config_problems::ConfigProblems;
use crate::parts::connected::connected;
use crate::parts::probe::Probe;
use crate::parts::sign_in::SignInPanel;
use crate::platform::task::Scope;
use crate::reactive::{derive, memo};
use crate::routes::Route;
use crate::state::Console;
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Button, Choice, ChoiceGroup, Dialog, Glyph, Look, SelectField, SelectOption, TextField};
use longrun_core::dialect;
use longrun_core::view::config::{
    BANDS, Connection, Mode, REQUESTS_PER_HOUR, SignIn, SignInKind, check_id, check_url,
};
use longrun_core::view::poll::Pace;

/// The page of `/c/new`.
#[component]
pub fn NewConnection() -> El {
    let console = Console::here();
    use_title(|| "Add a connection".to_owned());
    // The form is drawn anew only where the answer changes: what is typed before the configuration came stays.
    let may = memo(move |_| console.connections.config().is_none_or(|config| config.allow_other_connections));
    let titles = el("div")
        .class("titles")
        .child(el("h1").text("Add a connection"))
        .child(el("p").text("It stays in this browser. It holds no password; you sign in afterwards."));
    let body = el("div").class("page-body").live_child(move || -> Node {
        if may.get() {
            view! { <ConnectionForm old=None /> }.into()
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
    let title = format!("Connection {}", conn.name);
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
    let from = if own { ", kept in this browser" } else { ", declared in config.json" };
    let about = conn.dialect().map(|dialect| dialect.describe().title);
    let titles =
        el("div").class("titles").child(el("h1").text(heading)).child(el("p").child(about).text(from));
    let head = el("div").class(format!("page-head band-{}", conn.band)).child(titles).child(remove);
    let body = el("div")
        .class("page-body")
        .child(panel("Session", "Session", session(console, conn.clone())))
        .child(view! { <Probe conn=conn.clone() /> })
        .child(if own {
            panel("Edit", "Edit", view! { <ConnectionForm old=Some(conn.clone()) /> }.into())
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
        let signed_in = if session.user.is_some() { "Signed in as " } else { "Signed in " };
        let who = session.user.clone().unwrap_or_else(|| "with a pasted token".to_owned());
        let until =
            session.expires.map(|at| format!(" The token ends at {}.", console.settings.exact_text(at)));
        let says = el("p").text(signed_in).child(el("strong").text(who)).text(".").child(until);
        let row = el("div")
            .class("row")
            .child(view! { <Button label="Sign out" icon=Glyph::SignOut on_press=sign_out /> });
        [says, row].into()
    })
}

/// A panel and its head; the body follows.
fn panel(name: &'static str, head: &'static str, body: Node) -> El {
    let body = el("div").class("body stack").child(el("h2").text(head)).child(body);
    el("section").class("panel").attr("aria-label", name).child(body)
}

fn declared(conn: &Connection) -> El {
    let SignIn { url, project, .. } = conn.sign_in.clone();
    let fact = |what: &'static str, class: Option<&'static str>, value: String| {
        el("div").child(el("dt").text(what)).child(el("dd").class(class).text(value))
    };
    let mono = Some("mono");
    let facts = [
        fact("ID", mono, conn.id.clone()),
        fact("Base", mono, conn.base.clone()),
        fact("Sign-in", mono, url),
        fact("Project", mono, project),
        fact("Tenant", mono, conn.tenant.clone().unwrap_or_else(|| "not pinned".to_owned())),
        fact("Mode", None, conn.mode.label().to_owned()),
        fact("Refresh", None, conn.pace.to_string()),
        fact("Requests per hour", None, conn.requests_per_hour.to_string()),
    ];
    panel("Declared", "As declared", el("dl").class("facts").child(facts).into())
}

fn remove_dialog(console: Console, ask: RwSignal<bool>, conn: &Connection) -> Node {
    let keep = Callback::new(move |()| ask.set(false));
    let (id, name) = (conn.id.clone(), conn.name.clone());
    let title = format!("Remove the connection {name} from this browser?");
    let remove = Callback::new(move |()| {
        ask.set(false);
        console.router.go(&console.router.href(&Route::Home, ""));
        console.connections.remove(&id);
        console.notices.done(format!("{name} was removed"));
    });
    let footer = Node::from([
        view! { <Button label="Keep it" on_press=keep safe=true /> },
        view! { <Button label="Remove 1 connection" look=Look::Danger on_press=remove /> },
    ]);
    let body = el("p").text("Its settings and its session in this tab go. Nothing on the server changes.");
    view! { <Dialog title=title on_close=keep footer=footer body=body /> }.into()
}

/// The fields of a connection as typed.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    id: RwSignal<String>,
    api: RwSignal<String>,
    base: RwSignal<String>,
    sign_in: RwSignal<String>,
    project: RwSignal<String>,
    tenant: RwSignal<String>,
    band: RwSignal<String>,
    mode: RwSignal<String>,
    pace: RwSignal<String>,
}

impl Fields {
    fn of(old: Option<&Connection>) -> Fields {
        let text = |get: fn(&Connection) -> String| RwSignal::new(old.map(get).unwrap_or_default());
        let first_api = dialect::ALL.first().map_or("", |dialect| dialect.id());
        Fields {
            name: text(|conn| conn.name.clone()),
            id: text(|conn| conn.id.clone()),
            api: RwSignal::new(old.map_or(first_api, |conn| conn.api).to_owned()),
            base: text(|conn| conn.base.clone()),
            sign_in: text(|conn| conn.sign_in.url.clone()),
            project: text(|conn| conn.sign_in.project.clone()),
            tenant: text(|conn| conn.tenant.clone().unwrap_or_default()),
            band: RwSignal::new(old.map_or("moss", |conn| conn.band).to_owned()),
            mode: RwSignal::new(old.map_or(Mode::ReadOnly, |conn| conn.mode).name().to_owned()),
            pace: RwSignal::new(match old.map(|conn| conn.pace) {
                None | Some(Pace::Auto) => "auto".to_owned(),
                Some(Pace::Off) => "off".to_owned(),
                Some(Pace::Every(seconds)) => seconds.to_string(),
            }),
        }
    }

    /// An id from the name, where none was typed.
    fn id(self) -> String {
        let typed = self.id.get();
        if !typed.trim().is_empty() {
            return typed.trim().to_owned();
        }
        self.id_from_name()
    }

    fn id_from_name(self) -> String {
        let id: String = self
            .name
            .get()
            .to_ascii_lowercase()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        id.trim_matches('-').to_owned()
    }

    fn id_hint(self) -> String {
        match self.id_from_name().as_str() {
            "" => "In addresses. Left empty, it is made of the name's letters and digits.".to_owned(),
            id => format!("In addresses. Left empty, it is \"{id}\"."),
        }
    }

    fn problem(self, field: &str, console: Console, is_new: bool) -> Option<String> {
        let checked = |result: Result<(), String>| result.err().map(|why| format!("{why}."));
        match field {
            "name" => self.name.get().trim().is_empty().then(|| "Give it a name.".to_owned()),
            "id" => checked(check_id(&self.id())).or_else(|| {
                let taken = is_new && console.connections.find(&self.id()).is_some();
                taken.then(|| "There is a connection of this ID already.".to_owned())
            }),
            "base" => checked(check_url(self.base.get().trim(), "The base")),
            "sign_in" => checked(check_url(self.sign_in.get().trim(), "The sign-in address")),
            "project" => self
                .project
                .get()
                .trim()
                .is_empty()
                .then(|| "The project's ID is needed to sign in.".to_owned()),
            _ => None,
        }
    }

    fn connection(self) -> Option<Connection> {
        let api = dialect::find(&self.api.get())?.id();
        let some = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Some(Connection {
            id: self.id(),
            name: self.name.get().trim().to_owned(),
            api,
            base: self.base.get().trim().trim_end_matches('/').to_owned(),
            sign_in: SignIn {
                kind: SignInKind::Keystone,
                url: self.sign_in.get().trim().to_owned(),
                project: self.project.get().trim().to_owned(),
            },
            tenant: some(self.tenant.get()),
            start: String::new(),
            band: BANDS.into_iter().find(|band| *band == self.band.get()).unwrap_or("sea"),
            mode: Mode::ALL
                .into_iter()
                .find(|(_, name, _)| *name == self.mode.get())
                .map_or(Mode::ReadOnly, |(mode, _, _)| mode),
            pace: Pace::parse(&self.pace.get()).unwrap_or_default(),
            requests_per_hour: REQUESTS_PER_HOUR,
            own: true,
        })
    }
}

#[component]
fn ConnectionForm(old: Option<Connection>) -> El {
    let console = Console::here();
    let is_new = old.is_none();
    let fields = Fields::of(old.as_ref());
    let tried = RwSignal::new(false);
    let wrong = move |field: &'static str| {
        derive(move || if tried.get() { fields.problem(field, console, is_new) } else { None })
    };
    let save = move || {
        tried.set(true);
        let bad = ["name", "id", "base", "sign_in", "project"]
            .into_iter()
            .any(|field| untrack(|| fields.problem(field, console, is_new)).is_some());
        let Some(conn) = untrack(|| fields.connection()).filter(|_| !bad) else { return };
        let route = Route::Connection { conn: conn.id.clone() };
        let name = conn.name.clone();
        console.connections.save(conn);
        console.notices.done(format!("{name} is kept in this browser"));
        console.router.go(&console.router.href(&route, ""));
    };
    let apis: Vec<SelectOption> = dialect::ALL
        .iter()
        .map(|d| SelectOption { value: d.id().to_owned(), label: d.describe().title.to_owned() })
        .collect();
    let bands: Vec<SelectOption> = BANDS
        .iter()
        .map(|band| SelectOption { value: (*band).to_owned(), label: (*band).to_owned() })
        .collect();
    let paces: Vec<SelectOption> = [
        ("auto", "By itself"),
        ("5", "Every 5 s"),
        ("15", "Every 15 s"),
        ("30", "Every 30 s"),
        ("60", "Every minute"),
        ("off", "Only by hand"),
    ]
    .into_iter()
    .map(|(value, label)| SelectOption { value: value.to_owned(), label: label.to_owned() })
    .collect();
    let modes: Vec<Choice> = Mode::ALL
        .into_iter()
        .map(|(mode, name, label)| Choice {
            value: name.to_owned(),
            label: label.to_owned(),
            hint: match mode {
                Mode::ReadOnly => "Nothing can be changed.",
                Mode::ArmedOnDemand => "Actions are off until you arm the connection, for 15 minutes.",
                Mode::Armed => "Actions are on.",
            }
            .to_owned(),
            why_off: None,
        })
        .collect();
    let example = dialect::ALL.first().map_or("", |d| d.describe().base_example);
    let set = |signal: RwSignal<String>| Callback::new(move |value| signal.set(value));
    let id: Node = if is_new {
        let hint = derive(move || Some(fields.id_hint()));
        view! { <TextField label="ID" value=fields.id mono=true hint=hint wrong=wrong("id") /> }.into()
    } else {
        view! { <TextField label="ID" value=fields.id mono=true read_only=true hint="It stands in addresses, so it stays." /> }.into()
    };
    let nothing = Callback::new(|()| ());
    el("form")
        .class("form")
        .attr("aria-label", "Connection")
        .attr("novalidate", true)
        .on("submit", move |event| {
            event.prevent_default();
            save();
        })
        .child(view! { <TextField label="Name" value=fields.name required=true wrong=wrong("name") /> })
        .child(id)
        .child(view! { <SelectField label="API" options=apis value=fields.api on_change=set(fields.api) /> })
        .child(view! {
            <TextField label="Base URL" value=fields.base mono=true required=true placeholder=example wrong=wrong("base")
                hint="A path on this console's own origin where a reverse proxy stands in front of the API, or a full URL where the API allows this origin." />
        })
        .child(view! {
            <TextField label="Sign-in URL" value=fields.sign_in mono=true required=true placeholder="/ecl/keystone/v3" wrong=wrong("sign_in")
                hint="Keystone, up to /v3." />
        })
        .child(view! {
            <TextField label="Project ID" value=fields.project mono=true required=true wrong=wrong("project") hint="The tenant that the token is for." />
        })
        .child(view! {
            <TextField label="Pinned tenant" value=fields.tenant mono=true hint="Optional. Every list is then limited to this tenant." />
        })
        .child(view! { <SelectField label="Colour" options=bands value=fields.band on_change=set(fields.band) /> })
        .child(view! { <SelectField label="Refresh" options=paces value=fields.pace on_change=set(fields.pace) /> })
        .child(view! { <ChoiceGroup legend="Mode" choices=modes value=fields.mode on_change=set(fields.mode) /> })
        .child(el("div").class("row").child(view! {
            <Button label="Save connection" look=Look::Primary on_press=nothing submit=true />
        }))
}
