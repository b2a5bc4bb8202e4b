//! Execution groups: starting, creating, cancelling, resuming, concurrency, target groups and the dump.

use longrun_core::dialect::{Key, Outcome};
use longrun_core::http::ErrorKind;
use longrun_core::json::validate;

use super::*;

async fn statuses(console: &Console, group: &str) -> Vec<String> {
    let members = console.list("executions", &[("execution_group_id", group)]).await;
    members.iter().map(|op| op.status.as_deref().unwrap_or("none").to_owned()).collect()
}

async fn started(console: &Console, inputs: &[(&'static str, &str)]) -> Key {
    let mut all = vec![("deployment_group_id", "calm"), ("workflow_id", "heal")];
    all.extend(inputs);
    match console.act("groups", "start-group", Key::default(), &all).await {
        Ok(Outcome::Created(key)) => key,
        other => panic!("{inputs:?}: {other:?}"),
    }
}

/// The world brings one execution of `calm` to its end first, so that nothing stands in the way.
async fn calm() -> Console {
    let console = console(EXECUTIONS, "mona").await;
    console.later(60);
    console
}

#[tokio::test]
async fn a_group_starts_and_its_members_end() {
    let console = calm().await;
    let key = started(&console, &[("default_parameters", r#"{"ignore_failure":false}"#)]).await;
    let group = console.get("groups", &key).await.unwrap();
    assert_eq!((group.target.as_deref(), group.fact("executions")), (Some("calm"), Some("2")));
    assert_eq!(group.fact("concurrency"), Some("5"), "the default");
    assert!(!group.state.has_ended());
    console.later(900);
    assert_eq!(console.get("groups", &key).await.unwrap().state, State::Succeeded);
}

#[tokio::test]
async fn each_kind_of_cancel_reaches_every_member() {
    for (action, status) in
        [("cancel", "cancelling"), ("force-cancel", "force_cancelling"), ("kill", "kill_cancelling")]
    {
        let console = calm().await;
        let key = started(&console, &[("concurrency", "1")]).await;
        console.later(3);
        let mut before = statuses(&console, &key.id).await;
        before.sort_unstable();
        assert_eq!(before, ["queued", "started"], "{action}");
        assert_eq!(console.act("groups", action, key.clone(), &[]).await, Ok(Outcome::Requested), "{action}");
        let mut now = statuses(&console, &key.id).await;
        now.sort_unstable();
        assert_eq!(now, ["cancelled", status], "{action}");
        console.later(15);
        assert_eq!(statuses(&console, &key.id).await, ["cancelled", "cancelled"], "{action}");
        let group = console.get("groups", &key).await.unwrap();
        assert_eq!(group.status.as_deref(), Some("terminated"), "{action}: a group says no more than that");
    }
}

#[tokio::test]
async fn a_group_of_queued_executions_is_cancelled_although_the_answer_is_404() {
    for action in ["cancel", "force-cancel", "kill"] {
        let console = calm().await;
        let key = started(&console, &[("concurrency", "0")]).await;
        assert_eq!(console.get("groups", &key).await.unwrap().state, State::Waiting);
        let outcome = console.act("groups", action, key.clone(), &[]).await;
        let Ok(Outcome::Unclear(error)) = outcome else { panic!("{action}: {outcome:?}") };
        assert_eq!(error.kind, ErrorKind::NotFound);
        assert_eq!(statuses(&console, &key.id).await, ["cancelled", "cancelled"], "{action}");
        let error = console.act("groups", action, Key::of("nothing"), &[]).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotFound, "an unknown group is plainly not found");
    }
}

#[tokio::test]
async fn a_member_that_refuses_is_told_and_the_queued_ones_are_gone() {
    let console = calm().await;
    let key = started(&console, &[("concurrency", "1")]).await;
    console.later(3);
    console.act("groups", "kill", key.clone(), &[]).await.unwrap();
    let error = console.act("groups", "cancel", key, &[]).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert!(
        error.message.contains("Can't cancel") && error.message.contains("all the same"),
        "{}",
        error.message
    );
}

#[tokio::test]
async fn resuming_starts_what_failed_or_was_cancelled() {
    for action in ["resume", "force-resume"] {
        let console = calm().await;
        let key = started(&console, &[]).await;
        console.later(3);
        console.act("groups", "kill", key.clone(), &[]).await.unwrap();
        console.later(15);
        assert_eq!(statuses(&console, &key.id).await, ["cancelled", "cancelled"]);
        assert_eq!(console.act("groups", action, key.clone(), &[]).await, Ok(Outcome::Requested), "{action}");
        assert!(!console.get("groups", &key).await.unwrap().state.has_ended(), "{action}");
        console.later(900);
        assert_eq!(statuses(&console, &key.id).await, ["terminated", "terminated"], "{action}");
    }
}

#[tokio::test]
async fn concurrency_pauses_and_lets_go() {
    let console = calm().await;
    let key = started(&console, &[("concurrency", "0")]).await;
    console.later(300);
    assert_eq!(statuses(&console, &key.id).await, ["queued", "queued"]);
    let set = console.act("groups", "set-concurrency", key.clone(), &[("concurrency", "2")]).await;
    assert_eq!(set, Ok(Outcome::Done));
    let group = console.get("groups", &key).await.unwrap();
    assert_eq!(group.fact("concurrency"), Some("2"));
    assert_eq!(statuses(&console, &key.id).await, ["pending", "pending"], "started at once");
}

#[tokio::test]
async fn target_groups_are_set_and_unknown_ones_refused() {
    let console = calm().await;
    let key = Key::of("group-patched");
    let both = [("success_group_id", "patched"), ("failure_group_id", "unwell")];
    for inputs in [&both[..], &both[..1], &both[1..]] {
        assert_eq!(console.act("groups", "set-target-groups", key.clone(), inputs).await, Ok(Outcome::Done));
    }
    let inputs = [("success_group_id", "nowhere")];
    let error = console.act("groups", "set-target-groups", key, &inputs).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    let error = console.act("groups", "set-concurrency", Key::of("nothing"), &[("concurrency", "1")]).await;
    assert_eq!(error.unwrap_err().kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn starts_that_go_wrong_are_told_with_what_they_leave() {
    let console = calm().await;
    let groups = console.list("groups", &[]).await.len();
    let inputs =
        [("deployment_group_id", "calm"), ("workflow_id", "heal"), ("default_parameters", r#"{"zzz":1}"#)];
    let error = console.act("groups", "start-group", Key::default(), &inputs).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert!(error.message.contains("empty group"), "{}", error.message);
    assert_eq!(console.list("groups", &[]).await.len(), groups + 1, "and so it did");

    let executions = console.list("executions", &[]).await.len();
    let inputs = [("deployment_group_id", "calm"), ("workflow_id", "explode")];
    let outcome = console.act("groups", "start-group", Key::default(), &inputs).await;
    let Ok(Outcome::Said(told)) = outcome else { panic!("{outcome:?}") };
    assert!(told.contains("without executions"), "{told}");
    let after = console.list("executions", &[]).await;
    assert_eq!(after.len(), executions + 2, "orphans");
    assert!(after.iter().filter(|op| op.status.is_none()).all(|op| op.state == State::Unknown));
    let inputs = [("deployment_group_id", "nowhere"), ("workflow_id", "heal")];
    let error = console.act("groups", "start-group", Key::default(), &inputs).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn a_group_is_made_over_executions_that_exist() {
    let admin = console(EXECUTIONS, "admin").await;
    let ended = admin.list("executions", &[("status", "terminated"), ("tenant", DEFAULT)]).await;
    let ids = format!(r#"["{}", "{}"]"#, ended[0].id, ended[1].id);
    let inputs = [
        ("deployment_group_id", "core"),
        ("workflow_id", "heal"),
        ("associated_executions", ids.as_str()),
        ("id", "made by hand"),
        ("created_by", "mona"),
        ("created_at", "2026-11-01T00:00:00Z"),
        ("concurrency", "3"),
    ];
    let outcome = admin.act("groups", "create-group", Key::default(), &inputs).await;
    assert_eq!(outcome, Ok(Outcome::Created(in_tenant("made by hand", DEFAULT))));
    let group = admin.get("groups", &Key::of("made by hand")).await.unwrap();
    assert_eq!((group.state, group.fact("executions")), (State::Succeeded, Some("2")));
    let mona = admin.other("mona").await;
    let error = mona.act("groups", "create-group", Key::default(), &inputs).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Forbidden);
}

#[tokio::test]
async fn the_dump_holds_the_groups_that_were_asked_for() {
    let console = console(EXECUTIONS, "admin").await;
    let dump = async |inputs: &[(&'static str, &str)]| match console
        .act("groups", "dump", Key::default(), inputs)
        .await
    {
        Ok(Outcome::File("execution-groups.json", text)) => text,
        other => panic!("{other:?}"),
    };
    let all = dump(&[]).await;
    validate(&all).unwrap();
    let groups = console.list("groups", &[]).await;
    for group in &groups {
        assert!(all.contains(&format!("\"{}\"", group.id)), "{}", group.id);
    }
    assert!(all.contains("execution_ids") && !all.contains("private_resource"));
    let some = dump(&[("execution_group_ids", r#"["group-paused", "group-unwell"]"#)]).await;
    assert!(
        some.contains("group-paused") && some.contains("group-unwell") && !some.contains("group-patched")
    );
}
