//! The connection test: each step with what it found, and failures in words.

use crate::reactive::prelude::*;

use super::failure::advice;
use super::freshness::reason;
use crate::platform::{clock, task::Scope};
use crate::reactive::derive;
use crate::state::Console;
use crate::transport::{self, TransportError};
use crate::ui::el::{El, el};
use crate::ui::{Button, Glyph, icon};
use longrun_core::dialect::{BuildError, Key};
use longrun_core::http::{ApiError, ApiRequest, ApiResponse, ErrorKind, Method};
use longrun_core::query::{ListQuery, Tables};
use longrun_core::text::{fill, t};
use longrun_core::view::config::{Connection, SignInKind};

/// How one step ended.
#[derive(Clone, PartialEq)]
enum Found {
    Good(String),
    Bad(String, Option<&'static str>),
    Skipped(&'static str),
    Later(String),
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
            // Only where it is a server of its own; else the API itself is asked below.
            if conn.sign_in.kind.asks().url {
                add("Sign-in server", sign_in_server(console, &conn).await);
            }
            let session = untrack(|| console.connections.session(&conn.id));
            add(
                "Session",
                match session {
                    Some(_) if conn.sign_in.kind == SignInKind::None => {
                        Found::Good(t("This connection needs no sign-in.").to_owned())
                    }
                    Some(_) => Found::Good(t("You are signed in.").to_owned()),
                    None => Found::Skipped("Not signed in: sign in above, then test again."),
                },
            );
            let noun =
                conn.dialect().and_then(|d| d.describe().kinds.first()).map_or("API", |kind| kind.noun);
            add(noun, main_kind(console, &conn).await);
            busy.try_set(false);
        });
    });
    let label = derive(move || t(if busy.get() { "Testing…" } else { "Test connection" }).to_owned());
    let line = |(name, found): (&'static str, Found)| {
        let (class, glyph, text, advice) = match found {
            Found::Good(text) => ("st-succeeded", Glyph::Succeeded, text, None),
            Found::Bad(text, advice) => ("st-failed", Glyph::Failed, text, advice),
            Found::Skipped(text) => ("st-waiting", Glyph::Waiting, t(text).to_owned(), None),
            Found::Later(text) => ("st-waiting", Glyph::Waiting, text, None),
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
        .child(el("p").class("soft").text("Asks each server of this connection once, and changes nothing."))
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
            Found::Good(fill("Keystone answered in {0} ms.", &[&elapsed(since)]))
        }
        Ok(answer) if answer.is_success() => Found::Bad(
            t("It answered, but not as Keystone does.").to_owned(),
            Some("Check that the address ends with /v3 and that the proxy leads to Keystone."),
        ),
        Ok(answer) => bad(&ApiError::from_answer(&answer, None)),
        Err(error) => bad(&TransportError::into_api_error(error)),
    }
}

/// Asks for as little as the API allows.
async fn main_kind(console: Console, conn: &Connection) -> Found {
    let Some(dialect) = conn.dialect() else {
        return Found::Skipped("This console does not speak that API.");
    };
    let Some(kind) = dialect.describe().kinds.first() else {
        return Found::Skipped("This API lists nothing.");
    };
    let endpoint = untrack(|| console.connections.endpoint(conn));
    let signed_in = endpoint.session.is_some();
    let request = if kind.can.list {
        let tables = Tables { filters: kind.filters, columns: kind.columns };
        let mut query = ListQuery::from_search(&conn.start, tables);
        // The newest operation of each appliance only, one row only: a small answer.
        for (param, value) in [("latest", "true"), ("_size", "1"), ("pageSize", "1")] {
            query.set_server(kind.filters, param, value);
        }
        dialect.list(&endpoint, kind.id, &query.server)
    } else {
        // It lists nothing: asked for an id that no operation has, it must say so in its own words.
        dialect.get(&endpoint, kind.id, &Key::of("00000000-0000-0000-0000-000000000000"))
    };
    let request = match request {
        Ok(request) => request,
        Err(BuildError::Missing(why)) => return Found::Later(fill("Not asked. {0}", &[t(why)])),
        Err(error) => return Found::Bad(error.to_string(), None),
    };
    let since = clock::since_start();
    match transport::send(&*console.transport.get_value(), request).await {
        Ok(answer) if answer.is_success() => {
            let key = dialect.rows_at(kind.id);
            let wanted = if key.is_empty() { "[".to_owned() } else { format!("\"{key}\"") };
            if !kind.can.list || answer.text().contains(&wanted) || is_empty_object(&answer) {
                let kilobytes = (answer.body.len() / 1_000).to_string();
                Found::Good(fill("The API answered in {0} ms, {1} KB.", &[&elapsed(since), &kilobytes]))
            } else {
                Found::Bad(
                    fill("The API answered, but without {0}.", &[&wanted]),
                    Some("Check that the base leads to this API and not to a page in front of it."),
                )
            }
        }
        Ok(answer) => {
            let error = dialect.error(&answer);
            if error.kind == ErrorKind::SignedOut && !signed_in {
                return Found::Good(t("The API answers and asks for a sign-in, as it should.").to_owned());
            }
            let in_its_words = dialect.said(&answer.text()).is_some();
            if !kind.can.list && error.kind == ErrorKind::NotFound && in_its_words {
                let one = kind.one;
                return Found::Good(fill(
                    "The API answered in {0} ms: it knows no {1} of an invented ID, as it should.",
                    &[&elapsed(since), t(one)],
                ));
            }
            bad(&error)
        }
        Err(error) => bad(&TransportError::into_api_error(error)),
    }
}

/// Some APIs leave an empty list out of their answer.
fn is_empty_object(answer: &ApiResponse) -> bool {
    answer
        .text()
        .trim()
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .is_some_and(|rest| rest.trim().is_empty())
}

fn bad(error: &ApiError) -> Found {
    Found::Bad(reason(error), advice(error.kind))
}

/// Whole milliseconds since then.
#[expect(clippy::cast_possible_truncation, reason = "a request takes less than 2^63 milliseconds")]
fn elapsed(since: f64) -> String {
    ((clock::since_start() - since).round() as i64).to_string()
}
