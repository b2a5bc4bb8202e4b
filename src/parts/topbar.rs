//! The bar at the top: find, refresh, mode, theme. The page below says what can be refreshed.

use crate::reactive::prelude::*;

use super::freshness::{Age, why};
use super::palette::omnibox;
use crate::platform::theme::Theme;
use crate::reactive::derive;
use crate::state::Console;
use crate::state::offer::Refreshable;
use crate::ui::el::{El, el};
use crate::ui::{Button, Glyph, ItemKind, Look, Menu, MenuItem, icon};
use longrun_core::text::{fill, t};
use longrun_core::view::config::Mode;
use longrun_core::view::poll::Pace;

/// The bar.
#[component]
pub fn TopBar(drawer: RwSignal<bool>) -> El {
    let console = Console::here();
    let theme = console.settings.theme;
    let theme_name = derive(move || match theme.get() {
        Theme::System => t("Theme: follows the system").to_owned(),
        Theme::Light => t("Theme: light").to_owned(),
        Theme::Dark => t("Theme: dark").to_owned(),
        Theme::Contrast => t("Theme: high contrast").to_owned(),
    });
    let turn = Callback::new(move |()| console.settings.turn_theme());
    let menu = el("button")
        .class("btn btn-ghost btn-icon menu-button")
        .attr("type", "button")
        .attr("aria-label", "Open menu")
        .attr("aria-controls", "rail")
        .live("aria-expanded", move || if drawer.get() { "true" } else { "false" })
        .on("click", move |_| drawer.update(|open| *open = !*open))
        .child(icon(Glyph::Menu));
    let tools = el("div")
        .class("tools")
        .live_child(move || console.offer.get().map(refresh))
        .live_child(move || mode_mark(console))
        .child(view! { <Button label=theme_name on_press=turn look=Look::Ghost icon=Glyph::Theme icon_only=true shortcut="t" class="only-wide" /> });
    el("header").class("topbar").child(menu).child(omnibox()).child(tools)
}

fn refresh(what: Refreshable) -> El {
    let pace = what.poller.pace;
    let label = derive(move || pace.get().to_string());
    let name = derive(move || {
        let pace = pace.get();
        let pattern =
            if matches!(pace, Pace::Every(_)) { "Refresh every {0}, change" } else { "Refresh {0}, change" };
        Some(fill(pattern, &[&pace.to_string()]))
    });
    let items = derive(move || {
        let item = |choice: Pace| {
            let label = match choice {
                Pace::Auto => t("Auto").to_owned(),
                Pace::Off => t("Off").to_owned(),
                Pace::Every(_) => choice.to_string(),
            };
            MenuItem::new(label, Callback::new(move |()| pace.set(choice)))
                .kind(ItemKind::Radio(pace.get() == choice))
        };
        Pace::CHOICES.into_iter().map(item).collect()
    });
    el("div")
        .class("refresh")
        .attr("role", "group")
        .attr("aria-label", "Refresh")
        .live("data-state", move || what.fresh.with(|fresh| fresh.failure.is_some()).then_some("stale"))
        .child(view! { <Button label="Refresh now" on_press=what.now icon=Glyph::Refresh icon_only=true shortcut="r" /> })
        .child(view! { <Age fresh=what.fresh /> })
        .live_child(move || why(what.poller))
        .child(view! { <Menu label=label name=name items=items class="pace" /> })
}

/// What the connection on the screen may do, where that is less than everything.
fn mode_mark(console: Console) -> Option<El> {
    let route = console.router.route.get();
    let mode = route.conn().and_then(|id| console.connections.find(id))?.mode;
    (mode == Mode::ReadOnly).then(|| {
        el("span")
            .class("mode")
            .attr("title", "Nothing can be changed through this connection")
            .child(icon(Glyph::Lock))
            .child(el("span").text(mode.label()))
    })
}
