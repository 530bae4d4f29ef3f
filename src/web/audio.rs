//! The recordings: the bytes themselves, a copy that every browser plays, an outline for the eye.

use std::path::PathBuf;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tower::ServiceExt;
use tower_http::services::ServeFile;

use super::error::{ApiError, ApiResult, apart};
use super::library::lies_within;
use super::note::{EventNote, Happening};
use super::state::{App, Shared};
use crate::playback::{copy as playback, peaks as outline};
use crate::recorder::timeline;
use crate::store::erase;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;

/// Returns a meeting's recordings in order; none when there are none.
pub(super) fn recordings(folder: &MeetingFolder) -> Result<Vec<PathBuf>, StoreError> {
    match folder.recordings() {
        Ok(found) => timeline::current(folder, found),
        Err(StoreError::NoRecording { .. }) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Returns the recording with the number `n`, which lies in the library.
fn recording(app: &App, folder: &MeetingFolder, n: &str) -> ApiResult<PathBuf> {
    let missing = || ApiError::not_found("such recording");
    let n: usize = n.parse().map_err(|_| missing())?;
    let path = recordings(folder)?.into_iter().nth(n).ok_or_else(missing)?;
    match lies_within(&path, app.library.root()) {
        true => Ok(path),
        false => Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            "the recording is a link that leads out of the library",
        )),
    }
}

/// Answers with the recording itself, or the part of it that is asked for.
pub(super) async fn original(
    State(app): State<Shared>,
    Path((id, n)): Path<(String, String)>,
    request: Request,
) -> ApiResult<Response> {
    let folder = app.library.meeting(&id)?;
    let path = apart(move || recording(&app, &folder, &n)).await?;
    file(path, request).await
}

/// Answers with the copy for playback, or with how much of it is made.
pub(super) async fn copy(
    State(app): State<Shared>,
    Path((id, n)): Path<(String, String)>,
    request: Request,
) -> ApiResult<Response> {
    let folder = app.library.meeting(&id)?;
    let made = apart(move || {
        let path = recording(&app, &folder, &n)?;
        let place = playback::place(&folder, &path)?;
        if place.exists() {
            return Ok(Ok(place));
        }
        let then = told(&app, &folder, &n);
        let (own, source) = (folder, path.clone());
        let work = move |at: &dyn Fn(f32)| playback::make(&own, &source, at).map(drop);
        Ok(Err(app.sounds.ask(path, "copy", work, then)?))
    })
    .await?;
    match made {
        Ok(place) => file(place, request).await,
        Err(done) => Ok(making(done)),
    }
}

/// Answers with the outline, or with how much of it is made.
pub(super) async fn peaks(
    State(app): State<Shared>,
    Path((id, n)): Path<(String, String)>,
) -> ApiResult<Response> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let path = recording(&app, &folder, &n)?;
        if let Some(peaks) = outline::known(&folder, &path)? {
            let answer = PeaksAnswer {
                step_ms: peaks.step_ms,
                duration_ms: peaks.duration.as_millis() as u64,
                peaks: peaks.levels,
            };
            return Ok(Json(answer).into_response());
        }
        let then = told(&app, &folder, &n);
        let (own, source) = (folder, path.clone());
        let work = move |at: &dyn Fn(f32)| outline::make(&own, &source, at).map(drop);
        Ok(making(app.sounds.ask(path, "peaks", work, then)?))
    })
    .await
}

/// Removes a recording of which nothing was made yet.
pub(super) async fn remove(
    State(app): State<Shared>,
    Path((id, n)): Path<(String, String)>,
) -> ApiResult<StatusCode> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let path = recording(&app, &folder, &n)?;
        if folder.transcript().exists() {
            let message = "the recording is transcribed: what was made of it rests on it";
            let tip = "purge the meeting to delete what it was made from";
            return Err(ApiError::new(StatusCode::CONFLICT, "transcribed", message).tip(tip));
        }
        let _lock = crate::store::lock::Lock::take(&folder.internal("lock"), folder.root())?;
        erase::file(&path)?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}

/// Returns what tells the pages that something is there.
fn told(app: &Shared, folder: &MeetingFolder, n: &str) -> impl FnOnce() + Send + use<> {
    let n = n.parse::<usize>().unwrap_or_default();
    let note = EventNote::of(folder, Happening::Audio(n));
    let app = std::sync::Arc::clone(app);
    move || app.jobs.tell(note)
}

/// The outline of a recording.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Peaks"))]
pub(super) struct PeaksAnswer {
    step_ms: u32,
    duration_ms: u64,
    /// Highest level of each step, 0 to 255, linear.
    peaks: Vec<u8>,
}

/// How much is made of what was asked for, 0 to 1.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Making"))]
pub(super) struct MakingAnswer {
    state: &'static str,
    done: f32,
}

fn making(done: f32) -> Response {
    (StatusCode::ACCEPTED, Json(MakingAnswer { state: "making", done })).into_response()
}

/// Answers with a file, whole or in part.
async fn file(path: PathBuf, request: Request) -> ApiResult<Response> {
    let kind = kind(&path);
    let served = ServeFile::new(&path).oneshot(request).await;
    let mut response = match served {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    };
    if response.status().is_success() {
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    Ok(response)
}

fn kind(path: &std::path::Path) -> &'static str {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "wav" | "wave" => "audio/wav",
        "flac" => "audio/flac",
        "mp3" => "audio/mpeg",
        "m4a" | "mp4" => "audio/mp4",
        "aac" => "audio/aac",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "webm" => "audio/webm",
        _ => "application/octet-stream",
    }
}
