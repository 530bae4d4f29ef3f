//! Recording a meeting: devices, the writer, marks, and what a crash left are brought
//! together here. The terminal and the editor drive a [`session::RecordingSession`]; another process
//! talks to it through [`request`]. No model is loaded while recording.

pub mod archive;
pub mod capture;
pub mod notice;
pub mod recover;
pub mod request;
mod scribe;
pub mod session;
pub mod status;
pub mod timeline;
mod watch;
mod wire;
pub mod writer;

use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::lines;
use referat_core::domain::recording::Entry;

/// Name of the recorder's journal within `.referat/`.
pub const JOURNAL: &str = "recording.jsonl";

/// Returns the recorder's journal of `folder`.
fn journal(folder: &MeetingFolder) -> Result<Vec<Entry>, StoreError> {
    lines::read(&folder.internal(JOURNAL))
}
