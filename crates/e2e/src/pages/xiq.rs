//! The pages of an ExtremeCloud IQ connection: its sign-in, and the form that remembers an operation by its id.

use crate::failure::Outcome;
use crate::find::{Find, role};
use crate::site::Answer;
use crate::stage::Stage;

/// The list of the demo's connection.
pub const XIQ: &str = "/c/xiq/operations";

/// The pages of an ExtremeCloud IQ connection.
#[derive(Clone, Copy)]
pub struct Xiq<'a> {
    stage: &'a Stage,
    /// Its name on the screen.
    connection: &'a str,
}

impl Stage {
    /// The demo's connection to ExtremeCloud IQ.
    pub fn xiq(&self) -> Xiq<'_> {
        self.xiq_called("ExtremeCloud IQ")
    }

    pub fn xiq_called<'a>(&'a self, connection: &'a str) -> Xiq<'a> {
        Xiq { stage: self, connection }
    }
}

impl Xiq<'_> {
    pub fn form(&self) -> Find {
        role("form").named(format!("Sign in to {}", self.connection))
    }

    pub async fn sign_in(&self, user: &str, password: &str) -> Outcome {
        let (browser, form) = (&self.stage.browser, self.form());
        browser.fill(&role("textbox").starting("User name").inside(form.clone()), user).await?;
        browser.fill(&role("textbox").starting("Password").inside(form.clone()), password).await?;
        browser.click(&role("button").named("Sign in").inside(form.clone())).await?;
        browser.gone(&form).await
    }

    /// Signs in as one who may do everything.
    pub async fn enter(&self, path: &str) -> Outcome {
        self.stage.open(path).await?;
        self.sign_in("operator@example.com", "operator").await
    }

    fn watch_form() -> Find {
        role("form").named("Add an operation")
    }

    pub fn pasted() -> Find {
        role("textbox").named("ID, URL or Location header").inside(Self::watch_form())
    }

    /// Gives the console an operation to remember; what comes of it is for the journey to see.
    pub async fn add(&self, pasted: &str, note: &str) -> Outcome {
        let browser = &self.stage.browser;
        browser.fill(&Self::pasted(), pasted).await?;
        browser.fill(&role("textbox").named("Note").inside(Self::watch_form()), note).await?;
        browser.click(&role("button").named("Add").inside(Self::watch_form())).await
    }

    /// Asks the server itself for an operation.
    pub async fn truth(&self, id: &str) -> Outcome<Answer> {
        let token = [("authorization", "Bearer xiq-full-token")];
        self.stage.site.aside("GET", &format!("/xiq/operations/{id}"), &token, "").await
    }

    /// How often the console has asked for an operation.
    pub fn reads(&self, id: &str) -> usize {
        let path = format!("/xiq/operations/{id}");
        let asked = |one: &&longrun_demo::Recorded| one.method == "GET" && one.path == path;
        self.stage.site.requests().iter().filter(asked).count()
    }
}
