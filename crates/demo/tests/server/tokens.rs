//! Signing in: accounts, projects, exchange, expiry, revocation, and who sees what.

use super::*;

#[tokio::test]
async fn a_token_comes_in_a_header_with_a_catalog_that_leads_back() {
    let demo = demo();
    let answer = sign_in(&demo, password("APIKEY", "APISECRET", Some(FIRST))).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let token = answer.header("x-subject-token");
    assert!(token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let body = answer.json()["token"].clone();
    assert_eq!(body["expires_at"], "2026-11-20T01:00:00.000000Z");
    assert_eq!(body["project"]["id"], FIRST);
    let service = &body["catalog"].as_array().unwrap()[0];
    assert_eq!(service["type"], "virtual-network-appliance");
    let interfaces: Vec<_> =
        service["endpoints"].as_array().unwrap().iter().map(|endpoint| text(endpoint, "interface")).collect();
    assert_eq!(interfaces, ["public", "internal", "admin"]);
    assert_eq!(service["endpoints"][0]["url"], "http://127.0.0.1:8787/ecl/virtual-network-appliance");
}

#[tokio::test]
async fn wrong_secrets_projects_methods_and_texts_are_refused_as_keystone_does() {
    let demo = demo();
    let unauthorized = [
        password("APIKEY", "wrong", None),
        password("NOBODY", "APISECRET", None),
        password("APIKEY", "APISECRET", Some(OSAKA)),
        password("TENANTKEY", "TENANTSECRET", Some(FIRST)),
        r#"{"auth":{"identity":{"methods":["totp"],"totp":{}}}}"#.to_owned(),
        r#"{"auth":{"identity":{"methods":["token"],"token":{"id":"00000000000000000000000000000000"}}}}"#
            .to_owned(),
    ];
    for body in unauthorized {
        let answer = sign_in(&demo, body.clone()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{body}");
        assert_eq!(answer.json()["error"]["title"], "Unauthorized");
        assert!(text(&answer.json()["error"], "message").contains("requires authentication"));
    }
    for body in ["", "not json", "[]", r#"{"auth":{}}"#] {
        let answer = sign_in(&demo, body.to_owned()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(answer.json()["error"]["code"], 400);
    }
}

#[tokio::test]
async fn a_short_token_dies_after_two_minutes_and_others_after_an_hour() {
    let demo = demo();
    let short = token(&demo, "SHORTKEY", "SHORTSECRET").await;
    let long = token(&demo, "APIKEY", "APISECRET").await;
    demo.advance(119_999);
    assert_eq!(list(&demo, &short, "").await.status, StatusCode::OK);
    demo.advance(1);
    let late = list(&demo, &short, "").await;
    assert_eq!(
        (late.status, late.text().as_str()),
        (StatusCode::UNAUTHORIZED, r#"{"cause":"Unauthorized"}"#)
    );
    assert_eq!(list(&demo, &long, "").await.status, StatusCode::OK);
    demo.advance(3_600_000);
    assert_eq!(list(&demo, &long, "").await.status, StatusCode::UNAUTHORIZED);
    let again = token(&demo, "SHORTKEY", "SHORTSECRET").await;
    assert_eq!(list(&demo, &again, "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_token_buys_another_one_that_lives_no_longer() {
    let demo = demo();
    let first = token(&demo, "SHORTKEY", "SHORTSECRET").await;
    demo.advance(60_000);
    let body = json!({ "auth": { "identity": { "methods": ["token"], "token": { "id": first } },
        "scope": { "project": { "id": FIRST } } } });
    let answer = sign_in(&demo, body.to_string()).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(answer.json()["token"]["methods"], json!(["token"]));
    assert_eq!(answer.json()["token"]["expires_at"], "2026-11-20T00:02:00.000000Z");
    let second = answer.header("x-subject-token").to_owned();
    assert_ne!(first, second);
    demo.advance(60_000);
    assert_eq!(list(&demo, &second, "").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn tokens_can_be_looked_at_and_revoked() {
    let demo = demo();
    let mine = token(&demo, "APIKEY", "APISECRET").await;
    let subject = token(&demo, "TENANTKEY", "TENANTSECRET").await;
    let ask = |method: &str, caller: &str, subject: &str| {
        request(method, TOKENS, &[("x-auth-token", caller), ("x-subject-token", subject)], "")
    };
    let seen = send(&demo, ask("GET", &mine, &subject)).await;
    assert_eq!((seen.status, seen.header("x-subject-token")), (StatusCode::OK, subject.as_str()));
    assert_eq!(seen.json()["token"]["project"]["id"], OSAKA);
    assert_eq!(send(&demo, ask("GET", "bad", &subject)).await.status, StatusCode::UNAUTHORIZED);
    let revoked = send(&demo, ask("DELETE", &mine, &subject)).await;
    assert_eq!((revoked.status, revoked.body.len()), (StatusCode::NO_CONTENT, 0));
    assert_eq!(send(&demo, ask("GET", &mine, &subject)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(send(&demo, ask("DELETE", &mine, &subject)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(list(&demo, &subject, "").await.status, StatusCode::UNAUTHORIZED);
    // Signing out: a token revokes itself.
    assert_eq!(send(&demo, ask("DELETE", &mine, &mine)).await.status, StatusCode::NO_CONTENT);
    assert_eq!(list(&demo, &mine, "").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_tenant_sees_its_own_operations_and_no_others() {
    let demo = demo();
    let all = rows(&demo, "").await;
    let theirs: Vec<_> = all.iter().filter(|row| row["tenant_id"] == OSAKA).cloned().collect();
    let foreign = text(all.iter().find(|row| row["tenant_id"] == FIRST).unwrap(), "id").to_owned();
    let tenant = token(&demo, "TENANTKEY", "TENANTSECRET").await;
    assert_eq!(list(&demo, &tenant, "").await.json()["operations"], json!(theirs));
    assert_eq!(list(&demo, &tenant, &format!("tenant_id={FIRST}")).await.json(), json!({ "operations": [] }));
    let own = get(&demo, &tenant, &format!("{OPERATIONS}/{}", text(&theirs[0], "id"))).await;
    assert_eq!(own.json()["operation"], theirs[0]);
    let hidden = get(&demo, &tenant, &format!("{OPERATIONS}/{foreign}")).await;
    assert_eq!((hidden.status, hidden.text().as_str()), (StatusCode::NOT_FOUND, r#"{"cause":"Not Found"}"#));
}

#[tokio::test]
async fn without_a_token_and_with_other_verbs_nothing_is_shown() {
    let demo = demo();
    let bare = send(&demo, request("GET", OPERATIONS, &[], "")).await;
    assert_eq!(
        (bare.status, bare.text().as_str()),
        (StatusCode::UNAUTHORIZED, r#"{"cause":"Unauthorized"}"#)
    );
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let target = format!("{OPERATIONS}/75aab8db-8632-42b4-af2f-06b5820798ef");
        let answer = send(&demo, request(method, &target, &[], "")).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(answer.header("content-type"), "application/json");
    }
    let token = token(&demo, "APIKEY", "APISECRET").await;
    for unknown in ["/ecl", "/ecl/x", "/ecl/virtual-network-appliance/v1.0/other", "/ecl/keystone/v2.0"] {
        let answer = get(&demo, &token, unknown).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (StatusCode::NOT_FOUND, "application/json")
        );
    }
}

#[tokio::test]
async fn every_answer_says_what_it_is_and_the_journal_keeps_it_without_secrets() {
    let demo = demo();
    let token = token(&demo, "APIKEY", "APISECRET").await;
    demo.forget_requests();
    let answer = list(&demo, &token, "status=ERROR&resource_id=a%2Fb").await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.header("x-openstack-request-id").starts_with("req-"));
    let other = list(&demo, &token, "").await;
    assert_ne!(answer.header("x-openstack-request-id"), other.header("x-openstack-request-id"));
    let seen = demo.requests();
    assert_eq!(seen[0].target(), format!("{OPERATIONS}?status=ERROR&resource_id=a%2Fb"));
    assert_eq!((seen[0].method.as_str(), seen[0].status), ("GET", Some(200)));
    assert_eq!(seen[0].header("x-auth-token"), Some("[redacted]"));
    assert!(!format!("{seen:?}").contains(&token));
}
