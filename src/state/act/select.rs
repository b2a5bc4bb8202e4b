//! Which rows of a list are chosen. Kept by slot and id: a refresh may move rows, and what the server no longer sends is
//! no longer chosen.

use crate::reactive::RwSignal;
use leptos::prelude::untrack;

use crate::state::list::List;
use longrun_core::model::Operation;
use longrun_core::view::rows::SlotNo;

/// The chosen rows of one list. Choosing in another list begins anew.
#[derive(Clone, Copy)]
pub struct Selection(RwSignal<Picked>);

#[derive(Default)]
struct Picked {
    list: String,
    /// Sorted by slot.
    rows: Vec<(SlotNo, Box<str>)>,
    /// Where a range begins.
    anchor: Option<SlotNo>,
    /// All rows that matched were chosen: what the filters hide from then on is let go.
    whole: bool,
    /// How many were let go because they no longer match.
    let_go: usize,
    /// While the list is read for another question its rows have no slots: what was chosen waits here, by id.
    parked: Vec<Box<str>>,
}

impl Picked {
    fn place(&self, slot: SlotNo) -> Result<usize, usize> {
        self.rows.binary_search_by_key(&slot, |(slot, _)| *slot)
    }

    /// A first row begins anew: nothing of an earlier choice holds for it.
    fn begin(&mut self) {
        if self.rows.is_empty() {
            *self = Picked { list: std::mem::take(&mut self.list), anchor: self.anchor, ..Picked::default() };
        }
    }

    fn add(&mut self, list: List, slot: SlotNo) {
        // An entry that is no operation has no id to act on.
        let id = list.read_row(slot, |op| (!op.unreadable && !op.id.is_empty()).then(|| op.id.clone()));
        if let (Err(at), Some(Some(id))) = (self.place(slot), id) {
            self.rows.insert(at, (slot, id));
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

    /// How many are chosen.
    pub fn len(self) -> usize {
        self.0.with(|picked| picked.rows.len())
    }

    /// True where none is.
    pub fn is_empty(self) -> bool {
        self.len() == 0
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
            picked.begin();
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
            picked.begin();
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

    /// Chooses all rows that are visible.
    pub fn choose_all(self, list: List) {
        self.clear();
        let visible = untrack(|| list.slice(0..usize::MAX));
        self.0.update(|picked| {
            picked.whole = true;
            let one = |slot| {
                let id = list.read_row(slot, |op| (!op.unreadable).then(|| op.id.clone())).flatten();
                Some((slot, id?))
            };
            picked.rows = visible.into_iter().filter_map(one).collect();
            // Sorted at the end: adding one by one in the list's order would move the rest each time.
            picked.rows.sort_unstable_by_key(|(slot, _)| *slot);
        });
    }

    /// Chooses all rows that are visible, or none where all of them are chosen.
    pub fn toggle_all(self, list: List) {
        if untrack(|| self.all_of(list)) { self.clear() } else { self.choose_all(list) }
    }

    /// True where every visible row is chosen.
    pub fn all_of(self, list: List) -> bool {
        let chosen = self.len();
        chosen > 0 && chosen - self.hidden(list) >= list.visible()
    }

    /// True where all that matched were chosen at once.
    pub fn is_whole(self) -> bool {
        self.0.with(|picked| picked.whole)
    }

    /// How many were let go because they no longer match.
    pub fn let_go(self) -> usize {
        self.0.with(|picked| picked.let_go)
    }

    /// How many are chosen that the filters hide.
    pub fn hidden(self, list: List) -> usize {
        if self.is_empty() {
            return 0;
        }
        let seen = seen(list);
        self.0.with(|picked| picked.rows.iter().filter(|(slot, _)| !is_seen(&seen, *slot)).count())
    }

    /// Follows the list: lets go of what it no longer has and, where all that matched were chosen, of what no longer
    /// matches. Chosen rows that come back under another question stay chosen.
    pub fn follow(self, list: List) {
        let settled = list.fresh.with(|fresh| fresh.loaded_at.is_some());
        let empty = |picked: &Picked| picked.rows.is_empty() && picked.parked.is_empty();
        if self.0.with_untracked(empty) {
            return;
        }
        if !settled {
            if self.0.with_untracked(|picked| !picked.rows.is_empty()) {
                self.0.update(|picked| {
                    picked.parked = std::mem::take(&mut picked.rows).into_iter().map(|(_, id)| id).collect();
                    picked.anchor = None;
                });
            }
            return;
        }
        let stays = |(slot, id): &(SlotNo, Box<str>)| list.read_row(*slot, |op| op.id == *id) == Some(true);
        if self.0.with_untracked(|picked| !picked.parked.is_empty()) {
            self.0.update(|picked| {
                for id in std::mem::take(&mut picked.parked) {
                    match list.slot_of(&id) {
                        Some(slot) => picked.rows.push((slot, id)),
                        None => picked.let_go += 1,
                    }
                }
                picked.rows.sort_unstable_by_key(|(slot, _)| *slot);
            });
        } else if self.0.with_untracked(|picked| !picked.rows.iter().all(stays)) {
            self.0.update(|picked| picked.rows.retain(stays));
        }
        if untrack(|| self.is_whole() && self.hidden(list) > 0) {
            let seen = untrack(|| seen(list));
            self.0.update(|picked| {
                let before = picked.rows.len();
                picked.rows.retain(|(slot, _)| is_seen(&seen, *slot));
                picked.let_go += before - picked.rows.len();
            });
        }
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

    /// The chosen operations, in the order of the list.
    pub fn operations(self, list: List) -> Vec<Operation> {
        let slots: Vec<SlotNo> = self.0.with(|picked| picked.rows.iter().map(|(slot, _)| *slot).collect());
        slots.into_iter().filter_map(|slot| list.read_row(slot, Operation::clone)).collect()
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
