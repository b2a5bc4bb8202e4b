//! Asks the browser's own accessibility tree, so that a journey finds what a screen reader finds: hidden and inert
//! things do not exist, names are the computed ones. It must not act on what it finds.

use serde_json::{Value, json};
use thirtyfour::WebElement;

use crate::browser::Browser;
use crate::failure::{Failure, Outcome};
use crate::find::{Find, Node};
use crate::wait::eventually;

impl Browser {
    /// Everything on the page that fits, now, in the order of the page.
    pub async fn all(&self, what: &Find) -> Outcome<Vec<Node>> {
        let mut within = match &what.inside {
            None => {
                let page = self.cdp("Runtime.evaluate", json!({ "expression": "document" })).await?;
                json!({ "objectId": object_id(&page)? })
            }
            Some(outer) => json!({ "backendNodeId": Box::pin(self.one(outer)).await?.backend }),
        };
        if let Some(within) = within.as_object_mut() {
            within.insert("role".to_owned(), what.role.into());
        }
        let answer = self.cdp("Accessibility.queryAXTree", within).await?;
        let nodes = answer.get("nodes").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        Ok(nodes.iter().filter_map(Node::read).filter(|node| what.fits(node)).collect())
    }

    /// The one thing that fits, now.
    pub async fn one(&self, what: &Find) -> Outcome<Node> {
        let mut found = self.all(what).await?;
        if found.len() > 1 && !what.first {
            let names: Vec<&str> = found.iter().map(|node| node.name.as_str()).collect();
            return Err(Failure::new(format!("{what}: {} of them, {names:?}", found.len())));
        }
        if found.is_empty() {
            return Err(Failure::new(format!("there is no {what}")));
        }
        Ok(found.swap_remove(0))
    }

    /// Waits for the one thing that fits.
    pub async fn find(&self, what: &Find) -> Outcome<Node> {
        eventually(async || self.one(what).await).await
    }

    /// Waits until nothing fits any more.
    pub async fn gone(&self, what: &Find) -> Outcome {
        eventually(async || match self.all(what).await {
            // What it stood in may be gone too.
            Err(_) if what.inside.is_some() => Ok(()),
            Ok(found) if found.is_empty() => Ok(()),
            Ok(_) => Err(Failure::new(format!("{what} is still there"))),
            Err(failure) => Err(failure),
        })
        .await
    }

    /// Waits until the one thing that fits is as wanted.
    pub async fn is_so(&self, what: &Find, wanted: &str, holds: impl Fn(&Node) -> bool) -> Outcome<Node> {
        eventually(async || {
            let node = self.one(what).await?;
            if holds(&node) {
                Ok(node)
            } else {
                Err(Failure::new(format!("{what} is not {wanted}: {node:?}")))
            }
        })
        .await
    }

    /// Roles and names of everything on the page, one a line, for a person who wonders why something was not found.
    pub async fn outline(&self) -> Outcome<String> {
        let answer = self.cdp("Accessibility.getFullAXTree", json!({})).await?;
        let nodes = answer.get("nodes").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let told = |node: Node| {
            format!(
                "{} \"{}\"{}\n",
                node.role,
                node.name,
                if node.value.is_empty() { String::new() } else { format!(" = {}", node.value) }
            )
        };
        let plain =
            |node: &Node| !matches!(node.role.as_str(), "StaticText" | "InlineTextBox" | "generic" | "none");
        Ok(nodes.iter().filter_map(Node::read).filter(plain).map(told).collect())
    }

    /// What has the focus, if the page itself has not.
    pub async fn focused(&self) -> Outcome<Option<Node>> {
        let script = "document.activeElement === document.body ? null : document.activeElement";
        let active = self.cdp("Runtime.evaluate", json!({ "expression": script })).await?;
        let Ok(id) = object_id(&active) else { return Ok(None) };
        let asked = json!({ "objectId": id, "fetchRelatives": false });
        let answer = self.cdp("Accessibility.getPartialAXTree", asked).await?;
        Ok(answer.get("nodes").and_then(Value::as_array).and_then(|nodes| Node::read(nodes.first()?)))
    }

    /// Waits until this has the focus.
    pub async fn has_focus(&self, what: &Find) -> Outcome<Node> {
        eventually(async || {
            let node = self.one(what).await?;
            let now = self.focused().await?;
            if now.as_ref().is_some_and(|now| now.backend == node.backend) {
                return Ok(node);
            }
            let now =
                now.map_or_else(|| "the page".to_owned(), |now| format!("{} \"{}\"", now.role, now.name));
            Err(Failure::new(format!("the focus was to be on {what}; it is on {now}")))
        })
        .await
    }

    /// The element behind a node, to act on it.
    pub async fn element(&self, node: &Node) -> Outcome<WebElement> {
        const KEEP: &str = "function() { globalThis.__found = this; }";
        const TAKE: &str = "const found = globalThis.__found; delete globalThis.__found; return found;";
        let resolved = self.cdp("DOM.resolveNode", json!({ "backendNodeId": node.backend })).await?;
        let id = resolved.get("object").and_then(|object| object.get("objectId")).cloned();
        let id = id.ok_or_else(|| Failure::new(format!("{} \"{}\" has gone", node.role, node.name)))?;
        self.cdp("Runtime.callFunctionOn", json!({ "objectId": id, "functionDeclaration": KEEP })).await?;
        Ok(self.driver().execute(TAKE, vec![]).await?.element()?)
    }
}

fn object_id(answer: &Value) -> Outcome<Value> {
    let id = answer.get("result").and_then(|result| result.get("objectId"));
    id.cloned().ok_or_else(|| Failure::new("the page gave no object"))
}
