//! The referat as a file to send, and as a page to look at before.

use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::error::{ApiError, ApiResult, Sent, apart};
use super::state::{App, Shared, encoded};
use crate::export::{self, ExportOptions, Format};
use crate::run::profile;
use crate::store::exported;
use crate::store::folder::MeetingFolder;
use referat_document::html;

/// What the exported page may do when it is looked at: be seen, with its own style.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'self'; sandbox";

/// What is exported, and how.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct ExportRequest {
    /// The ending of one of the meeting's formats; DOCX without.
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    format: Option<String>,
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    profile: Option<String>,
    #[serde(default)]
    draft: bool,
    #[serde(default)]
    closed: bool,
}

/// Answers with the file.
pub(super) async fn export(
    State(app): State<Shared>,
    Path(id): Path<String>,
    Sent(wanted): Sent<ExportRequest>,
) -> ApiResult<Response> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let format = wanted.format.as_deref().unwrap_or("docx");
        let format: Format = format.parse().map_err(ApiError::bad)?;
        let (bytes, name) = made(&app, &folder, &wanted, format)?;
        let name = name.replacen("referat", &format!("{id} referat"), 1);
        if !wanted.draft {
            exported::note(&folder, &name, &bytes)?;
        }
        let headers = [
            (CONTENT_TYPE, format.media_type.to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", encoded(&name))),
        ];
        Ok((headers, bytes).into_response())
    })
    .await
}

/// Answers with the referat as a page.
pub(super) async fn preview(
    State(app): State<Shared>,
    Path(id): Path<String>,
    Query(wanted): Query<ExportRequest>,
) -> ApiResult<Response> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let (bytes, _) = made(&app, &folder, &wanted, html::FORMAT)?;
        let headers: [(HeaderName, HeaderValue); 2] = [
            (CONTENT_TYPE, HeaderValue::from_static(html::FORMAT.media_type)),
            (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        ];
        Ok((headers, bytes).into_response())
    })
    .await
}

fn made(
    app: &App,
    folder: &MeetingFolder,
    wanted: &ExportRequest,
    format: Format,
) -> ApiResult<(Vec<u8>, String)> {
    // A profile is named here and never a file: what a page sends reads no path.
    let named = wanted.profile.as_deref().filter(|name| !name.is_empty());
    if named.is_some_and(|name| name.contains(['/', '\\', '.'])) {
        return Err(ApiError::bad("a profile is named without path and ending"));
    }
    let profile = match named {
        Some(name) => Some(profile::choose(folder, Some(name), app.settings.as_deref())?),
        None => None,
    };
    let words = app.words.of(folder)?;
    let options = ExportOptions {
        words: &words,
        profile: profile.as_ref(),
        draft: wanted.draft,
        closed: wanted.closed,
        ..ExportOptions::new(format)
    };
    let made = export::export(folder, &options)?;
    Ok((made.bytes, options.file_name()))
}
