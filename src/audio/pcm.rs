//! The one form of sound that the rest of the program sees: 16 kHz, mono, 32-bit float.

use std::time::Duration;

/// Samples a second.
pub const RATE_HZ: u32 = 16_000;

/// Returns the length of so many samples.
pub fn length(samples: usize) -> Duration {
    Duration::from_micros(samples as u64 * 1_000_000 / u64::from(RATE_HZ))
}

/// Mixes interleaved frames of `channels` into `out`: the mean of the channels, so that two
/// microphones that differ are both heard.
///
/// Where the channels cancel each other (a cable with swapped wires turns one of two equal
/// channels upside down) the mean would be silence; a block that loses nearly all its power
/// to the mixing gives its first channel instead.
pub fn mix(interleaved: &[f32], channels: usize, out: &mut Vec<f32>) {
    if channels <= 1 {
        out.extend_from_slice(interleaved);
        return;
    }
    let begin = out.len();
    let (mut apart, mut mixed) = (0.0f64, 0.0f64);
    for frame in interleaved.chunks_exact(channels) {
        let mean = frame.iter().sum::<f32>() / channels as f32;
        apart += frame.iter().map(|s| f64::from(s * s)).sum::<f64>() / channels as f64;
        mixed += f64::from(mean * mean);
        out.push(mean);
    }
    if mixed < apart * 1e-3 {
        for (sample, frame) in out[begin..].iter_mut().zip(interleaved.chunks_exact(channels)) {
            *sample = frame[0];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_microphones_are_both_heard() {
        let mut out = Vec::new();
        mix(&[0.4, 0.0, 0.0, 0.2], 2, &mut out);
        assert_eq!(out, [0.2, 0.1]);
    }

    #[test]
    fn channels_that_cancel_each_other_are_not_lost() {
        let mut out = Vec::new();
        mix(&[0.4, -0.4, -0.2, 0.2], 2, &mut out);
        assert_eq!(out, [0.4, -0.2]);
    }
}
