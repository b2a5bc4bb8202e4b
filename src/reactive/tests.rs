use std::cell::Cell;
use std::mem::size_of;
use std::rc::Rc;

use leptos::prelude::{Owner, on_cleanup};
use send_wrapper::SendWrapper;

use super::{Callback, MaybeProp, Memo, RwSignal, Signal, StoredValue, derive, memo};

#[test]
fn a_handle_is_one_word() {
    assert_eq!(size_of::<RwSignal<String>>(), 4);
    assert_eq!(size_of::<Memo<Vec<u8>>>(), 4);
    assert_eq!(size_of::<Option<StoredValue<String>>>(), 4);
    assert_eq!(size_of::<MaybeProp<String>>(), 4);
}

#[test]
fn a_value_goes_with_its_owner_and_an_old_handle_finds_no_other() {
    let owner = Owner::new();
    let (cell, kept) = owner.with(|| (RwSignal::new(1), StoredValue::new("one".to_owned())));
    assert_eq!((cell.try_get_untracked(), kept.try_get_value()), (Some(1), Some("one".to_owned())));
    owner.cleanup();
    // Others take the places.
    let next = Owner::new();
    let others = next.with(|| (0..20).map(RwSignal::new).collect::<Vec<_>>());
    assert_eq!((cell.try_get_untracked(), kept.try_get_value()), (None, None));
    cell.set(5);
    cell.try_update(|value| *value += 1);
    assert!(others.iter().enumerate().all(|(at, other)| other.get_untracked() == at));
}

#[test]
fn what_a_part_does_as_it_goes_can_still_look() {
    let owner = Owner::new();
    let seen = Rc::new(Cell::new(0));
    owner.with(|| {
        let cell = RwSignal::new(7);
        let seen = SendWrapper::new(Rc::clone(&seen));
        on_cleanup(move || seen.set(cell.get_untracked()));
    });
    owner.cleanup();
    assert_eq!(seen.get(), 7);
}

#[test]
fn what_goes_may_itself_look_and_put() {
    struct Last(RwSignal<i32>);
    impl Drop for Last {
        fn drop(&mut self) {
            self.0.try_update(|value| *value += 1);
        }
    }
    let outer = Owner::new();
    let count = outer.with(|| RwSignal::new(0));
    let inner = Owner::new();
    let last = inner.with(|| StoredValue::new(Last(count)));
    last.set_value(Last(count));
    assert_eq!(count.get_untracked(), 1);
    inner.cleanup();
    assert_eq!(count.get_untracked(), 2);
}

#[test]
fn who_looks_keeps_what_was_there() {
    let owner = Owner::new();
    owner.with(|| {
        let cell = RwSignal::new("before".to_owned());
        cell.with_untracked(|text| {
            cell.set("after".to_owned());
            assert_eq!(text, "before");
        });
        assert_eq!(cell.get_untracked(), "after");
    });
}

#[test]
fn memos_follow_and_all_kinds_read_alike() {
    let owner = Owner::new();
    owner.with(|| {
        let cell = RwSignal::new(2);
        let runs = Rc::new(Cell::new(0));
        let counted = Rc::clone(&runs);
        let doubled = memo(move |_| {
            counted.set(counted.get() + 1);
            cell.get() * 2
        });
        let derived = derive(move || doubled.get() + 1);
        let prop: MaybeProp<i32> = derived.into();
        let (from_cell, from_memo): (Signal<i32>, Signal<i32>) = (cell.into(), doubled.into());
        let read = || (from_cell.get(), from_memo.get(), derived.get_untracked(), prop.get());
        assert_eq!(read(), (2, 4, 5, Some(5)));
        assert_eq!(runs.get(), 1);
        cell.set(3);
        assert_eq!(read(), (3, 6, 7, Some(7)));
        assert_eq!(runs.get(), 2);
    });
}

#[test]
fn a_callback_may_take_its_own_part_down() {
    let owner = Owner::new();
    let gone = owner.clone();
    let call = owner.with(|| {
        Callback::new(move |add: i32| {
            gone.cleanup();
            add + 1
        })
    });
    assert_eq!(call.run(1), 2);
}

#[test]
#[should_panic(expected = "a reactive value is gone")]
fn reading_what_is_gone_is_told() {
    let owner = Owner::new();
    let cell = owner.with(|| RwSignal::new(1));
    owner.cleanup();
    cell.get_untracked();
}
