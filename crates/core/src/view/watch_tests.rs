use proptest::prelude::*;

use super::*;
use crate::model::{More, Progress, Stamp};

fn watched(state: Option<State>) -> Watched {
    Watched { conn: "ecl".into(), kind: "operations".into(), id: "a/b c".into(), state, ..Watched::default() }
}

fn op(state: State) -> Operation {
    Operation { id: "a/b c".into(), state, kind: Some("install".into()), ..Operation::default() }
}

#[test]
fn only_an_end_that_was_waited_for_is_told() {
    let told = |before, after| {
        let mut one = watched(before);
        let told = one.see(&op(after), Millis(0));
        assert_eq!(one.unseen, told);
        told
    };
    assert!(told(Some(State::Running), State::Failed));
    assert!(told(Some(State::Waiting), State::Cancelled));
    assert!(told(Some(State::Unknown), State::Succeeded));
    assert!(told(Some(State::Running), State::Stuck), "it needs a person");
    assert!(told(Some(State::Stuck), State::Failed));
    assert!(!told(None, State::Failed), "it had ended before anybody watched");
    assert!(!told(Some(State::Running), State::Cancelling));
    assert!(!told(Some(State::Failed), State::Failed));
    assert!(!told(Some(State::Failed), State::Running), "it was resumed");
    assert!(!told(Some(State::Stuck), State::Stuck), "told once");
}

#[test]
fn what_the_server_forgets_is_told_unless_it_had_ended() {
    let mut one = watched(Some(State::Running));
    assert!(one.vanish() && one.unseen && one.is_over());
    assert!(!one.vanish(), "told once");
    assert!(!watched(Some(State::Failed)).vanish());
    assert!(!watched(None).vanish(), "an id that was never known is a mistake, not an end");
    one.unseen = false;
    assert!(!one.see(&op(State::Running), Millis(0)) && !one.gone, "it is back");
}

#[test]
fn what_is_kept_of_an_operation_holds_no_secret_and_no_body() {
    let mut failed = op(State::Failed);
    failed.error = Some("refused: password=hunter2 for admin".into());
    failed.status = Some("ERROR".into());
    failed.started = Stamp::At(Millis(5));
    failed.ended = Stamp::At(Millis(9));
    failed.more = Some(Box::new(More {
        progress: Some(Progress::Steps { finished: 3, total: 4 }),
        expires_in: Some(60),
        ..More::default()
    }));
    let mut one = watched(Some(State::Running));
    assert!(one.see(&failed, Millis(1_000)));
    assert!(!one.to_text().contains("hunter2"), "{}", one.to_text());
    assert_eq!((one.name.as_str(), one.status.as_str(), one.percent), ("install", "ERROR", Some(75)));
    assert_eq!((one.begun, one.ended, one.expires), (Some(Millis(5)), Some(Millis(9)), Some(Millis(61_000))));
    // The same said again a second later is no news, and need not be written.
    let before = one.clone();
    failed.more = Some(Box::new(More { expires_in: Some(58), ..failed.more.as_deref().cloned().unwrap() }));
    one.see(&failed, Millis(2_000));
    assert_eq!(one, before);
}

#[test]
fn reading_is_calm_and_ends_with_the_operation() {
    let one = watched(Some(State::Running));
    assert_eq!(one.pace(true, 0, None), Some(5_000));
    assert_eq!(one.pace(false, 0, None), Some(60_000));
    assert_eq!(one.pace(true, 2, None), Some(20_000));
    assert_eq!(one.pace(true, 99, None), Some(320_000));
    assert_eq!(one.pace(false, 99, None), Some(600_000));
    assert_eq!(one.pace(true, 0, Some(3_600)), Some(3_600_000));
    assert_eq!(watched(Some(State::Stuck)).pace(true, 0, None), Some(60_000));
    assert_eq!(watched(None).pace(true, 0, None), Some(5_000));
    assert_eq!(watched(Some(State::Cancelled)).pace(true, 0, None), None);
    for per_hour in [0, 1, 20, 720, 100_000] {
        let in_an_hour = HOUR / gap(per_hour);
        assert!(in_an_hour <= i64::from(per_hour.max(1)) / 4 + 1, "{per_hour}: {in_an_hour}");
    }
}

#[test]
fn what_ended_unseen_comes_first_and_what_goes_on_before_what_is_over() {
    let at = |state, unseen, added| Watched { unseen, added: Millis(added), ..watched(Some(state)) };
    let mut all = [
        at(State::Failed, false, 9),
        at(State::Running, false, 1),
        at(State::Running, false, 2),
        at(State::Succeeded, true, 0),
    ];
    all.sort_by_key(Watched::rank);
    let order: Vec<i64> = all.iter().map(|one| one.added.0).collect();
    assert_eq!(order, [0, 2, 1, 9]);
}

#[test]
fn nonsense_is_left_out() {
    for text in ["", "conn=a", "id=b", "%%%", "{\"id\":\"x\"}"] {
        assert_eq!(Watched::read(text), None, "{text}");
    }
    let odd = Watched::read("conn=a&id=b&added=soon&state=done&percent=1000&later=x").unwrap();
    assert_eq!((odd.added, odd.state, odd.percent), (Millis(0), None, None));
}

proptest! {
    #[test]
    fn no_secret_of_an_error_is_kept(secret in "[A-Za-z0-9]{12,32}", before in "[a-z ]{0,40}", named in 0..4_usize) {
        let names = ["password=", "admin_pass: ", "Authorization: Bearer ", r#"{"token": ""#];
        let mut failed = op(State::Failed);
        failed.error = Some(format!("{before} {}{secret}", names[named]).into());
        let mut one = watched(Some(State::Running));
        one.see(&failed, Millis(0));
        prop_assert!(!one.to_text().contains(&secret), "{}", one.to_text());
    }

    #[test]
    fn what_is_kept_reads_back(
        texts in prop::array::uniform7(".*"), times in prop::array::uniform3(any::<Option<i64>>()),
        state in 0..=State::COUNT, percent in any::<Option<u8>>(), gone: bool, unseen: bool,
    ) {
        let [conn, id, tenant, note, name, status, error] = texts;
        let one = Watched {
            conn: format!("c{conn}"), kind: "operations".into(), id: format!("i{id}"),
            tenant: Some(tenant).filter(|tenant| !tenant.is_empty()),
            note, name, status, error, percent, gone, unseen,
            added: Millis(times[0].unwrap_or_default()), state: State::ALL.get(state).copied(),
            begun: times[1].map(Millis), ended: times[2].map(Millis), expires: None,
        };
        prop_assert_eq!(Watched::read(&one.to_text()), Some(one));
    }
}
