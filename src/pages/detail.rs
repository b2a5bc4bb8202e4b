//! One operation: what it is, how it went, the request behind it, what else happened to its target, the raw text.

use leptos::prelude::*;

use crate::app::use_title;
use crate::parts::cell::short;
use crate::parts::connected::{Connected, TENANT, connected};
use crate::parts::failure::FailurePanel;
use crate::parts::freshness::StaleBar;
use crate::parts::history::HistoryTable;
use crate::parts::sign_in::SignInPanel;
use crate::parts::summary::Summary;
use crate::platform::{history as address, hold, keyboard};
use crate::reactive::{derive, memo};
use crate::routes::Route;
use crate::state::Console;
use crate::state::detail::{Detail, History, Shown};
use crate::state::offer::{Offer, Refreshable};
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{Callout, CopyButton, Empty, Glyph, JsonTree, SkeletonRows, Tab, TabPanel, Tabs, Tone};
use longrun_core::dialect::Key;
use longrun_core::export::curl;
use longrun_core::http::{decode_query, encode_query};
use longrun_core::json::decode;

/// The page of `/c/:conn/:kind/:id`.
#[component]
pub fn DetailPage(conn: String, kind: String, id: String) -> Node {
    let console = Console::here();
    // The search part of the page that comes next is none of ours.
    let here = id.clone();
    let tenant = memo(move |before: Option<&Option<String>>| {
        let is_here =
            console.router.route.with(|route| matches!(route, Route::Detail { id, .. } if *id == here));
        if is_here { console.router.search.with(|search| named(search, TENANT)) } else { before.cloned()? }
    });
    connected(conn, kind, move |at| {
        let id = id.clone();
        live_node(move || {
            let key = Key { id: id.clone(), tenant: tenant.get() };
            view! { <Details at=at.clone() key=key /> }
        })
    })
}

