//! A recording as a transcript refers to it.

use serde::{Deserialize, Serialize};

/// One audio file of a meeting and its place on the meeting's time axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudioFile {
    /// Path relative to the meeting's folder, with forward slashes.
    pub path: String,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// Length of the decoded sound, in milliseconds.
    pub duration_ms: u64,
    /// Where it starts on the meeting's time axis, in milliseconds.
    pub offset_ms: u64,
}
