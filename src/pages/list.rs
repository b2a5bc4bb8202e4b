//! The list of a connection's operations.

use leptos::prelude::*;

use crate::app::use_title;
use crate::parts::columns_menu::{ColumnsMenu, shown};
use crate::parts::config_problems::ConfigProblems;
use crate::parts::connected::{Connected, connected};
use crate::parts::failure::FailurePanel;
use crate::parts::filter_bar::FilterBar;
use crate::parts::freshness::StaleBar;
use crate::parts::sign_in::SignInPanel;
use crate::parts::status_bar::{StatusBar, grouped};
use crate::parts::table::OperationsTable;
use crate::platform::{hold, keyboard};
use crate::routes::Route;
use crate::state::Console;
use crate::state::list::List;
use crate::state::offer::{Offer, Refreshable};
use crate::ui::{Button, CopyButton, Empty, Glyph, SkeletonRows, live, live_view};
use longrun_core::model::State;
use longrun_core::query::{ListQuery, Sort};

/// The page of `/c/:conn/:kind`.
#[component]
pub fn ListPage(conn: String, kind: String) -> impl IntoView {
    connected(conn, kind, |at| view! { <Lists at=at /> }.into_any())
}

#[component]
fn Lists(at: Connected) -> impl IntoView {
    let console = Console::here();
    let router = console.router;
    let list = console.lists.open(console, &at.conn, at.dialect, at.kind);
    let tables = list.tables();
    let query = Memo::new(move |_| router.search.with(|search| ListQuery::from_search(search, tables)));
    // Asked before it is attached, so that the first request is already the right one.
    list.ask(query.get_untracked());
    Effect::new(move |before: Option<()>| {
        let query = query.get();
        if before.is_some() {
            list.ask(query);
        }
    });
    list.attach();
    let refresh = Callback::new(move |()| list.refresh(true));
    Offer::set(Refreshable { fresh: list.fresh, poller: list.poller(), now: refresh });
    keys(refresh);
    announce(list);

    let change = Callback::new(move |(next, committed): (ListQuery, bool)| router.set_search(&next.to_search(), committed));
    let edit = move |edit: &dyn Fn(&mut ListQuery)| {
        let mut next = query.get_untracked();
        edit(&mut next);
        change.run((next, true));
    };
    let chosen = Memo::new(move |_| query.with(|query| query.columns.clone()));
    let columns = Signal::derive(move || chosen.with(|chosen| shown(tables.columns, chosen.as_deref())));
    let about = at.dialect.describe();
    let heading = format!("{} on {}", about.noun, at.conn.name);
    let title = heading.clone();
    use_title(move || match list.counts().get(State::Failed.index()) {
        Some(failed) if *failed > 0 => format!("({failed} failed) {title}"),
        _ => title.clone(),
    });
    let id = at.conn.id.clone();
    let signed_in = Memo::new(move |_| console.connections.session(&id).is_some());
    let capabilities = at.dialect.capabilities(at.kind);
    let conn = at.conn.clone();
    let route = StoredValue::new((at.conn.id.clone(), at.kind));
    let href = Callback::new(move |id: String| {
        let (conn, kind) = route.get_value();
        router.href(&Route::Detail { conn, kind: kind.to_owned(), id }, "")
    });
    let link = Callback::new(move |()| format!("{}{}", crate::platform::history::origin(), router.url().get_untracked()));
    let expired = Signal::derive(move || list.fresh.with(|fresh| fresh.loaded_at.is_some() || fresh.failure.is_some()));
    let sign_in_conn = conn.clone();
    let pinned = conn.tenant.clone();
    // Before the first sign-in there is nothing to filter; afterwards the bar stays, whatever happens to the session.
    let ready = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || signed_in.get() || list.fresh.with(|fresh| fresh.loaded_at.is_some())
    });
    let clear = Callback::new(move |()| edit(&ListQuery::clear_filters));
    view! {
        <div class="page page-fill">
            <ConfigProblems />
            <StaleBar fresh=list.fresh on_retry=refresh />
            <div class=format!("page-head band-{}", conn.band)>
                <div class="titles"><h1>{heading}</h1><p>{about.can}</p></div>
                <div class="actions">
                    <ColumnsMenu
                        columns=tables.columns
                        chosen=chosen
                        on_choose=Callback::new(move |chosen: Option<Vec<&'static str>>| edit(&|query| query.columns = chosen.clone()))
                    />
                    <CopyButton label="Copy link" value=link icon=Glyph::Link icon_only=true />
                </div>
            </div>
            {live_view(move || (!signed_in.get()).then(|| view! { <SignInPanel conn=sign_in_conn.clone() expired=expired /> }))}
            {live_view(move || ready.get().then(|| view! {
                <FilterBar list=list query=query pinned=pinned.clone() tenant_by=capabilities.tenant_by on_change=change />
                <StatusBar
                    list=list
                    chosen=Signal::derive(move || query.with(|query| query.states))
                    on_choose=Callback::new(move |states| edit(&|query| query.states = states))
                />
            }))}
            <Rows list=list refresh=refresh clear=clear signed_in=signed_in query=query>
                <OperationsTable
                    list=list
                    columns=columns
                    sort=Signal::derive(move || query.with(|query| query.sort))
                    on_sort=Callback::new(move |sort: Sort| edit(&|query| query.sort = sort))
                    href=href
                    stale=Signal::derive(move || list.fresh.with(longrun_core::view::freshness::Freshness::is_stale))
                />
            </Rows>
            {live_view(move || ready.get().then(|| view! { <Foot list=list query=query /> }))}
        </div>
    }
}

