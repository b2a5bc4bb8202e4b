//! Under the rows: how many there are, of how many, what the figures speak of, and the way to more of them.

use crate::reactive::prelude::*;

use super::freshness::reason;
use super::status_bar::grouped;
use crate::reactive::{derive, memo};
use crate::state::list::{List, Reach};
use crate::ui::el::{El, el};
use crate::ui::{Button, size_text};
use longrun_core::dialect::{KindTable, Paging};
use longrun_core::fold::lowered;
use longrun_core::query::ListQuery;
use longrun_core::text::{count as count_of, fill, t};

/// The foot of a list.
#[component]
pub fn Foot(list: List, #[prop(into)] query: Signal<ListQuery>, kind: &'static KindTable) -> El {
    let many = lowered(t(kind.noun));
    let text = move || fill("{0} of {1}", &[&grouped(list.visible()), &grouped(list.loaded())]);
    let reading = move || {
        list.progress.get().map(|progress| {
            let size = size_text(usize::try_from(progress.bytes).unwrap_or(usize::MAX));
            fill("Reading: {0} rows, {1} so far.", &[&grouped(progress.rows), &size])
        })
    };
    let says = move || {
        let reach = list.reach.get();
        if list.unasked.with(Option::is_some) || list.fresh.with(|fresh| fresh.loaded_at.is_none()) {
            return String::new();
        }
        query.with(|query| {
            let local = query.is_filtered_locally();
            // A tenant that was chosen is no filter of rows in the sense of what is told here.
            let server = !query.server.params.is_empty();
            reaches(kind, &reach, list.loaded(), server, local)
        })
    };
    let odd = move || {
        Some(list.unreadable()).filter(|count| *count > 0).map(|count| {
            count_of(
                count,
                "{0} entry could not be read and stands as raw text.",
                "{0} entries could not be read and stand as raw text.",
                &[],
            )
        })
    };
    let shown = el("strong").attr("role", "status").attr("aria-label", "Rows shown").live_text(text);
    el("div")
        .class("table-foot")
        .child(el("span").child(shown).text(format!(" {many}")))
        .child(el("span").class("quiet").live_text(move || reading().unwrap_or_else(says)))
        .live_child(move || odd().map(|odd| el("span").class("soft").text(odd)))
        .child(view! { <More list=list /> })
}

/// What is loaded, of what the server has, and who filters.
fn reaches(kind: &KindTable, reach: &Reach, loaded: usize, server: bool, local: bool) -> String {
    let first = match (kind.can.paging, reach.more, reach.total) {
        _ if !kind.can.list => {
            t("This API has no list: the ids kept in this browser are read one by one.").to_owned()
        }
        (Paging::Whole, _, _) if server => t("The server filtered; all it answered is loaded.").to_owned(),
        (Paging::Whole, _, _) => {
            fill("This API has no pages: all {0} are loaded.", &[&lowered(t(kind.noun))])
        }
        (Paging::Pages, true, Some(total)) => {
            let total = usize::try_from(total).unwrap_or(usize::MAX);
            fill("{0} of {1} on the server are loaded.", &[&grouped(loaded), &grouped(total)])
        }
        (Paging::Pages, true, None) => fill("{0} loaded, more on the server.", &[&grouped(loaded)]),
        (Paging::Pages, false, _) => t("All that the server has for this is loaded.").to_owned(),
    };
    if local { fill("{0} States, words and time filter the loaded rows.", &[&first]) } else { first }
}

/// Asks for the next page, where there is one.
#[component]
pub fn More(list: List) -> El {
    let more = memo(move |_| list.reach.with(|reach| reach.more));
    let press = Callback::new(move |()| list.read_more());
    let label = derive(move || t(if list.reading_more.get() { "Loading…" } else { "Load more" }).to_owned());
    let failed = move || {
        let error = list.more_failed.get()?;
        let says = fill("The next page could not be read. {0} What is loaded stays.", &[&reason(&error)]);
        Some(el("span").class("wrong").attr("role", "alert").text(says))
    };
    el("span")
        .class("row push")
        .live_child(failed)
        .live_child(move || more.get().then(|| view! { <Button label=label on_press=press /> }))
}

#[cfg(test)]
mod tests {
    use super::reaches;
    use crate::state::list::Reach;
    use longrun_core::dialect::{Capabilities, KindTable, Paging, find};

    #[test]
    fn the_foot_says_what_its_figures_speak_of() {
        let ecl = find("ecl-vna").and_then(|ecl| ecl.kind("operations")).unwrap();
        let kind = |can: Capabilities| KindTable {
            id: "jobs",
            noun: "Jobs",
            one: "job",
            target: "thing",
            times: ["Created", "Ended"],
            body: None,
            result: None,
            listed: true,
            can,
            columns: ecl.columns,
            filters: ecl.filters,
            actions: &[],
            related: &[],
        };
        let pages = kind(Capabilities { paging: Paging::Pages, ..ecl.can });
        let remembered = kind(Capabilities { list: false, ..ecl.can });
        let part = Reach { total: Some(4_321), more: true, unreachable: vec![] };
        let untold = Reach { total: None, ..part.clone() };
        let all = Reach::default();
        assert_eq!(reaches(&pages, &part, 1_000, false, false), "1,000 of 4,321 on the server are loaded.");
        assert_eq!(reaches(&pages, &untold, 433, true, false), "433 loaded, more on the server.");
        assert!(reaches(&pages, &all, 5, false, true).contains("States, words and time"));
        assert!(!reaches(&pages, &all, 5, false, false).contains("no pages"));
        assert!(reaches(ecl, &all, 5, false, false).contains("no pages"));
        assert!(reaches(&remembered, &all, 5, false, false).contains("no list"));
    }
}
