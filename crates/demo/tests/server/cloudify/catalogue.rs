//! What a start form asks for: deployments, workflows, blueprints.

use super::*;

#[tokio::test]
async fn deployments_have_real_workflows_only_when_data_are_asked_for() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let bare = mona.items("/deployments?_include=id,workflows").await;
    let of =
        |items: &[Value], id: &str| items.iter().find(|item| item["id"] == id).unwrap()["workflows"].clone();
    assert_eq!(of(&bare, "db-core")[0]["name"], Value::Null);
    assert_eq!(of(&bare, "site-nagoya"), Value::Null, "its environment was never there");
    let whole = mona.items("/deployments?_include=id,workflows&_get_data=true").await;
    let names: Vec<_> =
        of(&whole, "db-core").as_array().unwrap().iter().map(|w| text(w, "name").to_owned()).collect();
    for name in ["install", "uninstall", "update", "heal", "scale", "backup", "execute_operation"] {
        assert!(names.contains(&name.to_owned()), "{name}");
    }
    let one = mona.read("/deployments/db-core?all_sub_deployments=True&include_workdir=False").await;
    let backup = one["workflows"].as_array().unwrap().iter().find(|w| w["name"] == "backup").unwrap();
    assert_eq!(backup["parameters"]["level"]["constraints"], json!([{ "in_range": [1, 9] }]));
    assert!(backup["parameters"]["target"].get("default").is_none());
    let install = one["workflows"].as_array().unwrap().iter().find(|w| w["name"] == "install").unwrap();
    assert_eq!(
        (&install["is_available"], &install["availability_rules"]["node_instances_active"]),
        (&json!(false), &json!(["none", "partial"]))
    );
    assert_refused(&mona.get("/deployments/nowhere").await, 404, "not_found_error");
}

#[tokio::test]
async fn deployments_are_searched_filtered_and_told_apart() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let ids = |items: Vec<Value>| items.iter().map(|item| text(item, "id").to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(mona.items("/deployments?_search=VAULT").await), ["backup-vault"]);
    assert_eq!(
        ids(mona.items("/deployments?_search=vault&_search_name=web&_sort=id").await),
        ["backup-vault", "web-shop"]
    );
    assert_eq!(mona.total("/deployments?blueprint_id=web-tier").await, 1);
    assert_eq!(mona.total("/deployments?_all_tenants=true").await, 15);
    let osaka = Caller { tenant: Some("osaka-edge"), ..caller(&demo, MONA) };
    assert!(osaka.items("/deployments").await.iter().any(|item| item["display_name"] == "大阪ゲートウェイ"));
    let busy = mona.read("/deployments/lab-noworker").await;
    assert_eq!(
        (&busy["latest_execution_status"], &busy["deployment_status"]),
        (&json!("in_progress"), &json!("in_progress"))
    );
    let broken = mona.read("/deployments/site-nagoya").await;
    assert_eq!(
        (&broken["installation_status"], &broken["deployment_status"]),
        (&json!("inactive"), &json!("requires_attention"))
    );
    let rules = json!({ "filter_rules": [{ "key": "id", "values": ["edge-"], "operator": "starts_with", "type": "attribute" }] });
    assert_eq!(
        mona.post("/searches/deployments?_size=2", rules).await.json()["metadata"]["pagination"]["total"],
        4
    );
    let wrong = json!({ "filter_rules": [{ "key": "id", "values": [], "operator": "sounds_like", "type": "attribute" }] });
    let refused = mona.post("/searches/deployments", wrong).await;
    assert_refused(&refused, 400, "invalid_filter_rule");
    assert!(refused.json()["err_filter_rule"].is_object() && refused.json()["err_reason"].is_string());
}

#[tokio::test]
async fn workflows_of_one_or_many() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let one = mona.read("/workflows?id=db-core&_size=2&_include=name").await;
    assert_eq!(one["items"].as_array().unwrap().len(), 8, "neither cut nor projected");
    assert_eq!(one["metadata"], json!({ "pagination": { "total": 8, "size": 8, "offset": 0 } }));
    assert_refused(&mona.get("/workflows?deployment_id=db-core").await, 400, "bad_parameters_error");
    let searched = mona.post("/searches/workflows?deployment_id=db-core", json!({})).await;
    assert_eq!(searched.json()["items"], one["items"]);
    assert_eq!(
        mona.items("/workflows?blueprint_id=edge-router").await.len(),
        8,
        "one deployment for each blueprint"
    );
}

#[tokio::test]
async fn blueprints() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let list = mona.items("/blueprints?_include=id,description,state,created_at").await;
    assert!(list.len() >= 6 && list.iter().all(|item| item["state"] == "uploaded"));
    assert_eq!(mona.items("/blueprints?_search=ROUTER&_include=id").await, [json!({ "id": "edge-router" })]);
    assert!(mona.read("/blueprints/web-tier").await["plan"]["nodes"].as_array().unwrap().len() == 3);
    assert_refused(&mona.get("/blueprints/nothing").await, 404, "not_found_error");
}
