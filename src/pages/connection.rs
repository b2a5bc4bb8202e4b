//! Connections: a form for a new one, the settings of one that exists, and a test that shows each step.

use leptos::prelude::*;

use crate::app::use_title;
use crate::parts::config_problems::ConfigProblems;
use crate::parts::connected::connected;
use crate::parts::probe::Probe;
use crate::parts::sign_in::SignInPanel;
use crate::platform::task::Scope;
use crate::routes::Route;
use crate::state::Console;
use crate::ui::{Button, Choice, ChoiceGroup, Dialog, Glyph, Look, SelectField, SelectOption, TextField, live_view};
use longrun_core::dialect;
use longrun_core::view::config::{BANDS, Connection, Mode, REQUESTS_PER_HOUR, SignIn, check_id, check_url};
use longrun_core::view::poll::Pace;

/// The page of `/c/new`.
#[component]
pub fn NewConnection() -> impl IntoView {
    let console = Console::here();
    use_title(|| "Add a connection".to_owned());
    let may = move || console.connections.config().is_none_or(|config| config.allow_other_connections);
    view! {
        <div class="page">
            <ConfigProblems />
            <div class="page-head"><div class="titles"><h1>"Add a connection"</h1>
                <p>"It stays in this browser. It holds no password; you sign in afterwards."</p></div></div>
            <div class="page-body">
                {live_view(move || if may() {
                    view! { <ConnectionForm old=None /> }.into_any()
                } else {
                    view! { <p>"The deployer of this console allows only the connections it declares."</p> }.into_any()
                })}
            </div>
        </div>
    }
}

/// The page of `/c/:conn/settings`.
#[component]
pub fn ConnectionSettings(conn: String) -> impl IntoView {
    connected(conn, String::new(), |at| view! { <Settings conn=at.conn /> }.into_any())
}

#[component]
fn Settings(conn: Connection) -> impl IntoView {
    let console = Console::here();
    let title = format!("Connection {}", conn.name);
    let heading = title.clone();
    use_title(move || title.clone());
    let id = conn.id.clone();
    let session = Memo::new(move |_| console.connections.session(&id));
    let scope = Scope::current();
    let stored = StoredValue::new(conn.clone());
    let sign_out = Callback::new(move |()| {
        scope.spawn(async move { console.connections.sign_out(&stored.get_value()).await });
    });
    let own = conn.own;
    let ask = RwSignal::new(false);
    let about = conn.dialect().map(dialect::Dialect::describe);
    let SignIn::Keystone { url, project } = conn.sign_in.clone();
    view! {
        <div class="page">
            <div class=format!("page-head band-{}", conn.band)>
                <div class="titles"><h1>{heading}</h1>
                <p>{about.map(|about| about.title)}{if own { ", kept in this browser" } else { ", declared in config.json" }}</p></div>
                {own.then(|| view! { <div class="actions"><Button label="Remove connection…" look=Look::DangerQuiet icon=Glyph::Trash on_press=Callback::new(move |()| ask.set(true)) /></div> })}
            </div>
            <div class="page-body">
                <section class="panel" aria-label="Session"><div class="body stack">
                    <h2>"Session"</h2>
                    {live_view(move || match session.get() {
                        Some(session) => {
                            let who = session.user.clone().unwrap_or_else(|| "with a pasted token".to_owned());
                            let until = session.expires.map(|at| format!(" The token ends at {}.", console.settings.exact_text(at)));
                            view! {
                                <p>"Signed in "{if session.user.is_some() { "as " } else { "" }}<strong>{who}</strong>"."{until}</p>
                                <div class="row"><Button label="Sign out" icon=Glyph::SignOut on_press=sign_out /></div>
                            }.into_any()
                        }
                        None => view! { <SignInPanel conn=stored.get_value() expired=false /> }.into_any(),
                    })}
                </div></section>
                <Probe conn=conn.clone() />
                {if own {
                    view! { <section class="panel" aria-label="Edit"><div class="body stack"><h2>"Edit"</h2><ConnectionForm old=Some(conn.clone()) /></div></section> }.into_any()
                } else {
                    view! {
                        <section class="panel" aria-label="Declared"><div class="body stack"><h2>"As declared"</h2>
                        <dl class="facts">
                            <div><dt>"ID"</dt><dd class="mono">{conn.id.clone()}</dd></div>
                            <div><dt>"Base"</dt><dd class="mono">{conn.base.clone()}</dd></div>
                            <div><dt>"Sign-in"</dt><dd class="mono">{url}</dd></div>
                            <div><dt>"Project"</dt><dd class="mono">{project}</dd></div>
                            <div><dt>"Tenant"</dt><dd class="mono">{conn.tenant.clone().unwrap_or_else(|| "not pinned".to_owned())}</dd></div>
                            <div><dt>"Mode"</dt><dd>{conn.mode.label()}</dd></div>
                            <div><dt>"Refresh"</dt><dd>{conn.pace.to_string()}</dd></div>
                            <div><dt>"Requests per hour"</dt><dd>{conn.requests_per_hour}</dd></div>
                        </dl></div></section>
                    }.into_any()
                }}
            </div>
        </div>
        {live_view(move || ask.get().then(|| {
            let keep = Callback::new(move |()| ask.set(false));
            let name = stored.with_value(|conn| conn.name.clone());
            let remove = Callback::new(move |()| {
                ask.set(false);
                let (id, name) = stored.with_value(|conn| (conn.id.clone(), conn.name.clone()));
                console.router.go(&console.router.href(&Route::Home, ""));
                console.connections.remove(&id);
                console.notices.done(format!("{name} was removed"));
            });
            view! {
                <Dialog title=format!("Remove the connection {name} from this browser?") on_close=keep
                    footer=move || view! {
                        <Button label="Keep it" on_press=keep safe=true />
                        <Button label="Remove 1 connection" look=Look::Danger on_press=remove />
                    }>
                    <p>"Its settings and its session in this tab go. Nothing on the server changes."</p>
                </Dialog>
            }
        }))}
    }
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
            sign_in: text(|conn| { let SignIn::Keystone { url, .. } = &conn.sign_in; url.clone() }),
            project: text(|conn| { let SignIn::Keystone { project, .. } = &conn.sign_in; project.clone() }),
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
        let from_name: String =
            self.name.get().to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        from_name.trim_matches('-').to_owned()
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
            "project" => self.project.get().trim().is_empty().then(|| "The project's ID is needed to sign in.".to_owned()),
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
            sign_in: SignIn::Keystone {
                url: self.sign_in.get().trim().to_owned(),
                project: self.project.get().trim().to_owned(),
            },
            tenant: some(self.tenant.get()),
            band: BANDS.into_iter().find(|band| *band == self.band.get()).unwrap_or("sea"),
            mode: Mode::ALL.into_iter().find(|(_, name, _)| *name == self.mode.get()).map_or(Mode::ReadOnly, |(mode, _, _)| mode),
            pace: Pace::parse(&self.pace.get()).unwrap_or_default(),
            requests_per_hour: REQUESTS_PER_HOUR,
            own: true,
        })
    }
}

