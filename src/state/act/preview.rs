//! Reading everything that an action by criteria would hit, before it is sent.

use crate::reactive::RwSignal;
use leptos::prelude::untrack;

use super::Place;
use crate::state::{Console, ask};
use longrun_core::dialect::{ActionCall, Preview, ServerQuery, Words};
use longrun_core::http::{ApiError, ErrorKind};
use longrun_core::json::split::Splitter;
use longrun_core::model::Operation;

/// More pages than this are not read: a preview that takes minutes is out of date when it is done.
const MOST_PAGES: usize = 500;

/// What would go, with what was looked at.
pub struct Foreseen {
    /// Everything that was looked at.
    pub listed: Vec<Operation>,
    /// What of it would go, and what is kept.
    pub preview: Preview,
}

/// Looks. `None` where the action needs no preview. `read` follows how many were read.
pub async fn foresee(
    console: Console,
    place: &Place,
    call: &ActionCall,
    read: RwSignal<usize>,
) -> Result<Option<Foreseen>, ApiError> {
    let Some(query) = place.dialect.preview(place.kind(), call) else { return Ok(None) };
    let listed = list_all(console, place, query, read).await?;
    let refs: Vec<&Operation> = listed.iter().collect();
    let preview = place.dialect.previewed(place.kind(), call, &refs);
    Ok(Some(Foreseen { listed, preview }))
}

async fn list_all(
    console: Console,
    place: &Place,
    mut query: ServerQuery,
    read: RwSignal<usize>,
) -> Result<Vec<Operation>, ApiError> {
    let (dialect, kind) = (place.dialect, place.kind());
    let (mut all, mut words) = (vec![], Words::default());
    for _ in 0..MOST_PAGES {
        let endpoint = untrack(|| console.connections.endpoint(&place.conn));
        let request = dialect.list(&endpoint, kind, &query).map_err(|error| ask::unbuildable(&error))?;
        let answer = ask::whole(console, &place.conn, dialect, request).await?;
        let mut splitter = Splitter::new(dialect.rows_at(kind));
        splitter.push(&answer.body);
        while let Some(row) = splitter.next_row() {
            let row = String::from_utf8_lossy(row);
            // What cannot be read might go too: then nothing that is said here would be true.
            let op = dialect.parse_row(kind, &row, &mut words);
            all.push(op.map_err(|error| ApiError::unreadable(&answer, error.to_string()))?);
        }
        let envelope = splitter.finish().map_err(|error| ApiError::unreadable(&answer, error.to_string()))?;
        read.set(all.len());
        query.page = dialect.parse_page(kind, &envelope.text).next;
        if query.page.is_none() {
            return Ok(all);
        }
    }
    Err(ApiError::without_answer(ErrorKind::Rejected, "There are too many pages to look at all of them."))
}
