//! Signing in, in place: the page behind it stays, and nothing typed elsewhere is lost.

use crate::reactive::prelude::*;

use super::failure::advice;
use crate::platform::{focus, pause, task::Scope};
use crate::reactive::derive;
use crate::state::Console;
use crate::state::connections::Credentials;
use crate::ui::el::{El, Node, el, sentence};
use crate::ui::{Button, Callout, Glyph, InputKind, Look, TextField, Tone, icon_s};
use longrun_core::http::{ApiError, ErrorKind, Secret};
use longrun_core::text::{fill, t};
use longrun_core::view::config::{Connection, SignIn, SignInKind};

/// The form for a connection's key and secret, or a token from elsewhere.
#[component]
pub fn SignInPanel(
    conn: Connection,
    /// Someone was signed in before: the token ran out or was refused.
    #[prop(into)]
    expired: Signal<bool>,
) -> El {
    let console = Console::here();
    let scope = Scope::current();
    // Its button had the focus.
    on_cleanup(|| focus::rescue("main"));
    let (key, secret, token) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<ApiError>);
    let title = fill("Sign in to {0}", &[&conn.name]);
    let band = format!("sign-in panel band-{}", conn.band);
    let SignIn { kind, url, project } = conn.sign_in.clone();
    let asks = kind.asks();
    let stored = StoredValue::new(conn);
    let sign_in = move |with: Credentials| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        scope.spawn(async move {
            let outcome = console.connections.sign_in(&stored.get_value(), with).await;
            busy.try_set(false);
            match outcome {
                Ok(()) => {
                    secret.try_set(String::new());
                    token.try_set(String::new());
                }
                Err(error) => {
                    failed.try_set(Some(error));
                }
            }
        });
    };
    let submit_label = derive(move || t(if busy.get() { "Signing in…" } else { "Sign in" }).to_owned());
    let nothing = Callback::new(|()| ());
    let says_hint = move || {
        let hint = el("p").class("hint");
        let hint = if asks.project {
            let mono = |text: &str| el("span").class("mono").text(text.to_owned());
            let at = sentence("Project {0} at {1}.", &mut |place| {
                mono(if place == 0 { &project } else { &url }).into()
            });
            hint.child(at).text(" ")
        } else {
            hint
        };
        hint.text(asks.hint)
    };
    let pair = asks.pair.map(|(name_label, secret_label)| {
        el("form")
            .attr("aria-label", title.clone())
            .on("submit", move |event| {
                event.prevent_default();
                failed.set(None);
                let name = key.get_untracked().trim().to_owned();
                sign_in(Credentials::Pair { name, secret: Secret::new(secret.get_untracked()) });
            })
            .child(view! { <TextField label=name_label value=key required=true autocomplete="username" mono=true first=true /> })
            .child(view! {
                <TextField
                    label=secret_label value=secret kind=InputKind::Secret required=true autocomplete="current-password" mono=true
                />
            })
            .child(says_hint())
            .child(el("div").class("row").child(view! {
                <Button label=submit_label look=Look::Primary icon=Glyph::Key on_press=nothing submit=true />
            }))
    });
    // Where a token is the only way, its form is the panel's own.
    let only = pair.is_none();
    let by_token = asks.token.then(|| {
        let (name, label, look) = if only {
            (title.clone(), submit_label, Look::Primary)
        } else {
            (t("Sign in with a token").to_owned(), "Sign in with this token".into(), Look::Plain)
        };
        el("form")
            .attr("aria-label", name)
            .on("submit", move |event| {
                event.prevent_default();
                failed.set(None);
                sign_in(Credentials::Token(Secret::new(token.get_untracked().trim())));
            })
            .child(view! {
                <TextField
                    label="Token" value=token kind=InputKind::Secret required=true mono=true first=only
                    hint="It stays in this tab until you sign out or close it."
                />
            })
            .child(el("div").class("row").child(
                view! { <Button label=label look=look icon=only.then_some(Glyph::Key) on_press=nothing submit=true /> },
            ))
    });
    let by_token: Node = match by_token {
        Some(form) if !only => el("details")
            .class("fold")
            .child(el("summary").child(icon_s(Glyph::Right)).text("Use a token instead"))
            .child(form)
            .into(),
        form => form.into(),
    };
    let says = if only {
        "The server takes no token from here any more. Sign in again; what you see and typed stays."
    } else {
        "The session has ended. Sign in again; what you see and typed stays."
    };
    el("section")
        .class(band)
        .attr("aria-label", title.clone())
        .made(move |panel| {
            let panel = panel.clone();
            scope.spawn(async move {
                // The panel is on the page by then, and a new page has taken the focus, if it does.
                pause::next_frame().await;
                if focus_is_free() {
                    focus::first_in(&panel, "[data-safe]");
                }
            });
        })
        .child(el("h2").text(title))
        .live_child(move || expired.get().then(|| el("p").class("soft").attr("role", "status").text(says)))
        .live_child(move || failed.get().map(|error| view! { <SignInFailure error=error kind=kind /> }))
        .child(pair)
        .child(by_token)
}

/// True while nobody is anywhere: the page's main part has the focus only because the page is new.
fn focus_is_free() -> bool {
    !focus::is_in("body *") || focus::active_id().as_deref() == Some("main")
}

#[component]
fn SignInFailure(error: ApiError, kind: SignInKind) -> Node {
    let asks = kind.asks();
    let head = match error.kind {
        ErrorKind::SignedOut if asks.project => "The key, the secret or the project is wrong",
        ErrorKind::SignedOut => "The user name or the password is wrong",
        ErrorKind::Unreachable if asks.url => "The sign-in server gave no answer",
        ErrorKind::Unreachable => "The API gave no answer",
        _ => "Signing in failed",
    };
    let words = error.status.map_or_else(
        || error.message.clone(),
        |status| fill("The server says ({0}): {1}", &[&status.to_string(), &error.message]),
    );
    let advice = advice(error.kind).map(|advice| el("p").class("quiet").text(advice));
    let body = Node::from([Node::from(el("p").text(words)), advice.into()]);
    view! { <Callout tone=Tone::Fail head=head alert=true body=body /> }.into()
}
