//! What CAM++ hears: the logarithm of the energy in 80 mel bands, a hundred times a second, as
//! Kaldi computes it.

use std::f32::consts::PI;

/// Mel bands of a frame.
pub(crate) const BANDS: usize = 80;
/// Samples from one frame to the next.
pub(crate) const HOP: usize = 160;
/// Samples of a frame.
pub(crate) const FRAME: usize = 400;
/// Values of the transform, the frame and zeros.
const TRANSFORM: usize = 512;
const LOWEST_HZ: f32 = 20.0;
const HIGHEST_HZ: f32 = 8000.0;
const PRE_EMPHASIS: f32 = 0.97;

/// Computes mel bands.
#[derive(Debug)]
pub(crate) struct MelBands {
    window: Vec<f32>,
    /// Cosine and sine of each step of the transform.
    turns: Vec<(f32, f32)>,
    /// For each band, the first bin of the spectrum that it hears, and how much of each.
    bands: Vec<(usize, Vec<f32>)>,
}

impl MelBands {
    /// Computes the tables.
    pub(crate) fn new() -> Self {
        let window = (0..FRAME).map(|i| {
            let hann = 0.5 - 0.5 * libm::cosf(2.0 * PI * i as f32 / (FRAME - 1) as f32);
            libm::powf(hann, 0.85)
        });
        let turns = (0..TRANSFORM / 2).map(|i| {
            let angle = -2.0 * std::f64::consts::PI * i as f64 / TRANSFORM as f64;
            (libm::cos(angle) as f32, libm::sin(angle) as f32)
        });
        let mel = |hz: f32| 1127.0 * libm::logf(1.0 + hz / 700.0);
        let (low, high) = (mel(LOWEST_HZ), mel(HIGHEST_HZ));
        let step = (high - low) / (BANDS + 1) as f32;
        let bands = (0..BANDS).map(|band| {
            let left = low + band as f32 * step;
            let (centre, right) = (left + step, left + 2.0 * step);
            let weight = |bin: usize| {
                let at = mel(bin as f32 * 16_000.0 / TRANSFORM as f32);
                if at <= left || at >= right {
                    0.0
                } else if at <= centre {
                    (at - left) / (centre - left)
                } else {
                    (right - at) / (right - centre)
                }
            };
            let heard: Vec<usize> = (0..TRANSFORM / 2).filter(|bin| weight(*bin) > 0.0).collect();
            let first = heard.first().copied().unwrap_or(0);
            (first, heard.into_iter().map(weight).collect())
        });
        Self { window: window.collect(), turns: turns.collect(), bands: bands.collect() }
    }

    /// Returns the bands of each whole frame in `samples`, one frame after the other.
    pub(crate) fn of(&self, samples: &[f32]) -> Vec<f32> {
        let mut bands = Vec::new();
        let mut real = [0.0; TRANSFORM];
        let mut imaginary = [0.0; TRANSFORM];
        for frame in samples.windows(FRAME).step_by(HOP) {
            let mean = frame.iter().sum::<f32>() / FRAME as f32;
            real.fill(0.0);
            imaginary.fill(0.0);
            let mut before = frame[0] - mean;
            for ((real, sample), window) in real.iter_mut().zip(frame).zip(&self.window) {
                let sample = sample - mean;
                *real = (sample - PRE_EMPHASIS * before) * window;
                before = sample;
            }
            self.transform(&mut real, &mut imaginary);
            let energy = |bin: usize| real[bin] * real[bin] + imaginary[bin] * imaginary[bin];
            for (first, weights) in &self.bands {
                let heard = weights.iter().enumerate();
                let sum: f32 = heard.map(|(i, weight)| weight * energy(first + i)).sum();
                bands.push(libm::logf(sum.max(f32::EPSILON)));
            }
        }
        bands
    }

    /// Fourier's transform in place, by halves.
    fn transform(&self, real: &mut [f32; TRANSFORM], imaginary: &mut [f32; TRANSFORM]) {
        let bits = TRANSFORM.trailing_zeros();
        for i in 0..TRANSFORM {
            let j = i.reverse_bits() >> (usize::BITS - bits);
            if i < j {
                real.swap(i, j);
                imaginary.swap(i, j);
            }
        }
        let mut half = 1;
        while half < TRANSFORM {
            let stride = TRANSFORM / 2 / half;
            for start in (0..TRANSFORM).step_by(2 * half) {
                for i in 0..half {
                    let (cos, sin) = self.turns[i * stride];
                    let (a, b) = (start + i, start + i + half);
                    let turned =
                        (real[b] * cos - imaginary[b] * sin, real[b] * sin + imaginary[b] * cos);
                    real[b] = real[a] - turned.0;
                    imaginary[b] = imaginary[a] - turned.1;
                    real[a] += turned.0;
                    imaginary[a] += turned.1;
                }
            }
            half *= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_heard_in_its_band() {
        let tone = |hz: f32| {
            let sample = |i: usize| 0.1 * libm::sinf(2.0 * PI * hz * i as f32 / 16_000.0);
            let bands = MelBands::new().of(&(0..1600).map(sample).collect::<Vec<_>>());
            assert_eq!(bands.len(), 8 * BANDS);
            let frame = &bands[3 * BANDS..4 * BANDS];
            (0..BANDS).max_by(|a, b| frame[*a].total_cmp(&frame[*b]))
        };
        assert_eq!((tone(500.0), tone(4000.0)), (Some(16), Some(60)));
    }

    #[test]
    fn silence_has_the_least_energy_that_is_told() {
        let bands = MelBands::new().of(&[0.0; FRAME]);
        assert!(bands.iter().all(|band| *band == libm::logf(f32::EPSILON)));
        assert!(MelBands::new().of(&[0.0; FRAME - 1]).is_empty());
    }
}
