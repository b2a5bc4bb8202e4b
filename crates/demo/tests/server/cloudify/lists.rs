//! Lists: envelopes, filters, order, projection and paging.

use super::*;

fn field<'a>(items: &'a [Value], name: &str) -> Vec<&'a str> {
    items.iter().map(|item| item[name].as_str().unwrap_or("null")).collect()
}

#[tokio::test]
async fn executions_come_in_an_envelope_with_25_keys_each() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let list = admin.read("/executions").await;
    let items = list["items"].as_array().unwrap();
    let total = list["metadata"]["pagination"]["total"].as_u64().unwrap();
    assert_eq!(
        list["metadata"],
        json!({ "pagination": { "total": total, "size": 1000, "offset": 0 }, "filtered": null })
    );
    assert_eq!(u64::try_from(items.len()).unwrap(), total);
    assert!((180..320).contains(&items.len()), "{}", items.len());
    for item in items {
        assert_eq!(item.as_object().unwrap().len(), 25, "{item}");
        assert!(text(item, "created_at").ends_with('Z') && text(item, "created_at").len() == 24);
        let display =
            if item["status"] == "terminated" { "completed".into() } else { item["status"].clone() };
        assert_eq!(item["status_display"], display);
        assert_eq!(item["is_system_workflow"], false, "system workflows are asked for");
        assert_eq!(*item, admin.read(&format!("/executions/{}", encoded(text(item, "id")))).await);
    }
    let created = field(items, "created_at");
    assert!(created.is_sorted(), "oldest first");
    for status in [
        "terminated",
        "failed",
        "cancelled",
        "started",
        "queued",
        "scheduled",
        "cancelling",
        "force_cancelling",
        "kill_cancelling",
    ] {
        assert!(items.iter().any(|item| item["status"] == status), "{status}");
    }
    let orphan = items.iter().find(|item| item["status"].is_null()).unwrap();
    assert_eq!((&orphan["parameters"], &orphan["total_operations"]), (&Value::Null, &json!(0)));
    let over = items.iter().find(|item| item["id"] == "resumed-beyond-total").unwrap();
    assert_eq!((&over["total_operations"], &over["finished_operations"]), (&json!(7), &json!(8)));
    assert!(items.iter().any(|item| item["deployment_id"].is_null()), "some work belongs to no deployment");
    let failed = items.iter().filter(|item| item["status"] == "failed");
    let mut errors: Vec<_> = failed.map(|item| text(item, "error").lines().last().unwrap_or("")).collect();
    errors.sort_unstable();
    errors.dedup();
    assert!(errors.len() >= 5, "{errors:?}");
}

fn encoded(id: &str) -> String {
    form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>().replace('+', "%20")
}

#[tokio::test]
async fn filters_repeat_for_or_and_combine_for_and() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let all = admin.items("/executions").await;
    let count = |fits: &dyn Fn(&Value) -> bool| all.iter().filter(|item| fits(item)).count();
    let two = admin.items("/executions?status=failed&status=cancelled").await;
    assert_eq!(two.len(), count(&|item| item["status"] == "failed" || item["status"] == "cancelled"));
    let both = admin.items("/executions?status=failed&workflow_id=backup&workflow_id=heal").await;
    assert!(!both.is_empty());
    assert_eq!(
        both.len(),
        count(&|item| item["status"] == "failed" && ["backup", "heal"].contains(&text(item, "workflow_id")))
    );
    for (name, value) in [
        ("deployment_id", "db-core"),
        ("blueprint_id", "edge-router"),
        ("created_by", "mona"),
        ("deployment_display_name", "Web shop"),
        ("status_display", "completed"),
        ("id", "resumed-beyond-total"),
        ("tenant_name", "default_tenant"),
    ] {
        let found = admin.items(&format!("/executions?{name}={}", encoded(value))).await;
        assert!(!found.is_empty(), "{name}");
        assert_eq!(found.len(), count(&|item| item[name] == value), "{name}");
    }
    let resumed = admin.items("/executions?resume=TRUE").await;
    assert_eq!(resumed.len(), count(&|item| item["resume"] == true));
    assert_eq!(admin.items("/executions?finished_operations=8&total_operations=7").await.len(), 1);
    let at = text(&all[0], "created_at");
    assert_eq!(
        admin.total(&format!("/executions?created_at={at}")).await,
        0,
        "kept more precisely than shown"
    );
    let with_system = admin.items("/executions?_include_system_workflows=True").await;
    assert_eq!(with_system.len() - all.len(), 2);
    let members = admin.items("/executions?_group_id=group-running&_sort=created_at").await;
    assert_eq!(members.len(), 5);
    assert_eq!(admin.total("/executions?execution_group_id=group-running").await, 5);
    assert_eq!(
        admin.total("/executions?_search=nothing&_filter_rules=x").await,
        all.len() as u64,
        "not known here"
    );
}

