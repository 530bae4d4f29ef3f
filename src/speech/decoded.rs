//! What a window of sound came to.

use serde::{Deserialize, Serialize};

use referat_core::domain::transcript::{Flagged, Removed, Segment};

/// What one window came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DecodedWindow {
    /// The window's place in the plan, counted from 0.
    pub window: usize,
    /// Its segments, ids still 0.
    pub segments: Vec<Segment>,
    /// What the guards took out.
    pub removed: Vec<Removed>,
    /// What is not to be trusted though it stands.
    pub flagged: Vec<Flagged>,
    /// How many times a stretch was decoded again, because a guard doubted the first words.
    pub again: usize,
    /// How many stretches that were passed over were decoded on their own.
    pub passed_over: usize,
    /// Whether the engine crashed on it or on a part of it.
    pub lost: bool,
}

impl DecodedWindow {
    /// Adds what a part of the window came to.
    pub(super) fn absorb(&mut self, other: Self) {
        self.segments.extend(other.segments);
        self.removed.extend(other.removed);
        self.flagged.extend(other.flagged);
        self.again += other.again;
        self.passed_over += other.passed_over;
        self.lost |= other.lost;
        self.segments.sort_by_key(|segment| segment.span.start());
        self.removed.sort_by_key(|removed| removed.span.start());
    }
}
