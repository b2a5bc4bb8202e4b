//! Icons of the sprite in `style/icons.svg`, which is part of the page. Decoration only: names are for people,
//! so every icon stands beside a word or inside a control that has a name.

use crate::reactive::prelude::*;

use super::el::{El, svg};

macro_rules! glyphs {
    ($($(#[$doc:meta])* $name:ident = $id:literal,)+) => {
        /// A symbol of the sprite.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Glyph { $($(#[$doc])* $name,)+ }

        impl Glyph {
            /// Every symbol that the console may draw.
            pub const ALL: &[Glyph] = &[$(Glyph::$name,)+];

            /// What `<use>` refers to.
            pub fn href(self) -> &'static str {
                match self { $(Glyph::$name => concat!("#", $id),)+ }
            }
        }
    };
}

glyphs! {
    Waiting = "s-waiting",
    Running = "s-running",
    Cancelling = "s-cancelling",
    Stuck = "s-stuck",
    Succeeded = "s-succeeded",
    Failed = "s-failed",
    Cancelled = "s-cancelled",
    Unknown = "s-unknown",
    Now = "i-now",
    List = "i-list",
    Settings = "i-settings",
    Help = "i-help",
    Menu = "i-menu",
    Theme = "i-theme",
    Search = "i-search",
    Refresh = "i-refresh",
    Lock = "i-lock",
    Down = "i-down",
    Right = "i-right",
    Left = "i-left",
    SortDown = "i-sort-down",
    Close = "i-x",
    Plus = "i-plus",
    Copy = "i-copy",
    Check = "i-check",
    Download = "i-download",
    Columns = "i-columns",
    Link = "i-link",
    Trash = "i-trash",
    Warn = "i-warn",
    Info = "i-info",
    Curl = "i-curl",
    Clock = "i-clock",
    Hidden = "i-hidden",
    Key = "i-key",
    SignOut = "i-sign-out",
    Watch = "i-watch",
    View = "i-view",
    Plug = "i-plug",
    Longrun = "i-longrun",
}

impl Glyph {
    /// The mark of a state, by its slug; anything else is drawn as unknown.
    pub fn of_state(slug: &str) -> Glyph {
        match slug {
            "waiting" => Glyph::Waiting,
            "running" => Glyph::Running,
            "cancelling" => Glyph::Cancelling,
            "stuck" => Glyph::Stuck,
            "succeeded" => Glyph::Succeeded,
            "failed" => Glyph::Failed,
            "cancelled" => Glyph::Cancelled,
            _ => Glyph::Unknown,
        }
    }
}

/// One icon, 16 px, or 14 px where `small`.
#[component]
pub fn Icon(#[prop(into)] glyph: Signal<Glyph>, #[prop(optional)] small: bool) -> El {
    svg("svg")
        .class(if small { "icon-s" } else { "icon" })
        .attr("aria-hidden", "true")
        .child(svg("use").live("href", move || glyph.get().href()))
}

/// An icon that stays the same.
pub fn icon(glyph: Glyph) -> El {
    svg("svg").class("icon").attr("aria-hidden", "true").child(svg("use").attr("href", glyph.href()))
}

/// The same, 14 px.
pub fn icon_s(glyph: Glyph) -> El {
    svg("svg").class("icon-s").attr("aria-hidden", "true").child(svg("use").attr("href", glyph.href()))
}

#[cfg(test)]
mod tests {
    use longrun_core::model::State;

    use super::*;

    #[test]
    fn every_icon_is_in_the_sprite_and_every_symbol_has_a_name() {
        let sprite = include_str!("../../style/icons.svg");
        for glyph in Glyph::ALL {
            let id = glyph.href().trim_start_matches('#');
            assert!(sprite.contains(&format!("<symbol id=\"{id}\"")), "{id} is missing from the sprite");
        }
        assert_eq!(sprite.matches("<symbol ").count(), Glyph::ALL.len());
    }

    #[test]
    fn each_state_has_its_own_mark() {
        let marks: Vec<_> =
            State::ALL.into_iter().map(|state| Glyph::of_state(state.slug()).href()).collect();
        for (at, mark) in marks.iter().enumerate() {
            assert!(!marks[..at].contains(mark), "{mark} stands for two states");
        }
    }
}
