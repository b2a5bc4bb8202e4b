//! Which rows of a list are chosen. Kept by slot and id: a refresh may move rows, and what the server no longer sends is
//! no longer chosen. What a filter hides stays chosen.

use crate::reactive::RwSignal;
use leptos::prelude::untrack;

use crate::state::list::List;
use longrun_core::model::Operation;
use longrun_core::view::rows::SlotNo;
use std::sync::Arc;

/// The chosen rows of one list. Choosing in another list begins anew.
#[derive(Clone, Copy)]
pub struct Selection(RwSignal<Picked>);

#[derive(Default)]
struct Picked {
    list: String,
    /// Sorted by slot.
    rows: Vec<(SlotNo, Who)>,
    /// Where a range begins.
    anchor: Option<SlotNo>,
    /// Rows that the list does not have since it was read for another question: they wait here.
    away: Vec<Who>,
}

/// Who was chosen: another tenant may have another operation of this id.
#[derive(Clone, PartialEq)]
struct Who {
    id: Box<str>,
    tenant: Option<Arc<str>>,
}

impl Who {
    /// `None` for an entry that is no operation: it has no id to act on.
    fn of(op: &Operation) -> Option<Who> {
        (!op.unreadable && !op.id.is_empty()).then(|| Who { id: op.id.clone(), tenant: op.tenant.clone() })
    }

    fn is(&self, op: &Operation) -> bool {
        op.id == self.id && op.tenant == self.tenant
    }

    fn stands_in(&self, list: List, slot: SlotNo) -> bool {
        list.read_row(slot, |op| self.is(op)) == Some(true)
    }

    /// Where the list has it.
    fn slot(&self, list: List) -> Option<SlotNo> {
        list.slot_of(&self.id).filter(|slot| self.stands_in(list, *slot))
    }
}

impl Picked {
    fn place(&self, slot: SlotNo) -> Result<usize, usize> {
        self.rows.binary_search_by_key(&slot, |(slot, _)| *slot)
    }

    fn add(&mut self, list: List, slot: SlotNo) {
        if let (Err(at), Some(who)) = (self.place(slot), list.read_row(slot, Who::of).flatten()) {
            self.rows.insert(at, (slot, who));
        }
    }
}

impl Selection {
    /// Nothing chosen.
    pub fn new() -> Selection {
        Selection(RwSignal::new(Picked::default()))
    }

    /// A list is on the screen. What was chosen in another one is forgotten.
    pub fn enter(self, list: String) {
        if self.0.with_untracked(|picked| picked.list != list) {
            self.0.update(|picked| *picked = Picked { list, ..Picked::default() });
        }
    }

    /// How many are chosen that the list has, whatever of it the filters hide.
    pub fn len(self) -> usize {
        self.0.with(|picked| picked.rows.len())
    }

    /// How many are chosen that the list does not have now, as it was read for another question.
    pub fn away(self) -> usize {
        self.0.with(|picked| picked.away.len())
    }

    /// True where none is chosen.
    pub fn is_empty(self) -> bool {
        self.0.with(|picked| picked.rows.is_empty() && picked.away.is_empty())
    }

    /// True where that row is.
    pub fn has(self, slot: SlotNo) -> bool {
        self.0.with(|picked| picked.place(slot).is_ok())
    }

    /// Chooses none.
    pub fn clear(self) {
        self.0.update(|picked| {
            *picked = Picked { list: std::mem::take(&mut picked.list), ..Picked::default() }
        });
    }

    /// Chooses a row, or no longer; with `range`, all rows from the last one chosen to it.
    pub fn toggle(self, list: List, slot: SlotNo, range: bool) {
        let anchor = self.0.with_untracked(|picked| picked.anchor).filter(|_| range);
        let ends = untrack(|| anchor.and_then(|anchor| list.position(anchor)).zip(list.position(slot)));
        self.0.update(|picked| {
            match (ends, picked.place(slot)) {
                (Some((from, to)), _) => {
                    for slot in untrack(|| list.slice(from.min(to)..from.max(to) + 1)) {
                        picked.add(list, slot);
                    }
                }
                (None, Ok(at)) => {
                    picked.rows.remove(at);
                }
                (None, Err(_)) => picked.add(list, slot),
            }
            picked.anchor = Some(slot);
        });
    }

    /// The keyboard goes from one row to the next while Shift is held: the rows from the anchor to there are chosen.
    pub fn stretch(self, list: List, from: SlotNo, to: SlotNo) {
        let anchor = self.0.with_untracked(|picked| picked.anchor).unwrap_or(from);
        let place = |slot| untrack(|| list.position(slot));
        let (Some(fixed), Some(before), Some(now)) = (place(anchor), place(from), place(to)) else { return };
        self.0.update(|picked| {
            picked.anchor = Some(anchor);
            picked.add(list, anchor);
            if now.abs_diff(fixed) < before.abs_diff(fixed) {
                // On the way back.
                picked.rows.retain(|(slot, _)| *slot != from);
            } else {
                picked.add(list, to);
            }
        });
    }

