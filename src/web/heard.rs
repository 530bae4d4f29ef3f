//! A meeting's transcript, for its page.

use axum::extract::{self, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::error::{ApiError, ApiResult, apart};
use super::state::Shared;

/// Answers with the columns.
pub(super) async fn transcript(
    State(app): State<Shared>,
    extract::Path(id): extract::Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let folder = app.library.meeting(&id)?;
    let heard = apart(move || app.transcripts.of(&folder)).await?;
    let Some(heard) = heard else {
        return Err(ApiError::not_found("transcript"));
    };
    let tag = format!("\"{}\"", heard.revision);
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
    }
    let kind = (CONTENT_TYPE, "application/json".to_owned());
    let cache = (CACHE_CONTROL, "no-cache".to_owned());
    Ok(([(ETAG, tag), kind, cache], heard.columns.clone()).into_response())
}
