//! The one form of sound that the rest of the program meets: 16 kHz, one channel, `f32` in -1..=1.

use std::time::Duration;

use crate::time::Timestamp;

/// Samples per second of all decoded sound.
pub const SAMPLE_RATE_HZ: u32 = 16_000;

/// Returns the instant at which sample number `index` of a recording stands, rounded down.
pub const fn sample_time(index: u64) -> Timestamp {
    Timestamp::from_ms(index / (SAMPLE_RATE_HZ as u64 / 1000))
}

/// Returns how long `count` samples last, rounded down to whole milliseconds.
pub const fn sample_length(count: u64) -> Duration {
    Duration::from_millis(count / (SAMPLE_RATE_HZ as u64 / 1000))
}

/// Returns the number of the sample that stands at `instant`.
pub const fn sample_index(instant: Timestamp) -> u64 {
    instant.as_ms().saturating_mul(SAMPLE_RATE_HZ as u64 / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_and_times_convert_both_ways() {
        assert_eq!(sample_time(16_000), Timestamp::from_ms(1000));
        assert_eq!(sample_index(Timestamp::from_ms(1500)), 24_000);
        assert_eq!(sample_length(31), Duration::from_millis(1));
    }
}
