//! Tasks graphs and operations: lists, creation, states, deletion.

use super::*;

const GRAPHS: &str = "/tasks_graphs?execution_id=resumed-beyond-total";

async fn graph(caller: &Caller<'_>) -> String {
    text(&caller.items(GRAPHS).await[0], "id").to_owned()
}

fn ids(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| text(item, "id")).collect()
}

#[tokio::test]
async fn graphs_of_an_execution() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let graphs = admin.items(GRAPHS).await;
    assert_eq!((graphs.len(), text(&graphs[0], "name")), (1, "heal"));
    assert_eq!(graphs[0]["execution_id"], "resumed-beyond-total");
    assert!(graphs[0].get("state").is_none(), "a graph has no state");
    assert_eq!(admin.items(&format!("{GRAPHS}&name=other")).await.len(), 0);
    assert_page(&admin.get("/tasks_graphs").await, 400);
    assert_refused(&admin.get("/tasks_graphs?execution_id=nobody").await, 404, "not_found_error");
    let id = text(&graphs[0], "id");
    let patched = admin.patch(&format!("/tasks_graphs/{id}"), json!({ "state": "done" })).await;
    assert_refused(&patched, 500, "internal_server_error");
}

#[tokio::test]
async fn the_newest_executions_have_graphs_of_8_to_30_operations() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let newest = admin.items("/executions?_sort=-created_at&_size=15&status=terminated&status=failed").await;
    for execution in &newest {
        let operations = admin.items(&format!("/operations?execution_id={}", text(execution, "id"))).await;
        assert!((8..=31).contains(&operations.len()), "{}: {execution}", operations.len());
        let counted = |operation: &&Value| operation["type"] != "NOPLocalWorkflowTask";
        let finished =
            |operation: &&Value| ["succeeded", "failed", "rescheduled"].contains(&text(operation, "state"));
        assert_eq!(execution["total_operations"], operations.iter().filter(counted).count());
        assert_eq!(
            execution["finished_operations"],
            operations.iter().filter(counted).filter(finished).count()
        );
        let known = ids(&operations);
        for operation in &operations {
            assert_eq!(operation.as_object().unwrap().len(), 15);
            for dependency in operation["dependencies"].as_array().unwrap() {
                assert!(known.contains(&dependency.as_str().unwrap()));
            }
            if let Some(within) = operation["parameters"]["containing_subgraph"].as_str() {
                assert!(known.contains(&within));
            }
        }
        if execution["status"] == "failed" {
            let failed = operations.iter().filter(|operation| operation["state"] == "failed");
            assert!(failed.count() >= 1, "{execution}");
        }
    }
}

#[tokio::test]
async fn lists_are_by_graph_or_by_execution() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let graph = graph(&admin).await;
    let by_graph = admin.read(&format!("/operations?graph_id={graph}")).await;
    let by_execution = admin.read("/operations?execution_id=resumed-beyond-total").await;
    assert_eq!(by_graph, by_execution);
    assert_eq!(by_graph["metadata"]["pagination"], json!({ "total": 8, "size": 1000, "offset": 0 }));
    assert_eq!(
        assert_refused(&admin.get("/operations").await, 400, "bad_parameters_error"),
        "Missing required param: graph_id or execution_id"
    );
    let both = admin.get(&format!("/operations?graph_id={graph}&execution_id=resumed-beyond-total")).await;
    assert_refused(&both, 400, "bad_parameters_error");
    assert_eq!(
        assert_refused(&admin.get("/operations?graph_id=nobody").await, 404, "not_found_error"),
        "Requested `TasksGraph` with ID `nobody` was not found"
    );
    assert_refused(&admin.get("/operations?execution_id=nobody").await, 404, "not_found_error");
    let of = |query: &str| format!("/operations?graph_id={graph}&{query}");
    assert_eq!(ids(&admin.items(&of("state=BANANA")).await), ["op-odd-state"]);
    assert_eq!(admin.items(&of("state=FAILED")).await.len(), 0, "letters matter");
    let interesting = admin.items(&of("skip_internal=true")).await;
    assert_eq!(interesting.len(), 5);
    assert_eq!(admin.items(&of("skip_internal=false")).await, interesting, "any text is true");
    assert_eq!(admin.items(&of("skip_internal=")).await.len(), 8);
    assert_eq!(admin.items(&of("_size=2&_offset=3&_sort=-id&anything=1")).await.len(), 2);
    assert_eq!(admin.items(&of("_include=id,state&_size=1")).await[0].as_object().unwrap().len(), 2);
}

#[tokio::test]
async fn one_is_shown_whatever_its_id_is_made_of() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let odd = admin.read("/operations/op%2Fwith%20%3F%23%25%3A%20%E6%9D%B1%E4%BA%AC").await;
    assert_eq!(odd["name"], "set_state:started");
    let retry = admin.read("/operations/op-second-try").await;
    assert_eq!(retry["parameters"]["retried_task"], "op-first-try");
    assert_refused(&admin.get("/operations/nobody").await, 404, "not_found_error");
    let osaka = Caller { tenant: Some("osaka-edge"), ..caller(&demo, ADMIN) };
    assert_refused(&osaka.get("/operations/op-second-try").await, 404, "not_found_error");
}

