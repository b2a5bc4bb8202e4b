//! The query's pieces as chips that can be changed and taken away: what the server filters, and what is applied to the
//! loaded rows.

use crate::reactive::prelude::*;

use crate::reactive::memo;
use crate::ui::el::{El, Node, el, live_node, sentence};
use crate::ui::{Glyph, icon_s};
use longrun_core::dialect::FilterKind;
use longrun_core::query::{Chip, ChipAt, ListQuery, Tables};
use longrun_core::text::{fill, t};

/// The chips. `on_edit` gets the chip that was pressed, `on_drop` the one to take away.
#[component]
pub fn Chips(
    tables: Tables,
    #[prop(into)] query: Signal<ListQuery>,
    on_edit: Callback<ChipAt>,
    on_drop: Callback<ChipAt>,
) -> Node {
    let chips = memo(move |_| query.with(|query| query.chips(tables)));
    let one = move |chip: Chip| -> Option<El> {
        let Chip { name, path, says, value, at } = chip;
        // Those have a box or a picker of their own in which they stand.
        if let ChipAt::Server(param, _) = &at {
            let filter = tables.filters.iter().find(|filter| filter.param == *param)?;
            if matches!(filter.kind, FilterKind::Checked(_) | FilterKind::Choice) {
                return None;
            }
        }
        let local = matches!(at, ChipAt::Text(_));
        let key = if path.is_empty() { t(name).to_owned() } else { path };
        let name = fill(says, &[&key, &value]);
        let title = if local { fill("{0}, among the loaded rows", &[&name]) } else { name.clone() };
        let (edited, dropped) = (at.clone(), at);
        let edit = el("button")
            .attr("type", "button")
            .attr("title", title)
            .on("click", move |_| on_edit.run(edited.clone()))
            .child(el("span").class("visually-hidden").text("Edit filter:").text(" "))
            .child(sentence(says, &mut |place| match place {
                0 => el("span").class("key").text(key.clone()).into(),
                _ => el("span").class("val").text(value.clone()).into(),
            }));
        let drop = el("button")
            .class("drop")
            .attr("type", "button")
            .attr("aria-label", fill("Remove filter: {0}", &[&name]))
            .on("click", move |_| on_drop.run(dropped.clone()))
            .child(icon_s(Glyph::Close));
        let chip = el("li").class("chip").attr("data-where", local.then_some("loaded"));
        Some(chip.child(edit).child(drop))
    };
    live_node(move || {
        let chips = chips.get();
        let any = !chips.is_empty();
        any.then(|| {
            let chips = chips.into_iter().filter_map(one).collect::<Node>();
            el("ul").attr("aria-label", "Filters").child(chips)
        })
    })
}
