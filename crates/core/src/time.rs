//! Time on the recording's own axis: instants and intervals in whole milliseconds.
//!
//! Whisper's centiseconds and float seconds exist only in the adapters that meet them.

use std::fmt;
use std::ops::Add;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// An instant: milliseconds since the start of the meeting's recording.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(test, derive(ts_rs::TS), ts(as = "u64"))]
#[serde(transparent)]
pub struct Timestamp(u64);

impl Timestamp {
    /// The start of the recording.
    pub const ZERO: Self = Self(0);

    /// Returns the instant `ms` milliseconds after the start.
    pub const fn from_ms(ms: u64) -> Self {
        Self(ms)
    }

    /// Returns the milliseconds since the start.
    pub const fn as_ms(self) -> u64 {
        self.0
    }

    /// Returns the length from `earlier` to `self`, zero when `earlier` is later.
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, length: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(length.as_millis()).unwrap_or(u64::MAX)))
    }
}

/// Displays as `hh:mm:ss`, rounded down.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0 / 1000;
        write!(f, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

/// A half-open interval of the recording whose start is never after its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(try_from = "RawSpan", into = "RawSpan")]
pub struct Span {
    #[cfg_attr(test, ts(rename = "start_ms"))]
    start: Timestamp,
    #[cfg_attr(test, ts(rename = "end_ms"))]
    end: Timestamp,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct RawSpan {
    start_ms: u64,
    end_ms: u64,
}

impl TryFrom<RawSpan> for Span {
    type Error = String;

    fn try_from(raw: RawSpan) -> Result<Self, String> {
        Self::new(Timestamp(raw.start_ms), Timestamp(raw.end_ms))
            .ok_or_else(|| format!("end_ms {} is before start_ms {}", raw.end_ms, raw.start_ms))
    }
}

impl From<Span> for RawSpan {
    fn from(span: Span) -> Self {
        Self { start_ms: span.start.0, end_ms: span.end.0 }
    }
}

impl Span {
    /// Returns the interval, or `None` when it would end before it starts.
    pub fn new(start: Timestamp, end: Timestamp) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// Returns the interval of `length` that starts at `start`.
    pub fn from_start(start: Timestamp, length: Duration) -> Self {
        Self { start, end: start + length }
    }

    /// Returns the first instant.
    pub const fn start(self) -> Timestamp {
        self.start
    }

    /// Returns the instant just after the last.
    pub const fn end(self) -> Timestamp {
        self.end
    }

    /// Returns the length.
    pub const fn duration(self) -> Duration {
        self.end.since(self.start)
    }

    /// Returns the smallest interval that holds both.
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Returns the length that the two have in common.
    pub fn overlap(self, other: Self) -> Duration {
        self.end.min(other.end).since(self.start.max(other.start))
    }

    /// Returns the interval that the two have in common.
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u64, end: u64) -> Span {
        Span::new(Timestamp(start), Timestamp(end)).unwrap()
    }

    #[test]
    fn a_span_cannot_end_before_it_starts() {
        assert_eq!(Span::new(Timestamp(2), Timestamp(1)), None);
        assert!(serde_json::from_str::<Span>(r#"{"start_ms":2,"end_ms":1}"#).is_err());
    }

    #[test]
    fn overlap_is_the_common_length() {
        assert_eq!(span(0, 1000).overlap(span(400, 2000)).as_millis(), 600);
        assert_eq!(span(0, 10).overlap(span(20, 30)).as_millis(), 0);
    }

    #[test]
    fn a_timestamp_displays_as_hours_minutes_seconds() {
        assert_eq!(Timestamp(751_999).to_string(), "00:12:31");
        assert_eq!(Timestamp(36_000_000).to_string(), "10:00:00");
    }
}
