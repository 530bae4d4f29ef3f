//! A recording comes in: refused before a byte is read where it cannot fit, looked into before it
//! takes its place, gone without a trace when it is cut off.

use std::path::PathBuf;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use futures_util::StreamExt;
use serde::Serialize;
use tokio::sync::mpsc::{self, Receiver};

use super::audio::recordings;
use super::error::{ApiError, ApiResult, apart};
use super::library::is_plain;
use super::state::Shared;
use crate::playback::sounding;
use crate::recorder::request::is_recording;
use crate::store::folder::{MeetingFolder, is_audio};
use crate::store::incoming::{Incoming, room};

/// So many bytes of the disk stay free for what is made of a recording.
const RESERVE: u64 = 1 << 30;
/// Nothing came for so long: the sender is gone.
const PATIENCE: Duration = Duration::from_secs(30);

/// A recording that has come in.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct UploadedRecording {
    n: Option<usize>,
    name: String,
    duration_ms: Option<u64>,
}

/// Takes in a recording.
pub(super) async fn put(
    State(app): State<Shared>,
    Path((id, name)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> ApiResult<(StatusCode, Json<UploadedRecording>)> {
    let folder = app.library.meeting(&id)?;
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let Some(length) = length else {
        let message = "the length of the recording is not given";
        return Err(ApiError::new(StatusCode::LENGTH_REQUIRED, "length_required", message));
    };
    let target = target(&folder, &name, length)?;
    let (sender, receiver) = mpsc::channel(4);
    // Writing waits for the disk, and is over when nothing more comes.
    let writing = tokio::task::spawn_blocking(move || write(&target, receiver, length));
    let mut pieces = body.into_data_stream();
    let cut_off = loop {
        match tokio::time::timeout(PATIENCE, pieces.next()).await {
            Ok(Some(Ok(piece))) => {
                if sender.send(piece).await.is_err() {
                    break false;
                }
            }
            Ok(None) => break false,
            Ok(Some(Err(_))) | Err(_) => break true,
        }
    };
    drop(sender);
    let written = writing.await.map_err(|_| ApiError::failed("the writing broke off"))?;
    if cut_off {
        let message = "the recording was cut off on its way";
        return Err(
            ApiError::new(StatusCode::REQUEST_TIMEOUT, "cut_off", message).tip("send it again")
        );
    }
    let incoming = written?;
    apart(move || {
        // Where it lies for now is nobody's affair.
        let length = sounding::check(incoming.path()).map_err(|error| {
            let message = format!("`{name}` is no recording that can be read");
            let error = ApiError::from(error);
            ApiError::new(error.status(), "not_audio", message)
                .tip("play the file in another program to see whether it is whole")
        })?;
        incoming.finish()?;
        let path = folder.root().join("audio").join(&name);
        let n = recordings(&folder)?.iter().position(|it| *it == path);
        let duration_ms = length.map(|length| length.as_millis() as u64);
        Ok((StatusCode::CREATED, Json(UploadedRecording { n, name, duration_ms })))
    })
    .await
}

/// Returns where the recording is to stand.
fn target(folder: &MeetingFolder, name: &str, length: u64) -> ApiResult<PathBuf> {
    let audio = folder.root().join("audio");
    let path = audio.join(name);
    if !is_plain(name) {
        return Err(ApiError::bad("the name is not one that a file can have"));
    }
    if !is_audio(&path) {
        let message = format!("`{name}` is not the name of a recording");
        let tip = "recordings end in wav, flac, mp3, m4a, ogg, opus, webm, wma and the like";
        return Err(
            ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_audio", message).tip(tip)
        );
    }
    if path.exists() {
        let message = format!("there is a recording `{name}` already");
        return Err(ApiError::new(StatusCode::CONFLICT, "exists", message));
    }
    if is_recording(folder) {
        let message = "a recording is under way in this meeting";
        return Err(ApiError::new(StatusCode::CONFLICT, "recording", message));
    }
    if let Some(free) = room(folder.root())
        && length > free.saturating_sub(RESERVE)
    {
        let message = format!(
            "the recording does not fit: it has {} MB, and {} MB are free",
            length >> 20,
            free >> 20
        );
        return Err(ApiError::new(StatusCode::INSUFFICIENT_STORAGE, "no_room", message)
            .tip("free some room on the disk: 1 GB stays free for what is made of it"));
    }
    Ok(path)
}

fn write(
    target: &std::path::Path,
    mut pieces: Receiver<Bytes>,
    length: u64,
) -> ApiResult<Incoming> {
    let mut incoming = Incoming::begin(target)?;
    let mut come = 0u64;
    while let Some(piece) = pieces.blocking_recv() {
        come += piece.len() as u64;
        if come > length {
            return Err(ApiError::bad("more came than was announced"));
        }
        incoming.write(&piece)?;
    }
    if come < length {
        let message = "the recording was cut off on its way";
        return Err(
            ApiError::new(StatusCode::REQUEST_TIMEOUT, "cut_off", message).tip("send it again")
        );
    }
    Ok(incoming)
}
