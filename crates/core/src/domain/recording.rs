//! A recording as a transcript refers to it, and what a recorder notes while it makes one.

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

/// How the samples of a recording are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Frames a second, more than zero.
    pub rate_hz: u32,
    /// Channels, 1 to 31.
    pub channels: u16,
    /// Bits of a sample, 16 or 24; the samples are signed integers.
    pub bits: u16,
}

/// One line of the recorder's journal, `.referat/recording.jsonl`. Times are on the meeting's
/// axis, which runs on through everything that was not recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "lowercase")]
pub enum Entry {
    /// A recorder started.
    Started {
        /// Wall clock, RFC 3339.
        at: String,
        /// The device as the user knows it.
        device: String,
    },
    /// A file was begun.
    Part {
        /// Path relative to the meeting's folder, with forward slashes.
        path: String,
        /// Wall clock of its first sample, milliseconds since 1970.
        at_ms: i64,
        /// Place of its first sample on the meeting's axis.
        offset_ms: u64,
        /// How its samples are laid out.
        #[serde(flatten)]
        layout: Layout,
    },
    /// A file was ended as it should.
    End {
        /// The file.
        path: String,
        /// Frames in it.
        frames: u64,
    },
    /// There is no sound between two files.
    Gap {
        /// Where the sound ends.
        from_ms: u64,
        /// Where it goes on.
        to_ms: u64,
        /// Why.
        why: Hole,
    },
    /// The device's sound came faster than it was taken: silence stands in its place.
    Lost {
        /// Where.
        at_ms: u64,
        /// Frames of silence.
        frames: u64,
    },
    /// Somebody set the wall clock; the axis does not care.
    Clock {
        /// Where.
        at_ms: u64,
        /// By how much, negative for backwards.
        by_ms: i64,
    },
    /// A file that a crash left open was mended.
    Mended {
        /// The file.
        path: String,
        /// Frames in it.
        frames: u64,
        /// Frames that its header did not count.
        gained: u64,
    },
    /// A file was archived in another form.
    Archived {
        /// The file that is gone.
        path: String,
        /// The file that holds the same samples.
        to: String,
    },
    /// The recorder stopped.
    Stopped {
        /// Wall clock, RFC 3339.
        at: String,
    },
}

/// Why there is no sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hole {
    /// The referent paused.
    Pause,
    /// An item behind closed doors.
    Closed,
    /// The device was gone or gave nothing.
    Device,
    /// The machine slept.
    Sleep,
    /// The disk was full or failed.
    Disk,
    /// More sound was lost than is worth filling with silence.
    Lost,
    /// No recorder ran: it had stopped, or crashed.
    Off,
}

impl Hole {
    /// Tells whether the referent wanted it.
    pub const fn is_wanted(self) -> bool {
        matches!(self, Self::Pause | Self::Closed)
    }
}
