//! Passwords, tokens, tenants, roles and the two ways to be told no.

use super::*;

async fn with_token(demo: &Demo, token: &str, target: &str) -> Answer {
    let headers = [("authentication-token", token), ("tenant", "default_tenant")];
    send(demo, request("GET", &format!("{API}{target}"), &headers, "")).await
}

async fn new_token(caller: &Caller<'_>, body: Value) -> Value {
    let answer = caller.post("/tokens", body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn who_is_not_known_is_told_why() {
    let demo = demo();
    let message = |headers: &'static [(&'static str, &'static str)]| {
        let demo = demo.clone();
        async move {
            let answer = send(&demo, request("GET", &format!("{API}/executions"), headers, "")).await;
            assert_eq!(answer.header("www-authenticate"), "", "a browser shows no login popup");
            let text = assert_refused(&answer, 401, "unauthorized_error");
            assert_eq!(answer.json()["server_traceback"], Value::Null);
            text
        }
    };
    let none = "User unauthorized: No authentication info provided";
    assert_eq!(message(&[]).await, none);
    assert_eq!(message(&[("authorization", "Basic bm9ib2R5Ong=")]).await, none);
    assert_eq!(
        message(&[("authorization", "Basic YWRtaW46d3Jvbmc=")]).await,
        "User unauthorized: Authentication failed for <User username=`admin`>. Wrong credentials or locked account"
    );
    assert_eq!(
        message(&[("authentication-token", "nonsense")]).await,
        "User unauthorized: Invalid token structure"
    );
    assert_eq!(message(&[("authentication-token", "ctok-abc-def")]).await, "User unauthorized: Unauthorized");
    assert!(message(&[("execution-token", "x")]).await.contains("invalid Execution Token"));
    let both =
        [("authorization", ADMIN), ("authentication-token", "ctok-abc-def"), ("tenant", "default_tenant")];
    let answer = send(&demo, request("GET", &format!("{API}/executions?_size=0"), &both, "")).await;
    assert_eq!(answer.status, StatusCode::OK, "a password goes before a token");
    assert_eq!(answer.header("x-cloudify-audit-auth-method"), "http_basic");
    assert_eq!(answer.header("x-cloudify-audit-username"), "admin");
    assert_eq!(answer.header("x-cloudify-audit-tenant"), "default_tenant");
    assert_eq!(answer.header("vary"), "Cookie");
}

#[tokio::test]
async fn a_token_is_bought_with_a_password_and_ends() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let token = new_token(&mona, json!({ "description": "console", "expiration_date": "+10h" })).await;
    assert_eq!(token["expiration_date"], "2026-11-20T10:00:00.000Z");
    assert_eq!((text(&token, "username"), text(&token, "role")), ("mona", "default"));
    let (id, value) = (text(&token, "id"), text(&token, "value"));
    assert!(value.starts_with(&format!("ctok-{id}-")) && value.len() == 56, "{value}");
    let answer = with_token(&demo, value, "/executions?_size=1").await;
    assert_eq!((answer.status, answer.header("x-cloudify-audit-auth-method")), (StatusCode::OK, "token"));

    let shown = mona.read(&format!("/tokens/{id}")).await;
    assert_eq!(shown["value"], format!("ctok-{id}-********"));
    assert_eq!(shown["last_used"], "2026-11-20T00:00:00.000Z");
    assert_eq!(mona.total("/tokens").await, 1);
    assert!(caller(&demo, ADMIN).total("/tokens").await > 4, "the manager's own are among them");
    let foreign = caller(&demo, VICTOR).get(&format!("/tokens/{id}")).await;
    assert_eq!(assert_refused(&foreign, 404, "not_found_error"), format!("Could not find token {id}"));

    demo.advance(10 * 3_600_000 - 1);
    assert_eq!(with_token(&demo, value, "/executions?_size=0").await.status, StatusCode::OK);
    demo.advance(1);
    let late = with_token(&demo, value, "/executions?_size=0").await;
    assert_eq!(assert_refused(&late, 401, "unauthorized_error"), "User unauthorized: Token is expired");

    let endless = new_token(&mona, json!({})).await;
    assert_eq!(endless["expiration_date"], Value::Null);
    let (id, value) = (text(&endless, "id"), text(&endless, "value"));
    demo.advance(30 * 3_600_000);
    assert_eq!(with_token(&demo, value, "/user").await.status, StatusCode::OK);
    let ended = mona.send("DELETE", &format!("/tokens/{id}"), None).await;
    assert_eq!((ended.status, ended.body.len()), (StatusCode::NO_CONTENT, 0));
    assert_refused(&with_token(&demo, value, "/user").await, 401, "unauthorized_error");
    assert_refused(&mona.send("DELETE", &format!("/tokens/{id}"), None).await, 404, "not_found_error");
}

