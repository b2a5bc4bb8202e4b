//! Sending one action. The only place that lets one out: it asks whether the connection may act, reads the operation
//! again, and sends once. Nothing is repeated by itself.

use leptos::prelude::untrack;

use super::Place;
use crate::state::detail::Shown;
use crate::state::{Console, ask};
use crate::transport::{self, TransportError, TransportErrorKind};
use longrun_core::dialect::{
    Action, ActionCall, Availability, BuildError, Key, Outcome, Reach, Weight, Words,
};
use longrun_core::http::{ApiError, ErrorKind};
use longrun_core::model::Operation;
use longrun_core::text::{fill, t};
use longrun_core::time::{Millis, relative};
use longrun_core::view::config::Connection;

/// What came of an action that was sent.
pub struct Receipt {
    /// What the server said.
    pub outcome: Outcome,
    /// The operation as it was right before; absent where the action reaches the kind.
    pub before: Option<Operation>,
}

/// Why an action has not taken place.
pub enum Refusal {
    /// The connection may not act. Nothing was sent.
    Closed(&'static str),
    /// It is not possible now, and why, as a sentence. Nothing was sent.
    NotSent(String),
    /// The server refused it, or could not be asked.
    Failed(ApiError),
}

impl Refusal {
    /// True where the session has ended: signing in and pressing again helps.
    pub fn is_signed_out(&self) -> bool {
        matches!(self, Refusal::Failed(error) if error.kind == ErrorKind::SignedOut)
    }

    /// In words.
    pub fn told(&self) -> String {
        match self {
            Refusal::Closed(why) => fill("{0} Nothing was sent.", &[t(why)]),
            Refusal::NotSent(why) => why.clone(),
            Refusal::Failed(error) => error.told(),
        }
    }
}

/// What the API would refuse of a call, found without sending anything.
pub fn check(console: Console, place: &Place, call: &ActionCall) -> Result<(), BuildError> {
    let endpoint = untrack(|| console.connections.endpoint(&place.conn));
    place.dialect.act(&endpoint, place.kind(), call).map(|_| ())
}

/// Sends an action, once.
pub async fn send(
    console: Console,
    place: &Place,
    action: &Action,
    call: &ActionCall,
) -> Result<Receipt, Refusal> {
    may_leave(console, place, action)?;
    let before = match action.reach {
        Reach::Item if place.table.can.get => Some(read_again(console, place, action, &call.key).await?),
        _ => None,
    };
    // Reading took its time: what was armed then may not be armed any more.
    let conn = may_leave(console, place, action)?;
    let endpoint = untrack(|| console.connections.endpoint(&conn));
    let request = place.dialect.act(&endpoint, place.kind(), call);
    let request = request.map_err(|error| Refusal::NotSent(error.to_string()))?;
    console.budgets.sent(&conn);
    let answer = transport::send(&*console.transport.get_value(), request).await;
    let outcome = match answer {
        Ok(answer) => place.dialect.parse_act(place.kind(), call, &answer),
        Err(error) if is_lost(&error) => Ok(Outcome::Unclear(error.into_api_error())),
        Err(error) => Err(error.into_api_error()),
    };
    let outcome = match outcome {
        Err(error) if matches!(error.status, Some(502 | 504)) => Ok(Outcome::Unclear(error)),
        outcome => outcome,
    };
    console.budgets.came(&conn, outcome.as_ref().err());
    match outcome {
        Ok(Outcome::Unclear(error)) if action.weight == Weight::Reads => Err(Refusal::Failed(error)),
        Ok(outcome) => Ok(Receipt { outcome, before }),
        Err(error) => {
            if error.kind == ErrorKind::SignedOut {
                console.connections.forget_session(&conn.id);
            }
            Err(Refusal::Failed(error))
        }
    }
}

/// The guard. Asks the connection as it is now, not as a page remembers it.
fn may_leave(console: Console, place: &Place, action: &Action) -> Result<Connection, Refusal> {
    let Some(conn) = untrack(|| console.connections.find(&place.conn.id)) else {
        return Err(Refusal::Closed("This connection is not there any more."));
    };
    match console.acting.decide(conn.mode, &conn.id, action.weight) {
        Some(why) => Err(Refusal::Closed(why)),
        None => Ok(conn),
    }
}

/// The request may have reached the server, and the answer is lost: whether it was done, only reading tells.
fn is_lost(error: &TransportError) -> bool {
    !matches!(error.kind, TransportErrorKind::Offline | TransportErrorKind::Unsendable)
}

async fn read_again(
    console: Console,
    place: &Place,
    action: &Action,
    key: &Key,
) -> Result<Operation, Refusal> {
    let op = match read(console, place, key).await {
        Ok(shown) => shown.op,
        Err(error) if error.kind == ErrorKind::NotFound => {
            return Err(Refusal::NotSent(
                t("The server does not know it any more. Nothing was sent.").to_owned(),
            ));
        }
        Err(error) => return Err(Refusal::Failed(error)),
    };
    match (action.allowed)(&op) {
        Availability::Ready => Ok(op),
        Availability::Off(why) => {
            let now = Millis(crate::platform::clock::now_ms());
            let ended = op.ended.millis().filter(|_| op.state.has_ended());
            Err(Refusal::NotSent(match ended {
                Some(at) => {
                    let ago = relative(Millis(now.0.max(at.0)), at);
                    fill("It ended {0} ({1}). {2} Nothing was sent.", &[&ago, t(op.state.label()), t(why)])
                }
                None => fill("{0} Nothing was sent.", &[t(why)]),
            }))
        }
    }
}

/// Reads one operation.
pub async fn read(console: Console, place: &Place, key: &Key) -> Result<Shown, ApiError> {
    let endpoint = untrack(|| console.connections.endpoint(&place.conn));
    let (dialect, kind) = (place.dialect, place.kind());
    let request = dialect.get(&endpoint, kind, key).map_err(|error| ask::unbuildable(&error))?;
    let answer = ask::whole(console, &place.conn, dialect, request).await?;
    let (op, text) = dialect.parse_get(kind, &answer, &mut Words::default())?;
    Ok(Shown { op, text: text.into() })
}
