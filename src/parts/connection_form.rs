//! The form for a connection: it asks each API for what that one needs, and no more.

use crate::reactive::prelude::*;

use crate::reactive::derive;
use crate::routes::Route;
use crate::state::Console;
use crate::ui::el::{El, Node, el};
use crate::ui::{Button, Choice, ChoiceGroup, Look, SelectField, SelectOption, TextField};
use longrun_core::dialect::{self, Descriptor};
use longrun_core::text::{fill, full_stop, t};
use longrun_core::view::config::{
    BANDS, Connection, Declared, Mode, REQUESTS_PER_HOUR, SignIn, SignInKind, check_id, check_url,
};
use longrun_core::view::poll::Pace;

/// The fields of a connection as typed.
type Fields = Lasting<FieldsParts>;

/// What [`Fields`] points to.
struct FieldsParts {
    name: RwSignal<String>,
    id: RwSignal<String>,
    api: RwSignal<String>,
    base: RwSignal<String>,
    way: RwSignal<String>,
    sign_in: RwSignal<String>,
    project: RwSignal<String>,
    tenant: RwSignal<String>,
    start: RwSignal<String>,
    band: RwSignal<String>,
    mode: RwSignal<String>,
    pace: RwSignal<String>,
}

impl Fields {
    fn of(old: Option<&Connection>) -> Fields {
        let text = |get: fn(&Connection) -> String| RwSignal::new(old.map(get).unwrap_or_default());
        let first_api = dialect::ALL.first().map_or("", |dialect| dialect.id());
        lasting(FieldsParts {
            name: text(|conn| conn.name.clone()),
            id: text(|conn| conn.id.clone()),
            api: RwSignal::new(old.map_or(first_api, |conn| conn.api).to_owned()),
            base: text(|conn| conn.base.clone()),
            way: text(|conn| conn.sign_in.kind.asks().name.to_owned()),
            sign_in: text(|conn| conn.sign_in.url.clone()),
            project: text(|conn| conn.sign_in.project.clone()),
            tenant: text(|conn| conn.tenant.clone().unwrap_or_default()),
            start: text(|conn| conn.start.clone()),
            band: RwSignal::new(old.map_or("moss", |conn| conn.band).to_owned()),
            mode: RwSignal::new(old.map_or(Mode::ReadOnly, |conn| conn.mode).name().to_owned()),
            pace: RwSignal::new(match old.map(|conn| conn.pace) {
                None | Some(Pace::Auto) => "auto".to_owned(),
                Some(Pace::Off) => "off".to_owned(),
                Some(Pace::Every(seconds)) => seconds.to_string(),
            }),
        })
    }

    /// What is known of the chosen API.
    fn about(self) -> Option<&'static Descriptor> {
        dialect::find(&self.api.get()).map(|dialect| dialect.describe())
    }

    /// The chosen way to sign in; another API's way is none, so its usual one stands.
    fn way(self) -> SignInKind {
        let ways = self.about().map(|about| about.sign_in).unwrap_or_default();
        let chosen = SignInKind::parse(&self.way.get()).filter(|way| ways.contains(way));
        chosen.or_else(|| ways.first().copied()).unwrap_or_default()
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
            "" => t("In addresses. Left empty, it is made of the name's letters and digits.").to_owned(),
            id => fill("In addresses. Left empty, it is \"{0}\".", &[id]),
        }
    }

    fn problem(self, field: &str, console: Console, is_new: bool) -> Option<String> {
        let checked = |result: Result<(), String>| result.err().map(|why| full_stop(&why));
        match field {
            "name" => self.name.get().trim().is_empty().then(|| t("Give it a name.").to_owned()),
            "id" => checked(check_id(&self.id())).or_else(|| {
                let taken = is_new && console.connections.find(&self.id()).is_some();
                taken.then(|| t("There is a connection of this ID already.").to_owned())
            }),
            "base" => checked(check_url(self.base.get().trim(), "The base")),
            "sign_in" if self.way().asks().url => {
                checked(check_url(self.sign_in.get().trim(), "The sign-in address"))
            }
            "project" if self.way().asks().project => self
                .project
                .get()
                .trim()
                .is_empty()
                .then(|| t("The project's ID is needed to sign in.").to_owned()),
            _ => None,
        }
    }

    fn connection(self) -> Option<Connection> {
        let api = dialect::find(&self.api.get())?.id();
        let some = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let way = self.way();
        // What this way does not ask for is not kept, though it may have been typed for another.
        let typed = |asked: bool, field: RwSignal<String>| {
            if asked { field.get().trim().to_owned() } else { String::new() }
        };
        let declared = Declared {
            id: self.id(),
            name: self.name.get().trim().to_owned(),
            api,
            base: self.base.get().trim().trim_end_matches('/').to_owned(),
            sign_in: SignIn {
                kind: way,
                url: typed(way.asks().url, self.sign_in),
                project: typed(way.asks().project, self.project),
            },
            tenant: some(self.tenant.get()),
            start: self.start.get().trim().trim_start_matches('?').to_owned(),
            band: BANDS.into_iter().find(|band| *band == self.band.get()).unwrap_or("sea"),
            mode: Mode::ALL
                .into_iter()
                .find(|(_, name, _)| *name == self.mode.get())
                .map_or(Mode::ReadOnly, |(mode, _, _)| mode),
            pace: Pace::parse(&self.pace.get()).unwrap_or_default(),
            requests_per_hour: REQUESTS_PER_HOUR,
            own: true,
        };
        Some(declared.into())
    }
}

