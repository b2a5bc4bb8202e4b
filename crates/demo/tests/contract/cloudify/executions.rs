//! What is done to one execution, each until it has come to its end.

use longrun_core::dialect::{Availability, Key, Outcome};
use longrun_core::http::ErrorKind;

use super::*;

const BACKUP: [(&str, &str); 1] = [("parameters", r#"{"target":"s3://vault/here"}"#)];

async fn running(console: &Console) -> Key {
    let key = console.start("backup", "backup-vault", &BACKUP).await;
    assert_eq!(console.state("executions", &key.id).await, State::Waiting);
    console.later(3);
    assert_eq!(console.state("executions", &key.id).await, State::Running);
    key
}

#[tokio::test]
async fn each_kind_of_cancel_is_requested_then_done() {
    for (action, status) in [
        ("cancel", "cancelling"),
        ("force-cancel", "force_cancelling"),
        ("kill", "kill_cancelling"),
        ("requeue", "cancelling"),
    ] {
        let console = console(EXECUTIONS, "mona").await;
        let key = running(&console).await;
        assert_eq!(
            console.act("executions", action, key.clone(), &[]).await,
            Ok(Outcome::Requested),
            "{action}"
        );
        let op = console.get("executions", &key).await.unwrap();
        assert_eq!((op.state, op.status.as_deref()), (State::Cancelling, Some(status)), "{action}");
        console.later(10);
        let op = console.get("executions", &key).await.unwrap();
        assert_eq!(op.state, State::Cancelled, "{action}");
        assert!(op.ended.millis().is_some(), "{action}");
    }
}

#[tokio::test]
async fn one_that_does_not_listen_fails_and_one_without_a_worker_stays() {
    let console = console(EXECUTIONS, "mona").await;
    let key = console.start("stubborn", "backup-vault", &[]).await;
    console.later(3);
    assert_eq!(console.act("executions", "cancel", key.clone(), &[]).await, Ok(Outcome::Requested));
    console.later(10);
    let op = console.get("executions", &key).await.unwrap();
    assert_eq!(op.state, State::Failed);
    assert!(op.error.as_deref().unwrap().contains("cancelling to terminated"), "{:?}", op.error);

    let key = console.start("heal", "lab-noworker", &[("force", "true")]).await;
    assert_eq!(console.act("executions", "cancel", key.clone(), &[]).await, Ok(Outcome::Requested));
    console.later(600);
    assert_eq!(console.state("executions", &key.id).await, State::Cancelling);
    assert_eq!(
        console.act("executions", "kill", key.clone(), &[]).await,
        Ok(Outcome::Requested),
        "the next rung"
    );
}

#[tokio::test]
async fn resume_and_force_resume_move_again_and_are_refused_in_words_elsewhere() {
    for action in ["resume", "force-resume"] {
        let console = console(EXECUTIONS, "mona").await;
        let key = running(&console).await;
        let other = console.act("executions", "force-resume", key.clone(), &[]).await.unwrap_err();
        assert_eq!(other.kind, ErrorKind::Conflict);
        assert!(other.message.contains("Cannot force-resume"), "{}", other.message);
        console.act("executions", "kill", key.clone(), &[]).await.unwrap();
        console.later(10);
        assert_eq!(console.state("executions", &key.id).await, State::Cancelled);
        assert_eq!(
            console.act("executions", action, key.clone(), &[]).await,
            Ok(Outcome::Requested),
            "{action}"
        );
        let op = console.get("executions", &key).await.unwrap();
        assert_eq!((op.state, op.fact("resume")), (State::Waiting, Some("true")), "{action}");
        console.later(600);
        assert!(console.state("executions", &key.id).await.has_ended(), "{action}");
    }
}

/// The same world each time, ids included.
async fn with_a_pending_one() -> Console {
    let console = console(EXECUTIONS, "admin").await;
    console.start("backup", "backup-vault", &BACKUP).await;
    console
}

/// The table of what is allowed agrees with the server for every status that the demo has, except where the console
/// forbids what would do harm.
#[tokio::test]
async fn what_the_tables_allow_the_server_accepts() {
    let mut pairs = 0;
    let probe = with_a_pending_one().await;
    let mut seen = vec![];
    for op in probe.list("executions", &[("tenant", DEFAULT)]).await {
        let Some(status) = op.status.clone() else { continue };
        if seen.contains(&status) {
            continue;
        }
        seen.push(status.clone());
        for action in ["cancel", "force-cancel", "kill", "resume", "force-resume", "requeue"] {
            let fresh = with_a_pending_one().await;
            let table = fresh.dialect.actions("executions").iter().find(|known| known.id == action).unwrap();
            let allowed = (table.allowed)(&op) == Availability::Ready;
            let outcome = fresh.act("executions", action, in_tenant(&op.id, DEFAULT), &[]).await;
            if action == "kill" && op.state.has_ended() {
                assert!(!allowed && outcome.is_ok(), "the server would overwrite how it ended");
            } else {
                assert_eq!(allowed, outcome == Ok(Outcome::Requested), "{action} in {status}: {outcome:?}");
            }
            pairs += 1;
        }
    }
    assert_eq!((seen.len(), pairs), (10, 60), "{seen:?}");
}

#[tokio::test]
async fn a_status_is_set_where_the_rules_let_it() {
    let console = console(EXECUTIONS, "mona").await;
    let key = running(&console).await;
    let inputs = [("status", "failed"), ("error", "given up by hand")];
    assert_eq!(console.act("executions", "update-status", key.clone(), &inputs).await, Ok(Outcome::Done));
    let op = console.get("executions", &key).await.unwrap();
    assert_eq!((op.state, op.error.as_deref()), (State::Failed, Some("given up by hand")));
    let error = console.act("executions", "update-status", key, &[("status", "started")]).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert!(error.message.contains("can't change status from failed to started"), "{}", error.message);
}

#[tokio::test]
async fn deleting_one_takes_that_one_and_what_belongs_to_it() {
    let console = console(EXECUTIONS, "mona").await;
    let before = console.list("executions", &[]).await;
    let ended =
        before.iter().find(|op| op.state == State::Failed && op.tenant.as_deref() == Some(OSAKA)).unwrap();
    let key = in_tenant(&ended.id, OSAKA);
    assert_eq!(console.act("executions", "delete", key.clone(), &[]).await, Ok(Outcome::Done));
    assert_eq!(console.get("executions", &key).await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(console.list("executions", &[]).await.len(), before.len() - 1);
    let again = console.act("executions", "delete", key, &[]).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::Conflict, "nothing was deleted: {}", again.message);
    let active = before.iter().find(|op| op.state == State::Running).unwrap();
    let key = in_tenant(&active.id, active.tenant.as_deref().unwrap());
    assert_eq!(console.act("executions", "delete", key, &[]).await.unwrap_err().kind, ErrorKind::Conflict);
}

#[tokio::test]
async fn should_start_is_answered_or_reported_as_broken() {
    let console = console(EXECUTIONS, "mona").await;
    let ask = async |id: &str| console.act("executions", "should-start", Key::of(id), &[]).await;
    let quiet = console.list("executions", &[("deployment_id", "backup-vault"), ("tenant", DEFAULT)]).await;
    let Ok(Outcome::Said(told)) = ask(&quiet[0].id).await else { panic!("no answer") };
    assert!(told.starts_with("It can start"), "{told}");
    let first = console.start("backup", "backup-vault", &BACKUP).await;
    let second = console.start("backup", "backup-vault", &[("queue", "true"), BACKUP[0]]).await;
    assert_ne!(first.id, second.id);
    let Ok(Outcome::Said(told)) = ask(&second.id).await else { panic!("no answer") };
    assert!(told.starts_with("It cannot start now"), "{told}");
    let error = ask("should-start-fail-500").await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Server);
    assert!(error.message.contains("fails at should-start"), "{}", error.message);
    assert_eq!(ask("nothing").await.unwrap_err().kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn counts_by_status_are_those_of_the_list() {
    let console = console(EXECUTIONS, "admin").await;
    let Ok(Outcome::Said(told)) = console.act("executions", "count-by-status", Key::default(), &[]).await
    else {
        panic!("no counts")
    };
    let all = console.list("executions", &[]).await;
    let mut sum = 0;
    for line in told.lines() {
        let (status, count) = line.split_once(": ").unwrap();
        let count: usize = count.parse().unwrap();
        let expected = all.iter().filter(|op| op.status.as_deref().unwrap_or("none") == status).count();
        assert_eq!(count, expected, "{line}");
        sum += count;
    }
    assert_eq!(sum, all.len());
    assert!(told.contains("none: 1"), "{told}");
    let pinned = console.pinned(OSAKA);
    let Ok(Outcome::Said(of_one)) = pinned.act("executions", "count-by-status", Key::default(), &[]).await
    else {
        panic!("no counts")
    };
    assert_ne!(of_one, told);
}

#[tokio::test]
async fn what_is_unknown_is_not_found_by_any_action() {
    let console = console(EXECUTIONS, "mona").await;
    for action in ["cancel", "force-cancel", "kill", "resume", "force-resume", "requeue", "should-start"] {
        let error = console.act("executions", action, Key::of("nothing"), &[]).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotFound, "{action}");
    }
    let inputs = [("status", "failed")];
    let error = console.act("executions", "update-status", Key::of("nothing"), &inputs).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn a_pinned_tenant_cannot_be_left_by_any_action() {
    let admin = console(EXECUTIONS, "admin").await;
    let theirs = admin.list("executions", &[("tenant", DEFAULT), ("status", "started")]).await;
    let pinned = admin.pinned(OSAKA);
    let error = pinned.act("executions", "cancel", in_tenant(&theirs[0].id, DEFAULT), &[]).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    let error = pinned.get("executions", &in_tenant(&theirs[0].id, DEFAULT)).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
}
