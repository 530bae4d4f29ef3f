//! How loud the recording is: a meter for the eye, and the two faults worth a warning, a dead
//! microphone and one that is turned up too far. Takes samples, gives levels in dBFS.

use std::collections::VecDeque;
use std::time::Duration;

/// A second whose loudest sample lies below this is silent. A live microphone in an empty room
/// peaks at -60 to -45 dBFS, a muted or dead one below -70.
pub const SILENCE_DBFS: f32 = -60.0;
/// Full scale and a hair below: converters and drivers stop a little short of it.
const CLIPPING: f32 = 0.9995;
/// Samples at full scale that make a second a clipped one; a single one is a click.
const CLIPPED: u32 = 4;
/// Seconds that the judgement of clipping looks back on.
const WINDOW: usize = 30;

/// Follows the level of a recording.
#[derive(Clone, Debug)]
pub struct Meter {
    full_scale: f32,
    /// The loudest since it was last shown.
    shown: f32,
    /// The second under way: frames, frames in a second, loudest, samples at full scale.
    frames: u64,
    second: u64,
    loudest: f32,
    full: u32,
    silent: Duration,
    clipped: VecDeque<bool>,
}

impl Meter {
    /// Returns a meter for samples of so many bits and frames a second.
    pub fn new(bits: u16, rate_hz: u32) -> Self {
        Self {
            full_scale: (1_i64 << (bits.clamp(2, 32) - 1)) as f32,
            shown: 0.0,
            frames: 0,
            second: u64::from(rate_hz.max(1)),
            loudest: 0.0,
            full: 0,
            silent: Duration::ZERO,
            clipped: VecDeque::with_capacity(WINDOW),
        }
    }

    /// Takes in the next samples, of so many frames.
    pub fn push(&mut self, samples: &[i32], frames: u64) {
        let full = (self.full_scale * CLIPPING) as u32;
        let mut loudest = 0;
        let mut count = 0;
        for sample in samples {
            let size = sample.unsigned_abs();
            loudest = loudest.max(size);
            count += u32::from(size >= full);
        }
        let loudest = loudest as f32 / self.full_scale;
        self.shown = self.shown.max(loudest);
        self.loudest = self.loudest.max(loudest);
        self.full = self.full.saturating_add(count);
        self.frames += frames;
        if self.frames >= self.second {
            self.end_second();
        }
    }

    fn end_second(&mut self) {
        let length = Duration::from_millis(self.frames * 1000 / self.second);
        if dbfs(self.loudest) < SILENCE_DBFS {
            self.silent += length;
        } else {
            self.silent = Duration::ZERO;
        }
        if self.clipped.len() == WINDOW {
            self.clipped.pop_front();
        }
        self.clipped.push_back(self.full >= CLIPPED);
        (self.frames, self.loudest, self.full) = (0, 0.0, 0);
    }

    /// Returns the highest peak since the last call, in dBFS (0 is full scale).
    pub fn take_peak_dbfs(&mut self) -> f32 {
        dbfs(std::mem::take(&mut self.shown))
    }

    /// Returns how long it has been silent by now, in whole seconds of sound.
    pub fn silent(&self) -> Duration {
        self.silent
    }

    /// Tells whether the last second was clipped.
    pub fn is_clipping(&self) -> bool {
        self.clipped.back().copied().unwrap_or(false)
    }

    /// Tells whether it has been clipped in at least half of the last 30 seconds.
    pub fn keeps_clipping(&self) -> bool {
        self.clipped.iter().filter(|clipped| **clipped).count() * 2 >= WINDOW
    }
}

/// Returns the level of a peak (1 is full scale); silence is -120 dBFS.
fn dbfs(peak: f32) -> f32 {
    (20.0 * peak.max(1e-6).log10()).min(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_counted_until_something_is_heard() {
        let mut meter = Meter::new(16, 100);
        for _ in 0..31 {
            meter.push(&[3; 100], 100);
        }
        assert_eq!(meter.silent(), Duration::from_secs(31));
        meter.push(&[400; 100], 100);
        assert_eq!(meter.silent(), Duration::ZERO);
        assert!((meter.take_peak_dbfs() + 38.3).abs() < 0.1);
    }

    #[test]
    fn a_click_is_no_clipping_and_a_shouting_input_is() {
        let mut meter = Meter::new(16, 100);
        meter.push(&[32_767, 0, 0], 100);
        assert!(!meter.is_clipping());
        for _ in 0..15 {
            meter.push(&[-32_768; 10], 100);
        }
        assert!(meter.is_clipping() && meter.keeps_clipping());
    }
}
