//! Many channels become one.
//!
//! Channels are averaged, so that whoever is heard on any of them is kept. The one trap is a pair
//! whose second channel is the first turned upside down (a balanced cable in a stereo socket):
//! their mean is silence. While the sum of the two is a hundredth of the strength of their
//! difference, half the difference is taken instead.

/// Sum against difference, in power, under which two channels count as opposites (-20 dB).
const OPPOSITE_BELOW: f64 = 0.01;
/// Sum against difference, in power, over which they no longer do (-10 dB).
const OPPOSITE_UNTIL: f64 = 0.1;
/// How much of the measured power is left after each frame: about half a second at 48 kHz.
const KEPT_PER_FRAME: f64 = 0.999_96;
/// Power of difference under which nothing is decided: digital silence and dither.
const AUDIBLE: f64 = 1e-8;

/// Mixes interleaved channels to one, remembering how the two of a pair relate.
#[derive(Debug, Default)]
pub(super) struct Mixer {
    sum: f64,
    difference: f64,
    opposite: bool,
}

impl Mixer {
    /// Appends the mix of `interleaved` to `out`; returns whether opposite channels were found
    /// just now.
    pub(super) fn mix(&mut self, interleaved: &[f32], channels: usize, out: &mut Vec<f32>) -> bool {
        match channels {
            0 => false,
            1 => {
                out.extend(interleaved.iter().map(|sample| finite(*sample)));
                false
            }
            2 => self.mix_pair(interleaved, out),
            _ => {
                let scale = 1.0 / channels as f32;
                out.extend(
                    interleaved
                        .chunks_exact(channels)
                        .map(|frame| frame.iter().map(|s| finite(*s)).sum::<f32>() * scale),
                );
                false
            }
        }
    }

    fn mix_pair(&mut self, interleaved: &[f32], out: &mut Vec<f32>) -> bool {
        let pairs = || interleaved.chunks_exact(2).map(|pair| (finite(pair[0]), finite(pair[1])));
        for (left, right) in pairs() {
            self.sum = self.sum * KEPT_PER_FRAME + f64::from(left + right).powi(2);
            self.difference = self.difference * KEPT_PER_FRAME + f64::from(left - right).powi(2);
        }
        let was = self.opposite;
        let limit = if was { OPPOSITE_UNTIL } else { OPPOSITE_BELOW };
        self.opposite = self.difference > AUDIBLE && self.sum < limit * self.difference;
        if self.opposite {
            out.extend(pairs().map(|(left, right)| (left - right) * 0.5));
        } else {
            out.extend(pairs().map(|(left, right)| (left + right) * 0.5));
        }
        self.opposite && !was
    }
}

/// Returns the sample, or silence for what a damaged float file may hold.
fn finite(sample: f32) -> f32 {
    if sample.is_finite() { sample.clamp(-8.0, 8.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mixed(interleaved: &[f32], channels: usize) -> Vec<f32> {
        let mut out = Vec::new();
        Mixer::default().mix(interleaved, channels, &mut out);
        out
    }

    #[test]
    fn channels_that_differ_are_both_kept() {
        assert_eq!(mixed(&[0.5, 0.0, 0.0, 0.5], 2), [0.25, 0.25]);
        assert_eq!(mixed(&[0.5, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0], 4), [0.125, 0.25]);
    }

    #[test]
    fn opposite_channels_do_not_cancel() {
        assert_eq!(mixed(&[0.5, -0.5, -0.25, 0.25], 2), [0.5, -0.25]);
    }

    #[test]
    fn opposite_channels_are_told_once() {
        let mut mixer = Mixer::default();
        let mut out = Vec::new();
        assert!(mixer.mix(&[0.5, -0.5, -0.25, 0.25], 2, &mut out));
        assert!(!mixer.mix(&[0.5, -0.5, -0.25, 0.25], 2, &mut out));
    }

    #[test]
    fn numbers_that_are_no_sound_become_silence() {
        assert_eq!(mixed(&[f32::NAN, f32::INFINITY, 0.5], 1), [0.0, 0.0, 0.5]);
    }
}
