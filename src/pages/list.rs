//! The list of a connection's operations.

use crate::reactive::prelude::*;

use crate::app::use_title;
use crate::parts::actions::arm::arm_button;
use crate::parts::actions::kind::kind_actions;
use crate::parts::actions::selection::selection_bar;
use crate::parts::asked::{Asked, page_head};
use crate::parts::config_problems::ConfigProblems;
use crate::parts::connected::{Connected, connected};
use crate::parts::export::{export_menu, export_progress};
use crate::parts::failure::FailurePanel;
use crate::parts::filter_bar::{Change, FilterBar, FilterChooser};
use crate::parts::foot::Foot;
use crate::parts::freshness::StaleBar;
use crate::parts::share_link::share_link;
use crate::parts::sign_in::SignInPanel;
use crate::parts::status_bar::grouped;
use crate::parts::views_menu::views_menu;
use crate::parts::watch_form::watch_form;
use crate::reactive::{derive, effect, memo};
use crate::state::Console;
use crate::state::export::Export;
use crate::state::list::List;
use crate::state::offer::{Offer, Refreshable};
use crate::ui::el::{Draw, El, Node, el, live_node};
use crate::ui::{Button, Callout, CopyButton, Empty, Glyph, SkeletonRows, Tone, live};
use longrun_core::dialect::{BuildError, KindTable};
use longrun_core::fold::lowered;
use longrun_core::model::State;
use longrun_core::query::ListQuery;
use longrun_core::text::{fill, t};
use longrun_core::view::freshness::Freshness;
use longrun_core::view::rows::SlotNo;

/// The page of `/c/:conn/:kind`.
#[component]
pub fn ListPage(conn: String, kind: String) -> Node {
    connected(conn, kind, |at| view! { <Lists at=at /> }.into())
}

#[component]
fn Lists(at: Connected) -> El {
    let console = Console::here();
    let list = console.lists.open(console, &at.conn, at.dialect, at.kind);
    let asked = Asked::of(console, list);
    let (query, change) = (asked.query, asked.change);
    list.attach();
    let chosen_rows = console.acting.selection;
    let refresh = Callback::new(move |()| list.refresh(true));
    let acting = at.clone();
    Offer::set(Refreshable { fresh: list.fresh, poller: list.poller(), now: refresh });
    announce(list, at.table);

    let export = Export::new(console, list, asked.columns, &at.conn.id, at.table.id);
    let about = at.dialect.describe();
    let heading = fill("{0} on {1}", &[t(at.table.noun), &at.conn.name]);
    let title = heading.clone();
    use_title(move || match list.counts().get(State::Failed.index()) {
        Some(failed) if *failed > 0 => fill("({0} failed) {1}", &[&failed.to_string(), &title]),
        _ => title.clone(),
    });
    let id = at.conn.id.clone();
    let signed_in = memo(move |_| console.connections.session(&id).is_some());
    let capabilities = at.dialect.capabilities(at.kind);
    let conn = at.conn.clone();
    let href = StoredValue::new(at.clone());
    let href = Callback::new(move |slot: SlotNo| {
        href.with_value(|at| list.read_row(slot, |op| at.href(console, at.kind, op)))
            .flatten()
            .unwrap_or_default()
    });
    let link = share_link(console, list);
    let expired =
        derive(move || list.fresh.with(|fresh| fresh.loaded_at.is_some() || fresh.failure.is_some()));
    let pinned = conn.tenant.clone();
    // Before the first sign-in there is nothing to filter; afterwards the bar stays, whatever happens to the session.
    let ready = memo(move |before: Option<&bool>| {
        before == Some(&true) || signed_in.get() || list.fresh.with(|fresh| fresh.loaded_at.is_some())
    });
    let stale = derive(move || list.fresh.with(Freshness::is_stale));
    let table = move || asked.table(href, stale, Some(chosen_rows));
    let actions = [
        arm_button(&crate::parts::actions::place(&acting)),
        kind_actions(&acting, list),
        views_menu(&acting, query),
        asked.columns_menu(),
        export_menu(export, chosen_rows),
        view! { <CopyButton label="Copy link" value=link icon=Glyph::Link icon_only=true /> }.into(),
    ];
    let head = page_head(conn.band, heading, t(about.can), actions.into());
    el("div")
        .class("page page-fill")
        .child(view! { <ConfigProblems /> })
        .child(view! { <StaleBar fresh=list.fresh on_retry=refresh /> })
        .child(head)
        .live_child(move || {
            let signed_out = !signed_in.get();
            signed_out.then(|| view! { <SignInPanel conn=conn.clone() expired=expired /> })
        })
        .child((!capabilities.list).then(|| watch_form(&at)))
        .live_child(move || {
            let bars = || {
                let pinned = pinned.clone();
                let tenant_by = capabilities.tenant_by;
                let filters = view! { <FilterBar list=list query=query pinned=pinned tenant_by=tenant_by on_change=change /> };
                [Node::from(filters), asked.status_bar()]
            };
            ready.get().then(bars)
        })
        .live_child(move || unreachable(list))
        .child(view! { <Rows list=list refresh=refresh clear=asked.clear() signed_in=signed_in query=query table=table kind=at.table on_change=change /> })
        .child(export_progress(export))
        .child(selection_bar(&acting, export))
        .live_child(move || ready.get().then(|| view! { <Foot list=list query=query kind=at.table /> }))
}

