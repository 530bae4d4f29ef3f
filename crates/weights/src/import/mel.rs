//! The mel filterbank that Whisper listens through: Slaney's scale and area normalisation, as
//! `librosa.filters.mel(sr=16000, n_fft=400, n_mels=…)` makes it.

/// Bins of the spectrum: half of the 400-point transform, and one.
pub(super) const BINS: usize = 201;

const RATE_HZ: f64 = 16_000.0;

/// Returns the filters, one row of [`BINS`] weights per mel band.
pub(super) fn filters(mels: usize) -> Vec<f32> {
    let top = to_mel(RATE_HZ / 2.0);
    let edges: Vec<f64> =
        (0..mels + 2).map(|n| to_hz(top * n as f64 / (mels + 1) as f64)).collect();
    let mut filters = Vec::with_capacity(mels * BINS);
    for band in edges.windows(3) {
        let (low, middle, high) = (band[0], band[1], band[2]);
        for bin in 0..BINS {
            let frequency = bin as f64 * RATE_HZ / 400.0;
            let rising = (frequency - low) / (middle - low);
            let falling = (high - frequency) / (high - middle);
            // librosa rounds to 32 bits before it normalises, and so once more after.
            let height = rising.min(falling).max(0.0) as f32;
            filters.push((f64::from(height) * (2.0 / (high - low))) as f32);
        }
    }
    filters
}

/// Slaney's scale is linear below 1 kHz (200/3 Hz a mel) and logarithmic above (27 mels to a
/// factor of 6.4).
const LINEAR: f64 = 200.0 / 3.0;
const KNEE_HZ: f64 = 1_000.0;
const KNEE_MEL: f64 = KNEE_HZ / LINEAR;

fn log_step() -> f64 {
    6.4f64.ln() / 27.0
}

fn to_mel(hz: f64) -> f64 {
    if hz < KNEE_HZ { hz / LINEAR } else { KNEE_MEL + (hz / KNEE_HZ).ln() / log_step() }
}

fn to_hz(mel: f64) -> f64 {
    if mel < KNEE_MEL { mel * LINEAR } else { KNEE_HZ * ((mel - KNEE_MEL) * log_step()).exp() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_have_librosas_values() {
        let filters = filters(80);
        assert_eq!(filters.len(), 80 * BINS);
        // librosa 0.10: mel(sr=16000, n_fft=400, n_mels=80)[0, 1] and [79, 199].
        assert!((filters[1] - 0.024_862_7).abs() < 1e-6, "{}", filters[1]);
        let row = &filters[79 * BINS..];
        assert_eq!(row[BINS - 1], 0.0);
        let peak = row.iter().copied().fold(0.0, f32::max);
        assert!(peak > 0.0015 && peak < 0.0045, "{peak}");
    }
}
