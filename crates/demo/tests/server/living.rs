//! The data lives: it changes as the clock moves, the same way every time, and tests can change it on demand.

use std::collections::HashMap;

use super::*;

fn states(rows: &[Value]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for row in rows {
        *counts.entry(text(row, "status").to_uppercase()).or_default() += 1;
    }
    counts
}

#[tokio::test]
async fn at_any_time_a_few_operations_run() {
    let demo = demo();
    for _ in 0..20 {
        let all = rows(&demo, "").await;
        let running = states(&all)["PROCESSING"] - 1; // the documented sample runs for ever
        assert!((1..=20).contains(&running), "{running}");
        assert!(states(&all)["STUCK"] < 60, "{:?}", states(&all));
        demo.advance(7 * 60_000);
    }
}

#[tokio::test]
async fn operations_arrive_and_end_as_the_clock_moves() {
    let demo = demo();
    let before = rows(&demo, "").await;
    let running: Vec<_> =
        before.iter().filter(|row| text(row, "status").eq_ignore_ascii_case("PROCESSING")).collect();
    assert!(running.iter().all(|row| row["commit_datetime"].is_null()));
    post(&demo, "/demo/clock?advance_ms=3600000").await;
    let after = rows(&demo, "").await;
    let arrived = after.len() - before.len();
    assert!((170..=190).contains(&arrived), "about one every 20 s: {arrived}");
    for old in running.iter().filter(|row| !text(row, "reception_datetime").starts_with("2017")) {
        let new = after.iter().find(|row| row["id"] == old["id"]).unwrap();
        assert!(!text(new, "status").eq_ignore_ascii_case("PROCESSING"), "{new}");
        assert_eq!(new["request_body"], old["request_body"]);
        assert_eq!(new["commit_datetime"].is_null(), text(new, "status").eq_ignore_ascii_case("STUCK"));
    }
    assert_eq!(after[0]["reception_datetime"].as_str().unwrap()[..13], *"2026-11-20 00");
}

#[tokio::test]
async fn some_operations_get_stuck_and_some_of_those_are_ended_later() {
    let demo = demo();
    demo.advance(24 * 3_600_000);
    let stuck: Vec<_> = rows(&demo, "status=STUCK").await;
    assert!(stuck.len() > 3);
    for row in &stuck {
        assert!(text(row, "warning").starts_with("Stopped midway at step"), "{row}");
    }
    demo.advance(36 * 3_600_000);
    let later = rows(&demo, "").await;
    let ended =
        later.iter().filter(|row| stuck.iter().any(|old| old["id"] == row["id"]) && row["status"] != "STUCK");
    let ended: Vec<_> = ended.collect();
    assert!(!ended.is_empty() && ended.len() < stuck.len());
    assert!(ended.iter().all(|row| !row["commit_datetime"].is_null()));
}

#[tokio::test]
async fn an_appliance_takes_one_operation_at_a_time() {
    let demo = demo();
    demo.advance(12 * 3_600_000);
    let all = rows(&demo, "").await;
    let mut ended: HashMap<&str, &str> = HashMap::new();
    let mut deleted: Vec<&str> = Vec::new();
    for row in all.iter().rev() {
        let appliance = text(row, "resource_id");
        assert!(!deleted.contains(&appliance), "nothing happens to a deleted appliance: {row}");
        if let Some(before) = ended.insert(appliance, row["commit_datetime"].as_str().unwrap_or("9")) {
            let documented = text(row, "reception_datetime").starts_with("2017");
            assert!(documented || before <= text(row, "reception_datetime"), "{row}");
        }
        if row["request_type"] == "Delete" && text(row, "status").eq_ignore_ascii_case("COMPLETE") {
            deleted.push(appliance);
        }
    }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_answers_and_another_one_others() {
    let (one, two) = (demo(), demo());
    for demo in [&one, &two] {
        demo.advance(1_234_567);
    }
    two.advance(0);
    assert_eq!(rows(&one, "").await, rows(&two, "").await);
    assert_eq!(token(&one, "APIKEY", "APISECRET").await, token(&two, "APIKEY", "APISECRET").await);
    let other = Demo::new(Config { seed: 8, ..config() }, || START);
    assert_ne!(rows(&one, "").await, rows(&other, "").await);
    // In one long step or in many short ones: the same world.
    let (stepped, jumped) = (demo(), demo());
    for _ in 0..50 {
        stepped.advance(100_000);
        rows(&stepped, "latest=true").await;
    }
    jumped.advance(5_000_000);
    assert_eq!(rows(&stepped, "").await, rows(&jumped, "").await);
}

#[tokio::test]
async fn touching_changes_the_asked_share_of_rows_and_others_each_time() {
    let demo = demo();
    let changed = |before: &[Value], after: &[Value]| -> Vec<usize> {
        (0..before.len()).filter(|at| before[*at] != after[*at]).collect()
    };
    let first = rows(&demo, "").await;
    assert!(
        (4..=6).contains(&post(&demo, "/demo/touch?percent=1").await.json()["touched"].as_u64().unwrap())
    );
    let second = rows(&demo, "").await;
    post(&demo, "/demo/touch?percent=20").await;
    let third = rows(&demo, "").await;
    let (few, many) = (changed(&first, &second), changed(&second, &third));
    assert!((4..=6).contains(&few.len()) && (90..=105).contains(&many.len()), "{few:?} {}", many.len());
    assert!(!many.starts_with(&few));
    assert_ne!(states(&second), states(&third));
    for bad in
        ["/demo/touch", "/demo/touch?percent=101", "/demo/touch?percent=x", "/demo/clock?advance_ms=-1"]
    {
        assert_eq!(post(&demo, bad).await.status, StatusCode::BAD_REQUEST, "{bad}");
    }
}

#[tokio::test]
async fn the_levers_are_absent_unless_asked_for() {
    let demo = Demo::new(Config::starting_at(START), || START);
    for lever in ["/demo/clock?advance_ms=1", "/demo/fault?kind=500", "/demo/touch?percent=1"] {
        assert_eq!(post(&demo, lever).await.status, StatusCode::NOT_FOUND, "{lever}");
    }
}

#[tokio::test]
async fn any_number_of_operations_can_be_asked_for() {
    for operations in [0, 1, 9, 10, 77, 5_000] {
        let demo = Demo::new(Config { operations, ..config() }, || START);
        let all = rows(&demo, "").await;
        assert_eq!(all.len(), operations);
        demo.advance(600_000);
        let later = rows(&demo, "").await.len();
        assert_eq!(later > operations, operations > 0, "an empty world stays empty");
    }
}

#[tokio::test]
async fn many_operations_have_the_size_of_real_ones() {
    let demo = Demo::new(Config { operations: 20_000, ..config() }, || START);
    let token = token(&demo, "APIKEY", "APISECRET").await;
    let answer = list(&demo, &token, "").await;
    let average = answer.body.len() / 20_000;
    assert!((800..=1_000).contains(&average), "{average}");
    let all = answer.json()["operations"].as_array().unwrap().clone();
    let running = states(&all)["PROCESSING"];
    assert!((2..=40).contains(&running), "{running}");
}