/// What stands where the rows are: the rows, or why there are none.
#[component]
fn Rows(
    list: List,
    refresh: Callback<()>,
    clear: Callback<()>,
    #[prop(into)] signed_in: Signal<bool>,
    #[prop(into)] query: Signal<ListQuery>,
    #[prop(into)] table: Draw,
    kind: &'static KindTable,
    on_change: Change,
) -> Node {
    let (one, many) = (t(kind.one), lowered(t(kind.noun)));
    let (none, reading) = (fill("No {0}", &[&many]), fill("Reading the {0}…", &[&many]));
    #[derive(Clone, PartialEq)]
    enum Show {
        Rows,
        Skeleton,
        Failed,
        NoneYet,
        NoneMatch,
        SignedOut,
        Unasked(BuildError),
    }
    let show = memo(move |_| {
        let (loaded, visible) = (list.loaded(), list.visible());
        if let Some(why) = list.unasked.get().filter(|_| loaded == 0 && signed_in.get()) {
            return Show::Unasked(why);
        }
        list.fresh.with(|fresh| match (loaded, visible) {
            (0, _) if fresh.failure.is_some() && fresh.loaded_at.is_none() && signed_in.get() => Show::Failed,
            (0, _) if fresh.loaded_at.is_none() && !signed_in.get() => Show::SignedOut,
            (0, _) if fresh.loaded_at.is_none() => Show::Skeleton,
            (0, _) if query.with(|query| query.server.params.is_empty()) => Show::NoneYet,
            (0, _) | (_, 0) => Show::NoneMatch,
            _ => Show::Rows,
        })
    });
    live_node(move || {
        match show.get() {
        Show::Rows => table.run(),
        Show::Skeleton => el("div")
            .class("table-wrap")
            .attr("aria-busy", "true")
            .child(el("p").class("visually-hidden").attr("role", "status").text(reading.clone()))
            .child(view! { <SkeletonRows rows=12 columns=7 /> })
            .into(),
        Show::Failed => {
            let panel = list.fresh.get().failure.map(|failure| {
                let what = fill("The {0} could not be read", &[&many]);
                view! { <FailurePanel what=what error=failure.error next_try=failure.next_try on_retry=refresh /> }
            });
            panel.map(|panel| el("div").class("notice").child(panel)).into()
        }
        Show::NoneYet if list.is_remembered() => {
            let says = fill(
                "This API cannot list what it runs. Paste the ID of an {0} above, its URL, or the Location header of the answer that started it; the console remembers it in this browser.",
                &[one],
            );
            view! { <Empty head=none.clone() says=says /> }.into()
        }
        Show::NoneYet => view! {
            <Empty head=none.clone() says="The server knows of none that you may see. New ones appear here by themselves." />
        }
        .into(),
        Show::NoneMatch => {
            let actions = Node::from(view! { <Button label="Clear filters" on_press=clear /> });
            let says = fill("No {0} fits all of the filters above.", &[one]);
            view! { <Empty head="Nothing matches" says=says actions=actions /> }.into()
        }
        Show::SignedOut => Node::None,
        Show::Unasked(why) => unasked(list, query, &why, on_change),
    }
    })
}

/// Why the server was not asked, and the way to choose what it needs.
fn unasked(list: List, query: Signal<ListQuery>, why: &BuildError, on_change: Change) -> Node {
    let head = match why {
        BuildError::Invalid(_) => "Not sent",
        _ => "One thing first",
    };
    let choose = matches!(why, BuildError::Missing(_)).then(|| {
        let form = view! { <FilterChooser list=list query=query on_change=on_change /> };
        el("div").class("narrow").child(form)
    });
    view! { <Empty head=head says=why.to_string() actions=choose /> }.into()
}

/// Places whose rows are missing.
fn unreachable(list: List) -> Option<Node> {
    let places = list.reach.with(|reach| reach.unreachable.clone());
    let head = match places.len() {
        0 => return None,
        1 => "One place could not be reached; its rows are missing",
        _ => "Some places could not be reached; their rows are missing",
    };
    let lines: Node = places.into_iter().map(|place| el("li").class("mono").text(place)).collect();
    let body = el("ul").attr("aria-label", "Places that could not be reached").child(lines);
    let callout = view! { <Callout tone=Tone::Warn head=head body=body /> };
    Some(el("div").class("notice").attr("role", "status").child(callout).into())
}

/// Tells a screen reader the new number of rows, once things have settled.
fn announce(list: List, kind: &'static KindTable) {
    let many = lowered(t(kind.noun));
    let announcer = live::Announcer::current();
    effect(move |before: Option<(usize, usize)>| {
        let now = (list.visible(), list.loaded());
        let settled = before.is_some_and(|before| before != now) && list.progress.get_untracked().is_none();
        if let Some(announcer) = announcer.filter(|_| settled) {
            announcer.say(fill("{0} of {1} {2}", &[&grouped(now.0), &grouped(now.1), &many]));
        }
        now
    });
}
