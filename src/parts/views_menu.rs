//! Saved views of a list: built in and own ones, opened from a menu in the list's head. A view is the search part of the
//! list's address.

use crate::reactive::prelude::*;

use super::connected::Connected;
use crate::reactive::{derive, memo};
use crate::state::Console;
use crate::state::views::View;
use crate::ui::el::{Node, el, live_node};
use crate::ui::{Button, Dialog, Glyph, ItemKind, Look, Menu, MenuItem, TextField};
use longrun_core::query::views::{built_in, opened};
use longrun_core::query::{ListQuery, Tables};
use longrun_core::text::{fill, t};

/// What the user is asked.
#[derive(Clone, PartialEq)]
enum Question {
    Save,
    Rename(View),
    Delete(View),
}

/// Where the menu stands.
#[derive(Clone, Copy)]
struct Here {
    console: Console,
    api: &'static str,
    kind: &'static str,
    tables: Tables,
    /// The search part as it is now.
    search: Memo<String>,
    ask: RwSignal<Option<Question>>,
    /// The own view that was opened last: what is saved next is likely that one, changed.
    last: RwSignal<String>,
}

/// The menu, and the dialogs behind it.
pub fn views_menu(at: &Connected, query: Memo<ListQuery>) -> Node {
    let here = Here {
        console: Console::here(),
        api: at.dialect.id(),
        kind: at.kind,
        tables: Tables { filters: at.table.filters, columns: at.table.columns },
        search: memo(move |_| query.with(ListQuery::to_search)),
        ask: RwSignal::new(None),
        last: RwSignal::new(String::new()),
    };
    let usual = built_in(at.table);
    let own = memo(move |_| here.console.views.of(here.api, here.kind));
    let own_here = move || {
        here.search.with(|now| own.with(|own| own.iter().find(|view| here.is(&view.search, now)).cloned()))
    };
    let known = usual.clone();
    let name = derive(move || {
        let usual =
            || here.search.with(|now| known.iter().find(|(_, search)| here.is(search, now)).map(|u| u.0));
        let name = own_here().map(|view| view.name).or_else(|| usual().map(|name| t(name).to_owned()));
        name.map_or_else(|| t("Views").to_owned(), |name| fill("View: {0}", &[&name]))
    });
    let items = derive(move || {
        let mut items = vec![];
        let now = here.search.get();
        for (name, search) in &usual {
            items.push(here.item((*name).to_owned(), t(name), (*search).to_owned(), &now, false));
        }
        for (at, view) in own.get().into_iter().enumerate() {
            let mut item = here.item(view.name.clone(), &view.name, view.search, &now, true);
            item.apart = at == 0 && !items.is_empty();
            items.push(item);
        }
        let ask = |label: String, question: Question| {
            let question = StoredValue::new(question);
            MenuItem::new(label, Callback::new(move |()| here.ask.set(Some(question.get_value()))))
        };
        let mut save = ask(t("Save this view…").to_owned(), Question::Save);
        save.apart = !items.is_empty();
        items.push(save);
        if let Some(view) = own_here() {
            items.push(ask(fill("Rename {0}…", &[&view.name]), Question::Rename(view.clone())));
            items.push(ask(fill("Delete {0}…", &[&view.name]), Question::Delete(view)));
        }
        items
    });
    let dialog = move || {
        here.ask.get().map(|question| match question {
            Question::Delete(view) => delete(here, view),
            other => named(here, other),
        })
    };
    let menu = view! { <Menu label=name items=items icon=Glyph::View /> };
    [menu.into(), live_node(dialog)].into()
}

impl Here {
    /// Whether a view shows what is shown now.
    fn is(self, search: &str, now: &str) -> bool {
        opened(search, self.tables).0 == now
    }

