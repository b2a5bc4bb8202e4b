//! Starting and creating executions: every outcome in the contract's order.

use longrun_core::dialect::{Key, Outcome};
use longrun_core::http::ErrorKind;
use longrun_core::model::Stamp;
use longrun_core::time::parse_cloudify;

use super::*;

const TARGET: (&str, &str) = ("parameters", r#"{"target":"s3://vault/here"}"#);

async fn refused(console: &Console, inputs: &[(&'static str, &str)]) -> ApiError {
    match console.act("executions", "start", Key::default(), inputs).await {
        Err(error) => error,
        other => panic!("{inputs:?}: {other:?}"),
    }
}

#[tokio::test]
async fn a_start_is_found_under_the_id_it_was_given() {
    let console = console(EXECUTIONS, "mona").await;
    let inputs = [
        ("parameters", r#"{"target":"s3://vault/here","level":"7","extra":[1]}"#),
        ("allow_custom_parameters", "true"),
        ("dry_run", "true"),
        ("wait_after_fail", "60"),
        ("tenant", OSAKA),
    ];
    let key = console.start("backup", "osaka-gw", &inputs).await;
    assert_eq!(key.tenant.as_deref(), Some(OSAKA));
    let op = console.get("executions", &key).await.unwrap();
    assert_eq!((op.kind.as_deref(), op.target.as_deref()), (Some("backup"), Some("osaka-gw")));
    assert_eq!((op.fact("is_dry_run"), op.fact("created_by")), (Some("true"), Some("mona")));
    assert!(op.body.is_some());
    console.later(600);
    assert_eq!(console.get("executions", &key).await.unwrap().state, State::Succeeded);
}

#[tokio::test]
async fn every_refusal_comes_in_the_servers_words() {
    let console = console(EXECUTIONS, "mona").await;
    let before = console.list("executions", &[]).await.len();
    for (deployment, workflow, parameters, kind, words) in [
        ("nowhere", "backup", "{}", ErrorKind::NotFound, "`nowhere` was not found"),
        ("site-kobe-noworker", "install", "{}", ErrorKind::Rejected, "environment"),
        ("site-nagoya", "install", "{}", ErrorKind::Rejected, "environment"),
        ("backup-vault", "explode", "{}", ErrorKind::Rejected, "does not exist in the deployment"),
        ("backup-vault", "backup", r#"{"zzz":1}"#, ErrorKind::Rejected, "parameters declared: zzz"),
        ("backup-vault", "backup", "{}", ErrorKind::Rejected, "to execute: target"),
        (
            "backup-vault",
            "backup",
            r#"{"target":"abc","level":"x"}"#,
            ErrorKind::Rejected,
            "must be of type integer",
        ),
        ("backup-vault", "backup", r#"{"target":"abc","level":99}"#, ErrorKind::Rejected, "in_range(1, 9)"),
    ] {
        let inputs = [("deployment_id", deployment), ("workflow_id", workflow), ("parameters", parameters)];
        let error = refused(&console, &inputs).await;
        assert_eq!(error.kind, kind, "{deployment} {workflow}: {}", error.message);
        assert!(error.message.contains(words), "{}", error.message);
        assert!(!error.message.contains("stored a failed execution"), "{}", error.message);
    }
    assert_eq!(console.list("executions", &[]).await.len(), before, "nothing was left behind");
}

#[tokio::test]
async fn a_refusal_that_leaves_a_record_says_so() {
    let console = console(EXECUTIONS, "mona").await;
    for (deployment, workflow) in [("shared-dns", "update"), ("backup-vault", "install")] {
        let before =
            console.list("executions", &[("deployment_id", deployment), ("status", "failed")]).await.len();
        let error = refused(&console, &[("deployment_id", deployment), ("workflow_id", workflow)]).await;
        assert_eq!(error.kind, ErrorKind::Rejected);
        assert!(error.message.contains("stored a failed execution"), "{}", error.message);
        let after = console.list("executions", &[("deployment_id", deployment), ("status", "failed")]).await;
        assert_eq!(after.len(), before + 1, "{deployment}");
        assert!(
            after[0].error.as_deref().unwrap().starts_with("Error preparing execution"),
            "{:?}",
            after[0].error
        );
    }
}

#[tokio::test]
async fn a_blocked_start_is_refused_queued_or_forced() {
    let console = console(EXECUTIONS, "mona").await;
    let first = console.start("backup", "backup-vault", &[TARGET]).await;
    let error =
        refused(&console, &[("deployment_id", "backup-vault"), ("workflow_id", "backup"), TARGET]).await;
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert!(error.message.contains(&first.id), "{}", error.message);
    let queued = console.start("backup", "backup-vault", &[TARGET, ("queue", "true")]).await;
    let op = console.get("executions", &queued).await.unwrap();
    assert_eq!((op.state, op.status.as_deref()), (State::Waiting, Some("queued")));
    let forced = console.start("backup", "backup-vault", &[TARGET, ("force", "true")]).await;
    assert_eq!(console.get("executions", &forced).await.unwrap().status.as_deref(), Some("pending"));
    console.later(900);
    assert!(console.get("executions", &queued).await.unwrap().state.has_ended(), "its turn came");
}

#[tokio::test]
async fn a_scheduled_start_has_no_id_yet() {
    let console = console(EXECUTIONS, "mona").await;
    let before = console.list("executions", &[]).await.len();
    for time in ["2027-01-02T03:04:05Z", "202701020304+0000"] {
        let inputs = [("deployment_id", "backup-vault"), ("workflow_id", "heal"), ("scheduled_time", time)];
        let outcome = console.act("executions", "start", Key::default(), &inputs).await;
        let Ok(Outcome::Said(told)) = outcome else { panic!("{time}: {outcome:?}") };
        assert!(told.contains("scheduled"), "{told}");
    }
    assert_eq!(console.list("executions", &[]).await.len(), before, "no list shows it");
    let past = [
        ("deployment_id", "backup-vault"),
        ("workflow_id", "heal"),
        ("scheduled_time", "2020-01-02T03:04:05Z"),
    ];
    assert_eq!(refused(&console, &past).await.kind, ErrorKind::Rejected);
}

#[tokio::test]
async fn a_record_is_created_by_administrators_only_and_never_runs() {
    let admin = console(EXECUTIONS, "admin").await;
    let inputs = [
        ("deployment_id", "backup-vault"),
        ("workflow_id", "backup"),
        ("force_status", "failed"),
        ("id", "restored by hand"),
        TARGET,
        ("error", "it broke long ago"),
        ("created_by", "mona"),
        ("created_at", "2026-11-01T00:00:00Z"),
        ("started_at", "2026-11-01T00:00:01Z"),
        ("ended_at", "2026-11-01T00:00:02+00:00"),
    ];
    let outcome = admin.act("executions", "create", Key::default(), &inputs).await;
    assert_eq!(outcome, Ok(Outcome::Created(in_tenant("restored by hand", DEFAULT))));
    let op = admin.get("executions", &Key::of("restored by hand")).await.unwrap();
    assert_eq!((op.state, op.error.as_deref()), (State::Failed, Some("it broke long ago")));
    assert_eq!((op.fact("created_by"), op.duration(Millis(0))), (Some("mona"), Some(1_000)));
    assert_eq!(op.created, Stamp::At(parse_cloudify("2026-11-01T00:00:00.000Z").unwrap()));
    let again = admin.act("executions", "create", Key::default(), &inputs).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::Conflict, "{}", again.message);

    for status in ["pending", "started", "queued", "cancelling", "terminated"] {
        let inputs =
            [("deployment_id", "backup-vault"), ("workflow_id", "backup"), TARGET, ("force_status", status)];
        let Ok(Outcome::Created(key)) = admin.act("executions", "create", Key::default(), &inputs).await
        else {
            panic!("{status}")
        };
        admin.later(60);
        let op = admin.get("executions", &key).await.unwrap();
        assert_eq!(op.status.as_deref(), Some(status), "it does not run");
    }
    let mona = admin.other("mona").await;
    let error = mona.act("executions", "create", Key::default(), &inputs).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Forbidden);
}
