//! Recording: a `referat record` in a process of its own, which goes on when this server or the
//! browser ends. It is talked to through the meeting's folder, whoever started it.

use std::process::Stdio;
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::error::{ApiError, ApiResult, Sent, apart};
use super::state::Shared;
use crate::recorder::capture::device::{self, InputInfo};
use crate::recorder::request::{self, RecorderReply as Told, RecorderRequest, is_recording};
use crate::recorder::status::Reading;
use crate::store::folder::MeetingFolder;
use referat_core::domain::mark::MarkKind;

/// A recorder that has not begun after this time has a fault.
const PATIENCE: Duration = Duration::from_secs(15);
/// Ending the files of a long recording takes a while.
const LONG: Duration = Duration::from_secs(60);

/// The devices to record from.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct DeviceList {
    devices: Vec<InputInfo>,
}

/// Answers with the devices to record from.
pub(super) async fn devices() -> ApiResult<Json<DeviceList>> {
    apart(|| {
        let devices = device::inputs().map_err(crate::error::PipelineError::from)?;
        Ok(Json(DeviceList { devices }))
    })
    .await
}

/// Returns how the recording of a meeting goes; `None` when there is none.
pub(super) fn reading(folder: &MeetingFolder) -> Option<Reading> {
    if !is_recording(folder) {
        return None;
    }
    match request::ask(folder, &RecorderRequest::Status) {
        Ok(Told::Reading(reading)) => Some(reading),
        _ => None,
    }
}

/// Answers with how the recording goes.
pub(super) async fn show(
    State(app): State<Shared>,
    Path(id): Path<String>,
) -> ApiResult<Json<Option<Reading>>> {
    let folder = app.library.meeting(&id)?;
    apart(move || Ok(Json(reading(&folder)))).await
}

/// What is wanted of a recording.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "lowercase")]
pub(super) enum RecordRequest {
    /// To begin.
    Start {
        /// The device; the system's choice when absent.
        #[serde(default)]
        device: Option<String>,
    },
    /// To mark something.
    Mark {
        /// What.
        mark: MarkKind,
    },
    /// To end.
    Stop,
}

/// Begins a recording, marks something in it, ends it.
pub(super) async fn act(
    State(app): State<Shared>,
    Path(id): Path<String>,
    Sent(wanted): Sent<RecordRequest>,
) -> ApiResult<Json<Option<Reading>>> {
    let folder = app.library.meeting(&id)?;
    match wanted {
        RecordRequest::Start { device } => start(&app, folder, device).await,
        RecordRequest::Mark { mark } => {
            apart(move || match request::ask(&folder, &RecorderRequest::Mark(mark))? {
                Told::Refused { why } => {
                    let message = format!("the mark is not made: {why}");
                    Err(ApiError::new(StatusCode::CONFLICT, "refused", message))
                }
                _ => Ok(Json(reading(&folder))),
            })
            .await
        }
        RecordRequest::Stop => {
            apart(move || {
                request::ask(&folder, &RecorderRequest::Stop)?;
                match request::wait_until_ended(&folder, LONG)? {
                    true => Ok(Json(None)),
                    false => Err(ApiError::failed("the recording was asked to end and does not")),
                }
            })
            .await
        }
    }
}

async fn start(
    app: &Shared,
    folder: MeetingFolder,
    device: Option<String>,
) -> ApiResult<Json<Option<Reading>>> {
    if is_recording(&folder) {
        let message = "a recording is under way in this meeting";
        return Err(ApiError::new(StatusCode::CONFLICT, "recording", message));
    }
    let mut command = Command::new(&app.program);
    command.arg("record").arg(folder.root()).arg("--no-tui");
    if let Some(device) = device {
        command.arg("--device").arg(device);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    alone(&mut command);
    let mut child = command
        .spawn()
        .map_err(|error| ApiError::failed(format!("cannot start the recorder: {error}")))?;
    let said = listen(&mut child);
    let began = Instant::now();
    loop {
        let looked = folder.clone();
        if let Some(reading) = apart(move || Ok(reading(&looked))).await? {
            // Nobody need wait for it: it ends when it is asked to.
            tokio::spawn(async move { child.wait().await });
            return Ok(Json(Some(reading)));
        }
        if began.elapsed() > PATIENCE {
            // One that has ended by itself meanwhile need not be.
            let _ = child.kill().await;
        }
        if !matches!(child.try_wait(), Ok(None)) {
            let said = said.await.unwrap_or_default();
            let last = |mark: &str| said.iter().rev().find_map(|line| line.strip_prefix(mark));
            let message = last("error: ").unwrap_or("the recorder does not begin").to_owned();
            let error = ApiError::new(StatusCode::CONFLICT, "no_recording", message);
            return Err(match last("tip: ") {
                Some(tip) => error.tip(tip),
                None => error,
            });
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Reads what the recorder says, to its end: a full pipe would hold it up.
fn listen(child: &mut Child) -> tokio::task::JoinHandle<Vec<String>> {
    let stderr = child.stderr.take();
    tokio::spawn(async move {
        let mut said = Vec::new();
        if let Some(stderr) = stderr {
            let mut lines = BufReader::new(stderr).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                if said.len() == 100 {
                    said.remove(0);
                }
                said.push(line);
            }
        }
        said
    })
}

/// Keeps what ends this server, Ctrl-C in its terminal, from the recorder.
#[cfg(unix)]
fn alone(command: &mut Command) {
    command.process_group(0);
}

#[cfg(windows)]
fn alone(command: &mut Command) {
    /// CREATE_NEW_PROCESS_GROUP of the Windows API.
    const NEW_GROUP: u32 = 0x200;
    command.creation_flags(NEW_GROUP);
}

#[cfg(not(any(unix, windows)))]
fn alone(_command: &mut Command) {}
