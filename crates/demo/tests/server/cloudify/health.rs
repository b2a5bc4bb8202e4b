//! Version, services, settings and maintenance.

use super::*;

#[tokio::test]
async fn version_status_ok_and_config() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let version = mona.read("/version").await;
    assert_eq!((&version["edition"], &version["build"]), (&json!("community"), &Value::Null));
    let unversioned =
        send(&demo, request("GET", "/cloudify/api/version", &[("authorization", MONA)], "")).await;
    assert_eq!(unversioned.json(), version);
    let nobody = Caller { basic: "", ..caller(&demo, MONA) };
    assert_refused(&nobody.get("/version").await, 401, "unauthorized_error");
    assert_eq!(nobody.get("/ok").await.text(), "\"OK\"");
    assert_eq!(mona.read("/status").await["services"]["RabbitMQ"]["status"], "Active");
    assert_eq!(mona.read("/status?summary=true").await, json!({ "status": "OK", "services": {} }));
    let config = mona.read("/config").await;
    assert_eq!(config["metadata"], json!({}));
    assert!(
        config["items"].as_array().unwrap().iter().any(|item| item["name"] == "max_concurrent_workflows")
    );
}

#[tokio::test]
async fn under_maintenance_nearly_everything_is_refused() {
    let demo = demo();
    let admin = caller(&demo, ADMIN);
    let off = json!({ "status": "deactivated", "activated_at": "", "activation_requested_at": "",
                      "remaining_executions": null, "requested_by": "" });
    assert_eq!(admin.read("/maintenance").await, off);
    assert_refused(
        &caller(&demo, MONA).post("/maintenance/activate", json!({})).await,
        403,
        "forbidden_error",
    );
    let on = admin.send("POST", "/maintenance/activate", None).await.json();
    assert_eq!((&on["status"], &on["requested_by"]), (&json!("activated"), &json!("admin")));
    let again = admin.send("POST", "/maintenance/activate", None).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    for target in ["/executions", "/tenants", "/events", "/operations?graph_id=x"] {
        let answer = admin.get(target).await;
        assert_refused(&answer, 503, "maintenance_mode_active");
        assert_eq!(answer.json()["server_traceback"], "NoneType: None\n");
    }
    for target in ["/version", "/status", "/ok", "/config", "/maintenance"] {
        assert_eq!(admin.get(target).await.status, StatusCode::OK, "{target}");
    }
    assert_eq!(admin.send("POST", "/maintenance/deactivate", None).await.json(), off);
    assert_eq!(admin.get("/executions?_size=1").await.status, StatusCode::OK);
}
