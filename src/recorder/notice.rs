//! The organisation's notice that the meeting is recorded, stamped into the meeting folder with
//! the time it was shown.

use serde::{Deserialize, Serialize};

use super::status::wall_clock;
use crate::recorder::capture::clock::Moment;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::lines;

/// A line of `notice.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// When it was shown (RFC 3339).
    pub at: String,
    /// Its text.
    pub text: String,
}

/// Notes in `folder` that `text` was shown now.
pub fn stamp(folder: &MeetingFolder, text: &str) -> Result<(), StoreError> {
    let at = wall_clock(Moment::now().wall_ms);
    let notice = Notice { at, text: text.to_owned() };
    lines::append(&folder.root().join("notice.jsonl"), &notice)
}
