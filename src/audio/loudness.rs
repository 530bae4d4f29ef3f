//! The recording's loudness over time, for finding pauses and, where there is no better
//! detector, speech.

use std::time::Duration;

use referat_core::time::{Span, Timestamp};

/// Mean power of the recording in frames of [`Loudness::FRAME`]. Takes 4 bytes per frame:
/// 4 MB for three hours.
#[derive(Clone, Debug, Default)]
pub struct Loudness {
    frames: Vec<f32>,
    partial: (f64, usize),
}

impl Loudness {
    /// Length of a frame.
    pub const FRAME: Duration = Duration::from_millis(10);
    const SAMPLES: usize = 160;

    /// Adds the next samples (16 kHz mono).
    pub fn push(&mut self, samples: &[f32]) {
        for sample in samples {
            self.partial.0 += f64::from(sample * sample);
            self.partial.1 += 1;
            if self.partial.1 == Self::SAMPLES {
                self.frames.push((self.partial.0 / Self::SAMPLES as f64) as f32);
                self.partial = (0.0, 0);
            }
        }
    }

    /// Returns the middle of the quietest 100 ms within `span`.
    pub fn quietest(&self, span: Span) -> Timestamp {
        let frame = |at: Timestamp| (at.as_ms() / 10) as usize;
        let end = frame(span.end()).min(self.frames.len());
        let start = frame(span.start()).min(end);
        let width = 10;
        let quietest = self.frames[start..end]
            .windows(width)
            .map(|frames| frames.iter().sum::<f32>())
            .enumerate()
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map_or(start, |(offset, _)| start + offset + width / 2);
        Timestamp::from_ms(quietest as u64 * 10)
    }

    /// Returns `span` without the quiet at its ends: frames below an eighth of its mean power.
    /// Nothing is cut off beyond `most` at each end.
    pub fn trim(&self, span: Span, most: Duration) -> Span {
        let frame = |at: Timestamp| (at.as_ms() / 10) as usize;
        let end = frame(span.end()).min(self.frames.len());
        let start = frame(span.start()).min(end);
        let frames = &self.frames[start..end];
        let least = frames.iter().sum::<f32>() / frames.len().max(1) as f32 / 8.0;
        let loud = |power: &f32| *power >= least;
        let quiet =
            |found: Option<usize>| Duration::from_millis(found.unwrap_or(0) as u64 * 10).min(most);
        let before = quiet(frames.iter().position(loud));
        let after = quiet(frames.iter().rev().position(loud));
        Span::from_start(span.start() + before, span.duration().saturating_sub(before + after))
    }

    /// Returns, per frame, whether it is clearly louder than the quiet around it: 9 dB above
    /// the local floor (the 15th percentile of a minute) and above -60 dBFS.
    pub fn loud(&self) -> Vec<bool> {
        const MINUTE: usize = 6_000;
        let mut loud = Vec::with_capacity(self.frames.len());
        for minute in self.frames.chunks(MINUTE) {
            let mut sorted = minute.to_vec();
            sorted.sort_by(f32::total_cmp);
            let floor = sorted[sorted.len() * 15 / 100];
            let least = (floor * 8.0).max(1e-6);
            loud.extend(minute.iter().map(|power| *power > least));
        }
        loud
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quiet_at_both_ends_is_trimmed() {
        let mut loudness = Loudness::default();
        let mut samples = vec![0.001; 16_000];
        samples[4_800..8_000].fill(0.5);
        loudness.push(&samples);
        let all = Span::from_start(Timestamp::ZERO, Duration::from_secs(1));
        let ms = |most| {
            let trimmed = loudness.trim(all, Duration::from_millis(most));
            (trimmed.start().as_ms(), trimmed.end().as_ms())
        };
        assert_eq!(ms(1000), (300, 500));
        assert_eq!(ms(200), (200, 800));
    }
}
