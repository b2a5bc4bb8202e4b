//! What is there on every page: navigation, refresh, help.

use crate::failure::Outcome;
use crate::find::{Find, role};
use crate::stage::Stage;

impl Stage {
    /// The heading of the page.
    pub fn heading(&self) -> Find {
        role("heading").of_level(1).inside(role("main"))
    }

    pub async fn headed(&self, text: &str) -> Outcome {
        let what = format!("\"{text}\"");
        self.browser.is_so(&self.heading(), &what, |node| node.name == text).await.map(drop)
    }

    /// A link of the main navigation.
    pub fn rail(&self, name: &str) -> Find {
        role("link").starting(name).inside(role("navigation").named("Main"))
    }

    pub async fn refresh(&self) -> Outcome {
        self.browser.click(&role("button").named("Refresh now")).await
    }

    /// How often the page refreshes by itself.
    pub async fn refresh_every(&self, choice: &str) -> Outcome {
        self.browser.click(&role("button").having(", change")).await?;
        self.browser.click(&role("menuitemradio").named(choice)).await
    }

    /// The age of the data on the screen, as the bar says it.
    pub async fn age(&self) -> Outcome<String> {
        self.browser.text(&role("status").named("Data age")).await
    }
}