/// The form, empty or with what a connection of this browser says.
pub fn connection_form(old: Option<&Connection>) -> El {
    let console = Console::here();
    let is_new = old.is_none();
    let fields = Fields::of(old);
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
        console.notices.done(fill("{0} is kept in this browser", &[&name]));
        console.router.go(&console.router.href(&route, ""));
    };
    let apis: Vec<SelectOption> = dialect::ALL
        .iter()
        .map(|d| SelectOption { value: d.id().to_owned(), label: t(d.describe().title).to_owned() })
        .collect();
    let bands: Vec<SelectOption> = BANDS
        .iter()
        .map(|band| SelectOption { value: (*band).to_owned(), label: t(band).to_owned() })
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
    .map(|(value, label)| SelectOption { value: value.to_owned(), label: t(label).to_owned() })
    .collect();
    let modes: Vec<Choice> = Mode::ALL
        .into_iter()
        .map(|(mode, name, label)| Choice {
            value: name.to_owned(),
            label: t(label).to_owned(),
            hint: t(match mode {
                Mode::ReadOnly => "Nothing can be changed.",
                Mode::ArmedOnDemand => "Actions are off until you arm the connection, for 15 minutes.",
                Mode::Armed => "Actions are on.",
            })
            .to_owned(),
            why_off: None,
        })
        .collect();
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
        .live_child(move || of_api(fields, wrong("base")))
        .live_child(move || of_way(fields, wrong("sign_in"), wrong("project")))
        .live_child(move || of_tenant(fields))
        .child(view! {
            <TextField label="Opens with" value=fields.start mono=true
                hint="Optional. The filters with which its list opens, as in an address: status=ERROR" />
        })
        .child(view! { <SelectField label="Colour" options=bands value=fields.band on_change=set(fields.band) /> })
        .child(view! { <SelectField label="Refresh" options=paces value=fields.pace on_change=set(fields.pace) /> })
        .child(view! { <ChoiceGroup legend="Mode" choices=modes value=fields.mode on_change=set(fields.mode) /> })
        .child(el("div").class("row").child(view! {
            <Button label="Save connection" look=Look::Primary on_press=nothing submit=true />
        }))
}

/// Where the API is and how one signs in there; drawn anew for another API, what is typed stays.
fn of_api(fields: Fields, wrong: Signal<Option<String>>) -> Option<Node> {
    let about = fields.about()?;
    let base = view! {
        <TextField label="Base URL" value=fields.base mono=true required=true placeholder=about.base_example wrong=wrong
            hint="A path on this console's own origin where a reverse proxy stands in front of the API, or a full URL where the API allows this origin." />
    };
    let ways = (about.sign_in.len() > 1).then(|| {
        let choice = |way: &SignInKind| Choice {
            value: way.asks().name.to_owned(),
            label: t(way.asks().label).to_owned(),
            hint: String::new(),
            why_off: None,
        };
        let choices: Vec<Choice> = about.sign_in.iter().map(choice).collect();
        let value = derive(move || fields.way().asks().name.to_owned());
        let set = Callback::new(move |way| fields.way.set(way));
        view! { <ChoiceGroup legend="Sign-in" choices=choices value=value on_change=set /> }
    });
    Some([Node::from(base), ways.into()].into())
}

/// What the chosen way to sign in asks for.
fn of_way(
    fields: Fields,
    wrong_url: Signal<Option<String>>,
    wrong_project: Signal<Option<String>>,
) -> [Node; 2] {
    let asks = fields.way().asks();
    let url = asks.url.then(|| {
        view! {
            <TextField label="Sign-in URL" value=fields.sign_in mono=true required=true placeholder="/ecl/keystone/v3" wrong=wrong_url
                hint="Keystone, up to /v3." />
        }
    });
    let project = asks.project.then(|| {
        view! {
            <TextField label="Project ID" value=fields.project mono=true required=true wrong=wrong_project hint="The tenant that the token is for." />
        }
    });
    [url.into(), project.into()]
}

/// The tenant that it may be pinned to, where this API has some.
fn of_tenant(fields: Fields) -> Option<Node> {
    let about = fields.about()?;
    about.kinds.iter().any(|kind| kind.can.tenant_by.is_some()).then(|| {
        let (label, noun) = (fill("Pinned {0}", &[t(about.tenant)]), t(about.tenant));
        let hint = fill("Optional. Everything that is asked is then limited to this {0}.", &[noun]);
        view! { <TextField label=label value=fields.tenant mono=true hint=hint /> }.into()
    })
}
