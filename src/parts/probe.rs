//! The connection test: each step with what it found, and failures in words.

use leptos::prelude::*;

use super::failure::advice;
use super::freshness::reason;
use crate::platform::{clock, task::Scope};
use crate::reactive::derive;
use crate::state::Console;
use crate::transport::{self, TransportError};
use crate::ui::el::{El, el};
use crate::ui::{Button, Glyph, icon};
use longrun_core::dialect::ServerQuery;
use longrun_core::http::{ApiError, ApiRequest, ErrorKind, Method};
use longrun_core::view::config::Connection;

/// How one step ended.
#[derive(Clone, PartialEq)]
enum Found {
    Good(String),
    Bad(String, Option<&'static str>),
    Skipped(&'static str),
}

/// The test.
#[component]
pub fn Probe(conn: Connection) -> El {
    let console = Console::here();
    let scope = Scope::current();
    let steps = RwSignal::new(Vec::<(&'static str, Found)>::new());
    let busy = RwSignal::new(false);
    let stored = StoredValue::new(conn);
    let run = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        steps.set(vec![]);
        scope.spawn(async move {
            let conn = stored.get_value();
            let add = |name, found| steps.update(|steps| steps.push((name, found)));
            add("Sign-in server", sign_in_server(console, &conn).await);
            let session = untrack(|| console.connections.session(&conn.id));
            add(
                "Session",
                match session {
                    Some(_) => Found::Good("You are signed in.".to_owned()),
                    None => Found::Skipped("Not signed in: sign in above, then test again."),
                },
            );
            add("Operations", operations(console, &conn).await);
            busy.try_set(false);
        });
    });
    let label = derive(move || if busy.get() { "Testing…".to_owned() } else { "Test connection".to_owned() });
    let line = |(name, found): (&'static str, Found)| {
        let (class, glyph, text, advice) = match found {
            Found::Good(text) => ("st-succeeded", Glyph::Succeeded, text, None),
            Found::Bad(text, advice) => ("st-failed", Glyph::Failed, text, advice),
            Found::Skipped(text) => ("st-waiting", Glyph::Waiting, text.to_owned(), None),
        };
        let advice = advice.map(|advice| el("span").class("quiet").text(" ").text(advice));
        el("li")
            .class("probe")
            .child(el("span").class(format!("st {class}")).child(icon(glyph)).text(name))
            .child(el("span").text(text).child(advice))
    };
    let results = el("ul")
        .class("stack-s")
        .attr("aria-label", "Test results")
        .attr("aria-live", "polite")
        .live_child(move || steps.get().into_iter().map(line).collect::<Vec<_>>());
    let body = el("div")
        .class("body stack")
        .child(el("h2").text("Test"))
        .child(
            el("p").class("soft").text("Asks the sign-in server and the API once each, and changes nothing."),
        )
        .child(el("div").class("row").child(view! { <Button label=label icon=Glyph::Plug on_press=run /> }))
        .child(results);
    el("section").class("panel").attr("aria-label", "Test").child(body)
}

async fn sign_in_server(console: Console, conn: &Connection) -> Found {
    let url = &conn.sign_in.url;
    let since = clock::since_start();
    let request = ApiRequest::new(Method::Get, url.trim_end_matches('/').to_owned());
    match transport::send(&*console.transport.get_value(), request).await {
        Ok(answer) if answer.is_success() && answer.text().contains("\"version\"") => {
            Found::Good(format!("Keystone answered in {} ms.", elapsed(since)))
        }
        Ok(answer) if answer.is_success() => Found::Bad(
            "It answered, but not as Keystone does.".to_owned(),
            Some("Check that the address ends with /v3 and that the proxy leads to Keystone."),
        ),
        Ok(answer) => bad(&ApiError::from_answer(&answer, None)),
        Err(error) => bad(&TransportError::into_api_error(error)),
    }
}

async fn operations(console: Console, conn: &Connection) -> Found {
    let Some(dialect) = conn.dialect() else {
        return Found::Skipped("This console does not speak that API.");
    };
    let Some(kind) = dialect.describe().kinds.first() else {
        return Found::Skipped("This API lists nothing.");
    };
    let endpoint = untrack(|| console.connections.endpoint(conn));
    let signed_in = endpoint.session.is_some();
    // The newest operation of each appliance only: a small answer.
    let query = ServerQuery::new(vec![("latest", "true".to_owned())]);
    let since = clock::since_start();
    let request = match dialect.list(&endpoint, kind.id, &query) {
        Ok(request) => request,
        Err(error) => return Found::Bad(error.to_string(), None),
    };
    match transport::send(&*console.transport.get_value(), request).await {
        Ok(answer) if answer.is_success() => {
            let wanted = format!("\"{}\"", dialect.rows_at(kind.id));
            if answer.text().contains(&wanted) {
                Found::Good(format!(
                    "The API answered in {} ms, {} KB.",
                    elapsed(since),
                    answer.body.len() / 1_000
                ))
            } else {
                Found::Bad(
                    format!("The API answered, but without {wanted}."),
                    Some("Check that the base leads to this API and not to a page in front of it."),
                )
            }
        }
        Ok(answer) => {
            let error = dialect.error(&answer);
            if error.kind == ErrorKind::SignedOut && !signed_in {
                return Found::Good("The API answers and asks for a sign-in, as it should.".to_owned());
            }
            bad(&error)
        }
        Err(error) => bad(&TransportError::into_api_error(error)),
    }
}

fn bad(error: &ApiError) -> Found {
    Found::Bad(reason(error), advice(error.kind))
}

/// Whole milliseconds since then.
#[expect(clippy::cast_possible_truncation, reason = "a request takes less than 2^63 milliseconds")]
fn elapsed(since: f64) -> i64 {
    (clock::since_start() - since).round() as i64
}
