//! The Cloudify connections of the demo: who can sign in, what the manager itself says, and acting on what is shown.
//! It must not know what a journey is about.

use longrun_demo::server;
use serde_json::Value;

use crate::failure::{Failure, Outcome};
use crate::find::{Find, role};
use crate::site::Answer;
use crate::stage::{Setup, Stage};
use crate::wait::eventually;

/// Where the API is on the server.
pub const API: &str = "/cloudify/api/v3.1/";

/// The tenant that every manager has, and the demo's other one.
pub const DEFAULT_TENANT: &str = "default_tenant";
pub const OSAKA: &str = "osaka-edge";

const ADMIN: &str = "Basic YWRtaW46YWRtaW4=";

/// A server whose clock can be stepped by up to ten minutes, and connections that may ask twice in a second: nobody
/// has to wait for the budget of an hour.
pub fn brisk() -> Outcome<Setup> {
    let mut config: Value = serde_json::from_str(&server::config_json())?;
    let connections = config.get_mut("connections").and_then(Value::as_array_mut);
    for connection in connections.into_iter().flatten().filter_map(Value::as_object_mut) {
        connection.insert("requests_per_hour".to_owned(), 7_200.into());
    }
    Ok(Setup { behind_ms: 600_000, config_json: Some(config.to_string()), ..Setup::default() })
}

/// The manager itself, asked as its administrator and without the console.
#[derive(Clone, Copy)]
pub struct Manager<'a> {
    stage: &'a Stage,
    tenant: &'static str,
}

impl<'a> Manager<'a> {
    pub fn of(stage: &'a Stage) -> Self {
        Self { stage, tenant: DEFAULT_TENANT }
    }

    pub fn in_tenant(self, tenant: &'static str) -> Self {
        Self { tenant, ..self }
    }

    /// Any call; `path` is what follows the version.
    pub async fn ask(&self, method: &str, path: &str, body: &Value) -> Outcome<Answer> {
        let headers = [("authorization", ADMIN), ("tenant", self.tenant)];
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.stage.site.aside(method, &format!("{API}{path}"), &headers, &body).await
    }

    /// A call that has to succeed.
    pub async fn done(&self, method: &str, path: &str, body: &Value) -> Outcome<Value> {
        let answer = self.ask(method, path, body).await?;
        if !(200..300).contains(&answer.status) {
            return Err(Failure::new(format!(
                "{method} {path} was answered with {}: {}",
                answer.status, answer.body
            )));
        }
        Ok(serde_json::from_str(&answer.body)?)
    }

    pub async fn get(&self, path: &str) -> Outcome<Value> {
        self.done("GET", path, &Value::Null).await
    }

    /// How many a list has in all.
    pub async fn total(&self, path: &str) -> Outcome<usize> {
        let list = self.get(path).await?;
        let total = list.pointer("/metadata/pagination/total").and_then(Value::as_u64);
        let total = total.and_then(|total| usize::try_from(total).ok());
        total.ok_or_else(|| Failure::new(format!("{path} does not say how many there are")))
    }

    /// One field of one thing, as text.
    pub async fn field(&self, path: &str, name: &str) -> Outcome<String> {
        let one = self.get(path).await?;
        Ok(match one.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        })
    }

    pub async fn status(&self, execution: &str) -> Outcome<String> {
        self.field(&format!("executions/{execution}"), "status").await
    }

    /// Starts a workflow that goes on for a minute or two; it is under way when this returns.
    pub async fn start(&self, deployment: &str, workflow: &str) -> Outcome<String> {
        let parameters = match workflow {
            "backup" => serde_json::json!({ "target": "s3://vault/journey", "level": 3 }),
            _ => serde_json::json!({}),
        };
        let order = serde_json::json!({
            "deployment_id": deployment, "workflow_id": workflow, "parameters": parameters,
        });
        let made = self.done("POST", "executions", &order).await?;
        let id = made.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        self.stage.site.demo.advance(3_000);
        let status = self.status(&id).await?;
        if status == "started" { Ok(id) } else { Err(Failure::new(format!("{id} is {status}"))) }
    }

    /// Stores an execution under an id, which no worker runs.
    pub async fn store(&self, id: &str, deployment: &str, status: &str) -> Outcome {
        let order = serde_json::json!({
            "id": id, "deployment_id": deployment, "workflow_id": "heal", "force_status": status,
        });
        self.done("POST", "executions", &order).await.map(drop)
    }
}

/// The dialog that asks before an action, whose label its question begins with.
pub fn question(action: &str) -> Find {
    role("dialog").starting(action)
}

/// The strip that tells how far an action is.
pub fn tracker() -> Find {
    role("region").named("Action under way")
}

/// A field of a form or dialog.
pub fn text_in(label: &str, place: &Find) -> Find {
    role("textbox").starting(label).inside(place.clone())
}

/// A field that proposes words.
pub fn words_in(label: &str, place: &Find) -> Find {
    role("combobox").starting(label).inside(place.clone())
}

impl Stage {
    /// What the manager itself says.
    pub fn manager(&self) -> Manager<'_> {
        Manager::of(self)
    }

    /// Fills the form of that connection, wherever it stands. The demo's passwords are the names.
    pub async fn sign_in_to(&self, connection: &str, user: &str) -> Outcome {
        let form = role("form").named(format!("Sign in to {connection}"));
        self.browser.fill(&text_in("User name", &form), user).await?;
        self.browser.fill(&text_in("Password", &form), user).await?;
        self.browser.click(&role("button").named("Sign in").inside(form.clone())).await?;
        self.browser.gone(&form).await
    }

    /// Opens a path of the executions' connection and signs in there.
    pub async fn enter_cloudify(&self, path: &str, user: &str) -> Outcome {
        self.open(&format!("/c/cloudify/{path}")).await?;
        self.sign_in_to("Cloudify executions", user).await
    }

    pub async fn arm(&self) -> Outcome {
        self.browser.click(&role("button").named("Arm for 15 minutes")).await?;
        self.browser.find(&role("button").named("Disarm")).await.map(drop)
    }

    /// Opens the question of an action: its button, or its entry in the menu of that name.
    pub async fn begin(&self, label: &str) -> Outcome {
        let button = role("button").starting(label).inside(role("main")).first();
        let menu = role("button").named("More actions").inside(role("main")).first();
        eventually(async || {
            if self.browser.all(&button).await?.is_empty() && self.browser.all(&menu).await?.is_empty() {
                return Err(Failure::new(format!("there is neither a button \"{label}\" nor a menu")));
            }
            Ok(())
        })
        .await?;
        if !self.browser.all(&button).await?.is_empty() {
            return self.browser.click(&button).await;
        }
        self.browser.click(&menu).await?;
        self.browser.click(&role("menuitem").starting(label)).await
    }

    /// Answers the open question with yes.
    pub async fn confirm(&self, question: &Find, button: &str) -> Outcome {
        self.browser.click(&role("button").named(button).inside(question.clone())).await?;
        self.browser.gone(question).await
    }

    /// Waits until the strip says this of the action under way.
    pub async fn under_way(&self, says: &str) -> Outcome {
        let strip = role("status").inside(tracker());
        self.browser.text_is(&strip, says, |text| text == says).await.map(drop)
    }

    /// Waits until the manager says this of an execution.
    pub async fn becomes(&self, execution: &str, wanted: &str) -> Outcome {
        eventually(async || {
            let status = self.manager().status(execution).await?;
            if status == wanted {
                return Ok(());
            }
            Err(Failure::new(format!("{execution} was to be {wanted}; it is {status}")))
        })
        .await
    }
}
