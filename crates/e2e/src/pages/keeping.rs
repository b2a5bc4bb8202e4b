//! What the console keeps and watches: its page, the notices it would show on the desktop, and everything that lies in
//! the browser's storage. It must not know what a journey is about.

use serde_json::{Value, json};

use crate::failure::{Failure, Outcome};
use crate::find::{Find, role};
use crate::stage::Stage;
use crate::wait::within;

/// The watchlist's page.
pub const WATCH: &str = "/watch";

/// How long it may take until a watched operation was read again.
const READ_AGAIN: std::time::Duration = std::time::Duration::from_secs(30);

/// Takes the place of the browser's notices, and keeps what they said.
const NOTICES: &str = "
    const real = globalThis.Notification;
    globalThis.__told = [];
    globalThis.Notification = class {
        constructor(head, options) { globalThis.__told.push([head, options.body, options.tag]); }
        static get permission() { return real.permission; }
        static requestPermission() { return real.requestPermission(); }
    };";

/// Everything that the console keeps lastingly, as one text.
const KEPT: &str = "
    return (async () => {
        const kept = Object.entries(localStorage).flat();
        const open = indexedDB.open('longrun');
        const db = await new Promise((yes, no) => { open.onsuccess = () => yes(open.result); open.onerror = no; });
        for (const name of db.objectStoreNames) {
            const all = db.transaction(name).objectStore(name).getAll();
            kept.push(...await new Promise((yes) => { all.onsuccess = () => yes(all.result); }));
        }
        db.close();
        return kept.map((text) => text + '\\n' + decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'))).join('\\n');
    })();";

/// Puts a text on a shelf of the console's database, as an earlier console may have left it.
const PUT: &str = "
    const [shelf, key, text] = arguments;
    return (async () => {
        const open = indexedDB.open('longrun');
        const db = await new Promise((yes, no) => { open.onsuccess = () => yes(open.result); open.onerror = no; });
        const put = db.transaction(shelf, 'readwrite');
        put.objectStore(shelf).put(text, key);
        await new Promise((yes) => { put.oncomplete = yes; });
        db.close();
    })();";

/// What is kept and watched.
#[derive(Clone, Copy)]
pub struct Keeping<'a>(&'a Stage);

impl Stage {
    /// What the console keeps and watches.
    pub fn keeping(&self) -> Keeping<'_> {
        Keeping(self)
    }
}

impl Keeping<'_> {
    /// Notices on the desktop are allowed, or not, and what they would say is kept.
    pub async fn notices(&self, allowed: bool) -> Outcome {
        let browser = &self.0.browser;
        let setting = if allowed { "granted" } else { "denied" };
        let params = json!({ "permission": { "name": "notifications" }, "setting": setting, "origin": self.0.site.origin() });
        browser.cdp("Browser.setPermission", params).await?;
        browser.before_every_page(NOTICES).await
    }

    /// What the notices said: heads, bodies and tags.
    pub async fn told(&self) -> Outcome<Vec<Value>> {
        let told = self.0.browser.script("return globalThis.__told;", vec![]).await?;
        Ok(told.as_array().cloned().unwrap_or_default())
    }

    /// An entry of the watchlist that says all of this, in time.
    pub async fn entry(&self, parts: &[&str]) -> Outcome<String> {
        let browser = &self.0.browser;
        within(READ_AGAIN, async || {
            let mut seen = vec![];
            for node in browser.all(&role("listitem").inside(Self::list())).await? {
                let text = browser.element(&node).await?.text().await?;
                if parts.iter().all(|part| text.contains(part)) {
                    return Ok(text);
                }
                seen.push(text);
            }
            Err(Failure::new(format!("no entry says {parts:?}; they say {seen:?}")))
        })
        .await
    }

    pub fn list() -> Find {
        role("list").named("Watched operations")
    }

    /// Waits until so many are watched.
    pub async fn holds(&self, wanted: usize) -> Outcome {
        let browser = &self.0.browser;
        crate::wait::eventually(async || {
            let found = browser.all(&role("listitem").inside(Self::list())).await?.len();
            if found == wanted {
                Ok(())
            } else {
                Err(Failure::new(format!("{wanted} were to be watched, not {found}")))
            }
        })
        .await
    }

    /// Waits until the tab's title is as wanted.
    pub async fn title(&self, wanted: &str, holds: impl Fn(&str) -> bool) -> Outcome<String> {
        within(READ_AGAIN, async || {
            let title = self.0.browser.title().await?;
            if holds(&title) {
                Ok(title)
            } else {
                Err(Failure::new(format!("the title was to be {wanted}; it is {title}")))
            }
        })
        .await
    }

    /// Whether the tab's icon has a mark.
    pub async fn is_marked(&self) -> Outcome<bool> {
        let drawn = "return document.querySelector('link[rel=icon]').href.includes('circle');";
        Ok(self.0.browser.script(drawn, vec![]).await?.as_bool().unwrap_or(false))
    }

    /// Everything kept lastingly in the browser, as one text.
    pub async fn everything(&self) -> Outcome<String> {
        let kept = self.0.browser.script(KEPT, vec![]).await?;
        kept.as_str().map(str::to_owned).ok_or_else(|| Failure::new(format!("nothing could be read: {kept}")))
    }

    /// Puts a text on a shelf, as an earlier console may have left it.
    pub async fn put(&self, shelf: &str, key: &str, text: &str) -> Outcome {
        self.0.browser.script(PUT, vec![shelf.into(), key.into(), text.into()]).await.map(drop)
    }
}
