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
}

impl Picked {
    fn place(&self, slot: SlotNo) -> Result<usize, usize> {
        self.rows.binary_search_by_key(&slot, |(slot, _)| *slot)
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
            picked.rows.clear();
            picked.anchor = None;
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

    /// Chooses all rows that are visible, or none where all of them are chosen.
    pub fn toggle_all(self, list: List) {
        let visible = untrack(|| list.slice(0..usize::MAX));
        let all = untrack(|| self.all_of(list));
        self.0.update(|picked| {
            picked.rows.clear();
            picked.anchor = None;
            if !all {
                for slot in visible {
                    // Sorted at the end: adding one by one in the list's order would move the rest each time.
                    if let Some(id) =
                        list.read_row(slot, |op| (!op.unreadable).then(|| op.id.clone())).flatten()
                    {
                        picked.rows.push((slot, id));
                    }
                }
                picked.rows.sort_unstable_by_key(|(slot, _)| *slot);
            }
        });
    }

    /// True where every visible row is chosen.
    pub fn all_of(self, list: List) -> bool {
        let chosen = self.len();
        chosen > 0
            && chosen >= list.visible()
            && list.slice(0..usize::MAX).into_iter().all(|slot| self.has(slot))
    }

    /// How many are chosen that the filters hide.
    pub fn hidden(self, list: List) -> usize {
        let mut visible = list.slice(0..usize::MAX);
        visible.sort_unstable();
        self.0.with(|picked| {
            picked.rows.iter().filter(|(slot, _)| visible.binary_search(slot).is_err()).count()
        })
    }

    /// Lets go of what the list no longer has.
    pub fn prune(self, list: List) {
        let stays = |(slot, id): &(SlotNo, Box<str>)| list.read_row(*slot, |op| op.id == *id) == Some(true);
        if self.0.with_untracked(|picked| !picked.rows.iter().all(stays)) {
            self.0.update(|picked| picked.rows.retain(stays));
        }
    }

    /// The chosen operations, in the order of the list.
    pub fn operations(self, list: List) -> Vec<Operation> {
        let slots: Vec<SlotNo> = self.0.with(|picked| picked.rows.iter().map(|(slot, _)| *slot).collect());
        slots.into_iter().filter_map(|slot| list.read_row(slot, Operation::clone)).collect()
    }
}

impl Default for Selection {
    fn default() -> Selection {
        Selection::new()
    }
}
