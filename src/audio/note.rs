//! What a damaged recording tells about itself while it is read all the same.

use std::fmt;
use std::time::Duration;

use referat_core::time::Timestamp;

/// Something a person should know about a recording that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AudioNote {
    /// The sound stops before the recording does.
    EndsEarly {
        /// Where the readable sound ends.
        at: Timestamp,
        /// What was found there.
        reason: String,
    },
    /// The header gives no length, as a crashed recorder leaves it.
    UnfinishedHeader {
        /// Where the sound that was read ends.
        at: Timestamp,
    },
    /// A stretch is missing or damaged; silence stands in its place so that later times are right.
    Gap {
        /// Where it begins.
        at: Timestamp,
        /// How long it is.
        length: Duration,
    },
    /// The two channels cancel each other and were subtracted instead of added.
    OppositeChannels {
        /// Where that begins.
        at: Timestamp,
    },
}

/// Sound between two gaps under which they count as one: damage comes in bursts.
const BETWEEN_GAPS: Duration = Duration::from_millis(500);

impl AudioNote {
    /// Lengthens a gap to hold another that begins soon after it; returns whether it did.
    pub(super) fn absorb_gap(&mut self, next: Timestamp, more: Duration) -> bool {
        match self {
            Self::Gap { at, length } if next <= *at + *length + BETWEEN_GAPS => {
                *length = (next + more).since(*at);
                true
            }
            _ => false,
        }
    }
}

/// Displays as one line without a final period.
impl fmt::Display for AudioNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndsEarly { at, reason } => {
                write!(f, "the recording is damaged and readable until {at} only: {reason}")
            }
            Self::UnfinishedHeader { at } => {
                write!(f, "the recorder did not finish the file; sound was found until {at}")
            }
            Self::Gap { at, length } => {
                write!(f, "{} ms are missing or damaged at {at}", length.as_millis())
            }
            Self::OppositeChannels { at } => write!(
                f,
                "from {at} the two channels are each other's opposite; one was turned round"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_of_gaps_is_one() {
        let gap = |at, ms| (Timestamp::from_ms(at), Duration::from_millis(ms));
        let mut note = AudioNote::Gap { at: Timestamp::from_ms(1000), length: gap(0, 100).1 };
        let (at, length) = gap(1200, 300);
        assert!(note.absorb_gap(at, length));
        assert_eq!(note.to_string(), "500 ms are missing or damaged at 00:00:01");
        let (at, length) = gap(9000, 300);
        assert!(!note.absorb_gap(at, length));
    }
}
