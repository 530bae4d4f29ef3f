//! What a recording looks like at a moment, and what happens to it, as values that the
//! terminal and the editor put into words.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp as WallTime;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use referat_core::domain::mark::Mark;
use referat_core::domain::recording::Hole;
use referat_core::time::Timestamp;

/// What the recorder is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The device is open and has given nothing yet.
    Waiting,
    /// Sound is being written.
    Recording,
    /// The referent paused.
    Paused,
    /// Behind closed doors: the device is closed.
    Closed,
    /// The device is gone and looked for.
    DeviceGone,
    /// The disk takes no more.
    DiskFull,
}

/// A recording at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// What is being done.
    pub phase: Phase,
    /// Where the meeting's axis stands.
    pub position: Timestamp,
    /// Length of what was recorded in this run.
    pub recorded: Duration,
    /// Highest peak since the last status, in dBFS; 0 is full scale.
    pub peak_dbfs: f32,
    /// Whether the last second was clipped.
    pub clipping: bool,
    /// How long it has been silent.
    pub silent: Duration,
    /// How long the disk has room for; `None` while that is unknown.
    pub left: Option<Duration>,
    /// The device's name.
    pub device: String,
    /// The item that was marked last, as printed.
    pub item: Option<String>,
    /// Frames that were lost on the way to the disk.
    pub lost_frames: u64,
}

/// A recording at a moment, as another process is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "RecorderState"))]
pub struct Reading {
    /// What is being done.
    pub phase: Phase,
    /// Where the meeting's axis stands.
    #[cfg_attr(test, ts(type = "number"))]
    pub position_ms: Timestamp,
    /// Length of what was recorded in this run, in milliseconds.
    pub recorded_ms: u64,
    /// Highest peak since the last reading, in dBFS; absent when there was no sound.
    pub peak_dbfs: Option<f32>,
    /// Whether the last second was clipped.
    pub clipping: bool,
    /// How long it has been silent, in milliseconds.
    pub silent_ms: u64,
    /// How long the disk has room for, in milliseconds; absent while that is unknown.
    pub left_ms: Option<u64>,
    /// The device's name.
    pub device: String,
    /// The item that was marked last, as printed.
    pub item: Option<String>,
    /// Frames that were lost on the way to the disk.
    pub lost_frames: u64,
}

impl From<Status> for Reading {
    fn from(status: Status) -> Self {
        let ms = |length: Duration| length.as_millis() as u64;
        Self {
            phase: status.phase,
            position_ms: status.position,
            recorded_ms: ms(status.recorded),
            peak_dbfs: Some(status.peak_dbfs).filter(|peak| peak.is_finite()),
            clipping: status.clipping,
            silent_ms: ms(status.silent),
            left_ms: status.left.map(ms),
            device: status.device,
            item: status.item,
            lost_frames: status.lost_frames,
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A mark was made.
    Marked(Mark),
    /// A mark is kept in memory because it cannot be written yet.
    MarkWaits(String),
    /// It has been silent for so long.
    Silent(Duration),
    /// It has been silent for so long that the meeting may be over.
    LongSilence(Duration),
    /// The input keeps being turned up too far.
    Clipping,
    /// The disk has room for so much more.
    DiskLow(Duration),
    /// Nothing can be written.
    DiskFull(String),
    /// Writing goes on.
    DiskBack,
    /// The device is gone.
    DeviceGone(String),
    /// The device gives sound again.
    DeviceBack(String),
    /// There is no sound between these places.
    Gap {
        /// Where the sound ends.
        from: Timestamp,
        /// Where it goes on.
        to: Timestamp,
        /// Why.
        why: Hole,
    },
    /// Somebody set the wall clock by so many milliseconds.
    ClockSet(i64),
    /// So many frames were lost on the way to the disk, and silence stands for them.
    Lost(u64),
    /// The system lost sound before it came here, so many times by now.
    Overrun(u64),
    /// A new file was begun.
    Part(String),
    /// Another process asked to stop.
    StopAsked,
    /// It was silent for as long as was agreed.
    SilenceEnds(Duration),
}

/// What a recording came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordingSummary {
    /// Length of what was recorded in this run.
    pub recorded: Duration,
    /// The files that were made in this run.
    pub files: Vec<PathBuf>,
    /// Lines that could not be written, as JSON.
    pub unwritten: Vec<String>,
}

/// Returns a wall clock's time as RFC 3339 with the local offset.
pub(super) fn wall_clock(unix_ms: i64) -> String {
    let at = WallTime::from_millisecond(unix_ms / 1000 * 1000).unwrap_or_default();
    let offset = TimeZone::system().to_offset(at);
    at.display_with_offset(offset).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wall_clock_is_written_with_its_offset() {
        let text = wall_clock(1_655_966_467_999);
        let back: WallTime = text.parse().unwrap();
        assert_eq!(back.as_second(), 1_655_966_467);
        assert!(text.len() == "2022-06-23T08:41:07+02:00".len(), "{text}");
    }
}
