//! What the server filters, as chips that can be changed and taken away.

use crate::reactive::prelude::*;

use crate::reactive::memo;
use crate::ui::el::{El, Node, el, live_node, sentence};
use crate::ui::{Glyph, icon_s};
use longrun_core::dialect::{Filter, FilterKind};
use longrun_core::query::ListQuery;
use longrun_core::text::{fill, t};

/// The chips. `on_edit` gets parameter and value of the chip that was pressed, `on_drop` of the one to take away.
#[component]
pub fn Chips(
    filters: &'static [Filter],
    #[prop(into)] query: Signal<ListQuery>,
    on_edit: Callback<(&'static str, String)>,
    on_drop: Callback<(&'static str, String)>,
) -> Node {
    // The rest of the query changes with every key typed; the chips stay then.
    let chips = memo(move |_| query.with(|query| query.server.params.clone()));
    let one = move |(param, value): (&'static str, String)| -> Option<El> {
        let filter = filters.iter().find(|filter| filter.param == param)?;
        // Those have a box or a picker of their own in which they stand.
        if matches!(filter.kind, FilterKind::Checked(_) | FilterKind::Choice) {
            return None;
        }
        let flag = matches!(filter.kind, FilterKind::Flag(_));
        let shown = if flag { t("on").to_owned() } else { value.clone() };
        let name = fill("{0} is {1}", &[t(filter.label), &shown]);
        let (edited, dropped) = (value.clone(), value);
        let edit = el("button")
            .attr("type", "button")
            .attr("title", name.clone())
            .on("click", move |_| on_edit.run((param, edited.clone())))
            .child(el("span").class("visually-hidden").text("Edit filter:").text(" "))
            .child(sentence("{0} is {1}", &mut |place| match place {
                0 => el("span").class("key").text(filter.label).into(),
                _ => el("span").class("val").text(shown.clone()).into(),
            }));
        let drop = el("button")
            .class("drop")
            .attr("type", "button")
            .attr("aria-label", fill("Remove filter: {0}", &[&name]))
            .on("click", move |_| on_drop.run((param, dropped.clone())))
            .child(icon_s(Glyph::Close));
        Some(el("li").class("chip").child(edit).child(drop))
    };
    live_node(move || {
        let chips = chips.get();
        let any = !chips.is_empty();
        any.then(|| {
            el("ul").attr("aria-label", "Filters").child(chips.into_iter().filter_map(one).collect::<Node>())
        })
    })
}
