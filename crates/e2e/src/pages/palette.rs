//! The box that finds operations, and what it offers. It must not know what a journey looks for.

use serde_json::json;

use crate::failure::{Failure, Outcome};
use crate::find::{Find, role};
use crate::record;
use crate::stage::Stage;
use crate::wait::eventually;

/// The box at the top of every page.
#[derive(Clone, Copy)]
pub struct Palette<'a> {
    stage: &'a Stage,
}

impl<'a> Palette<'a> {
    pub fn on(stage: &'a Stage) -> Self {
        Self { stage }
    }

    pub fn find() -> Find {
        role("searchbox").named("Find an operation")
    }

    pub fn list() -> Find {
        role("listbox").named("Results")
    }

    /// An entry whose name begins so.
    pub fn option(name: &str) -> Find {
        role("option").starting(name).inside(Self::list())
    }

    /// Waits for an entry whose text has all these parts, and returns the text.
    pub async fn offers(&self, parts: &[&str]) -> Outcome<String> {
        eventually(async || {
            let options = self.stage.browser.all(&role("option")).await?;
            let names: Vec<String> = options.into_iter().map(|node| node.name).collect();
            let fits = |name: &&String| parts.iter().all(|part| name.contains(part));
            let found = names.iter().find(fits).cloned();
            found.ok_or_else(|| Failure::new(format!("nothing offered has {parts:?}; there is {names:?}")))
        })
        .await
    }

    /// The names of all entries, in order.
    pub async fn all(&self) -> Outcome<Vec<String>> {
        Ok(self.stage.browser.all(&role("option")).await?.into_iter().map(|node| node.name).collect())
    }

    /// Waits until the chosen entry, the one that Enter takes, has these parts.
    pub async fn chosen(&self, parts: &[&str]) -> Outcome {
        const CHOSEN: &str =
            "const box = document.activeElement; const id = box.getAttribute('aria-activedescendant');
            const one = id && document.getElementById(id);
            return one?.getAttribute('aria-selected') === 'true' ? one.innerText : null;";
        eventually(async || {
            let chosen = self.stage.browser.script(CHOSEN, vec![]).await?;
            let text = chosen.as_str().unwrap_or_default();
            if parts.iter().all(|part| text.contains(part)) {
                Ok(())
            } else {
                Err(Failure::new(format!("{parts:?} was to be chosen; it is {text:?}")))
            }
        })
        .await
    }

    /// Puts a text on the clipboard and pastes it where the focus is.
    pub async fn paste(&self, text: &str) -> Outcome {
        let browser = &self.stage.browser;
        browser.allow_clipboard(&self.stage.site.origin()).await?;
        browser.script("return navigator.clipboard.writeText(arguments[0]);", vec![text.into()]).await?;
        let key = |kind: &str| json!({ "type": kind, "key": "v", "code": "KeyV", "modifiers": 2, "commands": ["paste"] });
        browser.cdp("Input.dispatchKeyEvent", key("rawKeyDown")).await?;
        browser
            .cdp("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": "v", "code": "KeyV" }))
            .await
            .map(drop)
    }
}

impl Stage {
    pub fn palette(&self) -> Palette<'_> {
        Palette::on(self)
    }

    /// Keeps a picture of the page for whoever wants to look at it.
    pub async fn picture(&self, journey: &str, name: &str) -> Outcome {
        let folder = record::folder(journey);
        std::fs::create_dir_all(&folder)?;
        self.browser.driver().screenshot(&folder.join(format!("{name}.png"))).await?;
        Ok(())
    }
}
