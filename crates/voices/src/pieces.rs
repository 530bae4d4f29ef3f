//! Runs of speech in pieces of a second and a half, each long enough to tell a voice by.

use std::ops::Range;

/// Samples of a piece, and from one piece to the next.
const PIECE: usize = 24_000;
const HOP: usize = 12_000;

/// A stretch of one run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct VoicePiece {
    /// Its samples.
    pub(crate) samples: Range<usize>,
    /// The run it belongs to.
    pub(crate) run: usize,
}

impl VoicePiece {
    /// Returns its length in seconds.
    pub(crate) fn seconds(&self) -> f32 {
        self.samples.len() as f32 / 16_000.0
    }
}

/// Cuts runs of samples into pieces that overlap by half; the last one ends with its run.
pub(crate) fn of(runs: &[Range<usize>]) -> Vec<VoicePiece> {
    let mut pieces = Vec::new();
    for (run, Range { start, end }) in runs.iter().cloned().enumerate() {
        let mut from = start;
        loop {
            let to = (from + PIECE).min(end);
            let samples = to.saturating_sub(PIECE).max(start)..to;
            pieces.push(VoicePiece { samples, run });
            if to == end {
                break;
            }
            from += HOP;
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_is_cut_and_a_short_one_is_not() {
        let pieces = of(&[0..10_000, 20_000..60_000]);
        let samples: Vec<_> =
            pieces.iter().map(|piece| (piece.run, piece.samples.clone())).collect();
        let second = [20_000..44_000, 32_000..56_000, 36_000..60_000].map(|samples| (1, samples));
        assert_eq!(samples[0], (0, 0..10_000));
        assert_eq!(samples[1..], second);
    }
}
