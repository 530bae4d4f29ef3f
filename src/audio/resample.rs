//! Any rate to 16 kHz, anti-aliased, the filter's delay taken out.

use rubato::audioadapter_buffers::direct::SequentialSliceOfVecs;
use rubato::{Fft, FixedSync, Indexing, Resampler as _};

use super::pcm;

/// A stream of mono samples being brought to 16 kHz.
pub struct Resampler {
    inner: Option<Fft<f32>>,
    rate_hz: u32,
    waiting: Vec<f32>,
    /// Samples of the filter's delay still to be dropped.
    delay: usize,
    pushed: u64,
    produced: u64,
}

/// Frames of input per step, a hint to rubato.
const CHUNK: usize = 1024;

impl Resampler {
    /// Returns a resampler from `rate_hz`, which must not be 0.
    pub fn new(rate_hz: u32) -> Self {
        let inner =
            Fft::new(rate_hz.max(1) as usize, pcm::RATE_HZ as usize, CHUNK, 1, FixedSync::Input)
                .ok();
        let delay = inner.as_ref().map_or(0, rubato::Resampler::output_delay);
        Self { inner, rate_hz, waiting: Vec::new(), delay, pushed: 0, produced: 0 }
    }

    /// Takes `samples` and appends what they come to.
    pub fn push(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.pushed += samples.len() as u64;
        self.waiting.extend_from_slice(samples);
        while let Some(wanted) = self.wanted()
            && self.waiting.len() >= wanted
        {
            self.step(wanted, out);
        }
    }

    /// Appends the rest, so that the length is the input's.
    pub fn finish(&mut self, out: &mut Vec<f32>) {
        let target = self.pushed * u64::from(pcm::RATE_HZ) / u64::from(self.rate_hz.max(1));
        let mut idle = 0;
        while self.produced < target && idle < 64 {
            let Some(wanted) = self.wanted() else { return };
            let before = self.produced;
            let there = self.waiting.len().min(wanted);
            self.waiting.resize(wanted.max(there), 0.0);
            self.step(wanted, out);
            idle = if self.produced == before { idle + 1 } else { 0 };
        }
        let surplus = (self.produced.saturating_sub(target)) as usize;
        out.truncate(out.len() - surplus.min(out.len()));
        self.produced = target;
    }

    fn wanted(&self) -> Option<usize> {
        self.inner.as_ref().map(rubato::Resampler::input_frames_next)
    }

    fn step(&mut self, wanted: usize, out: &mut Vec<f32>) {
        let Some(inner) = &mut self.inner else { return };
        let input: Vec<f32> = self.waiting.drain(..wanted).collect();
        let buffer = [input];
        let Ok(adapter) = SequentialSliceOfVecs::new(&buffer, 1, wanted) else { return };
        let Ok(output) = inner.process(&adapter, None::<&Indexing>) else { return };
        let samples = output.take_data();
        let skip = self.delay.min(samples.len());
        self.delay -= skip;
        self.produced += (samples.len() - skip) as u64;
        out.extend_from_slice(&samples[skip..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(rate_hz: u32, frequency: f32, seconds: f32) -> Vec<f32> {
        let length = (rate_hz as f32 * seconds) as usize;
        (0..length)
            .map(|n| (std::f32::consts::TAU * frequency * n as f32 / rate_hz as f32).sin())
            .collect()
    }

    fn resampled(rate_hz: u32, samples: &[f32]) -> Vec<f32> {
        let mut resampler = Resampler::new(rate_hz);
        let mut out = Vec::new();
        for piece in samples.chunks(777) {
            resampler.push(piece, &mut out);
        }
        resampler.finish(&mut out);
        out
    }

    #[test]
    fn length_and_phase_are_kept_at_every_rate() {
        for rate in [8_000, 11_025, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000] {
            let out = resampled(rate, &tone(rate, 440.0, 1.0));
            assert!(out.len().abs_diff(16_000) <= 1, "{rate}: {}", out.len());
            let wanted = tone(16_000, 440.0, 1.0);
            let worst = (2_000..14_000).map(|n| (out[n] - wanted[n]).abs()).fold(0.0, f32::max);
            assert!(worst < 0.01, "{rate}: {worst}");
        }
    }

    #[test]
    fn what_16_khz_cannot_hold_does_not_fold_back() {
        let out = resampled(48_000, &tone(48_000, 12_000.0, 1.0));
        let loudest = out[1_000..15_000].iter().fold(0.0f32, |most, s| most.max(s.abs()));
        assert!(loudest < 0.01, "{loudest}");
    }
}