/// The value of that name in a search part.
fn named(search: &str, name: &str) -> Option<String> {
    decode_query(search).into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

const TABS: [(&str, &str); 3] = [("body", "Request body"), ("history", "History"), ("raw", "Raw")];

#[component]
fn Details(at: Connected, key: Key) -> El {
    let console = Console::here();
    let router = console.router;
    let list = console.lists.open(console, &at.conn, at.dialect, at.kind);
    let Key { id, tenant } = key.clone();
    let detail = Detail::open(console, at.conn.clone(), at.dialect, at.kind, key, list);
    let refresh = Callback::new(move |()| detail.refresh());
    Offer::set(Refreshable { fresh: detail.fresh, poller: detail.poller(), now: refresh });
    let list_route = Route::List { conn: at.conn.id.clone(), kind: at.kind.to_owned() };
    // Back to the list as it was left: its filters are part of its address.
    let back = StoredValue::new(router.href(&list_route, &untrack(|| list.query()).to_search()));
    keys(refresh, Callback::new(move |()| router.go(&back.get_value())));
    let shown = detail.shown;
    let heading = memo(move |_| {
        shown.with(|shown| {
            shown.as_ref().map(|shown| {
                let op = &shown.op;
                let kind = op.kind.as_deref().unwrap_or("Operation");
                let on = op
                    .name
                    .as_deref()
                    .or_else(|| op.target_type.as_deref().and_then(|full| full.rsplit("::").next()));
                on.map_or_else(|| kind.to_owned(), |on| format!("{kind} {on}"))
            })
        })
    });
    let fallback = format!("Operation {}", short(&id));
    let title = fallback.clone();
    use_title(move || {
        let state =
            shown.with(|shown| shown.as_ref().map(|shown| shown.op.state.label().to_ascii_lowercase()));
        match (state, heading.get()) {
            (Some(state), Some(heading)) => format!("({state}) {heading}"),
            _ => title.clone(),
        }
    });
    let tab = memo(move |_| {
        let asked = router.search.with(|search| named(search, "tab")).unwrap_or_default();
        TABS.into_iter().map(|(id, _)| id).find(|id| *id == asked).unwrap_or("body")
    });
    let tab_search = move |id: &'static str| {
        let tenant = tenant.as_deref().map(|tenant| (TENANT, tenant));
        encode_query(tenant.into_iter().chain((id != "body").then_some(("tab", id))))
    };
    let search_of = tab_search.clone();
    let choose = Callback::new(move |id: &'static str| router.set_search(&search_of(id), true));
    let here = Route::Detail { conn: at.conn.id.clone(), kind: at.kind.to_owned(), id: id.clone() };
    let tabs: Vec<Tab> = TABS
        .into_iter()
        .filter(|(id, _)| *id != "history" || at.dialect.capabilities(at.kind).history_by.is_some())
        .map(|(id, label)| Tab {
            id,
            label: label.to_owned(),
            count: None,
            href: router.href(&here, &tab_search(id)),
        })
        .collect();
    let session_id = at.conn.id.clone();
    let signed_in = memo(move |_| console.connections.session(&session_id).is_some());
    let sign_in_conn = at.conn.clone();
    let as_curl = Callback::new(move |()| {
        detail.request().map(|request| curl(&request, &address::origin())).unwrap_or_default()
    });
    let link = Callback::new(move |()| format!("{}{}", address::origin(), router.url().get_untracked()));
    let history = History::new(console, at.conn.clone(), at.dialect, at.kind);
    let parts = StoredValue::new((tabs, at.clone()));
    let has_one = memo(move |_| shown.with(Option::is_some));
    let body = move || -> Node {
        if has_one.get() {
            view! { <Parts parts=parts shown=shown tab=tab choose=choose history=history /> }.into()
        } else {
            view! { <NothingYet detail=detail signed_in=signed_in refresh=refresh id=id.clone() /> }.into()
        }
    };
    let crumb = |href: String| el("a").attr("href", href);
    let crumbs = el("ol")
        .child(
            el("li").child(
                crumb(back.get_value())
                    .class(format!("band-{}", at.conn.band))
                    .child(el("span").class("swatch"))
                    .text(at.conn.name.clone()),
            ),
        )
        .child(el("li").child(crumb(back.get_value()).text(at.table.noun)))
        .child(el("li").child(el("span").class("mono").text(short(&untrack(|| here_id(&here))))));
    let titles = el("div")
        .class("titles")
        .child(el("nav").class("crumbs").attr("aria-label", "Breadcrumb").child(crumbs))
        .child(el("h1").live_text(move || heading.get().unwrap_or_else(|| fallback.clone())));
    let actions = el("div")
        .class("actions")
        .child(view! { <CopyButton label="Copy link" value=link icon=Glyph::Link /> })
        .child(view! { <CopyButton label="Copy as cURL" value=as_curl icon=Glyph::Curl /> });
    let section = el("section")
        .class("detail")
        .attr("aria-label", "Operation detail")
        .child(el("div").class("page-head").child(titles).child(actions))
        .live_child(move || {
            (!signed_in.get()).then(|| view! { <SignInPanel conn=sign_in_conn.clone() expired=has_one /> })
        })
        .child(el("div").class("page-body").live_child(body));
    el("div").class("page").child(view! { <StaleBar fresh=detail.fresh on_retry=refresh /> }).child(section)
}

fn here_id(route: &Route) -> String {
    match route {
        Route::Detail { id, .. } => id.clone(),
        _ => String::new(),
    }
}

/// Before anything is known: reading, or why not.
#[component]
fn NothingYet(
    detail: Detail,
    #[prop(into)] signed_in: Signal<bool>,
    refresh: Callback<()>,
    id: String,
) -> Node {
    let what = format!("Operation {} could not be read", short(&id));
    live_node(move || -> Node {
        let failure = detail.fresh.get().failure;
        match failure {
            _ if !signed_in.get() => Node::None,
            Some(failure) => {
                let (what, next) = (what.clone(), failure.next_try);
                view! { <FailurePanel what=what error=failure.error next_try=next on_retry=refresh /> }.into()
            }
            None => {
                el("div").attr("aria-busy", "true").child(view! { <SkeletonRows rows=4 columns=4 /> }).into()
            }
        }
    })
}

#[component]
fn Parts(
    parts: StoredValue<(Vec<Tab>, Connected)>,
    shown: RwSignal<Option<Shown>>,
    tab: Memo<&'static str>,
    choose: Callback<&'static str>,
    history: History,
) -> Node {
    let at = parts.with_value(|(_, at)| at.clone());
    let tabs = parts.with_value(|(tabs, _)| tabs.clone());
    let target = memo(move |_| shown.with(|shown| shown.as_ref()?.op.target.as_deref().map(str::to_owned)));
    let conn = at.clone();
    let panel = move || {
        let (id, body): (_, Node) = match tab.get() {
            "history" => {
                ("history", view! { <HistoryTable history=history at=at.clone() target=target /> }.into())
            }
            "raw" => ("raw", view! { <Raw shown=shown /> }.into()),
            _ => ("body", view! { <Body shown=shown /> }.into()),
        };
        view! { <TabPanel id=id body=body /> }
    };
    let chosen = derive(move || tab.get().to_owned());
    let section = el("section")
        .class("panel")
        .attr("aria-label", "Parts")
        .child(view! { <Tabs name="Parts of this operation" tabs=tabs chosen=chosen on_choose=choose /> })
        .live_child(panel);
    [Node::from(view! { <Summary shown=shown at=conn /> }), section.into()].into()
}

/// The request body. Drawn anew only where its text changed, so that what is open stays open across refreshes.
#[component]
fn Body(shown: RwSignal<Option<Shown>>) -> Node {
    let body = memo(move |_| shown.with(|shown| shown.as_ref()?.body().map(str::to_owned)));
    live_node(move || -> Node {
        let Some(text) = body.get() else {
            let says = "The server keeps none for this operation; a delete, for one, has none.";
            return view! { <Empty head="No request body" says=says /> }.into();
        };
        let (text, inside_text) = unwrapped(text);
        let note = inside_text.then(|| {
            el("p")
                .class("quiet")
                .text("The server gives this body as a text that holds JSON; it is shown unpacked.")
        });
        let tree = view! { <JsonTree name="Request body" body=text file="request-body" /> };
        [Node::from(note), tree.into()].into()
    })
}

/// Some bodies are a JSON text inside a JSON string: unpacked where that works.
fn unwrapped(text: String) -> (String, bool) {
    if !text.starts_with('"') {
        return (text, false);
    }
    let inner = decode(&text).into_owned();
    if inner.trim_start().starts_with(['{', '[']) { (inner, true) } else { (text, false) }
}

/// The row as the server sent it, as a tree.
#[component]
fn Raw(shown: RwSignal<Option<Shown>>) -> Node {
    let text = memo(move |_| {
        shown.with(|shown| shown.as_ref().map(|shown| shown.text.to_string()).unwrap_or_default())
    });
    let odd =
        memo(move |_| shown.with(|shown| shown.as_ref().map(|s| s.op.oddities.clone()).unwrap_or_default()));
    let oddities = move || {
        let odd = odd.get();
        (!odd.is_empty()).then(|| {
            let list = el("ul")
                .child(odd.into_iter().map(|line| el("li").text(line.into_string())).collect::<Node>());
            let head = "Some fields are not as this API describes them";
            view! { <Callout tone=Tone::Note head=head body=list /> }
        })
    };
    let tree = move || view! { <JsonTree name="Raw answer" body=text.get() file="operation" /> };
    [live_node(oddities), live_node(tree)].into()
}

fn keys(refresh: Callback<()>, back: Callback<()>) {
    let listener = keyboard::on_keydown(move |key| {
        if key.typing || key.command || key.alt || key.in_dialog || crate::platform::focus::is_in("[popover]")
        {
            return false;
        }
        match key.name.as_str() {
            "r" => refresh.run(()),
            "Escape" => back.run(()),
            _ => return false,
        }
        true
    });
    if let Some(listener) = listener {
        hold(listener);
    }
}