#[component]
fn ConnectionForm(old: Option<Connection>) -> impl IntoView {
    let console = Console::here();
    let is_new = old.is_none();
    let fields = Fields::of(old.as_ref());
    let tried = RwSignal::new(false);
    let wrong = move |field: &'static str| Signal::derive(move || if tried.get() { fields.problem(field, console, is_new) } else { None });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let bad = ["name", "id", "base", "sign_in", "project"].into_iter().any(|field| untrack(|| fields.problem(field, console, is_new)).is_some());
        let Some(conn) = untrack(|| fields.connection()).filter(|_| !bad) else { return };
        let route = Route::Connection { conn: conn.id.clone() };
        let name = conn.name.clone();
        console.connections.save(conn);
        console.notices.done(format!("{name} is kept in this browser"));
        console.router.go(&console.router.href(&route, ""));
    };
    let apis: Vec<SelectOption> =
        dialect::ALL.iter().map(|d| SelectOption { value: d.id().to_owned(), label: d.describe().title.to_owned() }).collect();
    let bands: Vec<SelectOption> = BANDS.iter().map(|band| SelectOption { value: (*band).to_owned(), label: (*band).to_owned() }).collect();
    let paces: Vec<SelectOption> = [("auto", "By itself"), ("5", "Every 5 s"), ("15", "Every 15 s"), ("30", "Every 30 s"), ("60", "Every minute"), ("off", "Only by hand")]
        .into_iter().map(|(value, label)| SelectOption { value: value.to_owned(), label: label.to_owned() }).collect();
    let modes: Vec<Choice> = Mode::ALL.into_iter().map(|(mode, name, label)| Choice {
        value: name.to_owned(),
        label: label.to_owned(),
        hint: match mode {
            Mode::ReadOnly => "Nothing can be changed.",
            Mode::ArmedOnDemand => "Actions are off until you arm the connection, for 15 minutes.",
            Mode::Armed => "Actions are on.",
        }.to_owned(),
        why_off: None,
    }).collect();
    let example = dialect::ALL.first().map_or("", |d| d.describe().base_example);
    let id_hint = Signal::derive(move || Some(format!("In addresses. Left empty, it is \"{}\".", fields.id())));
    let set = |signal: RwSignal<String>| Callback::new(move |value| signal.set(value));
    view! {
        <form class="form" aria-label="Connection" novalidate on:submit=save>
            <TextField label="Name" value=fields.name required=true wrong=wrong("name") />
            {if is_new {
                view! { <TextField label="ID" value=fields.id mono=true hint=id_hint wrong=wrong("id") /> }.into_any()
            } else {
                view! { <TextField label="ID" value=fields.id mono=true read_only=true hint="It stands in addresses, so it stays." /> }.into_any()
            }}
            <SelectField label="API" options=apis value=fields.api on_change=set(fields.api) />
            <TextField label="Base URL" value=fields.base mono=true required=true placeholder=example wrong=wrong("base")
                hint="A path on this console's own origin where a reverse proxy stands in front of the API, or a full URL where the API allows this origin." />
            <TextField label="Sign-in URL" value=fields.sign_in mono=true required=true placeholder="/ecl/keystone/v3" wrong=wrong("sign_in")
                hint="Keystone, up to /v3." />
            <TextField label="Project ID" value=fields.project mono=true required=true wrong=wrong("project") hint="The tenant that the token is for." />
            <TextField label="Pinned tenant" value=fields.tenant mono=true hint="Optional. Every list is then limited to this tenant." />
            <SelectField label="Colour" options=bands value=fields.band on_change=set(fields.band) />
            <SelectField label="Refresh" options=paces value=fields.pace on_change=set(fields.pace) />
            <ChoiceGroup legend="Mode" choices=modes value=fields.mode on_change=set(fields.mode) />
            <div class="row"><Button label="Save connection" look=Look::Primary on_press=Callback::new(|()| ()) submit=true /></div>
        </form>
    }
}
