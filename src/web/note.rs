//! What this server does to a meeting, told to whoever listens.

use std::path::PathBuf;

use super::job::Job;
use crate::store::folder::MeetingFolder;

/// Something that happened to a meeting.
#[derive(Clone, Debug)]
pub(super) struct EventNote {
    pub(super) root: PathBuf,
    pub(super) happening: Happening,
}

/// What happened.
#[derive(Clone, Debug)]
pub(super) enum Happening {
    /// Its job is further.
    Job(Box<Job>),
    /// Something was made of the recording with this number.
    Audio(usize),
}

impl EventNote {
    /// Returns a note about the meeting in `folder`.
    pub(super) fn of(folder: &MeetingFolder, happening: Happening) -> Self {
        Self { root: folder.root().to_owned(), happening }
    }
}
