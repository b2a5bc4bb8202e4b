//! Deleting by criteria: the preview names exactly what the server then takes.

use std::collections::HashSet;

use longrun_core::dialect::{ActionCall, BuildError, Key, Outcome, Preview};

use super::*;

const ACTION: &str = "delete-executions";

fn call(inputs: &[(&'static str, &str)]) -> ActionCall {
    let inputs = inputs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    ActionCall { action: ACTION, key: Key::default(), inputs }
}

/// The rows that the preview looks at, and what it says of them.
async fn preview(console: &Console, inputs: &[(&'static str, &str)]) -> (Vec<Operation>, Preview) {
    let call = call(inputs);
    let rows = console.pages("executions", console.dialect.preview("executions", &call).unwrap()).await;
    let preview = console.dialect.previewed("executions", &call, &rows.iter().collect::<Vec<_>>());
    (rows, preview)
}

async fn everything(console: &Console) -> HashSet<String> {
    let all = console.list("executions", &[("_include_system_workflows", "true")]).await;
    all.into_iter().map(|op| op.id.into()).collect()
}

#[tokio::test]
async fn what_the_preview_names_goes_and_nothing_else() {
    let old = "2026-11-20T12:00:00Z";
    let cases: [&[(&str, &str)]; 8] = [
        &[("keep_last", "40")],
        &[("keep_last", "1")],
        &[("to_datetime", old)],
        &[("to_datetime", "2026-11-21")],
        &[("to_datetime", old), ("tenant", OSAKA)],
        &[("keep_last", "5"), ("deployment_id", "db-core")],
        &[("workflow_id", "backup"), ("created_by", "mona")],
        &[("blueprint_id", "edge-router")],
    ];
    for inputs in cases {
        let console = console(EXECUTIONS, "admin").await;
        let (rows, preview) = preview(&console, inputs).await;
        assert_eq!(preview.refused, None, "{inputs:?}");
        let named: HashSet<String> = preview.hit.iter().map(|at| rows[*at].id.to_string()).collect();
        assert!(!named.is_empty(), "{inputs:?}");
        let before = everything(&console).await;
        let outcome = console.act("executions", ACTION, Key::default(), inputs).await;
        let Ok(Outcome::Said(told)) = outcome else { panic!("{inputs:?}: {outcome:?}") };
        assert!(told.starts_with(&format!("{} execution", named.len())), "{inputs:?}: {told}");
        let after = everything(&console).await;
        let gone: HashSet<String> = before.difference(&after).cloned().collect();
        assert_eq!(gone, named, "{inputs:?}");
        assert!(after.is_subset(&before));
    }
}

#[tokio::test]
async fn environments_keep_the_record_of_their_making() {
    let console = console(EXECUTIONS, "admin").await;
    let (rows, preview) = preview(&console, &[("workflow_id", "create_deployment_environment")]).await;
    assert!(!preview.kept.is_empty());
    for (at, why) in &preview.kept {
        assert_eq!(rows[*at].kind.as_deref(), Some("create_deployment_environment"));
        assert!(why.ends_with('.'), "{why}");
    }
    let inputs = [("to_datetime", "2026-11-21T03:47:17Z")];
    console.act("executions", ACTION, Key::default(), &inputs).await.unwrap();
    for (at, _) in &preview.kept {
        assert!(console.get("executions", &Key::of(&*rows[*at].id)).await.is_ok(), "{}", rows[*at].id);
    }
}

/// The trap that the guard is for: the server deletes one although all should be kept.
#[tokio::test]
async fn keeping_more_than_there_are_is_refused_because_the_server_would_delete_one() {
    let console = console(EXECUTIONS, "admin").await;
    let inputs = [("keep_last", "100000"), ("deployment_id", "db-core")];
    let (rows, preview) = preview(&console, &inputs).await;
    assert!(preview.hit.is_empty());
    let why = preview.refused.unwrap();
    assert!(why.contains(&format!("Only {} ended", rows.len())), "{why}");
    let before = everything(&console).await.len();
    let outcome = console.act("executions", ACTION, Key::default(), &inputs).await;
    assert_eq!(outcome, Ok(Outcome::Said("1 execution was deleted.".into())));
    assert_eq!(everything(&console).await.len(), before - 1);
}

#[tokio::test]
async fn nothing_is_sent_without_criteria_and_a_pinned_tenant_stays_alone() {
    let console = console(EXECUTIONS, "admin").await.pinned(OSAKA);
    let refused = |inputs: &[(&'static str, &str)]| {
        console.dialect.act(&console.at, "executions", &call(inputs)).unwrap_err()
    };
    assert!(matches!(refused(&[]), BuildError::Missing(_)));
    assert!(matches!(refused(&[("to_datetime", "2026-11-21"), ("keep_last", "1")]), BuildError::Missing(_)));
    assert!(matches!(refused(&[("keep_last", "0")]), BuildError::Invalid(_)));
    let inputs = [("keep_last", "3"), ("tenant", DEFAULT)];
    let (rows, preview) = preview(&console, &inputs).await;
    assert!(!rows.is_empty() && rows.iter().all(|op| op.tenant.as_deref() == Some(OSAKA)));
    let outcome = console.act("executions", ACTION, Key::default(), &inputs).await;
    assert_eq!(outcome, Ok(Outcome::Said(format!("{} executions were deleted.", preview.hit.len()))));
}
