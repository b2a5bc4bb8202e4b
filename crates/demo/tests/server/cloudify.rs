//! Cloudify Manager as the demo plays it, from outside.

mod actions;
mod catalogue;
mod deleting;
mod events;
mod faults;
mod groups;
mod health;
mod lists;
mod living;
mod operations;
mod signing_in;
mod starting;

use super::*;

const API: &str = "/cloudify/api/v3.1";

/// Somebody with a tenant.
struct Caller<'a> {
    demo: &'a Demo,
    /// `Basic …`, or empty.
    basic: &'static str,
    tenant: Option<&'static str>,
}

const ADMIN: &str = "Basic YWRtaW46YWRtaW4=";
const MONA: &str = "Basic bW9uYTptb25h";
const VICTOR: &str = "Basic dmljdG9yOnZpY3Rvcg==";
const SHORTY: &str = "Basic c2hvcnR5OnNob3J0eQ==";

fn caller<'a>(demo: &'a Demo, basic: &'static str) -> Caller<'a> {
    Caller { demo, basic, tenant: Some("default_tenant") }
}

impl Caller<'_> {
    async fn send(&self, method: &str, target: &str, body: Option<String>) -> Answer {
        let mut headers = vec![("authorization", self.basic)];
        headers.extend(self.tenant.map(|tenant| ("tenant", tenant)));
        headers.retain(|(_, value)| !value.is_empty());
        if body.is_some() {
            headers.push(("content-type", "application/json"));
        }
        send(self.demo, request(method, &format!("{API}{target}"), &headers, body.unwrap_or_default())).await
    }

    async fn get(&self, target: &str) -> Answer {
        self.send("GET", target, None).await
    }

    /// The body of an answer that has to be 200.
    async fn read(&self, target: &str) -> Value {
        let answer = self.get(target).await;
        assert_eq!(answer.status, StatusCode::OK, "{target}: {}", answer.text());
        answer.json()
    }

    async fn items(&self, target: &str) -> Vec<Value> {
        self.read(target).await["items"].as_array().unwrap().clone()
    }

    async fn total(&self, target: &str) -> u64 {
        self.read(target).await["metadata"]["pagination"]["total"].as_u64().unwrap()
    }

    async fn post(&self, target: &str, body: Value) -> Answer {
        self.send("POST", target, Some(body.to_string())).await
    }

    async fn patch(&self, target: &str, body: Value) -> Answer {
        self.send("PATCH", target, Some(body.to_string())).await
    }

    async fn put(&self, target: &str, body: Value) -> Answer {
        self.send("PUT", target, Some(body.to_string())).await
    }

    async fn delete(&self, target: &str, body: Value) -> Answer {
        self.send("DELETE", target, Some(body.to_string())).await
    }

    /// Starts a backup on a deployment where nothing comes up by itself.
    async fn backup(&self, deployment: &str) -> Value {
        let body = json!({ "deployment_id": deployment, "workflow_id": "backup", "parameters": { "target": "s3://x" } });
        let answer = self.post("/executions", body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()
    }

    /// An execution in the status it is told.
    async fn forced(&self, id: &str, status: &str) -> Value {
        let body = json!({ "deployment_id": "backup-vault", "workflow_id": "backup", "id": id, "force_status": status });
        let answer = self.post("/executions", body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()
    }

    async fn status(&self, id: &str) -> String {
        let execution = self.read(&format!("/executions/{id}")).await;
        execution["status"].as_str().unwrap_or("null").to_owned()
    }
}

/// A refusal in JSON with this status and code.
fn assert_refused(answer: &Answer, status: u16, code: &str) -> String {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/json");
    let body = answer.json();
    assert_eq!(body["error_code"], code, "{body}");
    text(&body, "message").to_owned()
}

fn assert_page(answer: &Answer, status: u16) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert!(answer.header("content-type").starts_with("text/html"), "{}", answer.text());
    assert!(answer.text().contains("<title>"));
}
