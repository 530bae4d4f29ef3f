//! The ear of the segmentation network: band-pass filters and two convolutions, of sixteen
//! windows of one stretch of sound at once.

use crate::matrix::{LANES, Packed, Then, Tile};
use referat_weights::tensors::{Refusal, Tensors};

/// Samples of a window, and frames that come out.
pub(crate) const WINDOW: usize = 160_000;
pub(crate) const FRAMES: usize = 589;
/// Channels that come out.
pub(crate) const CHANNELS: usize = 60;

const FILTERS: usize = 80;
const TAPS: usize = 251;
/// Samples from one filtered value to the next.
const STRIDE: usize = 10;
/// Values of which the greatest goes on.
const POOL: usize = 3;
/// Filtered values of a window, and what is left after the first pooling.
const FILTERED: usize = (WINDOW - TAPS) / STRIDE + 1;
const POOLED: usize = FILTERED / POOL;
/// Values that a convolution looks at.
const REACH: usize = 5;
/// What is added to variances before they divide.
const EPSILON: f32 = 1e-5;
const LOWEST_HZ: f64 = 50.0;
const HIGHEST_HZ: f64 = 8000.0;

/// The front of the network.
#[derive(Debug)]
pub(crate) struct SincNet {
    /// Factor and summand after the whole window was normalised.
    loudness: (f32, f32),
    filters: Packed,
    /// What each filter makes of a constant.
    constants: Vec<f32>,
    convolutions: [Packed; 2],
    /// Factors and summands after each pooling.
    norms: [(Vec<f32>, Vec<f32>); 3],
}

impl SincNet {
    /// Takes the weights called `sincnet`.
    pub(crate) fn new(tensors: &Tensors) -> Result<Self, Refusal> {
        let get = |name: &str, shape: &[usize]| tensors.get(&format!("sincnet.{name}"), shape);
        let filters = band_passes(tensors)?;
        let convolution = |index: usize, inputs: usize| {
            let name = format!("conv1d.{index}");
            let values = get(&format!("{name}.weight"), &[CHANNELS, inputs, REACH])?;
            // Values lie moment by moment here, so the moment comes before the channel.
            let place =
                |row: usize, tap: usize, input: usize| values[(row * inputs + input) * REACH + tap];
            let turned: Vec<f32> = (0..CHANNELS * REACH * inputs)
                .map(|i| place(i / inputs / REACH, i / inputs % REACH, i % inputs))
                .collect();
            let bias = get(&format!("{name}.bias"), &[CHANNELS])?.to_vec();
            Ok(Packed::new(&turned, REACH * inputs, bias))
        };
        let norm = |index: usize, channels: usize| {
            let get = |part: &str| get(&format!("norm1d.{index}.{part}"), &[channels]);
            Ok((get("weight")?.to_vec(), get("bias")?.to_vec()))
        };
        Ok(Self {
            loudness: (get("wav_norm1d.weight", &[1])?[0], get("wav_norm1d.bias", &[1])?[0]),
            constants: filters
                .chunks_exact(TAPS)
                .map(|filter| filter.iter().map(|tap| f64::from(*tap)).sum::<f64>() as f32)
                .collect(),
            filters: Packed::new(&filters, TAPS, vec![0.0; FILTERS]),
            convolutions: [convolution(1, FILTERS)?, convolution(2, CHANNELS)?],
            norms: [norm(0, FILTERS)?, norm(1, CHANNELS)?, norm(2, CHANNELS)?],
        })
    }

    /// Returns, for each frame and channel, the values of sixteen windows that begin `hop`
    /// samples apart (a multiple of ten).
    pub(crate) fn hear(&self, samples: &[f32], hop: usize) -> Vec<f32> {
        debug_assert_eq!(samples.len(), (LANES - 1) * hop + WINDOW);
        let filtered = self.filter(samples);
        let mut pooled = self.normalise_and_pool(samples, hop, &filtered);
        drop(filtered);
        let mut channels = FILTERS;
        normalise(&mut pooled, channels, &self.norms[0]);
        for (convolution, norm) in self.convolutions.iter().zip(&self.norms[1..]) {
            pooled = convolve_and_pool(convolution, &pooled, channels);
            channels = CHANNELS;
            normalise(&mut pooled, channels, norm);
        }
        pooled
    }

    /// Applies the filters once to all of the sound: for each filter, its values in a row.
    fn filter(&self, samples: &[f32]) -> Filtered {
        let count = (samples.len() - TAPS) / STRIDE + 1;
        let pitch = count.next_multiple_of(LANES);
        // Every tenth sample in a row, so that neighbouring values read neighbours.
        let length = pitch + TAPS.div_ceil(STRIDE);
        let mut phases = vec![0.0; STRIDE * length];
        for (index, sample) in samples.iter().enumerate() {
            phases[index % STRIDE * length + index / STRIDE] = *sample;
        }
        let places: Vec<usize> =
            (0..TAPS).map(|tap| tap % STRIDE * length + tap / STRIDE).collect();
        let mut values = vec![0.0; FILTERS * pitch];
        let tiles = (0..pitch).step_by(LANES).map(|at| Tile { from: at, to: at, columns: LANES });
        self.filters.multiply(&phases, &places, tiles, (&mut values, pitch), Then::Keep);
        Filtered { pitch, values }
    }

