//! The query of a page of rows: read from the address, and changed by whatever on the page filters, sorts and chooses
//! columns. And the head of such a page. Knows neither whose rows they are nor why there are none.

use crate::reactive::prelude::*;

use super::columns_menu::ColumnsMenu;
use super::filter_bar::Change;
use super::status_bar::StatusBar;
use super::table::OperationsTable;
use super::widths::Widths;
use crate::reactive::{Lasting, derive, effect, lasting, memo};
use crate::state::Console;
use crate::state::act::select::Selection;
use crate::state::list::List;
use crate::ui::el::{El, Node, el};
use longrun_core::dialect::Column;
use longrun_core::query::columns::shown;
use longrun_core::query::{ListQuery, Sort};
use longrun_core::view::rows::SlotNo;

/// What a page asks of its list. Cheap to copy.
pub type Asked = Lasting<AskedParts>;

/// What [`Asked`] points to.
pub struct AskedParts {
    list: List,
    /// As the address says.
    pub query: Memo<ListQuery>,
    /// The columns that are shown.
    pub columns: Signal<Vec<&'static Column>>,
    /// Changes the address; committed where it is worth an entry of the history.
    pub change: Change,
    widths: Widths,
}

impl Asked {
    /// Reads the address, and asks the list for what it says from now on.
    pub fn of(console: Console, list: List) -> Asked {
        let router = console.router;
        let tables = list.tables();
        let query = memo(move |_| router.search.with(|search| ListQuery::from_search(search, tables)));
        // Asked before it is read, so that the first request is already the right one.
        list.ask(query.get_untracked());
        let path = router.path_now();
        effect(move |before: Option<()>| {
            let query = query.get();
            // The address of the page that comes next is no question to this list.
            if before.is_some() && router.path_now() == path {
                list.ask(query);
            }
        });
        let change = Callback::new(move |(next, committed): (ListQuery, bool)| {
            router.set_search(&next.to_search(), committed);
        });
        let chosen = memo(move |_| query.with(|query| query.columns.clone()));
        let columns = derive(move || chosen.with(|chosen| shown(tables.columns, chosen.as_deref())));
        let widths = memo(move |_| query.with(|query| query.widths.clone()));
        let set_widths = Callback::new(move |widths| {
            change.run((ListQuery { widths, ..query.get_untracked() }, false));
        });
        let widths = Widths::new(widths.into(), columns, set_widths);
        lasting(AskedParts { list, query, columns, change, widths })
    }

    fn edit(self, edit: &dyn Fn(&mut ListQuery)) {
        let mut next = self.query.get_untracked();
        edit(&mut next);
        self.change.run((next, true));
    }

    /// Takes all filters away.
    pub fn clear(self) -> Callback<()> {
        Callback::new(move |()| self.edit(&ListQuery::clear_filters))
    }

    /// The menu of columns.
    pub fn columns_menu(self) -> Node {
        let chosen = memo(move |_| self.query.with(|query| query.columns.clone()));
        let choose = Callback::new(move |chosen: Option<Vec<&'static str>>| {
            self.edit(&|query| query.columns = chosen.clone());
        });
        view! { <ColumnsMenu columns=self.list.tables().columns chosen=chosen on_choose=choose /> }.into()
    }

    /// The bar of states.
    pub fn status_bar(self) -> Node {
        let states = derive(move || self.query.with(|query| query.states));
        let choose = Callback::new(move |states| self.edit(&|query| query.states = states));
        view! { <StatusBar list=self.list chosen=states on_choose=choose /> }.into()
    }

    /// The table of the rows.
    pub fn table(
        self,
        href: Callback<SlotNo, String>,
        stale: Signal<bool>,
        selection: Option<Selection>,
    ) -> Node {
        let sort = derive(move || self.query.with(|query| query.sort));
        let choose = Callback::new(move |sort: Sort| self.edit(&|query| query.sort = sort));
        let narrow = Some(Callback::new(move |query: ListQuery| self.change.run((query, true))));
        view! {
            <OperationsTable list=self.list columns=self.columns sort=sort on_sort=choose on_narrow=narrow href=href stale=stale selection=selection widths=self.widths />
        }
        .into()
    }
}

/// The head of a page: what it shows, a sentence about it, what can be done. The band is the connection's; empty where
/// it is of none.
pub fn page_head(band: &str, heading: String, says: &str, actions: Node) -> El {
    let titles = el("div").class("titles").child(el("h1").text(heading)).child(el("p").text(says.to_owned()));
    let band = if band.is_empty() { String::new() } else { format!(" band-{band}") };
    el("div").class(format!("page-head{band}")).child(titles).child(el("div").class("actions").child(actions))
}