    /// Chooses all rows that are visible, besides those that are chosen.
    pub fn choose_all(self, list: List) {
        let seen = untrack(|| seen(list));
        let visible = untrack(|| list.slice(0..usize::MAX));
        let one = |slot| Some((slot, list.read_row(slot, Who::of).flatten()?));
        self.0.update(|picked| {
            picked.rows.retain(|(slot, _)| !is_seen(&seen, *slot));
            picked.rows.extend(visible.into_iter().filter_map(one));
            // Sorted at the end: adding one by one in the list's order would move the rest each time.
            picked.rows.sort_unstable_by_key(|(slot, _)| *slot);
        });
    }

    /// Chooses all rows that are visible, or none of them where all are chosen.
    pub fn toggle_all(self, list: List) {
        if untrack(|| self.all_of(list)) {
            let seen = untrack(|| seen(list));
            self.0.update(|picked| picked.rows.retain(|(slot, _)| !is_seen(&seen, *slot)));
        } else {
            self.choose_all(list);
        }
    }

    /// True where every visible row is chosen.
    pub fn all_of(self, list: List) -> bool {
        let chosen = self.len();
        chosen > 0 && chosen - self.hidden(list) >= list.visible().max(1)
    }

    /// How many are chosen that the filters hide.
    pub fn hidden(self, list: List) -> usize {
        if self.is_empty() {
            return 0;
        }
        let seen = seen(list);
        self.0.with(|picked| picked.rows.iter().filter(|(slot, _)| !is_seen(&seen, *slot)).count())
    }

    /// Follows the list: lets go of what a refresh no longer brings. What it does not have for another question stays
    /// chosen, and is there again as soon as the list has it again.
    pub fn follow(self, list: List) {
        let settled = list.fresh.with(|fresh| fresh.loaded_at.is_some());
        let stays = |(slot, who): &(SlotNo, Who)| who.stands_in(list, *slot);
        let is_still = |picked: &Picked| {
            picked.rows.iter().all(stays) && picked.away.iter().all(|who| who.slot(list).is_none())
        };
        if self.0.with_untracked(is_still) {
            return;
        }
        self.0.update(|picked| {
            let (mut rows, gone): (Vec<_>, Vec<_>) =
                std::mem::take(&mut picked.rows).into_iter().partition(stays);
            if !settled && !gone.is_empty() {
                picked.away.extend(gone.into_iter().map(|(_, who)| who));
                picked.anchor = None;
            }
            picked.away.retain(|who| {
                let slot = who.slot(list);
                rows.extend(slot.map(|slot| (slot, who.clone())));
                slot.is_none()
            });
            rows.sort_unstable_by_key(|(slot, _)| *slot);
            // Chosen once more while it waited.
            rows.dedup_by_key(|(slot, _)| *slot);
            picked.rows = rows;
        });
    }

    /// The chosen rows, in the order of the screen; those that the filters hide come last.
    pub fn slots(self, list: List) -> Vec<SlotNo> {
        let mut slots: Vec<SlotNo> =
            list.slice(0..usize::MAX).into_iter().filter(|slot| self.has(*slot)).collect();
        let seen = seen(list);
        self.0.with(|picked| {
            slots.extend(picked.rows.iter().map(|(slot, _)| *slot).filter(|slot| !is_seen(&seen, *slot)));
        });
        slots
    }

    /// The chosen operations, in the order of the list. A slot may have been given to another row meanwhile, which
    /// nobody chose.
    pub fn operations(self, list: List) -> Vec<Operation> {
        self.0.with(|picked| {
            let one = |(slot, who): &(SlotNo, Who)| {
                list.read_row(*slot, |op| who.is(op).then(|| op.clone())).flatten()
            };
            picked.rows.iter().filter_map(one).collect()
        })
    }
}

/// Whether each slot is visible, by its number.
fn seen(list: List) -> Vec<bool> {
    let visible = list.slice(0..usize::MAX);
    let last = visible.iter().copied().max().map_or(0, |slot| slot as usize + 1);
    let mut seen = vec![false; last];
    for slot in visible {
        if let Some(seen) = seen.get_mut(slot as usize) {
            *seen = true;
        }
    }
    seen
}

fn is_seen(seen: &[bool], slot: SlotNo) -> bool {
    seen.get(slot as usize) == Some(&true)
}

impl Default for Selection {
    fn default() -> Selection {
        Selection::new()
    }
}