    /// What the filters would have made of each window, had it been normalised before.
    fn normalise_and_pool(&self, samples: &[f32], hop: usize, filtered: &Filtered) -> Vec<f32> {
        let scales: Vec<(f32, f32)> = (0..LANES)
            .map(|lane| {
                let window = &samples[lane * hop..][..WINDOW];
                let sum = window.iter().map(|sample| f64::from(*sample)).sum::<f64>();
                let mean = sum / WINDOW as f64;
                let squares = window.iter().map(|sample| (f64::from(*sample) - mean).powi(2));
                let variance = squares.sum::<f64>() / WINDOW as f64;
                let factor = f64::from(self.loudness.0) / (variance + f64::from(EPSILON)).sqrt();
                (factor as f32, (f64::from(self.loudness.1) - mean * factor) as f32)
            })
            .collect();
        let mut pooled = vec![0.0; POOLED * FILTERS * LANES];
        // A few moments at a time, so that what is written stays near.
        for first in (0..POOLED).step_by(32) {
            for filter in 0..FILTERS {
                let row = &filtered.values[filter * filtered.pitch..][..filtered.pitch];
                for (lane, (factor, summand)) in scales.iter().enumerate() {
                    let summand = summand * self.constants[filter];
                    let row = &row[lane * hop / STRIDE + first * POOL..];
                    let last = POOLED.min(first + 32);
                    for (moment, values) in (first..last).zip(row.as_chunks::<POOL>().0) {
                        let heard = values.map(|value| (value * factor + summand).abs());
                        pooled[(moment * FILTERS + filter) * LANES + lane] =
                            heard[0].max(heard[1]).max(heard[2]);
                    }
                }
            }
        }
        pooled
    }
}

struct Filtered {
    pitch: usize,
    values: Vec<f32>,
}

/// Returns the filters that the learnt frequencies stand for, tap by tap.
fn band_passes(tensors: &Tensors) -> Result<Vec<f32>, Refusal> {
    let half = FILTERS / 2;
    let get = |name: &str, shape: &[usize]| {
        tensors.get(&format!("sincnet.conv1d.0.filterbank.{name}"), shape)
    };
    let (lows, widths) = (get("low_hz_", &[half, 1])?, get("band_hz_", &[half, 1])?);
    let (times, window) = (get("n_", &[1, TAPS / 2])?, get("window_", &[TAPS / 2])?);
    let mut filters = vec![0.0; FILTERS * TAPS];
    for band in 0..half {
        let low = LOWEST_HZ + f64::from(lows[band]).abs();
        let high = low + LOWEST_HZ + f64::from(widths[band]).abs();
        let high = high.clamp(LOWEST_HZ, HIGHEST_HZ);
        let width = high - low;
        let even = band * TAPS;
        let odd = (half + band) * TAPS;
        for (tap, (time, window)) in times.iter().zip(window).enumerate() {
            let (time, window) = (f64::from(*time), f64::from(*window));
            let (a, b) = (low * time, high * time);
            let scale = window / (time / 2.0) / (2.0 * width);
            let cosine = ((libm::sin(b) - libm::sin(a)) * scale) as f32;
            let sine = ((libm::cos(a) - libm::cos(b)) * scale) as f32;
            filters[even + tap] = cosine;
            filters[even + TAPS - 1 - tap] = cosine;
            filters[odd + tap] = sine;
            filters[odd + TAPS - 1 - tap] = -sine;
        }
        filters[even + TAPS / 2] = 1.0;
    }
    Ok(filters)
}

/// Brings each channel of each window to the same mean and spread over time, then weakens what
/// is negative. Values lie moment by moment, then channel by channel.
fn normalise(values: &mut [f32], channels: usize, (factors, summands): &(Vec<f32>, Vec<f32>)) {
    let moments = (values.len() / channels / LANES) as f64;
    let mut means = vec![0.0_f64; channels * LANES];
    for moment in values.chunks_exact(channels * LANES) {
        means.iter_mut().zip(moment).for_each(|(mean, value)| *mean += f64::from(*value));
    }
    means.iter_mut().for_each(|mean| *mean /= moments);
    let means: Vec<f32> = means.into_iter().map(|mean| mean as f32).collect();
    let mut spreads = vec![0.0_f64; channels * LANES];
    for moment in values.chunks_exact(channels * LANES) {
        for ((spread, value), mean) in spreads.iter_mut().zip(moment).zip(&means) {
            *spread += f64::from((value - mean) * (value - mean));
        }
    }
    let scales: Vec<(f32, f32)> = (0..channels * LANES)
        .map(|i| {
            let variance = (spreads[i] / moments) as f32;
            let factor = factors[i / LANES] / (variance + EPSILON).sqrt();
            (factor, summands[i / LANES] - means[i] * factor)
        })
        .collect();
    for moment in values.chunks_exact_mut(channels * LANES) {
        for (value, (factor, summand)) in moment.iter_mut().zip(&scales) {
            let scaled = *value * factor + summand;
            *value = scaled.max(0.01 * scaled);
        }
    }
}

fn convolve_and_pool(convolution: &Packed, input: &[f32], channels: usize) -> Vec<f32> {
    let moments = input.len() / channels / LANES;
    let places: Vec<usize> = (0..REACH * channels).map(|row| row * LANES).collect();
    let size = CHANNELS * LANES;
    let pooled = (moments + 1 - REACH) / POOL;
    let mut output = vec![0.0; pooled * size];
    let mut convolved = vec![0.0; POOL * size];
    for (moment, output) in output.chunks_exact_mut(size).enumerate() {
        let tiles = (0..POOL).map(|part| Tile {
            from: (moment * POOL + part) * channels * LANES,
            to: part * size,
            columns: LANES,
        });
        convolution.multiply(input, &places, tiles, (&mut convolved, LANES), Then::Keep);
        for (index, value) in output.iter_mut().enumerate() {
            let values = [convolved[index], convolved[size + index], convolved[2 * size + index]];
            *value = values[0].max(values[1]).max(values[2]);
        }
    }
    output
}
