//! Which columns are shown, and in which order.

use crate::reactive::prelude::*;

use crate::platform::{focus, pause, task::Scope};
use crate::reactive::{derive, memo};
use crate::ui::el::{El, Node, el};
use crate::ui::{Button, CheckLine, Glyph, Look, Popover};
use longrun_core::dialect::Column;
use longrun_core::query::columns::{kept, moved, shown, toggled};
use longrun_core::text::{fill, t};

/// What a choice of columns is given to: the ids to show, `None` for the default ones.
type Choose = Callback<Option<Vec<&'static str>>>;

/// The menu.
#[component]
pub fn ColumnsMenu(
    columns: &'static [Column],
    #[prop(into)] chosen: Signal<Option<Vec<&'static str>>>,
    on_choose: Choose,
) -> Node {
    let now = memo(move |_| {
        let ids = |chosen: &Option<Vec<&'static str>>| shown(columns, chosen.as_deref());
        chosen.with(ids).iter().map(|column| column.id).collect::<Vec<_>>()
    });
    let usual = Callback::new(move |()| on_choose.run(None));
    let menu = move || {
        let again = Scope::current();
        // What is shown stands in its order, the rest in the usual one.
        let places = move || {
            let rest = (0..).zip(columns).filter(|(_, column)| now.with(|now| !now.contains(&column.id)));
            let place =
                |id: &&str| columns.iter().zip(0..).find(|(column, _)| column.id == *id).map(|(_, at)| at);
            let mut places: Vec<u64> = now.with(|now| now.iter().filter_map(place).collect());
            places.extend(rest.map(|(at, _)| at));
            places
        };
        let one = move |at: u64| {
            let column = usize::try_from(at).ok().and_then(|at| columns.get(at));
            column.map_or_else(|| el("li"), |column| line(columns, column, now, on_choose, again))
        };
        el("div")
            .class("stack-s")
            .child(el("ul").class("column-lines").attr("aria-label", t("Columns")).keyed(places, one))
            .child(view! { <Button label=t("Default columns") look=Look::Ghost on_press=usual /> })
    };
    view! { <Popover label=t("Columns") icon=Glyph::Columns body=menu /> }.into()
}

fn line(
    columns: &'static [Column],
    column: &'static Column,
    now: Memo<Vec<&'static str>>,
    on_choose: Choose,
    scope: Scope,
) -> El {
    let id = column.id;
    let head = t(column.head);
    let place = move || now.with(|now| now.iter().position(|known| *known == id));
    let choose = move |next: Vec<&'static str>, back: &str| {
        on_choose.run(kept(columns, next));
        // A line that moves loses the focus on its way.
        let back = ["#column-", id, " ", back].concat();
        scope.spawn(async move {
            pause::next_frame().await;
            focus::first(&back);
        });
    };
    let toggle = Callback::new(move |on| choose(toggled(columns, &now.get_untracked(), id, on), "input"));
    let checked = derive(move || place().is_some());
    let step = move |forward: bool| -> Node {
        let (class, label, end) = if forward {
            ("up", fill("Move {0} up", &[head]), t("It is the first."))
        } else {
            ("down", fill("Move {0} down", &[head]), t("It is the last."))
        };
        let press = Callback::new(move |()| {
            let back = if forward { ".up" } else { ".down" };
            choose(moved(&now.get_untracked(), id, forward), back);
        });
        let off = derive(move || {
            let at = if forward { 0 } else { now.with(Vec::len) - 1 };
            (place() == Some(at)).then(|| end.to_owned())
        });
        view! { <Button label=label icon=Glyph::Down icon_only=true look=Look::Ghost class=class why_off=off on_press=press /> }
            .into()
    };
    el("li")
        .attr("id", ["column-", id].concat())
        .child(view! { <CheckLine label=head checked=checked on_change=toggle /> })
        .live_child(move || checked.get().then(|| [step(true), step(false)]))
}
