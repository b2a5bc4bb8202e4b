use super::*;
use crate::model::Stamp;
use crate::query::{Matcher, Tables};

fn failed(at: i64, error: &str, tenant: &str, target: &str) -> Operation {
    Operation {
        id: format!("op-{at}").into(),
        state: State::Failed,
        created: Stamp::At(Millis(at)),
        error: Some(error.into()).filter(|_| !error.is_empty()),
        tenant: Some(tenant.into()),
        target: Some(target.into()),
        ..Operation::default()
    }
}

fn grouped(all: &[(usize, Operation)]) -> Vec<Group> {
    let mut failures = Failures::between(Millis(0), Millis(24_000));
    for (source, op) in all {
        failures.add(*source, op);
    }
    failures.groups()
}

/// As a list finds rows by free text.
fn finds(query: &str, op: &Operation) -> bool {
    let tables = Tables { filters: &[], columns: crate::dialect::ACROSS };
    let query = Matcher::new(query, tables).words;
    let text = lowered(op.error.as_deref().unwrap_or_default());
    query.wanted.iter().all(|word| text.contains(word.as_str()))
        && !query.unwanted.iter().any(|word| text.contains(word.as_str()))
}

#[test]
fn many_failures_are_few_causes() {
    let mut all = vec![];
    for n in 0..18 {
        let text = format!("Quota exceeded for tenant t{n}: cores requested {n}, limit 64.");
        all.push((
            n % 2,
            failed(1_000 + i64::try_from(n).unwrap() * 1_000, &text, "osaka", &format!("vm-{}", n % 12)),
        ));
    }
    for n in 0..9 {
        all.push((1, failed(500 + n, &format!("Timed out after {n} s"), "tokyo", "vm-1")));
    }
    all.push((0, failed(7, "", "tokyo", "")));
    all.push((0, Operation { state: State::Succeeded, ..failed(9, "Quota", "x", "y") }));
    all.push((0, failed(24_001, "too late", "x", "y")));
    all.push((0, failed(-1, "too early", "x", "y")));
    let groups = grouped(&all);
    let counts: Vec<_> = groups.iter().map(|group| (group.count, group.cause.as_str())).collect();
    assert_eq!(
        counts,
        [
            (18, "Quota exceeded for tenant t<n>: cores requested <n>, limit <n>."),
            (9, "Timed out after <n> s"),
            (1, "")
        ]
    );
    let quota = &groups[0];
    assert_eq!((quota.first, quota.last), (Millis(1_000), Millis(18_000)));
    assert_eq!((quota.tenants.as_slice(), quota.targets.len()), (["osaka".to_owned()].as_slice(), 12));
    assert_eq!(quota.sources, [0, 1]);
    assert_eq!(quota.path().matches('M').count(), 18);
    assert_eq!(groups[2].query, "", "nothing finds what says nothing");
}

#[test]
fn the_words_of_a_group_find_its_rows_and_no_others() {
    let texts = [
        "Task failed 'a' -> KeyError: 'ip'",
        "Task failed 'b' -> KeyError: 'name'",
        "Task failed 'a' -> KeyError: 'ip': no further try within 30 s",
        "Port 0f8fad5b-d9cb-469f-a165-70867728950e is in use on eth7",
        "Port 7c9e6679-7425-40de-944b-e07fc1f90ae7 is in use on eth0",
        "PORT is in use",
        "disk full; \"open",
        r"C:\Program files\x7 is missing",
        "12 34",
    ];
    let all: Vec<_> = texts.iter().zip(1..).map(|(text, at)| (0, failed(at, text, "t", "r"))).collect();
    for group in grouped(&all).iter().filter(|group| !group.query.is_empty()) {
        let found = all.iter().filter(|(_, op)| finds(&group.query, op));
        let found: Vec<_> = found.map(|(_, op)| cause(op.error.as_deref().unwrap())).collect();
        assert_eq!(found.len(), group.count, "{}: {found:?}", group.query);
        assert!(found.iter().all(|cause| *cause == group.cause), "{}: {found:?}", group.query);
    }
}

#[test]
fn texts_that_differ_by_a_secret_only_are_one_group() {
    let all = ["password=hunter2", "password=letmein7", "password=correct-horse"];
    let all: Vec<_> = all
        .iter()
        .zip(1..)
        .map(|(text, at)| (0, failed(at, &format!("Login failed with {text} at once"), "t", "r")))
        .collect();
    let groups = grouped(&all);
    assert_eq!(groups.iter().map(|group| group.count).collect::<Vec<_>>(), [3]);
    for secret in ["hunter", "letmein", "horse"] {
        assert!(!groups[0].cause.contains(secret) && !groups[0].query.contains(secret), "{:?}", groups[0]);
    }
    assert!(all.iter().all(|(_, op)| finds(&groups[0].query, op)));
}

#[test]
fn too_many_different_texts_end_in_one_group() {
    let word =
        |n: usize| ["a", "b", "c", "d", "e", "f", "g"].map(|letter| letter.repeat(n % 97 + 2))[n % 7].clone();
    let all: Vec<_> = (0..600).map(|n| (0, failed(5, &format!("cause {}", word(n)), "t", "r"))).collect();
    let groups = grouped(&all);
    assert!(groups.len() <= MOST + 1);
    assert_eq!(groups.iter().map(|group| group.count).sum::<usize>(), 600);
}

#[test]
fn names_of_many_failures_stand_once_and_do_not_pile_up() {
    let all: Vec<_> = (0..5_000).map(|n| (0, failed(5, "no", "t", &format!("r-{}", n * 7 % 40)))).collect();
    let mut failures = Failures::between(Millis(0), Millis(24_000));
    for (source, op) in &all {
        failures.add(*source, op);
    }
    let kept = failures.groups.iter().map(|group| group.targets.len()).max();
    assert!(kept < Some(200), "{kept:?} names of 40 targets");
    let groups = failures.groups();
    assert_eq!((groups[0].targets.len(), groups[0].tenants.len(), groups[0].count), (40, 1, 5_000));
    assert!(groups[0].targets.is_sorted());
}