#[tokio::test]
async fn dates_of_expiry() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let past = mona.post("/tokens", json!({ "expiration_date": "2026-11-19 10:00" })).await;
    assert_eq!(assert_refused(&past, 400, "bad_parameters_error"), "Expiration date was in the past.");
    let bad = mona.post("/tokens", json!({ "expiration_date": "soon" })).await;
    assert_refused(&bad, 500, "internal_server_error");
    assert!(bad.json()["server_traceback"].as_str().unwrap().starts_with("Traceback"));
    assert_eq!(mona.total("/tokens").await, 0, "what is refused leaves nothing");
    let dated = new_token(&mona, json!({ "expiration_date": "2026-11-21 10:30" })).await;
    assert_eq!(dated["expiration_date"], "2026-11-21T10:30:00.000Z");
}

#[tokio::test]
async fn shortys_tokens_die_after_two_minutes_whatever_was_asked() {
    let demo = demo();
    let token = new_token(&caller(&demo, SHORTY), json!({ "expiration_date": "+10h" })).await;
    assert_eq!(token["expiration_date"], "2026-11-20T00:02:00.000Z");
    demo.advance(119_999);
    assert_eq!(with_token(&demo, text(&token, "value"), "/executions").await.status, StatusCode::OK);
    demo.advance(1);
    assert_refused(&with_token(&demo, text(&token, "value"), "/executions").await, 401, "unauthorized_error");
}

#[tokio::test]
async fn a_tenant_is_named_known_and_ones_own() {
    let demo = demo();
    let none = Caller { tenant: None, ..caller(&demo, MONA) };
    assert_eq!(
        assert_refused(&none.get("/executions").await, 403, "forbidden_error"),
        "Authorization failed: tenant not provided"
    );
    let unknown = Caller { tenant: Some("nowhere"), ..caller(&demo, MONA) };
    assert_eq!(
        assert_refused(&unknown.get("/executions").await, 403, "forbidden_error"),
        "Authorization failed: Tried to authenticate with invalid tenant name: nowhere"
    );
    let everywhere = none.items("/executions?_all_tenants=true").await;
    for tenant in ["default_tenant", "osaka-edge"] {
        assert!(everywhere.iter().any(|execution| execution["tenant_name"] == tenant), "{tenant}");
    }
    let osaka = Caller { tenant: Some("osaka-edge"), ..caller(&demo, ADMIN) };
    let own = osaka.items("/executions").await;
    assert!(!own.is_empty() && own.iter().all(|execution| execution["tenant_name"] == "osaka-edge"));
    let id = text(&own[0], "id");
    assert_refused(&caller(&demo, ADMIN).get(&format!("/executions/{id}")).await, 404, "not_found_error");
    for target in ["/tenants", "/user", "/version", "/status", "/maintenance", "/config", "/tokens"] {
        assert_eq!(none.get(target).await.status, StatusCode::OK, "{target} needs no tenant");
    }
}

