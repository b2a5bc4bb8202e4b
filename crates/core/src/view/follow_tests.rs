//! Tests of following an action to its end.

use super::*;
use crate::dialect::{Availability, Reach};

fn op(state: State) -> Operation {
    Operation { id: "a".into(), state, ..Operation::default() }
}

fn ended_at(state: State, at: i64) -> Operation {
    Operation { ended: Stamp::At(Millis(at)), ..op(state) }
}

const fn action(label: &'static str, weight: Weight, settles: Settles) -> Action {
    let allowed = |_: &Operation| Availability::Ready;
    Action { id: label, label, reach: Reach::Item, weight, allowed, consequence: "", inputs: &[], settles }
}

fn begin(settles: Settles, before: &Operation, unclear: bool, now: i64) -> Follow {
    Follow::begin(&action("Act", Weight::Destroys, settles), before, unclear, Millis(now))
}

fn cancel() -> Follow {
    begin(Settles::WhenEnded, &op(State::Running), false, 1_000)
}

#[test]
fn requested_is_not_done() {
    let mut follow = cancel();
    assert!(follow.is_open() && follow.says().contains("requested"));
    follow.see(Seen::There(&op(State::Running)), Millis(2_000));
    assert_eq!(follow.phase, Phase::Requested);
    follow.see(Seen::There(&op(State::Cancelling)), Millis(3_000));
    assert_eq!(follow.phase, Phase::OnItsWay);
    follow.see(Seen::There(&op(State::Cancelled)), Millis(4_000));
    assert_eq!(follow.phase, Phase::Settled(End::Cancelled));
    assert_eq!(follow.elapsed(Millis(99_000)), 3_000);
    follow.see(Seen::Gone, Millis(5_000));
    assert_eq!(follow.phase, Phase::Settled(End::Cancelled), "the end stays the end");
}

#[test]
fn what_finished_before_the_cancel_took_effect_is_told() {
    for (state, end) in [(State::Succeeded, End::Finished), (State::Failed, End::Failed)] {
        let mut follow = cancel();
        follow.see(Seen::There(&op(state)), Millis(2_000));
        assert_eq!(follow.phase, Phase::Settled(end));
    }
}

#[test]
fn another_word_of_the_server_is_a_move() {
    let word = |status: &str| Operation { status: Some(status.into()), ..op(State::Cancelling) };
    let mut force = begin(Settles::WhenEnded, &word("cancelling"), false, 0);
    force.see(Seen::There(&word("force_cancelling")), Millis(1));
    assert_eq!(force.phase, Phase::OnItsWay);
}

#[test]
fn many_things_that_ended_are_not_said_to_have_finished() {
    let all = action("Cancel all", Weight::Worst, Settles::WhenEnded);
    let mut follow = Follow::begin(&all, &op(State::Running), false, Millis(0));
    follow.see(Seen::There(&op(State::Succeeded)), Millis(1));
    assert!(!follow.is_open() && !follow.says().contains("finished"), "{}", follow.says());
}

#[test]
fn an_unknown_state_ends_nothing() {
    let mut follow = cancel();
    for state in [State::Unknown, State::Stuck, State::Waiting] {
        follow.see(Seen::There(&op(state)), Millis(2_000));
        assert!(follow.is_open(), "{state:?}");
    }
}

#[test]
fn the_end_of_before_does_not_count_for_a_new_action() {
    let before = ended_at(State::Failed, 5);
    let mut kill = begin(Settles::WhenEnded, &before, false, 10);
    kill.see(Seen::There(&before), Millis(20));
    assert!(kill.is_open());
    kill.see(Seen::There(&ended_at(State::Cancelled, 30)), Millis(30));
    assert_eq!(kill.phase, Phase::Settled(End::Cancelled));
}

#[test]
fn a_resume_settles_when_it_moves_or_has_ended_anew() {
    let before = ended_at(State::Failed, 5);
    let begin = || begin(Settles::WhenMoving, &before, false, 10);
    let mut moved = begin();
    moved.see(Seen::There(&op(State::Waiting)), Millis(20));
    assert_eq!(moved.phase, Phase::Settled(End::GoesOn));
    let mut same = begin();
    same.see(Seen::There(&before), Millis(20));
    assert!(same.is_open());
    same.see(Seen::There(&ended_at(State::Failed, 25)), Millis(30));
    assert_eq!(same.phase, Phase::Settled(End::Failed));
}

#[test]
fn a_delete_settles_when_it_is_gone() {
    let begin = |unclear| begin(Settles::WhenGone, &op(State::Succeeded), unclear, 0);
    for unclear in [false, true] {
        let mut follow = begin(unclear);
        follow.see(Seen::There(&op(State::Succeeded)), Millis(1));
        assert!(follow.is_open());
        follow.see(Seen::Gone, Millis(2));
        assert_eq!(follow.phase, Phase::Settled(End::Gone));
    }
}

#[test]
fn an_unclear_answer_is_decided_by_reading() {
    let begin = |settles| begin(settles, &op(State::Running), true, 0);
    let mut nothing = begin(Settles::WhenEnded);
    for at in 1..=3 {
        assert_eq!(nothing.phase, Phase::Unclear);
        nothing.see(Seen::There(&op(State::Running)), Millis(at));
    }
    assert_eq!(nothing.phase, Phase::Settled(End::Nothing));
    let mut done = begin(Settles::WhenEnded);
    done.see(Seen::There(&op(State::Cancelling)), Millis(1));
    assert_eq!(done.phase, Phase::OnItsWay);
    let mut at_once = begin(Settles::AtOnce);
    assert!(at_once.is_open(), "an unclear answer is not done at once");
    at_once.see(Seen::There(&op(State::Succeeded)), Millis(1));
    assert_eq!(at_once.phase, Phase::Settled(End::Done));
}

#[test]
fn stronger_actions_are_offered_only_after_a_wait() {
    let mut follow = cancel();
    assert!(!follow.offers_next(Millis(1_000 + NEXT_RUNG - 1)));
    assert!(follow.offers_next(Millis(1_000 + NEXT_RUNG)));
    follow.see(Seen::There(&op(State::Cancelled)), Millis(1_001 + NEXT_RUNG));
    assert!(!follow.offers_next(Millis(i64::MAX)));
}

#[test]
fn looking_is_quick_first_and_slower_later() {
    let follow = cancel();
    let at = |after: i64, failures| follow.next_look(Millis(1_000 + after), failures);
    assert_eq!([at(0, 0), at(120_000, 0), at(3_600_000, 0)], [2_000, 5_000, 15_000]);
    assert_eq!([at(0, 2), at(0, 40), at(3_600_000, 40)], [8_000, 32_000, 240_000]);
}
