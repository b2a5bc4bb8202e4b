//! One operation: its heading, facts, tabs and request body.

use crate::failure::Outcome;
use crate::find::{Find, role};
use crate::stage::Stage;

/// The operation on the screen.
#[derive(Clone, Copy)]
pub struct Detail<'a> {
    stage: &'a Stage,
}

impl<'a> Detail<'a> {
    pub fn on(stage: &'a Stage) -> Self {
        Self { stage }
    }

    pub fn region() -> Find {
        role("region").named("Operation detail")
    }

    /// Waits for the operation.
    pub async fn loaded(&self) -> Outcome {
        self.stage.browser.find(&role("tablist").named("Parts of this operation")).await.map(drop)
    }

    pub fn tab(name: &str) -> Find {
        role("tab").starting(name).inside(role("tablist").named("Parts of this operation"))
    }

    pub async fn open_tab(&self, name: &str) -> Outcome {
        self.stage.browser.click(&Self::tab(name)).await?;
        self.stage.browser.is_so(&Self::tab(name), "the open tab", |tab| tab.is("selected")).await.map(drop)
    }

    /// The request body's tree.
    pub fn tree() -> Find {
        role("tree").named("Request body")
    }

    /// A line of the tree: a key with or without its value.
    pub fn line(having: &str) -> Find {
        role("treeitem").having(having).inside(Self::tree())
    }

    /// Everything the page says about the operation.
    pub async fn says(&self) -> Outcome<String> {
        self.stage.browser.text(&Self::region()).await
    }
}
