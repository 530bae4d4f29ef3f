//! The recording's loudness over time, for finding pauses and, where there is no better
//! detector, speech.

use std::time::Duration;

use crate::time::{Span, Timestamp};

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
