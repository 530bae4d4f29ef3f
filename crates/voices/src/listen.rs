//! Two of the passes over a recording: what its windows hear, and what its pieces sound like.

use crate::Networks;
use crate::Replay;
use crate::features::{BANDS, FRAME, HOP, MelBands};
use crate::frames::{self, LEAD, STEP, VoiceFrames};
use crate::matrix::LANES;
use crate::pieces::VoicePiece;
use crate::segmentation::WindowVoices;
use crate::sincnet::WINDOW;

/// Samples from one window of the segmentation to the next: 1 s.
pub(crate) const WINDOW_HOP: usize = 16_000;
/// With fewer frames in which one voice speaks alone, the others count too: 0.4 s.
const ENOUGH_ALONE: usize = 40;

/// What all passes over one recording have in common.
pub(crate) struct Passes<'a> {
    pub(crate) networks: &'a Networks,
    pub(crate) gain: f32,
    pub(crate) samples: usize,
}

impl Passes<'_> {
    /// What each window of a recording hears.
    pub(crate) fn windows<R: Replay>(
        &self,
        recording: &mut R,
    ) -> Result<Vec<WindowVoices>, R::Error> {
        let count = frames::windows(self.samples, WINDOW_HOP);
        let mut windows = Vec::with_capacity(count);
        let needed = (LANES - 1) * WINDOW_HOP + WINDOW;
        let mut buffer: Vec<f32> = Vec::new();
        recording.play(&mut |samples| {
            for samples in samples.chunks(WINDOW) {
                buffer.extend(samples.iter().map(|sample| sample * self.gain));
                while buffer.len() >= needed {
                    windows.extend(self.networks.segmentation.hear(&buffer[..needed], WINDOW_HOP));
                    buffer.drain(..LANES * WINDOW_HOP);
                }
            }
        })?;
        while windows.len() < count {
            buffer.resize(needed, 0.0);
            windows.extend(self.networks.segmentation.hear(&buffer, WINDOW_HOP));
            buffer.drain(..LANES * WINDOW_HOP);
        }
        windows.truncate(count);
        Ok(windows)
    }

    /// What each piece sounds like, where it sounds like anything.
    pub(crate) fn embed<R: Replay>(
        &self,
        recording: &mut R,
        pieces: &[VoicePiece],
        frames: Option<&VoiceFrames>,
    ) -> Result<Vec<Option<Vec<f32>>>, R::Error> {
        let bands = MelBands::new();
        let mut embeddings = Vec::with_capacity(pieces.len());
        let mut waiting = pieces.iter().peekable();
        let (mut buffer, mut begins): (Vec<f32>, usize) = (Vec::new(), 0);
        let mut take = |samples: &[f32], last: bool| {
            buffer.extend(samples.iter().map(|sample| sample * self.gain));
            while let Some(piece) =
                waiting.next_if(|piece| last || piece.samples.end <= begins + buffer.len())
            {
                let within = |at: usize| (at - begins).min(buffer.len());
                let sound = &buffer[within(piece.samples.start)..within(piece.samples.end)];
                let heard = alone(bands.of(sound), piece.samples.start, frames);
                embeddings.push(self.networks.embedding.embed(&heard));
            }
            let keep = waiting.peek().map_or(usize::MAX, |piece| piece.samples.start);
            let passed = keep.saturating_sub(begins).min(buffer.len());
            buffer.drain(..passed);
            begins += passed;
        };
        recording.play(&mut |samples| {
            samples.chunks(WINDOW).for_each(|samples| take(samples, false));
        })?;
        take(&[], true);
        Ok(embeddings)
    }
}

/// Leaves out frames in which two voices speak, where enough others are left.
fn alone(features: Vec<f32>, start: usize, frames: Option<&VoiceFrames>) -> Vec<f32> {
    let Some(frames) = frames else { return features };
    let one = |index: usize| {
        let middle = start + index * HOP + FRAME / 2;
        let frame = middle.saturating_sub(LEAD) / STEP;
        frames.voices.get(frame.min(frames.voices.len().saturating_sub(1))) == Some(&1)
    };
    let (rows, _) = features.as_chunks::<BANDS>();
    let kept: Vec<&[f32; BANDS]> =
        rows.iter().enumerate().filter(|(index, _)| one(*index)).map(|(_, row)| row).collect();
    if kept.len() < ENOUGH_ALONE { features } else { kept.into_iter().flatten().copied().collect() }
}