    fn item(self, name: String, label: &str, search: String, now: &str, own: bool) -> MenuItem {
        let chosen = self.is(&search, now);
        let open = Callback::new(move |()| {
            let (applied, lost) = opened(&search, self.tables);
            self.last.set(if own { name.clone() } else { String::new() });
            self.console.router.set_search(&applied, true);
            if !lost.is_empty() {
                let says = t(
                    "This list does not have it any more. The rest of the view is shown; save it again to keep it so.",
                );
                let head = fill("The view {0} was opened without {1}", &[&name, &lost.join("; ")]);
                self.console.notices.failed(head, says);
            }
        });
        MenuItem::new(label.to_owned(), open).kind(ItemKind::Radio(chosen))
    }

    fn close(self) -> Callback<()> {
        Callback::new(move |()| self.ask.set(None))
    }
}

/// Asks for the name under which a view is saved, or the new name of one.
fn named(here: Here, question: Question) -> Node {
    let before = match question {
        Question::Rename(view) => Some(view),
        _ => None,
    };
    let views = here.console.views;
    let name =
        RwSignal::new(before.as_ref().map_or_else(|| here.last.get_untracked(), |view| view.name.clone()));
    let wrong = RwSignal::new(None::<String>);
    let own_name = before.as_ref().map(|view| view.name.clone());
    let taken = memo(move |_| {
        let name = name.get().trim().to_owned();
        let is_it = |view: &View| view.name == name && Some(&view.name) != own_name.as_ref();
        views.of(here.api, here.kind).iter().any(is_it).then_some(name)
    });
    let renames = before.is_some();
    let title = match &before {
        Some(view) => fill("Rename the view {0}", &[&view.name]),
        None => t("Save this view").to_owned(),
    };
    let save = Callback::new(move |()| {
        let name = name.get_untracked().trim().to_owned();
        if name.is_empty() {
            wrong.set(Some(t("Give it a name.").to_owned()));
            return;
        }
        let search = match &before {
            Some(view) => view.search.clone(),
            None => here.search.get_untracked(),
        };
        here.last.set(name.clone());
        here.console.notices.done(fill("The view {0} is saved", &[&name]));
        let view = View { api: here.api.to_owned(), kind: here.kind.to_owned(), name, search };
        views.change(before.as_ref(), Some(view));
        here.ask.set(None);
    });
    let label = derive(move || match taken.get() {
        Some(name) => fill("Overwrite {0}", &[&name]),
        None if renames => t("Rename view").to_owned(),
        None => t("Save view").to_owned(),
    });
    let hint = derive(move || {
        Some(match taken.get() {
            Some(_) => t("There is a view of that name already. It is replaced.").to_owned(),
            None if renames => String::new(),
            None => t("It keeps the filters, the columns and the order on the screen, for every connection of this API.").to_owned(),
        })
    });
    let form = el("form")
        .attr("novalidate", true)
        .on("submit", move |event| {
            event.prevent_default();
            save.run(());
        })
        .child(view! { <TextField label=t("Name") value=name wrong=wrong hint=hint first=true /> });
    let footer = Node::from([
        view! { <Button label=t("Cancel") on_press=here.close() /> },
        view! { <Button label=label look=Look::Primary on_press=save /> },
    ]);
    view! { <Dialog title=title on_close=here.close() footer=footer body=form /> }.into()
}

fn delete(here: Here, view: View) -> Node {
    let title = fill("Delete the view {0}?", &[&view.name]);
    let body = el("p").text(t("It goes from this browser. The list stays as it is on the screen."));
    let label = fill("Delete {0}", &[&view.name]);
    let act = Callback::new(move |()| {
        here.console.views.change(Some(&view), None);
        here.ask.set(None);
    });
    let footer = Node::from([
        view! { <Button label=t("Keep it") on_press=here.close() safe=true /> },
        view! { <Button label=label look=Look::Danger on_press=act /> },
    ]);
    view! { <Dialog title=title on_close=here.close() footer=footer body=body /> }.into()
}
