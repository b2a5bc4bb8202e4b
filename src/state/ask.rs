//! Sending one request of a connection: the one place where an answer becomes ours or an error.

use super::Console;
use crate::transport::{Streaming, TransportError};
use longrun_core::dialect::{BuildError, Dialect};
use longrun_core::http::{ApiError, ApiRequest, ApiResponse, ErrorKind};
use longrun_core::view::config::Connection;

/// A request that cannot be built is an error like any other.
pub fn unbuildable(error: &BuildError) -> ApiError {
    ApiError::without_answer(ErrorKind::Rejected, error.to_string())
}

/// Sends and gives back a successful answer whose body is still coming.
pub async fn open(
    console: Console,
    conn: &Connection,
    dialect: &dyn Dialect,
    request: ApiRequest,
) -> Result<Streaming, ApiError> {
    console.budgets.sent(conn);
    let opening = console.transport.get_value().open(request);
    let answer = opening.await.map_err(|error| lost(console, conn, error))?;
    console.connections.told(&conn.id, &answer.headers);
    if answer.is_success() {
        console.budgets.came(conn, None);
        return Ok(answer);
    }
    let whole = answer.into_response().await.map_err(|error| lost(console, conn, error))?;
    Err(refused(console, conn, dialect, &whole))
}

/// Sends and gives back the whole answer, whatever its status; a refused token is forgotten.
pub async fn whole(
    console: Console,
    conn: &Connection,
    dialect: &dyn Dialect,
    request: ApiRequest,
) -> Result<ApiResponse, ApiError> {
    let answer = open(console, conn, dialect, request).await?;
    answer.into_response().await.map_err(|error| lost(console, conn, error))
}

/// No answer came, or not all of it.
fn lost(console: Console, conn: &Connection, error: TransportError) -> ApiError {
    let error = error.into_api_error();
    console.budgets.came(conn, Some(&error));
    error
}

fn refused(console: Console, conn: &Connection, dialect: &dyn Dialect, answer: &ApiResponse) -> ApiError {
    let error = dialect.error(answer);
    if error.kind == ErrorKind::SignedOut {
        console.connections.forget_session(&conn.id);
    }
    console.budgets.came(conn, Some(&error));
    error
}
