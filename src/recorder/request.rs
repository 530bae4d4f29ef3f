//! What another process asks of the recorder of a meeting: marks, and to stop.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::status::Reading;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::lock::Lock;
use crate::store::mailbox::Mailbox;
use referat_core::domain::mark::MarkKind;
use referat_core::time::Timestamp;

/// A recorder that does not answer within this time has a fault.
const PATIENCE: Duration = Duration::from_secs(10);

/// The recorder's lock file within `.referat/`.
const LOCK: &str = "recording.lock";

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecorderRequest {
    /// To mark something here.
    Mark(MarkKind),
    /// To end the recording.
    Stop,
    /// How it goes.
    Status,
}

/// What the recorder answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecorderReply {
    /// It is done; this is where.
    Done {
        /// Place on the meeting's axis.
        at_ms: Timestamp,
    },
    /// How it goes.
    Reading(Reading),
    /// It is not done.
    Refused {
        /// Why, as the second half of a sentence.
        why: String,
    },
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// Nothing is being recorded.
    #[error("cannot reach a recorder: nothing is being recorded in `{0}`")]
    NotRecording(String),
    /// The recorder does not answer.
    #[error("cannot reach the recorder of `{0}`: it does not answer")]
    Silent(String),
    /// The files that carry the message.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Returns the mailbox of the recorder of `folder`.
pub(super) fn mailbox(folder: &MeetingFolder) -> Mailbox {
    Mailbox::new(folder.internal("recorder"))
}

/// Takes the lock that a recorder of `folder` holds while it runs.
pub(super) fn hold(folder: &MeetingFolder) -> Result<Lock, StoreError> {
    Lock::take(&folder.internal(LOCK), folder.root())
}

/// Tells whether something is being recorded in `folder`.
pub fn is_recording(folder: &MeetingFolder) -> bool {
    // Without its lock file no recorder ever ran, and none is made by asking.
    folder.internal(LOCK).exists() && matches!(hold(folder), Err(StoreError::Busy { .. }))
}

/// Waits until nothing is being recorded in `folder` any more; tells whether that came in time.
pub fn wait_until_ended(folder: &MeetingFolder, patience: Duration) -> Result<bool, StoreError> {
    let began = Instant::now();
    loop {
        match hold(folder) {
            Ok(_) => return Ok(true),
            Err(StoreError::Busy { .. }) if began.elapsed() < patience => {}
            Err(StoreError::Busy { .. }) => return Ok(false),
            Err(error) => return Err(error),
        }
        std::thread::sleep(Duration::from_millis(30));
    }
}

/// Asks the recorder of `folder`.
///
/// # Errors
/// When nothing is being recorded there, or no answer comes.
pub fn ask(
    folder: &MeetingFolder,
    request: &RecorderRequest,
) -> Result<RecorderReply, RequestError> {
    let name = || folder.root().display().to_string();
    match hold(folder) {
        Ok(_) => return Err(RequestError::NotRecording(name())),
        Err(StoreError::Busy { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    mailbox(folder).ask(request, PATIENCE)?.ok_or_else(|| RequestError::Silent(name()))
}