#[tokio::test]
async fn creating_needs_everything_and_is_never_the_same_again() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let graph = graph(&admin).await;
    let body = json!({ "name": "by hand", "graph_id": graph, "dependencies": ["op-failed"], "parameters": { "a": 1 },
                       "type": "RemoteWorkflowTask", "state": "succeeded" });
    let made = admin.put("/operations/new", body.clone()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    assert_eq!((&made.json()["state"], &made.json()["tasks_graph_id"]), (&json!("pending"), &json!(graph)));
    assert_eq!(admin.read("/operations/new").await, made.json());
    let execution = admin.read("/executions/resumed-beyond-total").await;
    assert_eq!(execution["total_operations"], 8);
    for missing in ["name", "graph_id", "dependencies", "parameters", "type"] {
        let mut less = body.clone();
        less.as_object_mut().unwrap().remove(missing);
        assert_refused(&admin.put("/operations/other", less).await, 400, "bad_parameters_error");
    }
    let mut unknown = body.clone();
    unknown["graph_id"] = json!("nowhere");
    assert_refused(&admin.put("/operations/other", unknown).await, 500, "internal_server_error");
    assert_refused(&admin.get("/operations/other").await, 404, "not_found_error");
    assert_eq!(admin.put("/operations/new", body).await.status, StatusCode::CREATED);
    assert_refused(&admin.get("/operations/new").await, 409, "ambiguous_name");
    assert_refused(
        &admin.patch("/operations/new", json!({ "state": "failed" })).await,
        409,
        "ambiguous_name",
    );
    assert_eq!(admin.total("/operations?execution_id=resumed-beyond-total").await, 10);
}

#[tokio::test]
async fn any_text_is_a_state_and_finishing_counts() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let finished = |admin: &Caller<'_>| {
        let demo = admin.demo.clone();
        async move {
            caller(&demo, ADMIN).read("/executions/resumed-beyond-total").await["finished_operations"].clone()
        }
    };
    let patch = |body: Value| admin.patch("/operations/op-odd-state", body);
    let named = patch(json!({ "state": "APFEL", "manager_name": "m", "agent_name": "a" })).await;
    assert_eq!((named.status, named.text().as_str()), (StatusCode::OK, "{}"));
    assert_eq!(admin.read("/operations/op-odd-state").await["agent_name"], "a");
    assert_eq!(finished(&admin).await, 8);
    patch(json!({ "state": "succeeded", "result": null, "exception": null })).await;
    assert_eq!(finished(&admin).await, 9);
    let shown = admin.read("/operations/op-odd-state").await;
    assert_eq!((&shown["state"], &shown["agent_name"]), (&json!("succeeded"), &Value::Null));
    patch(json!({ "state": "failed" })).await;
    assert_eq!(finished(&admin).await, 9, "it was finished already");
    assert_refused(&patch(json!({})).await, 400, "bad_parameters_error");
    assert_refused(&admin.patch("/operations/nobody", json!({ "state": "x" })).await, 404, "not_found_error");
}

#[tokio::test]
async fn deleting_as_documented_and_as_it_really_is() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let gone = admin.send("DELETE", "/operations/op-second-try", None).await;
    assert_eq!((gone.status, gone.body.len()), (StatusCode::NO_CONTENT, 0));
    let execution = admin.read("/executions/resumed-beyond-total").await;
    assert_eq!((&execution["total_operations"], &execution["finished_operations"]), (&json!(6), &json!(7)));
    let real = admin.send("DELETE", "/operations/op-delete-500", None).await;
    assert_refused(&real, 500, "internal_server_error");
    for id in ["op-second-try", "op-delete-500"] {
        assert_refused(&admin.get(&format!("/operations/{id}")).await, 404, "not_found_error");
        let again = admin.send("DELETE", &format!("/operations/{id}"), None).await;
        assert_refused(&again, 404, "not_found_error");
    }
}

#[tokio::test]
async fn graphs_are_made_with_their_operations() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let body = json!({ "name": "second", "execution_id": "resumed-beyond-total", "graph_id": "g 2", "operations": [
        { "id": "x1", "name": "one", "type": "SubgraphTask", "dependencies": [], "parameters": {} },
        { "id": "x2", "name": "two", "type": "RemoteWorkflowTask", "dependencies": ["x1"], "parameters": {},
          "state": "succeeded" },
    ] });
    let made = admin.post("/tasks_graphs/tasks_graphs", body.clone()).await;
    assert_eq!((made.status, &made.json()["id"]), (StatusCode::CREATED, &json!("g 2")));
    assert_eq!(ids(&admin.items("/operations?graph_id=g%202").await), ["x1", "x2"]);
    assert_eq!(admin.read("/executions/resumed-beyond-total").await["total_operations"], 9);
    assert_refused(&admin.post("/tasks_graphs/anything", body.clone()).await, 409, "conflict_error");
    let unknown = json!({ "name": "n", "execution_id": "nobody" });
    assert_refused(&admin.post("/tasks_graphs/tasks_graphs", unknown).await, 500, "internal_server_error");
    assert_eq!(admin.items(GRAPHS).await.len(), 2);
    let stored =
        admin.post("/operations", json!({ "action": "update-stored", "deployment_id": "db-core" })).await;
    assert_eq!(stored.status, StatusCode::NO_CONTENT);
    assert_refused(&admin.post("/operations", json!({ "action": "x" })).await, 400, "bad_parameters_error");
}
