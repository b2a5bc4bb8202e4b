//! Actions: each can be built, and an answer is never taken for more than it says.

use longrun_core::dialect::{ActionCall, BuildError, Key, Outcome, Reach};

use crate::{ODD_BODIES, answer, cases, endpoint};

#[test]
fn every_action_can_be_built() {
    for case in cases() {
        for (action, key) in case.actions("plain") {
            let name = format!("{} {}", case.name(), action.id);
            let calls = case.calls(&endpoint(None), action, &key);
            assert!(!calls.is_empty(), "{name}: nothing that can be filled in is enough");
            // What is required really is, and what is not required can be left out.
            for input in action.inputs.iter().filter(|input| input.required) {
                for (call, _) in &calls {
                    let mut call = call.clone();
                    call.inputs.retain(|(known, _)| *known != input.name);
                    let refused = case.dialect.act(&endpoint(None), case.kind, &call);
                    assert!(
                        matches!(refused, Err(BuildError::Missing(_) | BuildError::Invalid(_))),
                        "{name}: built without {}",
                        input.name
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_no_action_is_refused() {
    for case in cases() {
        let call = ActionCall { action: "make-coffee", key: case.key("plain"), inputs: vec![] };
        let refused = case.dialect.act(&endpoint(None), case.kind, &call).unwrap_err();
        assert_eq!(refused, BuildError::NotOffered, "{}", case.name());
    }
}

#[test]
fn an_answer_is_never_taken_for_more_than_it_says() {
    for case in cases() {
        for (action, key) in case.actions("plain") {
            for (call, _) in case.calls(&endpoint(None), action, &key) {
                for status in [200, 201, 202, 204, 301, 400, 401, 403, 404, 405, 409, 412, 429, 500, 501, 503]
                {
                    for body in ODD_BODIES {
                        let name = format!("{} {}: {status} {body}", case.name(), action.id);
                        match case.dialect.parse_act(case.kind, &call, &answer(status, body)) {
                            Ok(Outcome::Done | Outcome::Requested | Outcome::Created(_)) => {
                                assert!((200..300).contains(&status), "{name}");
                                assert!(!body.starts_with('<'), "{name}: a web page is no answer");
                            }
                            Ok(Outcome::Said(words) | Outcome::File(_, words)) => {
                                assert!(!words.trim().is_empty() || body.trim().is_empty(), "{name}");
                            }
                            Ok(Outcome::Unclear(error)) | Err(error) => {
                                assert!(!error.message.trim().is_empty(), "{name}");
                            }
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_created_can_be_opened() {
    for case in cases() {
        for (action, key) in case.actions("plain") {
            for (call, _) in case.calls(&endpoint(None), action, &key) {
                let body = r#"{"id":"new","name":"new","execution_id":"new"}"#;
                if let Ok(Outcome::Created(Key { id, .. })) =
                    case.dialect.parse_act(case.kind, &call, &answer(201, body))
                {
                    assert!(!id.trim().is_empty(), "{} {}", case.name(), action.id);
                }
            }
        }
    }
}

/// A preview is a list of the same kind that can be asked for, and nothing is hit where nothing is listed.
#[test]
fn previews_can_be_asked_for() {
    for case in cases() {
        for (action, key) in case.actions("plain") {
            for (call, _) in case.calls(&endpoint(None), action, &key) {
                if let Some(query) = case.dialect.preview(case.kind, &call) {
                    assert_eq!(action.reach, Reach::Kind, "{} {}", case.name(), action.id);
                    case.dialect.list(&endpoint(None), case.kind, &query).unwrap();
                }
                assert_eq!(
                    case.dialect.previewed(case.kind, &call, &[]).hit.len(),
                    0,
                    "{} {}",
                    case.name(),
                    action.id
                );
            }
        }
    }
}
