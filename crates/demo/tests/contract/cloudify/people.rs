//! Signing in and out, tokens that end, tenants and what roles may do.

use longrun_core::dialect::{Choice, Endpoint, Key, Outcome, ServerQuery};
use longrun_core::http::sign_in::Session;
use longrun_core::http::{ErrorKind, Secret};

use super::*;

async fn kind_of_list(console: &Console) -> Option<ErrorKind> {
    let answer = console.answer("executions", &ServerQuery::default()).await;
    (!answer.is_success()).then(|| console.dialect.error(&answer).kind)
}

#[tokio::test]
async fn a_password_becomes_a_token_that_signing_out_deletes() {
    let console = console(EXECUTIONS, "mona").await;
    let session = console.at.session.clone().unwrap();
    assert_eq!(session.user.as_deref(), Some("mona"));
    let lives = session.expires.unwrap().0 - START;
    assert!((35_900_000..=36_000_000).contains(&lives), "ten hours, to the minute: {lives}");
    assert_eq!(kind_of_list(&console).await, None);
    let end = send(&console.router, &SIGN_IN.sign_out("/cloudify", &session).unwrap()).await;
    assert_eq!(end.status, 204, "{}", end.text());
    assert_eq!(kind_of_list(&console).await, Some(ErrorKind::SignedOut));
}

#[tokio::test]
async fn wrong_credentials_and_odd_tokens_are_told_in_the_servers_words() {
    let (_, router) = demo();
    for (name, password, words) in
        [("admin", "wrong", "Wrong credentials"), ("nobody", "x", "No authentication info")]
    {
        let error = signed_in(&router, name, password).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::SignedOut);
        assert!(error.message.contains(words), "{}", error.message);
    }
    let mut console = console(EXECUTIONS, "admin").await;
    for (token, words) in [("bare", "Invalid token structure"), ("ctok-aaaaaaaaaa-b", "Unauthorized")] {
        console.at.session = Some(Session::pasted(Secret::new(token)));
        let answer = console.answer("executions", &ServerQuery::default()).await;
        let error = console.dialect.error(&answer);
        assert_eq!(
            (error.kind, error.message.contains(words)),
            (ErrorKind::SignedOut, true),
            "{}",
            error.message
        );
    }
    console.at = Endpoint { session: None, ..console.at };
    assert_eq!(kind_of_list(&console).await, Some(ErrorKind::SignedOut));
}

#[tokio::test]
async fn a_token_that_ends_in_mid_work_is_told_and_nothing_is_done() {
    let admin = console(EXECUTIONS, "admin").await;
    let shorty = admin.other("shorty").await;
    let key = shorty.start("backup", "backup-vault", &[("parameters", r#"{"target":"s3://x"}"#)]).await;
    shorty.later(121);
    let error = shorty.act("executions", "cancel", key.clone(), &[]).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::SignedOut);
    assert!(error.message.contains("expired"), "{}", error.message);
    let now = admin.get("executions", &key).await.unwrap();
    assert_ne!(now.state, State::Cancelling);
    assert_ne!(now.state, State::Cancelled);
}

#[tokio::test]
async fn the_tenants_of_each_user_are_offered_with_their_roles() {
    let expected = [
        ("admin", vec![(DEFAULT, "user, sys_admin")]),
        ("mona", vec![(DEFAULT, "manager"), (OSAKA, "manager")]),
        ("victor", vec![(DEFAULT, "viewer"), (OSAKA, "viewer")]),
    ];
    for (user, tenants) in expected {
        let console = console(EXECUTIONS, user).await;
        let request =
            console.dialect.choices(&console.at, &ServerQuery::default(), "tenant").unwrap().unwrap();
        let answer = send(&console.router, &request).await;
        let choices = console.dialect.parse_choices("tenant", &answer).unwrap();
        let tenants: Vec<_> = tenants
            .into_iter()
            .map(|(value, note)| Choice { value: value.into(), note: Some(note.into()) })
            .collect();
        assert_eq!(choices, tenants, "{user}");
    }
}

#[tokio::test]
async fn a_viewer_reads_everything_and_changes_operations_only() {
    let console = console(EXECUTIONS, "victor").await;
    let running = console.list("executions", &[("status", "started"), ("tenant", DEFAULT)]).await;
    let key = in_tenant(&running[0].id, DEFAULT);
    for action in ["cancel", "force-cancel", "kill"] {
        let error = console.act("executions", action, key.clone(), &[]).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Forbidden, "{action}");
        assert!(error.message.contains("victor"), "{}", error.message);
    }
    for (action, inputs) in [
        ("update-status", vec![("status", "failed")]),
        ("delete", vec![]),
        ("start", vec![("workflow_id", "heal"), ("deployment_id", "backup-vault")]),
        ("delete-executions", vec![("keep_last", "1")]),
    ] {
        let error = console.act("executions", action, key.clone(), &inputs).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Forbidden, "{action}");
    }
    let of = console.list("operations", &[("execution_id", &running[0].id)]).await;
    let key = in_tenant(&of[0].id, DEFAULT);
    let inputs = [("state", "failed")];
    assert_eq!(console.act("operations", "update-state", key, &inputs).await, Ok(Outcome::Done));
    let should = console.act("executions", "should-start", Key::of(&*running[0].id), &[]).await;
    assert!(matches!(should, Ok(Outcome::Said(_))), "{should:?}");
}

#[tokio::test]
async fn unknown_tenants_are_refused() {
    let console = console(EXECUTIONS, "mona").await.pinned("nowhere");
    let answer = console.answer("executions", &ServerQuery::default()).await;
    let error = console.dialect.error(&answer);
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert!(error.message.contains("nowhere"), "{}", error.message);
}
