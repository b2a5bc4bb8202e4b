//! A list whose rows are in other lists: of several connections, of whatever API. Parts take it for a list like any other;
//! its slot numbers say which list and which slot there. Must not know how rows are read.

use leptos::prelude::{on_cleanup, untrack};

use super::List;
use crate::platform::clock;
use crate::reactive::effect;
use crate::state::Console;
use longrun_core::dialect::ACROSS;
use longrun_core::model::State;
use longrun_core::query::{ListQuery, Tables, text_at};
use longrun_core::time::Millis;
use longrun_core::view::config::Connection;
use longrun_core::view::freshness::Freshness;
use longrun_core::view::index::Index;
use longrun_core::view::merge::{self, Keyed};
use longrun_core::view::poll::Pace;
use longrun_core::view::rows::SlotNo;

/// Bits of a slot number that are the slot's own; those above say which list.
const BITS: u32 = 26;
/// So many lists can be told apart.
const MOST: usize = 1 << (32 - BITS);
/// How often lists are read while nobody waits for a row of them.
const CALM: Pace = Pace::Every(20);

/// One of the lists.
pub(super) struct Part {
    conn: Connection,
    list: List,
    /// The query leaves its connection out.
    is_out: bool,
}

impl List {
    /// One list of several, empty until it is kept fresh. `None` where there is nothing to list.
    pub fn across(console: Console, mut lists: Vec<(Connection, List)>) -> Option<List> {
        lists.truncate(MOST);
        let (conn, first) = lists.first()?;
        let dialect = first.data.with_value(|data| data.dialect);
        // No kind of the dialect: it has no filters of a server's.
        let list = List::new(console, conn.clone(), dialect, "");
        list.data.update_value(|data| {
            data.tables = Tables { filters: &[], columns: ACROSS };
            data.parts = lists.into_iter().map(|(conn, list)| Part { conn, list, is_out: false }).collect();
        });
        Some(list)
    }

    /// True where its rows are in other lists.
    pub fn is_across(self) -> bool {
        self.data.with_value(|data| !data.parts.is_empty())
    }

    /// Where a row really is.
    pub(super) fn at(self, slot: SlotNo) -> (List, SlotNo) {
        let part = self.data.with_value(|data| data.parts.get((slot >> BITS) as usize).map(|part| part.list));
        part.map_or((self, slot), |part| (part, slot & ((1 << BITS) - 1)))
    }

    /// The position among its lists of the one that has a row, with its connection and that list.
    pub fn part_of(self, slot: SlotNo) -> Option<(usize, Connection, List)> {
        let which = (slot >> BITS) as usize;
        self.data.with_value(|data| data.parts.get(which).map(|part| (which, part.conn.clone(), part.list)))
    }

    pub(super) fn each_part(self, act: &mut dyn FnMut(List)) {
        let parts: Vec<List> = self.data.with_value(|data| data.parts.iter().map(|part| part.list).collect());
        parts.into_iter().for_each(act);
    }

    /// Asks each list as at its connection's start, and for the rest what is asked of all.
    pub(super) fn ask_parts(self, query: &ListQuery) {
        self.query.set(query.clone());
        let parts = self.data.with_value(|data| {
            let start = |part: &Part| {
                (part.list, ListQuery::from_search(&part.conn.start, part.list.tables()).server)
            };
            data.parts.iter().map(start).collect::<Vec<_>>()
        });
        for (which, (list, server)) in parts.into_iter().enumerate() {
            let text = self.data.try_update_value(|data| {
                let part = data.parts.get_mut(which)?;
                let text = text_at(&query.text, &[&part.conn.name, &part.conn.id]);
                part.is_out = text.is_none();
                text
            });
            let text = text.flatten().unwrap_or_default();
            list.ask(ListQuery { server, text, columns: None, widths: vec![], ..query.clone() });
        }
        self.version.update(|version| *version += 1);
    }

    /// Keeps all of its lists fresh until the page goes; its age is that of the oldest. `calm`: nobody waits for a row, so
    /// those that go by themselves go no faster than every so many seconds.
    pub fn keep_parts_fresh(self, calm: bool) {
        self.each_part(&mut |part| {
            part.keep_fresh();
            let pace = part.poller.pace;
            if calm && pace.get_untracked() == Pace::Auto {
                pace.set(CALM);
                on_cleanup(move || {
                    if pace.get_untracked() == CALM {
                        pace.set(Pace::Auto);
                    }
                });
            }
        });
        effect(move |_: Option<()>| {
            let mut all = Freshness::default();
            self.each_part(&mut |part| {
                let fresh = part.fresh.get();
                all.loading_since = all.loading_since.or(fresh.loading_since);
                if let Some(at) = fresh.loaded_at {
                    all.loaded_at = Some(all.loaded_at.map_or(at, |oldest| oldest.min(at)));
                }
            });
            self.fresh.set(all);
        });
        let poller = self.poller;
        effect(move |before: Option<()>| {
            let pace = poller.pace.get();
            if before.is_some() {
                self.each_part(&mut |part| part.poller.pace.set(pace));
            }
        });
    }

    /// Puts the rows of its lists in one order until the page goes, and again whenever one of them changes.
    pub fn merge_parts(self) {
        self.each_part(&mut |part| part.poller.hold());
        effect(move |_: Option<()>| {
            self.each_part(&mut |part| part.shape.track());
            self.version.track();
            let sort = self.query.get().sort;
            let of = ACROSS.iter().find(|column| column.id == sort.column).and_then(|column| column.sort);
            let now = Millis(clock::now_ms());
            let mut index = Index::default();
            let mut lists: Vec<Vec<Keyed>> = vec![];
            let mut names: Vec<String> =
                self.data.with_value(|data| data.parts.iter().map(|part| part.conn.name.clone()).collect());
            let by_name = (sort.column == "connection").then(|| {
                let ours = names.clone();
                names.sort_unstable();
                (ours, names)
            });
            let outs: Vec<bool> =
                self.data.with_value(|data| data.parts.iter().map(|part| part.is_out).collect());
            self.each_part(&mut |part| {
                if outs.get(lists.len()) == Some(&true) {
                    return lists.push(vec![]);
                }
                let rank = by_name.as_ref().and_then(|(ours, sorted)| {
                    let name = ours.get(lists.len())?;
                    let rank = sorted.iter().position(|other| other == name)?;
                    Some(if sort.descending { sorted.len() - rank } else { rank } as u128)
                });
                part.data.with_value(|data| {
                    let keyed = |slot: &SlotNo| {
                        let op = data.rows.get(*slot)?;
                        Some((rank.unwrap_or_else(|| merge::key(of, sort.descending, op, now)), *slot))
                    };
                    lists.push(data.index.visible.iter().filter_map(keyed).collect());
                    index.matching += data.index.matching;
                    index.waiting += data.index.waiting;
                    for state in State::ALL {
                        if let (Some(sum), Some(count)) =
                            (index.counts.get_mut(state.index()), data.index.counts.get(state.index()))
                        {
                            *sum += count;
                        }
                    }
                });
            });
            let slot = |(which, slot): (usize, SlotNo)| Some((u32::try_from(which).ok()? << BITS) | slot);
            index.visible = merge::merged(&lists).into_iter().filter_map(slot).collect();
            untrack(|| {
                self.data.update_value(|data| data.index = index);
                self.shape.update(|shape| *shape = shape.wrapping_add(1));
            });
        });
    }
}
