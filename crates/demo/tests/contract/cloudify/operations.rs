//! Operations and tasks graphs, by the dialect that is made for them.

use std::collections::HashSet;

use longrun_core::dialect::{BuildError, Key, Outcome, ServerQuery};
use longrun_core::http::ErrorKind;

use super::*;

const RESUMED: &str = "resumed-beyond-total";

async fn graph_of(console: &Console, execution: &str) -> String {
    let graphs = console.list("graphs", &[("execution_id", execution)]).await;
    graphs[0].id.to_string()
}

#[tokio::test]
async fn operations_are_listed_by_execution_and_by_graph_alike() {
    let console = console(OPERATIONS, "mona").await;
    let graphs = console.list("graphs", &[("execution_id", RESUMED)]).await;
    assert_eq!(graphs.len(), 1);
    assert_eq!((graphs[0].kind.as_deref(), graphs[0].target.as_deref()), (Some("heal"), Some(RESUMED)));
    let by_graph = console.list("operations", &[("graph_id", &graphs[0].id)]).await;
    let by_execution = console.list("operations", &[("execution_id", RESUMED)]).await;
    let ids = |rows: &[Operation]| rows.iter().map(|op| op.id.to_string()).collect::<HashSet<_>>();
    assert_eq!(ids(&by_graph), ids(&by_execution));
    assert_eq!(by_graph.len(), 8);
    assert!(by_graph.iter().all(|op| op.oddities.is_empty()), "{by_graph:?}");
    let paged = console.list("operations", &[("graph_id", &graphs[0].id), ("_size", "3")]).await;
    assert_eq!(ids(&paged), ids(&by_graph));
    assert_eq!(console.list("graphs", &[("execution_id", RESUMED), ("name", "other")]).await, []);

    let find = |id: &str| by_graph.iter().find(|op| &*op.id == id).unwrap();
    let again = find("op-second-try");
    assert!(again.warning.as_deref().unwrap().contains("op-first-try"), "{:?}", again.warning);
    let first = find("op-first-try");
    assert_eq!(first.state, State::Failed);
    assert!(first.warning.as_deref().unwrap().contains("newer operation"));
    assert!(find("op-failed").error.as_deref().unwrap().starts_with("Agent"));
    assert_eq!(
        (find("op-odd-state").state, find("op-odd-state").status.as_deref()),
        (State::Unknown, Some("BANANA"))
    );
    assert_eq!((first.target.as_deref(), first.name.as_deref()), (Some("store_0a1b2c"), Some("store")));
    assert_eq!(first.fact("containing_subgraph"), Some("op-subgraph-1"));
}

#[tokio::test]
async fn the_filters_of_operations_keep_what_they_say() {
    let console = console(OPERATIONS, "mona").await;
    let all = console.list("operations", &[("execution_id", RESUMED)]).await;
    for state in ["succeeded", "failed", "rescheduled", "BANANA"] {
        let kept = console.list("operations", &[("execution_id", RESUMED), ("operation_state", state)]).await;
        let expected = all.iter().filter(|op| op.status.as_deref() == Some(state)).count();
        assert!(expected > 0 && kept.len() == expected, "{state}: {}", kept.len());
    }
    let upper = console.list("operations", &[("execution_id", RESUMED), ("operation_state", "FAILED")]).await;
    assert_eq!(upper, [], "the server compares exactly");
    let outer = console.list("operations", &[("execution_id", RESUMED), ("skip_internal", "true")]).await;
    assert!(outer.len() < all.len());
    let of =
        |op: &Operation| matches!(op.target_type.as_deref(), Some("SubgraphTask" | "RemoteWorkflowTask"));
    assert!(outer.iter().all(of));
}