#[tokio::test]
async fn what_a_filter_cannot_say() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    for name in ["foo", "include_system_workflows", "parameters_p"] {
        let message =
            assert_refused(&admin.get(&format!("/executions?{name}=x")).await, 400, "bad_parameters_error");
        assert!(
            message.starts_with(&format!("Filter keys '['{name}']' do not exist. Allowed keys are: ['id'"))
        );
    }
    for query in
        ["status=foo", "status=failed,cancelled", "is_dry_run=foo", "total_operations=many", "created_at=x"]
    {
        assert_refused(&admin.get(&format!("/executions?{query}")).await, 500, "internal_server_error");
    }
    assert_refused(&admin.get("/executions?_all_tenants=yes").await, 400, "bad_parameters_error");
}

#[tokio::test]
async fn order_and_nulls() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let up = admin.items("/executions?_sort=started_at").await;
    let down = admin.items("/executions?_sort=-started_at").await;
    assert!(up.last().unwrap()["started_at"].is_null() && down[0]["started_at"].is_null());
    let dated: Vec<_> = up.iter().filter(|item| !item["started_at"].is_null()).cloned().collect();
    assert!(field(&dated, "started_at").is_sorted());
    let status = admin.items("/executions?_sort=status&_sort=-id").await;
    assert_eq!(status[0]["status"], "terminated", "in the order of the statuses, not of the alphabet");
    let ids: Vec<_> =
        status.iter().filter(|item| item["status"] == "failed").map(|item| text(item, "id")).collect();
    assert!(ids.is_sorted_by(|a, b| a > b));
    assert_eq!(admin.items("/executions?_sort=%2Bid").await, admin.items("/executions?_sort=id").await);
    for bad in ["+id", "nothing", "parameters_p", "id,status"] {
        let answer = admin.get(&format!("/executions?_sort={bad}")).await;
        assert_refused(&answer, 400, "bad_parameters_error");
        assert!(answer.json().get("server_traceback").is_none(), "such errors have no traceback");
    }
}

#[tokio::test]
async fn pages_and_counts() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let all = admin.items("/executions").await;
    let second = admin.read("/executions?_size=7&_offset=7").await;
    assert_eq!(second["items"].as_array().unwrap()[..], all[7..14]);
    assert_eq!(second["metadata"]["pagination"], json!({ "total": all.len(), "size": 7, "offset": 7 }));
    let none = admin.read("/executions?_size=0&status=failed").await;
    assert_eq!(none["items"], json!([]));
    assert!(none["metadata"]["pagination"]["total"].as_u64().unwrap() > 5);
    assert_eq!(admin.items("/executions?_offset=100000").await.len(), 0);
    let whole = admin.read("/executions?_get_all_results=true&_size=3&_offset=9").await;
    assert_eq!(whole["items"].as_array().unwrap().len(), all.len());
    assert_eq!(whole["metadata"]["pagination"]["size"], 1000);
    for bad in ["_size=-1", "_size=x", "_offset=-3"] {
        let answer = admin.get(&format!("/executions?{bad}")).await;
        assert_refused(&answer, 400, "bad_parameters_error");
        assert!(answer.json().get("server_traceback").is_none());
    }
}

