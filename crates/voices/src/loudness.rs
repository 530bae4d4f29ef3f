//! How loud a recording is where it is loud, so that quiet ones are heard as loud as others.

/// Samples whose energy is taken together: 10 ms.
const FRAME: usize = 160;
/// Classes of energy, a tenth of a decibel each, down from full scale.
const CLASSES: usize = 1400;
/// One frame in ten is louder than the level.
const LOUD_SHARE: f64 = 0.1;
/// The level that recordings are brought to, in decibels below full scale.
const WANTED: f32 = 26.0;

/// Counts frames by their energy.
#[derive(Debug)]
pub(crate) struct SpeechLevel {
    counts: Vec<u64>,
    waiting: Vec<f32>,
}

impl SpeechLevel {
    pub(crate) fn new() -> Self {
        Self { counts: vec![0; CLASSES], waiting: Vec::new() }
    }

    /// Takes the next samples.
    pub(crate) fn push(&mut self, samples: &[f32]) {
        self.waiting.extend_from_slice(samples);
        let (frames, rest) = self.waiting.as_chunks::<FRAME>();
        for frame in frames {
            let energy = frame.iter().map(|sample| sample * sample).sum::<f32>() / FRAME as f32;
            let below = -100.0 * libm::log10f(energy.max(1e-30));
            // A class for what is louder than full scale, and one for what is no number.
            self.counts[(below.max(0.0) as usize).min(CLASSES - 1)] += 1;
        }
        self.waiting = rest.to_vec();
    }

    /// Returns the factor that brings the recording to the wanted level.
    pub(crate) fn gain(&self) -> f32 {
        let frames: u64 = self.counts.iter().sum();
        let mut louder = (frames as f64 * LOUD_SHARE) as u64;
        let class = self.counts.iter().position(|count| match louder.checked_sub(*count) {
            Some(rest) => {
                louder = rest;
                false
            }
            None => true,
        });
        let below = class.map_or(WANTED, |class| (class as f32 + 0.5) / 10.0);
        libm::powf(10.0, (below - WANTED) / 20.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loud_tenth_is_brought_to_the_wanted_level() {
        let mut level = SpeechLevel::new();
        // 160 frames at -46 dB, then silence; in pieces that are no whole frames.
        let samples: Vec<f32> =
            (0..160_000).map(|i| if i < 25_600 { 0.005_011_9 } else { 0.0 }).collect();
        samples.chunks(1234).for_each(|piece| level.push(piece));
        assert!((level.gain() - 10.0).abs() < 0.1, "{}", level.gain());
        assert_eq!(SpeechLevel::new().gain(), 1.0);
    }
}
