//! Which voice each piece has, and with it each frame.

use std::ops::Range;

use crate::cluster::{dot, greatest};
use crate::floor::Speaking;
use crate::frames::{self, LEAD, STEP};
use crate::pieces::VoicePiece;
use crate::settle::{VoiceCount, VoiceLimits, VoiceSample, settle};

/// Pieces shorter than this do not make voices, they are only given to one.
const TELLING_SECONDS: f32 = 0.6;

/// How pieces become voices.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Assigning {
    limits: VoiceLimits,
    /// What a change of voice within a run must be worth, in likeness to the voices.
    change: f32,
}

impl Assigning {
    /// Of runs that hold one voice, as far as the segmentation can tell. On 2026-11-28, with the
    /// synthetic meetings and the clips of the open half: thresholds of 0.58 and 0.59 give 4.4 %
    /// and 11.4 % of errors (0.54: 5.5, 12.9; 0.62: 8.1, 11.6), 3 s instead of 4 the same and
    /// 12.9 %, changes from 1.2 to 1.5 the same (0.2: 16.5 % on clips, never: 14.2 %).
    pub(crate) const RUNS: Self =
        Self { limits: VoiceLimits { threshold: 0.585, least_seconds: 4.0 }, change: 1.5 };

    /// Of speech in which the voice may change anywhere.
    pub(crate) const SPANS: Self =
        Self { limits: VoiceLimits { threshold: 0.585, least_seconds: 4.0 }, change: 0.3 };
}

/// Pieces with their voices.
#[derive(Debug)]
pub(crate) struct Voiced {
    /// The voice of each piece; none where its run says nothing.
    of_pieces: Vec<Option<usize>>,
    /// How many voices there are.
    pub(crate) voices: usize,
}

impl Voiced {
    /// Finds the voices of `pieces` by what they sound like.
    pub(crate) fn new(
        pieces: &[VoicePiece],
        embeddings: &[Option<Vec<f32>>],
        how: Assigning,
        count: VoiceCount,
    ) -> Self {
        let heard = |least: f32| {
            let pairs = pieces.iter().zip(embeddings);
            let telling = pairs.filter(move |(piece, _)| piece.seconds() >= least);
            let sample = |(piece, embedding): (&VoicePiece, &Option<Vec<f32>>)| {
                Some(VoiceSample { embedding: embedding.clone()?, seconds: piece.seconds() })
            };
            telling.filter_map(sample).collect::<Vec<_>>()
        };
        let mut samples = heard(TELLING_SECONDS);
        if samples.len() < 2 {
            samples = heard(0.0);
        }
        let centres = settle(&samples, how.limits, count);
        let mut of_pieces = Vec::with_capacity(pieces.len());
        for run in pieces.chunk_by(|a, b| a.run == b.run) {
            let of_run = &embeddings[of_pieces.len()..][..run.len()];
            of_pieces.extend(smooth(of_run, &centres, how.change));
        }
        Self { of_pieces, voices: centres.len() }
    }

    /// Gives the frames of each run the voice of the nearest piece.
    pub(crate) fn floor(
        &self,
        runs: &[Range<usize>],
        pieces: &[VoicePiece],
        length: usize,
    ) -> Vec<Speaking> {
        let mut speaking = vec![Speaking::default(); length];
        let mut from = 0;
        for of_run in pieces.chunk_by(|a, b| a.run == b.run) {
            let voices = &self.of_pieces[from..from + of_run.len()];
            from += of_run.len();
            let middles = of_run.iter().map(|piece| (piece.samples.start + piece.samples.end) / 2);
            let middles: Vec<(usize, Option<usize>)> =
                middles.zip(voices.iter().copied()).collect();
            let Range { start, end } = runs[of_run[0].run].clone();
            let first = start.saturating_sub(LEAD).div_ceil(STEP);
            let last = frames::count(end).min(length);
            for (frame, speaking) in speaking.iter_mut().enumerate().take(last).skip(first) {
                let at = frame * STEP + LEAD + STEP / 2;
                let near = middles.iter().min_by_key(|(middle, _)| middle.abs_diff(at));
                speaking.floor = near.and_then(|(_, voice)| *voice);
            }
        }
        speaking
    }
}

/// Gives each piece of a run the voice that it sounds like, with as few changes as what is heard
/// allows: each must be worth `cost`.
fn smooth(embeddings: &[Option<Vec<f32>>], centres: &[Vec<f32>], cost: f32) -> Vec<Option<usize>> {
    if embeddings.iter().all(Option::is_none) {
        return vec![None; embeddings.len()];
    }
    let mut totals = vec![0.0_f32; centres.len()];
    // For each piece and voice, the voice before.
    let mut steps: Vec<Vec<usize>> = Vec::new();
    for embedding in embeddings {
        let Some(best) = greatest(&totals) else { return vec![None; embeddings.len()] };
        let changed = totals[best] - cost;
        let voices = 0..centres.len();
        let stays = |voice: &usize| totals[*voice] >= changed;
        steps.push(voices.map(|voice| if stays(&voice) { voice } else { best }).collect());
        for (total, centre) in totals.iter_mut().zip(centres) {
            *total = total.max(changed);
            *total += embedding.as_ref().map_or(0.0, |embedding| dot(embedding, centre));
        }
    }
    let mut voice = greatest(&totals);
    let mut voices = Vec::with_capacity(embeddings.len());
    for step in steps.iter().rev() {
        voices.push(voice);
        voice = voice.map(|voice| step[voice]);
    }
    voices.reverse();
    voices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campplus::SIZE;

    fn towards(direction: usize, share: f32) -> Vec<f32> {
        let mut embedding = vec![0.0; SIZE];
        embedding[direction] = share;
        embedding[SIZE - 1] = (1.0 - share * share).sqrt();
        embedding
    }

    #[test]
    fn one_odd_piece_does_not_change_the_voice_and_several_do() {
        let centres = [towards(0, 1.0), towards(1, 1.0)];
        let heard = |voices: &[usize]| {
            let embeddings: Vec<_> = voices.iter().map(|v| Some(towards(*v, 0.8))).collect();
            smooth(&embeddings, &centres, 1.5).into_iter().flatten().collect::<Vec<_>>()
        };
        assert_eq!(heard(&[0, 0, 1, 0, 0]), [0, 0, 0, 0, 0]);
        assert_eq!(heard(&[0, 0, 0, 1, 1, 1]), [0, 0, 0, 1, 1, 1]);
        assert_eq!(smooth(&[None, None], &centres, 1.5), [None, None]);
    }

    #[test]
    fn frames_have_the_voice_of_the_nearest_piece() {
        let runs = std::slice::from_ref(&(0..48_000));
        let pieces = crate::pieces::of(runs);
        let embeddings: Vec<_> = [0, 0, 1].map(|v| Some(towards(v, 1.0))).to_vec();
        let how =
            Assigning { limits: VoiceLimits { threshold: 0.6, least_seconds: 1.0 }, change: 0.3 };
        let voiced = Voiced::new(&pieces, &embeddings, how, VoiceCount::default());
        let floor = voiced.floor(runs, &pieces, frames::count(48_000));
        let change = floor.iter().position(|frame| frame.floor == Some(1));
        // Halfway between the middles of the last two pieces.
        assert_eq!(change, Some(30_000_usize.saturating_sub(LEAD).div_ceil(STEP)));
    }
}