/// What stands where the rows are: the rows, or why there are none.
#[component]
fn Rows(
    list: List,
    refresh: Callback<()>,
    clear: Callback<()>,
    #[prop(into)] signed_in: Signal<bool>,
    #[prop(into)] query: Signal<ListQuery>,
    children: ChildrenFn,
) -> impl IntoView {
    #[derive(Clone, PartialEq)]
    enum Show {
        Rows,
        Skeleton,
        Failed,
        NoneYet,
        NoneMatch,
        SignedOut,
    }
    let show = Memo::new(move |_| {
        let (loaded, visible) = (list.loaded(), list.visible());
        list.fresh.with(|fresh| match (loaded, visible) {
            (0, _) if fresh.failure.is_some() && fresh.loaded_at.is_none() && signed_in.get() => Show::Failed,
            (0, _) if fresh.loaded_at.is_none() && !signed_in.get() => Show::SignedOut,
            (0, _) if fresh.loaded_at.is_none() => Show::Skeleton,
            (0, _) if query.with(|query| query.server.params.is_empty()) => Show::NoneYet,
            (0, _) | (_, 0) => Show::NoneMatch,
            _ => Show::Rows,
        })
    });
    live_view(move || match show.get() {
        Show::Rows => children().into_any(),
        Show::Skeleton => view! {
            <div class="table-wrap" aria-busy="true"><p class="visually-hidden" role="status">"Reading the operations…"</p>
            <SkeletonRows rows=12 columns=7 /></div>
        }
        .into_any(),
        Show::Failed => list.fresh.get().failure.map_or_else(
            || ().into_any(),
            |failure| view! {
                <div class="notice">
                    <FailurePanel what="The operations could not be read" error=failure.error next_try=failure.next_try on_retry=refresh />
                </div>
            }
            .into_any(),
        ),
        Show::NoneYet => view! {
            <Empty head="No operations" says="The server knows of none that you may see. New ones appear here by themselves." />
        }
        .into_any(),
        Show::NoneMatch => view! {
            <Empty
                head="Nothing matches"
                says="No operation fits all of the filters above."
                actions=move || view! { <Button label="Clear filters" on_press=clear /> }
            />
        }
        .into_any(),
        Show::SignedOut => ().into_any(),
    })
}

/// How many rows, of how many, and what the figures speak of.
#[component]
fn Foot(list: List, #[prop(into)] query: Signal<ListQuery>) -> impl IntoView {
    let text = move || format!("{} of {}", grouped(list.visible()), grouped(list.loaded()));
    let reading = move || list.progress.get().map(|progress| {
        format!("Reading: {} rows, {:.1} MB so far.", grouped(progress.rows), progress.bytes as f64 / 1e6)
    });
    let filters = move || query.with(|query| match (query.server.params.is_empty(), query.is_filtered_locally()) {
        (true, false) => "This API has no pages: all operations are loaded.",
        (false, false) => "The server filtered; all it answered is loaded.",
        (true, true) => "States, words and time filter the loaded rows.",
        (false, true) => "The server filtered by the chips; states, words and time filter the loaded rows.",
    });
    let odd = move || Some(list.unreadable()).filter(|count| *count > 0).map(|count| {
        format!("{count} {} could not be read and stand as raw text.", if count == 1 { "entry" } else { "entries" })
    });
    view! {
        <div class="table-foot">
            <span><strong role="status" aria-label="Rows shown">{live(text)}</strong>" operations"</span>
            <span class="quiet">{live_view(move || reading().unwrap_or_else(|| filters().to_owned()))}</span>
            {live_view(move || odd().map(|odd| view! { <span class="soft">{odd}</span> }))}
        </div>
    }
}

fn keys(refresh: Callback<()>) {
    let listener = keyboard::on_keydown(move |key| {
        let plain = !key.typing && !key.command && !key.alt && !key.in_dialog;
        if plain && key.name == "r" {
            refresh.run(());
            return true;
        }
        false
    });
    if let Some(listener) = listener {
        hold(listener);
    }
}

/// Tells a screen reader the new number of rows, once things have settled.
fn announce(list: List) {
    let announcer = live::Announcer::current();
    Effect::new(move |before: Option<(usize, usize)>| {
        let now = (list.visible(), list.loaded());
        if before.is_some_and(|before| before != now) && list.progress.get_untracked().is_none() {
            if let Some(announcer) = announcer {
                announcer.say(format!("{} of {} operations", grouped(now.0), grouped(now.1)));
            }
        }
        now
    });
}
