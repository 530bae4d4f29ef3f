//! Any sample rate becomes 16 kHz, without aliasing and without shifting the time axis.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler as _, WindowFunction};

use super::pcm::RATE_HZ;

/// Sample rates that a file may claim, in hertz.
const RATES_HZ: std::ops::RangeInclusive<u32> = 1_000..=768_000;
/// Blocks per second: 25 ms each gives a transition band of some 150 Hz under 8 kHz.
const BLOCKS_PER_SECOND: u32 = 40;

/// Resamples one stream of one rate.
pub(super) struct Resampler {
    rate_hz: u32,
    /// Absent when the rate is right already.
    engine: Option<Engine>,
    taken: u64,
    made: u64,
}

struct Engine {
    fft: Fft<f32>,
    waiting: Vec<f32>,
    block: Vec<f32>,
    /// Samples of the filter's own delay that are still to be dropped.
    delay: usize,
}

impl Resampler {
    /// Returns a resampler from `rate_hz`, or `None` when no recording has that rate.
    pub(super) fn new(rate_hz: u32) -> Option<Self> {
        if !RATES_HZ.contains(&rate_hz) {
            return None;
        }
        let engine = if rate_hz == RATE_HZ { None } else { Some(Engine::new(rate_hz)?) };
        Some(Self { rate_hz, engine, taken: 0, made: 0 })
    }

    /// Returns the rate of what goes in, in hertz.
    pub(super) const fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    /// Takes the next samples and appends what they complete to `out`.
    pub(super) fn push(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.taken += samples.len() as u64;
        let before = out.len();
        match &mut self.engine {
            None => out.extend_from_slice(samples),
            Some(engine) => engine.push(samples, out),
        }
        self.made += (out.len() - before) as u64;
    }

    /// Appends the rest, so that what came out lasts as long as what went in; returns the length
    /// of `out`.
    pub(super) fn finish(mut self, out: &mut Vec<f32>) -> usize {
        let rate = u128::from(self.rate_hz);
        let due = (u128::from(self.taken) * u128::from(RATE_HZ) + rate / 2) / rate;
        let due = u64::try_from(due).unwrap_or(u64::MAX);
        let Some(engine) = &mut self.engine else { return out.len() };
        while self.made < due {
            let before = out.len();
            let silence = vec![0.0; engine.fft.input_frames_next()];
            engine.push(&silence, out);
            self.made += (out.len() - before) as u64;
        }
        let excess = usize::try_from(self.made - due).unwrap_or(0);
        out.truncate(out.len().saturating_sub(excess));
        out.len()
    }
}

impl Engine {
    fn new(rate_hz: u32) -> Option<Self> {
        let fft = Fft::new_custom(
            rate_hz as usize,
            RATE_HZ as usize,
            block_frames(rate_hz) as usize,
            1,
            1,
            WindowFunction::BlackmanHarris2,
            FixedSync::Both,
        )
        .ok()?;
        let block = vec![0.0; fft.output_frames_max()];
        let delay = fft.output_delay();
        Some(Self { fft, waiting: Vec::new(), block, delay })
    }

    fn push(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.waiting.extend_from_slice(samples);
        let mut used = 0;
        loop {
            let need = self.fft.input_frames_next();
            let Some(input) = self.waiting.get(used..used + need) else { break };
            let room = self.block.len();
            let Ok(from) = InterleavedSlice::new(input, 1, need) else { break };
            let Ok(mut to) = InterleavedSlice::new_mut(&mut self.block, 1, room) else { break };
            let Ok((_, made)) = self.fft.process_into_buffer(&from, &mut to, None) else { break };
            used += need;
            let late = self.delay.min(made);
            self.delay -= late;
            out.extend_from_slice(&self.block[late..made]);
        }
        self.waiting.drain(..used);
    }
}

/// Returns how many frames a block takes: an even number, since the filter of an odd one stands
/// half a frame beside its middle, that makes a whole number at 16 kHz.
fn block_frames(rate_hz: u32) -> u32 {
    let (mut common, mut rest) = (rate_hz, RATE_HZ);
    while rest > 0 {
        (common, rest) = (rest, common % rest);
    }
    let unit = 2 * (rate_hz / common);
    (rate_hz / BLOCKS_PER_SECOND).div_ceil(unit).max(1) * unit
}

#[cfg(test)]
mod tests {
    use std::f32::consts::TAU;

    use super::*;

    fn tone(hz: f32, rate_hz: u32, samples: usize) -> Vec<f32> {
        (0..samples).map(|n| (TAU * hz * n as f32 / rate_hz as f32).sin()).collect()
    }

    fn resampled(samples: &[f32], rate_hz: u32, piece: usize) -> Vec<f32> {
        let mut resampler = Resampler::new(rate_hz).unwrap();
        let mut out = Vec::new();
        for part in samples.chunks(piece) {
            resampler.push(part, &mut out);
        }
        resampler.finish(&mut out);
        out
    }

    fn power(samples: &[f32]) -> f32 {
        samples.iter().map(|s| s * s).sum::<f32>() / samples.len() as f32
    }

    #[test]
    fn a_tone_keeps_its_length_and_its_place_at_every_rate() {
        for rate_hz in [8_000, 11_025, 16_000, 22_050, 44_100, 44_101, 48_000, 96_000, 192_000] {
            let out = resampled(&tone(440.0, rate_hz, rate_hz as usize), rate_hz, 1000);
            assert_eq!(out.len(), 16_000, "{rate_hz} Hz");
            let wanted = tone(440.0, 16_000, 16_000);
            let error: Vec<f32> = out.iter().zip(&wanted).map(|(a, b)| a - b).collect();
            assert!(power(&error[1600..14_400]) < 1e-5, "{rate_hz} Hz");
        }
    }

    #[test]
    fn what_lies_above_8_khz_does_not_fold_back() {
        let out = resampled(&tone(9_000.0, 48_000, 48_000), 48_000, 4096);
        assert!(power(&out[1600..14_400]) < 1e-6);
    }

    #[test]
    fn the_size_of_the_pieces_does_not_matter() {
        let sound = tone(1_000.0, 44_100, 30_000);
        assert_eq!(resampled(&sound, 44_100, 1), resampled(&sound, 44_100, 30_000));
    }

    #[test]
    fn a_fifth_of_a_second_survives() {
        assert_eq!(resampled(&tone(440.0, 48_000, 9_600), 48_000, 960).len(), 3_200);
    }

    #[test]
    fn no_recording_has_a_rate_of_three_hertz() {
        assert!(Resampler::new(3).is_none() && Resampler::new(0).is_none());
        assert!(Resampler::new(u32::MAX).is_none());
    }
}
