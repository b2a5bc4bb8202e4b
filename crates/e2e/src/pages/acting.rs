//! Acting on the operation on the screen: arming, asking, confirming, and what is under way. It must not know any API.

use crate::failure::Outcome;
use crate::find::{Find, role};
use crate::stage::Stage;

/// What can be done with the operation on the screen.
#[derive(Clone, Copy)]
pub struct Acting<'a> {
    stage: &'a Stage,
}

impl Stage {
    /// What can be done with the operation on the screen.
    pub fn acting(&self) -> Acting<'_> {
        Acting { stage: self }
    }
}

impl Acting<'_> {
    pub fn arm_button() -> Find {
        role("button").named("Arm for 15 minutes")
    }

    /// Arms the connection, and waits until it is.
    pub async fn arm(&self) -> Outcome {
        self.stage.browser.click(&Self::arm_button()).await?;
        self.stage.browser.find(&role("button").named("Disarm")).await.map(drop)
    }

    /// The button that leads to the question; the dots are part of its name.
    pub fn button(label: &str) -> Find {
        role("button").named(format!("{label}…"))
    }

    /// Waits until the action is off and says why.
    pub async fn is_off(&self, label: &str, why: &str) -> Outcome {
        let off = |node: &crate::find::Node| node.is("disabled") && node.description.contains(why);
        self.stage.browser.is_so(&Self::button(label), &format!("off, as \"{why}\""), off).await.map(drop)
    }

    /// Waits until the action can be taken.
    pub async fn is_on(&self, label: &str) -> Outcome {
        let on = |node: &crate::find::Node| !node.is("disabled");
        self.stage.browser.is_so(&Self::button(label), "on", on).await.map(drop)
    }

    /// Leads to the question, and waits for it.
    pub async fn ask(&self, label: &str) -> Outcome<Find> {
        self.stage.browser.click(&Self::button(label)).await?;
        let dialog = role("dialog").starting(format!("{label} operation "));
        self.stage.browser.find(&dialog).await?;
        self.stage.browser.has_focus(&role("button").named("Keep it")).await?;
        Ok(dialog)
    }

    /// Says yes to the question; what comes of it is for the journey to see.
    pub async fn confirm(&self, label: &str) -> Outcome {
        self.stage.browser.click(&role("button").named(format!("{label} 1 operation"))).await
    }

    /// Takes an action, question included.
    pub async fn take(&self, label: &str) -> Outcome {
        let dialog = self.ask(label).await?;
        self.confirm(label).await?;
        self.stage.browser.gone(&dialog).await
    }

    /// Waits until the action under way stands so.
    pub async fn stands(&self, says: &str) -> Outcome<String> {
        let under_way = role("region").named("Action under way");
        self.stage.browser.text_is(&under_way, says, |text| text.contains(says)).await
    }
}