#[tokio::test]
async fn projection() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let narrow = admin.items("/executions?_include=id,status&_size=3").await;
    assert!(narrow.iter().all(|item| item.as_object().unwrap().len() == 2));
    let one = admin.read("/executions/resumed-beyond-total?_include=finished_operations").await;
    assert_eq!(one, json!({ "finished_operations": 8 }));
    assert_eq!(admin.items("/executions?_include=&_size=1").await[0].as_object().unwrap().len(), 25);
    let bad = admin.get("/executions?_include=id,nothing").await;
    assert!(assert_refused(&bad, 400, "no_such_include_field_error").contains("'nothing'"));
    let hidden = admin.get("/executions?_include=execution_group_id").await;
    assert_refused(&hidden, 400, "no_such_include_field_error");
    let (tokens, groups) = (admin.total("/tokens").await, admin.total("/deployment-groups").await);
    for (method, target, body) in [
        ("POST", "/tokens", json!({})),
        ("PUT", "/deployment-groups/new", json!({ "visibility": "tenant" })),
        ("POST", "/tasks_graphs/x", json!({ "name": "new", "execution_id": "resumed-beyond-total" })),
        ("POST", "/executions", json!({ "deployment_id": "backup-vault", "workflow_id": "heal" })),
        ("POST", "/executions/resumed-beyond-total", json!({ "action": "kill" })),
        ("PUT", "/operations/new", json!({})),
    ] {
        let answer = admin.send(method, &format!("{target}?_include=nothing"), Some(body.to_string())).await;
        assert_refused(&answer, 400, "no_such_include_field_error");
    }
    assert_eq!((tokens, groups), (admin.total("/tokens").await, admin.total("/deployment-groups").await));
    assert_eq!(admin.total("/tasks_graphs?execution_id=resumed-beyond-total").await, 1);
    assert_eq!(admin.status("resumed-beyond-total").await, "terminated");
    assert_eq!(admin.total("/executions?status=pending&deployment_id=backup-vault").await, 0);
    let id = text(&admin.backup("backup-vault").await, "id").to_owned();
    let acted = admin.post(&format!("/executions/{id}?_include=status"), json!({ "action": "cancel" })).await;
    assert_eq!(acted.json(), json!({ "status": "cancelling" }));
}

#[tokio::test]
async fn counts_by_status_in_one_call() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let counts = admin.items("/summary/executions?_target_field=status").await;
    let failed = counts.iter().find(|item| item["status"] == "failed").unwrap();
    assert_eq!(failed["executions"], json!(admin.total("/executions?status=failed").await));
    assert!(counts.iter().any(|item| item["status"].is_null()), "a status may be null");
    let sum: u64 = counts.iter().map(|item| item["executions"].as_u64().unwrap()).sum();
    assert_eq!(sum, admin.total("/executions").await);
    let tenants = admin.items("/summary/executions?_target_field=tenant_name&_all_tenants=true").await;
    assert_eq!(tenants.len(), 2);
    let filtered = admin.items("/summary/executions?_target_field=status&deployment_id=db-core").await;
    let sum: u64 = filtered.iter().map(|item| item["executions"].as_u64().unwrap()).sum();
    assert_eq!(sum, admin.total("/executions?deployment_id=db-core").await);
    assert_refused(&admin.get("/summary/executions?_target_field=x").await, 400, "bad_parameters_error");
}

#[tokio::test]
async fn addresses_and_verbs_that_do_not_exist_get_pages() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    for target in ["/executions/", "/nothing", "/executions/a/b/c"] {
        assert_page(&admin.get(target).await, 404);
    }
    for (method, target) in
        [("PUT", "/executions"), ("DELETE", "/executions/x"), ("DELETE", "/execution-groups/x")]
    {
        assert_page(&admin.send(method, target, None).await, 405);
    }
    assert_page(&admin.get("/tasks_graphs/x").await, 405);
    assert_page(&admin.post("/tasks_graphs", json!({})).await, 405);
    let options = send(&demo, request("OPTIONS", &format!("{API}/executions"), &[], "")).await;
    assert_eq!(options.status, StatusCode::OK);
    assert!(options.header("allow").contains("DELETE"), "{}", options.header("allow"));
    assert_eq!(options.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn an_empty_world_has_deployments_and_nothing_else() {
    let demo = Demo::new(Config { operations: 0, ..config() }, || START);
    let admin = caller(&demo, ADMIN);
    assert_eq!(admin.total("/executions?_all_tenants=true").await, 0);
    assert!(admin.total("/deployments").await > 5);
    demo.advance(3_600_000);
    assert_eq!(admin.total("/executions?_all_tenants=true").await, 0);
    admin.backup("backup-vault").await;
    assert_eq!(admin.total("/executions").await, 1);
}
