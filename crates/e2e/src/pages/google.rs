//! The pages of a connection to Google's operations: its token, the filter in the server's language, pages.

use longrun_demo::Recorded;

use crate::failure::{Failure, Outcome};
use crate::find::{Find, role};
use crate::site::{Answer, parameters};
use crate::stage::Stage;
use crate::wait::eventually;

/// The list of the demo's connection, in the location with which it opens.
pub const GOOGLE: &str = "/c/google/operations?location=us-central1";

/// The token that may do everything in the demo.
pub const TOKEN: &str = "ya29.demo";

/// The operations of a location of the demo's project, on the server.
pub fn operations(location: &str) -> String {
    format!("/gcp/v1/projects/demo/locations/{location}/operations")
}

/// The page of an operation in `us-central1`.
pub fn page_of(id: &str) -> String {
    format!("/c/google/operations/projects%2Fdemo%2Flocations%2Fus-central1%2Foperations%2F{id}")
}

/// The pages of a connection to Google's operations.
#[derive(Clone, Copy)]
pub struct Google<'a> {
    stage: &'a Stage,
    /// Its name on the screen.
    connection: &'a str,
}

impl Stage {
    /// The demo's connection to Google's operations.
    pub fn google(&self) -> Google<'_> {
        self.google_called("Google Workload Manager")
    }

    pub fn google_called<'a>(&'a self, connection: &'a str) -> Google<'a> {
        Google { stage: self, connection }
    }
}

impl Google<'_> {
    pub fn form(&self) -> Find {
        role("form").named(format!("Sign in to {}", self.connection))
    }

    /// Signs in with a token; this API has no other way.
    pub async fn sign_in(&self, token: &str) -> Outcome {
        let (browser, form) = (&self.stage.browser, self.form());
        browser.fill(&role("textbox").starting("Token").inside(form.clone()), token).await?;
        browser.click(&role("button").named("Sign in").inside(form.clone())).await?;
        browser.gone(&form).await
    }

    pub async fn enter(&self, path: &str) -> Outcome {
        self.stage.open(path).await?;
        self.sign_in(TOKEN).await
    }

    /// The box for a filter in the server's language.
    pub fn filter() -> Find {
        role("textbox").named("Filter")
    }

    /// The lists of a location that the console asked for and that were answered, oldest first.
    pub fn lists(&self, location: &str) -> Vec<Recorded> {
        let path = operations(location);
        let answered = |one: &Recorded| one.path == path && one.method == "GET" && one.status.is_some();
        self.stage.site.requests().into_iter().filter(answered).collect()
    }

    /// Waits until so many lists of a location were asked for.
    pub async fn asked(&self, location: &str, times: usize) -> Outcome {
        eventually(async || match self.lists(location).len() {
            asked if asked == times => Ok(()),
            asked => Err(Failure::new(format!("{location} was to be asked {times} times; it was {asked}"))),
        })
        .await
    }

    /// Waits until a list of a location was asked for with this filter.
    pub async fn filtered(&self, location: &str, filter: &str) -> Outcome {
        eventually(async || {
            let last = self.lists(location).last().map(|one| parameters(one.query.as_deref()));
            let sent = last.iter().flatten().find(|(name, _)| name == "filter");
            if sent.is_some_and(|(_, sent)| sent == filter) {
                return Ok(());
            }
            Err(Failure::new(format!("the filter {filter} was to be sent; last was {last:?}")))
        })
        .await
    }

    /// Asks the server itself for an operation in `us-central1`.
    pub async fn truth(&self, id: &str) -> Outcome<Answer> {
        let path = format!("{}/{id}", operations("us-central1"));
        let token = format!("Bearer {TOKEN}");
        self.stage.site.aside("GET", &path, &[("authorization", &token)], "").await
    }
}
