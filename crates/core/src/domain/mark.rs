//! What the referent tapped while recording (one line of `marks.jsonl`).

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A tap of the referent, placed on the recording's own time axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Mark {
    /// When, in audio time.
    pub at_ms: Timestamp,
    /// When, by the wall clock (RFC 3339); absent in marks made afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// What was marked.
    #[serde(flatten)]
    pub kind: MarkKind,
}

/// What a mark says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum MarkKind {
    /// The item with this printed number begins.
    Item {
        /// The item's number as printed.
        item: String,
    },
    /// A decision is being made.
    Decision,
    /// A task is being given.
    Action,
    /// The referent's own words.
    Note {
        /// What she wrote.
        text: String,
    },
    /// The recording was paused here.
    Pause,
    /// The recording went on here.
    Resume,
    /// Sound was lost here.
    Gap,
    /// What follows is behind closed doors.
    Closed,
}
