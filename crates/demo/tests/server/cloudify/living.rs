//! The world lives on as the clock moves, and the same way every time.

use super::*;

#[tokio::test]
async fn work_comes_up_and_ends_in_every_way() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let before = admin.items("/executions?_all_tenants=true").await;
    demo.advance(3_600_000);
    let after = admin.items("/executions?_all_tenants=true").await;
    let born = &after[before.len()..];
    assert!((60..140).contains(&born.len()), "{}", born.len());
    for status in ["terminated", "failed", "cancelled"] {
        assert!(born.iter().any(|item| item["status"] == status), "{status}");
    }
    let active = after.iter().filter(|item| ["pending", "started"].contains(&text(item, "status"))).count();
    assert!((1..25).contains(&active), "{active}");
    let quiet = ["backup-vault", "edge-router-04", "shared-dns", "osaka-gw"];
    assert!(born.iter().all(|item| !quiet.contains(&text(item, "deployment_id"))), "left to people");
    for old in before.iter().filter(|item| item["status"] == "started") {
        let new = after.iter().find(|item| item["id"] == old["id"]).unwrap();
        let stuck = text(old, "deployment_id").ends_with("-noworker");
        assert_eq!(new["status"] == "started", stuck, "{new}");
    }
}

#[tokio::test]
async fn at_any_time_something_runs_with_some_progress() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let mut progress = 0;
    for _ in 0..20 {
        let started = admin.items("/executions?status=started&_all_tenants=true").await;
        let between = |item: &&Value| {
            let (done, total) = (item["finished_operations"].as_u64(), item["total_operations"].as_u64());
            done > Some(0) && done < total
        };
        progress += started.iter().filter(between).count();
        demo.advance(97_000);
    }
    assert!(progress > 20, "{progress}");
}

#[tokio::test]
async fn a_deployment_runs_one_at_a_time() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    for _ in 0..30 {
        let active = admin.items("/executions?status=started&status=pending&_all_tenants=true").await;
        let mut busy: Vec<_> = active.iter().map(|item| text(item, "deployment_id")).collect();
        let count = busy.len();
        busy.sort_unstable();
        busy.dedup();
        assert_eq!(busy.len(), count, "{active:?}");
        demo.advance(41_000);
    }
}

#[tokio::test]
async fn the_same_seed_lives_the_same_life_in_any_steps() {
    let (one, other) = (demo(), demo());
    one.advance(1_200_000);
    for _ in 0..120 {
        other.advance(10_000);
        caller(&other, ADMIN).total("/executions?_size=0").await;
    }
    let all = "/executions?_all_tenants=true&_include_system_workflows=true";
    assert_eq!(caller(&one, ADMIN).read(all).await, caller(&other, ADMIN).read(all).await);
    let elsewhere = Demo::new(Config { seed: 8, ..config() }, || START);
    assert_ne!(caller(&elsewhere, ADMIN).read(all).await, caller(&one, ADMIN).read(all).await);
}

#[tokio::test]
async fn the_number_asked_for_decides_how_much_there_is() {
    for (operations, expected) in [(100, 60..150), (500, 250..340), (10_000, 5_800..6_200)] {
        let demo = Demo::new(Config { operations, ..config() }, || START);
        let total = caller(&demo, ADMIN).total("/executions?_all_tenants=true&_size=0").await;
        assert!(expected.contains(&total), "{operations}: {total}");
    }
}
