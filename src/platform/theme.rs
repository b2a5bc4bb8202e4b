//! What the page looks like: light, dark, high contrast or as the system says; and how dense it is. `boot.js` reads the
//! same keys before the first paint, so that nothing flashes.

use super::storage::{self, Area};

/// Where the choice is kept. `public/boot.js` knows it too.
pub const STORAGE_KEY: &str = "longrun.theme";
/// Where the density is kept. `public/boot.js` knows it too.
pub const DENSITY_KEY: &str = "longrun.density";
/// The density that is not the usual one.
const COMFORTABLE: &str = "comfortable";

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
    /// High contrast, light or dark as the system says.
    Contrast,
}

impl Theme {
    /// In storage and in `data-theme`.
    pub fn slug(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Contrast => "contrast",
        }
    }

    /// Anything unknown is the system's choice.
    pub fn from_slug(slug: &str) -> Theme {
        match slug {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            "contrast" => Theme::Contrast,
            _ => Theme::System,
        }
    }

    /// The one after this, in the order in which the button goes round.
    pub fn next(self) -> Theme {
        match self {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Contrast,
            Theme::Contrast => Theme::System,
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
    mark("data-theme", Some(theme.slug()).filter(|_| theme != Theme::System));
    // A theme that is forgotten on reload is no reason to interrupt anyone.
    let _ = storage::set(Area::Lasting, STORAGE_KEY, theme.slug());
}

/// Whether rows and controls are to have more room.
pub fn is_comfortable() -> bool {
    storage::get(Area::Lasting, DENSITY_KEY).ok().flatten().as_deref() == Some(COMFORTABLE)
}

/// Gives rows and controls more room, or the usual one, and keeps the choice.
pub fn set_comfortable(comfortable: bool) {
    mark("data-density", comfortable.then_some(COMFORTABLE));
    let _ = storage::set(Area::Lasting, DENSITY_KEY, if comfortable { COMFORTABLE } else { "compact" });
}

fn mark(name: &str, value: Option<&str>) {
    if let Some(root) = super::document().and_then(|document| document.document_element()) {
        super::dom::set_attribute(&root, name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn themes_go_round_and_survive_storage() {
        let mut theme = Theme::System;
        for _ in 0..4 {
            assert_eq!(Theme::from_slug(theme.slug()), theme);
            theme = theme.next();
        }
        assert_eq!(theme, Theme::System);
        assert_eq!(Theme::from_slug("purple"), Theme::System);
    }
}
