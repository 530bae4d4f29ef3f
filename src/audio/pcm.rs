//! The one form of sound that the rest of the program sees: 16 kHz, mono, 32-bit float.

use std::time::Duration;

use referat_core::time::Timestamp;

/// Samples a second.
pub const RATE_HZ: u32 = 16_000;

/// Returns the length of so many samples.
pub fn length(samples: usize) -> Duration {
    Duration::from_micros(samples as u64 * 1_000_000 / u64::from(RATE_HZ))
}

/// Returns the instant at which the sample after so many stands, rounded down.
pub const fn time(samples: u64) -> Timestamp {
    Timestamp::from_ms(samples / (RATE_HZ as u64 / 1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_counted_as_times_and_lengths() {
        assert_eq!(time(16_031), Timestamp::from_ms(1001));
        assert_eq!(length(8), Duration::from_micros(500));
    }
}
