//! What an operator does with what was found: press, type, choose, read. Each act waits until it can be done.
//! Keys and the pointer are real input of the browser, never calls of the page's own functions.

use serde_json::Value;
use thirtyfour::{By, Key};

use crate::browser::Browser;
use crate::failure::{Failure, Outcome};
use crate::find::Find;
use crate::wait::eventually;

impl Browser {
    /// Presses it with the pointer.
    pub async fn click(&self, what: &Find) -> Outcome {
        let done = eventually(async || {
            let node = self.one(what).await?;
            if node.is("disabled") {
                return Err(Failure::new("it is disabled"));
            }
            Ok(self.element(&node).await?.click().await?)
        });
        done.await.map_err(|failure| failure.during(&format!("{what} could not be pressed")))
    }

    /// Replaces the text of a field, key by key.
    pub async fn fill(&self, what: &Find, text: &str) -> Outcome {
        self.click(what).await?;
        self.has_focus(what).await?;
        self.driver()
            .action_chain()
            .key_down(Key::Control)
            .send_keys("a")
            .key_up(Key::Control)
            .perform()
            .await?;
        if text.is_empty() { self.press(Key::Delete).await } else { self.type_text(text).await }
    }

    /// Chooses an option of a list by its label.
    pub async fn choose(&self, what: &Find, label: &str) -> Outcome {
        let done = eventually(async || {
            let list = self.element(&self.one(what).await?).await?;
            for option in list.find_all(By::Tag("option")).await? {
                if option.text().await? == label {
                    return Ok(option.click().await?);
                }
            }
            Err(Failure::new(format!("there is no option \"{label}\"")))
        });
        done.await.map_err(|failure| failure.during(&format!("{what} could not be set")))
    }

    /// Types into whatever has the focus.
    pub async fn type_text(&self, text: &str) -> Outcome {
        Ok(self.driver().action_chain().send_keys(text).perform().await?)
    }

    /// Presses one key, wherever the focus is.
    pub async fn press(&self, key: impl Into<char>) -> Outcome {
        let key = key.into();
        Ok(self.driver().action_chain().key_down(key).key_up(key).perform().await?)
    }

    /// Presses a key while Shift or another one is held.
    pub async fn press_with(&self, held: Key, key: impl Into<char>) -> Outcome {
        let key = key.into();
        let chain = self.driver().action_chain().key_down(held.clone()).key_down(key);
        Ok(chain.key_up(key).key_up(held).perform().await?)
    }

    /// The visible text of something.
    pub async fn text(&self, what: &Find) -> Outcome<String> {
        eventually(async || Ok(self.element(&self.one(what).await?).await?.text().await?)).await
    }

    /// Waits until the visible text of something is as wanted, and returns it.
    pub async fn text_is(&self, what: &Find, wanted: &str, holds: impl Fn(&str) -> bool) -> Outcome<String> {
        eventually(async || {
            let text = self.element(&self.one(what).await?).await?.text().await?;
            if holds(&text) {
                Ok(text)
            } else {
                Err(Failure::new(format!("{what} was to say {wanted}; it says \"{text}\"")))
            }
        })
        .await
    }

    /// Waits for something of that role whose visible text has these parts in it, and returns the whole text.
    pub async fn says(&self, role: &'static str, parts: &[&str]) -> Outcome<String> {
        eventually(async || {
            let mut seen = Vec::new();
            for node in self.all(&crate::find::role(role)).await? {
                let text = self.element(&node).await?.text().await?;
                if parts.iter().all(|part| text.contains(part)) {
                    return Ok(text);
                }
                seen.push(text);
            }
            Err(Failure::new(format!("no {role} says {parts:?}; they say {seen:?}")))
        })
        .await
    }

    /// Runs the body of a function with the element as its first argument.
    pub async fn script_on(&self, what: &Find, body: &str) -> Outcome<Value> {
        eventually(async || {
            let element = self.element(&self.one(what).await?).await?;
            self.script(body, vec![element.to_json()?]).await
        })
        .await
    }

    /// Path and search of the address bar.
    pub async fn address(&self) -> Outcome<String> {
        let url = self.driver().current_url().await?;
        Ok(url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path())))
    }

    /// Waits until the address bar shows this path and search.
    pub async fn address_is(&self, wanted: &str) -> Outcome {
        self.address_fits(wanted, |now| now == wanted).await.map(drop)
    }

    /// Waits until the address bar shows what is wanted.
    pub async fn address_fits(&self, wanted: &str, holds: impl Fn(&str) -> bool) -> Outcome<String> {
        eventually(async || {
            let now = self.address().await?;
            if holds(&now) {
                Ok(now)
            } else {
                Err(Failure::new(format!("the address was to be {wanted}; it is {now}")))
            }
        })
        .await
    }
}