#[tokio::test]
async fn without_a_graph_or_an_execution_nothing_is_asked() {
    let console = console(OPERATIONS, "mona").await;
    for kind in ["operations", "graphs"] {
        let refused = console.dialect.list(&console.at, kind, &ServerQuery::default()).unwrap_err();
        assert!(matches!(refused, BuildError::Missing(_)), "{kind}");
    }
    for query in [[("graph_id", "nowhere")], [("execution_id", "nowhere")]] {
        let answer = console.answer("operations", &params(&query)).await;
        assert_eq!(console.dialect.error(&answer).kind, ErrorKind::NotFound);
    }
    let answer = console.answer("graphs", &params(&[("execution_id", "nowhere")])).await;
    assert_eq!(console.dialect.error(&answer).kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn one_operation_is_what_the_list_gave() {
    let console = console(OPERATIONS, "mona").await;
    for op in console.list("operations", &[("execution_id", RESUMED)]).await {
        let shown = console.get("operations", &Key::of(&*op.id)).await.unwrap();
        assert_eq!(Operation { body: None, ..shown }, Operation { body: None, ..op });
    }
    let error = console.get("operations", &Key::of("nowhere")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn a_state_is_set_and_the_agent_kept() {
    let console = console(OPERATIONS, "victor").await;
    let key = Key::of("op-failed");
    let inputs = [
        ("state", "PENDING"),
        ("result", r#"{"n":1}"#),
        ("exception", "by hand"),
        ("exception_causes", "[]"),
        ("manager_name", "manager-1"),
        ("agent_name", "agent-7"),
    ];
    assert_eq!(console.act("operations", "update-state", key.clone(), &inputs).await, Ok(Outcome::Done));
    let op = console.get("operations", &key).await.unwrap();
    assert_eq!((op.state, op.status.as_deref()), (State::Waiting, Some("pending")), "in the server's case");
    assert_eq!((op.fact("agent_name"), op.fact("manager_name")), (Some("agent-7"), Some("manager-1")));
    console.act("operations", "update-state", key.clone(), &[("state", "sent")]).await.unwrap();
    let op = console.get("operations", &key).await.unwrap();
    assert_eq!(
        op.fact("agent_name"),
        None,
        "what is left empty is cleared, which is why the form starts filled"
    );
    let start = |name| {
        let action =
            console.dialect.actions("operations").iter().find(|known| known.id == "update-state").unwrap();
        action.inputs.iter().find(|input| input.name == name).and_then(|input| input.start).unwrap()
    };
    assert_eq!(start("state")(&op), Some("sent"));
    let error = console.act("operations", "update-state", Key::of("nowhere"), &[("state", "sent")]).await;
    assert_eq!(error.unwrap_err().kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn a_deleted_operation_is_gone_whatever_the_server_answers() {
    let console = console(OPERATIONS, "mona").await;
    assert_eq!(console.act("operations", "delete", Key::of("op-failed"), &[]).await, Ok(Outcome::Done));
    let outcome = console.act("operations", "delete", Key::of("op-delete-500"), &[]).await;
    let Ok(Outcome::Unclear(error)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(error.kind, ErrorKind::Server);
    for id in ["op-failed", "op-delete-500"] {
        assert_eq!(
            console.get("operations", &Key::of(id)).await.unwrap_err().kind,
            ErrorKind::NotFound,
            "{id}"
        );
    }
    let left = console.list("operations", &[("execution_id", RESUMED)]).await;
    assert_eq!(left.len(), 6);
    let error = console.act("operations", "delete", Key::of("op-failed"), &[]).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn operations_and_graphs_are_created() {
    let console = console(OPERATIONS, "mona").await;
    let graph = graph_of(&console, RESUMED).await;
    let id = "made/by hand?";
    let inputs = [
        ("id", id),
        ("name", "extra"),
        ("graph_id", graph.as_str()),
        ("type", "acme.tasks.Own"),
        ("dependencies", r#"["op-failed"]"#),
        ("parameters", r#"{"info":"x"}"#),
    ];
    let outcome = console.act("operations", "create-operation", Key::default(), &inputs).await;
    assert_eq!(outcome, Ok(Outcome::Created(in_tenant(id, DEFAULT))));
    let op = console.get("operations", &Key::of(id)).await.unwrap();
    assert_eq!((op.state, op.target_type.as_deref()), (State::Waiting, Some("acme.tasks.Own")));
    assert_eq!(op.fact("dependencies"), Some(r#"["op-failed"]"#));
    // Sent twice, it is there twice, and then neither can be shown.
    console.act("operations", "create-operation", Key::default(), &inputs).await.unwrap();
    let error = console.get("operations", &Key::of(id)).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Conflict, "{}", error.message);
    let (rows, _) = console.page("operations", &params(&[("graph_id", &graph)])).await;
    let twins: Vec<_> = rows.iter().filter(|op| op.id.starts_with(id)).collect();
    assert_eq!(twins.len(), 2, "both are shown: {twins:?}");

    let nowhere = [("id", "x"), ("name", "n"), ("graph_id", "nowhere"), ("type", "SubgraphTask")];
    let error = console.act("operations", "create-operation", Key::default(), &nowhere).await.unwrap_err();
    assert!(error.message.contains("graph does not exist"), "{}", error.message);

    let steps =
        r#"[{"id":"step-1","name":"one","type":"LocalWorkflowTask","dependencies":[],"parameters":{}}]"#;
    let inputs =
        [("name", "repair"), ("execution_id", RESUMED), ("operations", steps), ("graph_id", "graph-by-hand")];
    let outcome = console.act("graphs", "create-graph", Key::default(), &inputs).await;
    assert_eq!(outcome, Ok(Outcome::Said("The tasks graph graph-by-hand was made.".into())));
    assert_eq!(console.list("operations", &[("graph_id", "graph-by-hand")]).await.len(), 1);
    let error = console.act("graphs", "create-graph", Key::default(), &inputs).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Conflict);
    let inputs = [("name", "repair"), ("execution_id", "nowhere")];
    let error = console.act("graphs", "create-graph", Key::default(), &inputs).await.unwrap_err();
    assert!(error.message.contains("execution does not exist"), "{}", error.message);
}

#[tokio::test]
async fn operations_of_another_tenant_need_it_told() {
    let console = console(OPERATIONS, "admin").await;
    let executions = find(EXECUTIONS).unwrap();
    let answer = send(
        &console.router,
        &executions.list(&console.at, "executions", &params(&[("tenant", OSAKA)])).unwrap(),
    )
    .await;
    let (rows, _) = read_rows(executions, "executions", &answer).unwrap();
    let id = &*rows[0].id;
    let found = console.list("operations", &[("execution_id", id), ("tenant", OSAKA)]).await;
    assert!(!found.is_empty() && found.iter().all(|op| op.tenant.as_deref() == Some(OSAKA)));
    let answer = console.answer("operations", &params(&[("execution_id", id)])).await;
    assert_eq!(console.dialect.error(&answer).kind, ErrorKind::NotFound);
    let shown = console.get("operations", &in_tenant(&found[0].id, OSAKA)).await.unwrap();
    assert_eq!(shown.id, found[0].id);
}
