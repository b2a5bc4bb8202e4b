//! What is left when the console itself breaks: words on the page and a way to start anew. After a panic nothing of
//! ours runs any more, so this screen is made of plain elements and a plain link.

use super::document;

/// Installs the screen. In development the browser's console gets the details too.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        #[cfg(debug_assertions)]
        console_error_panic_hook::hook(info);
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        // The message itself may hold an operation's data, so only the place in the code is shown.
        let _ = show(&place);
    }));
}

fn show(place: &str) -> Option<()> {
    let document = document()?;
    let body = document.body()?;
    let element = |name: &str, text: &str| -> Option<web_sys::Element> {
        let element = document.create_element(name).ok()?;
        element.set_text_content(Some(text));
        Some(element)
    };
    let screen = document.create_element("div").ok()?;
    screen.set_attribute("class", "empty crash").ok()?;
    screen.set_attribute("role", "alert").ok()?;
    screen.append_child(element("h1", "The console has stopped")?.as_ref()).ok()?;
    let says = "A mistake in the console itself, not in your operations. Nothing was sent because of it. Reload the page to go on; you stay signed in.";
    screen.append_child(element("p", says)?.as_ref()).ok()?;
    screen.append_child(element("p", &format!("Where: {place}"))?.as_ref()).ok()?;
    let link = element("a", "Reload the page")?;
    link.set_attribute("href", "").ok()?;
    link.set_attribute("class", "btn btn-primary").ok()?;
    screen.append_child(link.as_ref()).ok()?;
    body.set_text_content(None);
    body.append_child(screen.as_ref()).ok()?;
    Some(())
}
