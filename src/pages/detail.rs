//! One operation: what it is, how it went, the request behind it, what else happened to its target, the raw text.

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::keys::{self, Does};
use crate::parts::actions::detail::{detail_actions, detail_tracker};
use crate::parts::bodies::{Part, Raw};
use crate::parts::cell::short;
use crate::parts::connected::{Connected, TENANT, connected};
use crate::parts::failure::FailurePanel;
use crate::parts::freshness::StaleBar;
use crate::parts::related::{RelatedRows, RelatedTable};
use crate::parts::sign_in::SignInPanel;
use crate::parts::summary::{Summary, capital};
use crate::parts::watch_button::watch_button;
use crate::platform::history as address;
use crate::reactive::{derive, memo};
use crate::routes::Route;
use crate::state::Console;
use crate::state::detail::{Detail, Shown};
use crate::state::offer::{Offer, Refreshable};
use crate::ui::el::{El, Node, el, live_node};
use crate::ui::{CopyButton, Empty, Glyph, SkeletonRows, Tab, TabPanel, Tabs};
use longrun_core::dialect::Key;
use longrun_core::export::curl;
use longrun_core::fold::lowered;
use longrun_core::http::{decode_query, encode_query};
use longrun_core::text::{fill, t};

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
            // Elsewhere it says nothing, and must not make two of one.
            let tenant = tenant.get().filter(|_| at.table.can.keyed_by_tenant);
            let key = Key { id: id.clone(), tenant };
            view! { <Details at=at.clone() key=key /> }
        })
    })
}

