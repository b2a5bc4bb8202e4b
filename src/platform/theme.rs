//! Light, dark, or as the system says. `boot.js` reads the same key before the first paint, so that nothing flashes.

use super::storage::{self, Area};

/// Where the choice is kept. `public/boot.js` knows it too.
pub const STORAGE_KEY: &str = "longrun.theme";

/// The choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// In storage and in `data-theme`.
    pub fn slug(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// Anything unknown is the system's choice.
    pub fn from_slug(slug: &str) -> Theme {
        match slug {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        }
    }

    /// The one after this, in the order in which the button goes round.
    pub fn next(self) -> Theme {
        match self {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        }
    }
}

/// The choice that is kept.
pub fn stored() -> Theme {
    let slug = storage::get(Area::Lasting, STORAGE_KEY).ok().flatten();
    slug.map_or(Theme::System, |slug| Theme::from_slug(&slug))
}

/// Paints the page in `theme`, and keeps the choice as long as the browser lets us.
pub fn apply(theme: Theme) {
    if let Some(root) = super::document().and_then(|document| document.document_element()) {
        let _ = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.slug()),
        };
    }
    // A theme that is forgotten on reload is no reason to interrupt anyone.
    let _ = storage::set(Area::Lasting, STORAGE_KEY, theme.slug());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn themes_go_round_and_survive_storage() {
        let mut theme = Theme::System;
        for _ in 0..3 {
            assert_eq!(Theme::from_slug(theme.slug()), theme);
            theme = theme.next();
        }
        assert_eq!(theme, Theme::System);
        assert_eq!(Theme::from_slug("purple"), Theme::System);
    }
}
