//! What this server does to a meeting, told to whoever listens.

use std::path::PathBuf;

use serde_json::Value;

use crate::store::folder::MeetingFolder;

/// Something that happened to a meeting.
#[derive(Clone, Debug)]
pub(super) struct EventNote {
    pub(super) root: PathBuf,
    pub(super) event: &'static str,
    pub(super) data: Value,
}

impl EventNote {
    /// Returns a note about the meeting in `folder`.
    pub(super) fn of(folder: &MeetingFolder, event: &'static str, data: Value) -> Self {
        Self { root: folder.root().to_owned(), event, data }
    }
}