/// The value of that name in a search part.
fn named(search: &str, name: &str) -> Option<String> {
    decode_query(search).into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// The tabs that this API has: id and label. The first one is open unless the address names another.
fn tabs(at: &Connected, has_failure: bool) -> Vec<(&'static str, &'static str)> {
    let (table, mut tabs) = (at.table, vec![]);
    tabs.extend(table.body.map(|label| ("body", label)));
    tabs.extend(table.result.map(|label| ("result", label)));
    tabs.extend(has_failure.then_some(("error", "Error")));
    tabs.extend(table.related.iter().map(|related| (related.id, related.label)));
    tabs.push(("raw", "Raw"));
    tabs
}

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
    keys::listen(move |does, _| {
        let goes = does == Does::Back;
        if goes {
            router.go(&back.get_value());
        }
        goes
    });
    let shown = detail.shown;
    let one = capital(t(at.table.one));
    let fallback = format!("{one} {}", short(&id));
    let no_kind = one.clone();
    let heading = memo(move |_| {
        shown.with(|shown| {
            shown.as_ref().map(|shown| {
                let op = &shown.op;
                let kind = op.kind.as_deref().unwrap_or(no_kind.as_str());
                let on = op
                    .name
                    .as_deref()
                    .or_else(|| op.target_type.as_deref().and_then(|full| full.rsplit("::").next()));
                let on = on.map_or_else(
                    || console.watch.find(&detail.watched().key()).map(|one| one.note).unwrap_or_default(),
                    str::to_owned,
                );
                if on.is_empty() { kind.to_owned() } else { format!("{kind} {on}") }
            })
        })
    });
    let title = fallback.clone();
    use_title(move || {
        let state = shown.with(|shown| shown.as_ref().map(|shown| lowered(t(shown.op.state.label()))));
        match (state, heading.get()) {
            (Some(state), Some(heading)) => format!("({state}) {heading}"),
            _ => title.clone(),
        }
    });
    let has_failure =
        memo(move |_| shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.failure().is_some())));
    let known = StoredValue::new(at.clone());
    let known = memo(move |_| known.with_value(|at| tabs(at, has_failure.get())));
    let tab = memo(move |_| {
        let asked = router.search.with(|search| named(search, "tab")).unwrap_or_default();
        known.with(|known| {
            let open = known.iter().find(|(id, _)| *id == asked).or_else(|| known.first());
            open.map_or("raw", |(id, _)| *id)
        })
    });
    let here = Route::Detail { conn: at.conn.id.clone(), kind: at.kind.to_owned(), id: id.clone() };
    let tab_search = StoredValue::new(tenant);
    let tab_search = move |id: &'static str| {
        let usual = known.with(|known| known.first().is_some_and(|(first, _)| *first == id));
        let tenant = tab_search.get_value();
        let tenant = tenant.as_deref().map(|tenant| (TENANT, tenant));
        encode_query(tenant.into_iter().chain((!usual).then_some(("tab", id))))
    };
    let choose = Callback::new(move |id: &'static str| router.set_search(&untrack(|| tab_search(id)), true));
    let route = here.clone();
    let tabs = derive(move || {
        let tab = |(id, label): (&'static str, &'static str)| Tab {
            id,
            label: t(label).to_owned(),
            count: None,
            href: router.href(&route, &tab_search(id)),
        };
        known.get().into_iter().map(tab).collect::<Vec<_>>()
    });
    let session_id = at.conn.id.clone();
    let signed_in = memo(move |_| console.connections.session(&session_id).is_some());
    let sign_in_conn = at.conn.clone();
    let as_curl = Callback::new(move |()| {
        detail.request().map(|request| curl(&request, &address::origin())).unwrap_or_default()
    });
    let link = Callback::new(move |()| format!("{}{}", address::origin(), router.url().get_untracked()));
    let related: Vec<RelatedRows> =
        at.table.related.iter().filter_map(|related| RelatedRows::new(console, &at, related)).collect();
    let parts = StoredValue::new((related, at.clone()));
    let acting = at.clone();
    let has_one = memo(move |_| shown.with(Option::is_some));
    let watching = watch_button(&at, detail);
    let body = move || -> Node {
        if has_one.get() {
            view! { <Parts parts=parts detail=detail tabs=tabs tab=tab choose=choose /> }.into()
        } else {
            view! { <NothingYet detail=detail signed_in=signed_in refresh=refresh one=one.clone() id=id.clone() /> }.into()
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
        .child(detail_actions(&acting, detail))
        .child(watching)
        .child(view! { <CopyButton label="Copy link" value=link icon=Glyph::Link /> })
        .child(view! { <CopyButton label="Copy as cURL" value=as_curl icon=Glyph::Curl /> });
    let section = el("section")
        .class("detail")
        .attr("aria-label", "Operation detail")
        .child(el("div").class("page-head").child(titles).child(actions))
        .child(detail_tracker(&acting, detail))
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
    one: String,
    id: String,
) -> Node {
    let what = fill("{0} {1} could not be read", &[&one, &short(&id)]);
    live_node(move || -> Node {
        let failure = detail.fresh.get().failure;
        match failure {
            _ if !signed_in.get() => Node::None,
            // What is shown in its list alone is not here unless the list was.
            _ if !detail.can_get() => {
                let says = "This API shows it in its list only. Open the list first.";
                view! { <Empty head="Not by itself" says=says /> }.into()
            }
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
    parts: StoredValue<(Vec<RelatedRows>, Connected)>,
    detail: Detail,
    #[prop(into)] tabs: Signal<Vec<Tab>>,
    tab: Memo<&'static str>,
    choose: Callback<&'static str>,
) -> Node {
    let shown = detail.shown;
    let at = parts.with_value(|(_, at)| at.clone());
    let conn = at.clone();
    let moving = memo(move |_| shown.with(|s| s.as_ref().is_some_and(|s| !s.op.state.has_ended())));
    let panel = move || {
        let id = tab.get();
        let related = parts.with_value(|(all, _)| all.iter().find(|one| one.related().id == id).copied());
        let body: Node = match (id, related) {
            (_, Some(rows)) => {
                let of = memo(move |_| {
                    shown.with(|shown| {
                        let op = &shown.as_ref()?.op;
                        let id = (rows.related().of)(op)?.to_owned();
                        Some(Key { id, tenant: op.tenant.as_deref().map(str::to_owned) })
                    })
                });
                view! { <RelatedTable rows=rows at=at.clone() of=of moving=moving /> }.into()
            }
            ("body", _) => {
                let label = at.table.body.unwrap_or_default();
                view! { <Part shown=shown label=label file="request-body" of=|s| s.op.body none=|_| "The server keeps none here; a delete, for one, has none." /> }.into()
            }
            ("result", _) => {
                let label = at.table.result.unwrap_or_default();
                let none = |ended: bool| if ended { "The server gave none." } else { "There is none before the end." };
                view! { <Part shown=shown label=label file="result" of=Shown::result none=none /> }.into()
            }
            ("error", _) => {
                view! { <Part shown=shown label="Error" file="error" of=Shown::failure none=|_| "The server gave none." /> }.into()
            }
            _ => view! { <Raw shown=shown /> }.into(),
        };
        view! { <TabPanel id=id body=body /> }
    };
    let chosen = derive(move || tab.get().to_owned());
    let section = el("section")
        .class("panel")
        .attr("aria-label", "Parts")
        .child(view! { <Tabs name="Parts of this operation" tabs=tabs chosen=chosen on_choose=choose /> })
        .live_child(panel);
    [Node::from(view! { <Summary shown=shown fresh=detail.fresh at=conn /> }), section.into()].into()
}