#[tokio::test]
async fn a_viewer_looks_and_changes_operations_only() {
    let demo = demo();
    let victor = caller(&demo, VICTOR);
    let started = caller(&demo, ADMIN).backup("backup-vault").await;
    let id = text(&started, "id");
    let refused = [
        ("POST", format!("/executions/{id}"), "execution_cancel", json!({ "action": "cancel" })),
        ("PATCH", format!("/executions/{id}"), "execution_status_update", json!({ "status": "failed" })),
        ("POST", "/executions".to_owned(), "execution_start", json!({})),
        ("DELETE", "/executions".to_owned(), "execution_delete", json!({})),
        ("POST", "/execution-groups".to_owned(), "execution_group_create", json!({})),
        ("PATCH", "/execution-groups/group-paused".to_owned(), "execution_group_update", json!({})),
        ("POST", "/execution-groups/group-paused".to_owned(), "execution_group_cancel", json!({})),
        ("POST", "/events".to_owned(), "event_create", json!({})),
        ("PUT", "/deployment-groups/x".to_owned(), "deployment_group_create", json!({})),
    ];
    for (method, target, action, body) in refused {
        let answer = victor.send(method, &target, Some(body.to_string())).await;
        assert_eq!(
            assert_refused(&answer, 403, "forbidden_error"),
            format!(
                "User `victor` is not permitted to perform the action {action} in the tenant `default_tenant`"
            )
        );
    }
    assert_eq!(victor.status(id).await, "pending", "nothing has changed");
    let everywhere = Caller { tenant: None, ..caller(&demo, VICTOR) };
    let answer = everywhere.delete("/executions?_all_tenants=true", json!({})).await;
    assert_eq!(
        assert_refused(&answer, 403, "forbidden_error"),
        "User `victor` is not permitted to perform the action execution_delete"
    );
    assert!(everywhere.total("/executions?_all_tenants=true").await > 200);
    let patched = victor.patch("/operations/op-odd-state", json!({ "state": "failed" })).await;
    assert_eq!((patched.status, patched.text().as_str()), (StatusCode::OK, "{}"));
    for target in ["/executions", "/execution-groups", "/events?_size=1", "/deployments", "/blueprints"] {
        assert_eq!(victor.get(target).await.status, StatusCode::OK, "{target}");
    }
}

#[tokio::test]
async fn tenants_and_the_user_for_the_picker() {
    let demo = demo();
    let mona = caller(&demo, MONA);
    let tenants = mona.items("/tenants").await;
    let names: Vec<_> = tenants.iter().map(|tenant| text(tenant, "name")).collect();
    assert_eq!(names, ["default_tenant", "osaka-edge"]);
    assert_eq!(tenants[0]["users"], 4);
    assert_eq!(tenants[0]["rabbitmq_password"], Value::Null);
    let user = mona.read("/user").await;
    assert_eq!((&user["tenants"], &user["groups"]), (&json!(2), &json!(0)));
    let user = mona.read("/user?_get_data=true").await;
    assert_eq!(user["tenants"]["osaka-edge"], json!({ "tenant-role": "manager", "roles": ["manager"] }));
    assert_eq!(user["role"], "default");
    let admin = caller(&demo, ADMIN).read("/user?_get_data=True").await;
    assert_eq!((&admin["role"], admin["tenants"].as_object().unwrap().len()), (&json!("sys_admin"), 1));
    assert_refused(&mona.get("/tenants?_get_data=true").await, 403, "forbidden_error");
    assert_refused(&mona.get("/user?_get_data=maybe").await, 400, "bad_parameters_error");
}

#[tokio::test]
async fn permissions_answer_401_to_a_session_that_is_not_lost() {
    let demo = demo();
    let refused = caller(&demo, MONA).get("/permissions").await;
    assert_eq!(
        assert_refused(&refused, 401, "unauthorized_error"),
        "User unauthorized: Only admin users are permitted to edit permissions"
    );
    assert!(caller(&demo, ADMIN).items("/permissions").await.len() > 50);
    assert_refused(&caller(&demo, ADMIN).get("/users").await, 404, "missing_premium_package_error");
}
