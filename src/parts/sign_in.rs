//! Signing in, in place: the page behind it stays, and nothing typed elsewhere is lost.

use leptos::prelude::*;

use super::failure::advice;
use crate::platform::task::Scope;
use crate::state::Console;
use crate::state::connections::Credentials;
use crate::ui::{Button, Callout, Glyph, Icon, InputKind, Look, TextField, Tone, live_view};
use longrun_core::http::{ApiError, ErrorKind, Secret};
use longrun_core::view::config::{Connection, SignIn};

/// The form for a connection's key and secret, or a token from elsewhere.
#[component]
pub fn SignInPanel(
    conn: Connection,
    /// Someone was signed in before: the token ran out or was refused.
    #[prop(into)]
    expired: Signal<bool>,
) -> impl IntoView {
    let console = Console::here();
    let scope = Scope::current();
    let (key, secret, token) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<ApiError>);
    let title = format!("Sign in to {}", conn.name);
    let SignIn::Keystone { url, project } = conn.sign_in.clone();
    let stored = StoredValue::new(conn.clone());
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
    let by_key = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        failed.set(None);
        sign_in(Credentials::Key { key: key.get_untracked().trim().to_owned(), secret: Secret::new(secret.get_untracked()) });
    };
    let by_token = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        failed.set(None);
        sign_in(Credentials::Token(Secret::new(token.get_untracked().trim())));
    };
    let submit_label = Signal::derive(move || if busy.get() { "Signing in…".to_owned() } else { "Sign in".to_owned() });
    let nothing = Callback::new(|()| ());
    let (form_name, heading) = (title.clone(), title.clone());
    view! {
        <section class=format!("sign-in panel band-{}", conn.band) aria-label=title>
            <h2>{heading}</h2>
            {live_view(move || expired.get().then(|| view! {
                <p class="soft" role="status">"The session has ended. Sign in again; what you see and typed stays."</p>
            }))}
            {live_view(move || failed.get().map(|error| view! { <SignInFailure error=error /> }))}
            <form aria-label=form_name on:submit=by_key>
                <TextField label="API key" value=key required=true autocomplete="username" mono=true first=true />
                <TextField label="API secret key" value=secret kind=InputKind::Secret required=true autocomplete="current-password" mono=true />
                <p class="hint">"Project "<span class="mono">{project}</span>" at "<span class="mono">{url}</span>". The key and secret are used once and not kept."</p>
                <div class="row"><Button label=submit_label look=Look::Primary icon=Glyph::Key on_press=nothing submit=true /></div>
            </form>
            <details class="fold">
                <summary><Icon glyph=Glyph::Right small=true />"Use a token instead"</summary>
                <form aria-label="Sign in with a token" on:submit=by_token>
                    <TextField label="Token" value=token kind=InputKind::Secret required=true mono=true
                        hint="It stays in this tab until you sign out or close it." />
                    <div class="row"><Button label="Sign in with this token" on_press=nothing submit=true /></div>
                </form>
            </details>
        </section>
    }
    .into_any()
}

#[component]
fn SignInFailure(error: ApiError) -> impl IntoView {
    let head = match error.kind {
        ErrorKind::SignedOut => "The key, the secret or the project is wrong",
        ErrorKind::Unreachable => "The sign-in server gave no answer",
        _ => "Signing in failed",
    };
    let words = error.status.map_or_else(
        || error.message.clone(),
        |status| format!("The server says ({status}): {}", error.message),
    );
    view! {
        <Callout tone=Tone::Fail head=head alert=true>
            <p>{words}</p>
            {advice(error.kind).map(|advice| view! { <p class="quiet">{advice}</p> })}
        </Callout>
    }
}
