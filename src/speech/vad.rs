//! Where there is speech: Silero through whisper.cpp, or loudness where its weights are
//! missing. One of the files that touch the native engine.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use whisper_rs::{WhisperError, WhisperVadContext, WhisperVadContextParams};

use crate::audio::error::AudioError;
use crate::audio::loudness::Loudness;
use referat_core::time::{Span, Timestamp};

/// Milliseconds that Silero judges at a time: 512 samples.
const FRAME_MS: u64 = 32;
const FRAME: usize = 512;

/// Samples given to Silero at a time, and how many of them repeat the piece before: its
/// memory is cleared at every call, and it needs a moment to find its feet.
const PIECE: usize = FRAME * 1000;
const LEAD_IN: usize = FRAME * 60;

/// A frame belongs to speech from this probability on, and stays in it down to the lower one
/// (Silero's own defaults).
const BEGIN: f32 = 0.5;
const STAY: f32 = 0.35;

/// Shorter bursts are no speech; Silero's own default.
const SHORTEST_SPEECH_MS: u64 = 250;

/// Shorter pauses stay inside a span.
const SHORTEST_PAUSE_MS: u64 = 200;

/// Added before and after each span, so that no consonant is cut.
const PAD_MS: u64 = 200;

/// Silero over a stream of samples, on as many threads as there are cores: pieces are judged
/// independently, so that the result does not depend on their number.
pub struct Silero {
    path: PathBuf,
    waiting: Vec<f32>,
    lead_in: usize,
    sent: usize,
    pieces: SyncSender<Piece>,
    workers: Vec<JoinHandle<Result<Vec<Judged>, WhisperError>>>,
}

/// Samples to be judged, the first frames of which were judged with the piece before.
struct Piece {
    index: usize,
    samples: Vec<f32>,
    lead_in: usize,
}

/// A piece's number and the probabilities of its frames.
type Judged = (usize, Vec<f32>);

impl Silero {
    /// Loads the weights at `path`.
    pub fn load(path: &Path) -> Result<Self, AudioError> {
        whisper_rs::install_logging_hooks();
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let (pieces, jobs) = sync_channel(0);
        let jobs = Arc::new(Mutex::new(jobs));
        let mut workers = Vec::new();
        for _ in 0..threads {
            let mut parameters = WhisperVadContextParams::new();
            // With more threads they spin on each other: 45 s where one takes 42 ms.
            parameters.set_n_threads(1);
            let context = WhisperVadContext::new(&path.to_string_lossy(), parameters)
                .map_err(|source| AudioError::Detector { path: path.to_owned(), source })?;
            let jobs = Arc::clone(&jobs);
            workers.push(std::thread::spawn(move || judge(context, &jobs)));
        }
        let path = path.to_owned();
        Ok(Self { path, waiting: Vec::new(), lead_in: 0, sent: 0, pieces, workers })
    }

    /// Takes the next samples (16 kHz mono).
    pub fn push(&mut self, samples: &[f32]) {
        self.waiting.extend_from_slice(samples);
        while self.waiting.len() >= PIECE {
            self.send(self.waiting[..PIECE].to_vec());
            self.waiting.drain(..PIECE - LEAD_IN);
            self.lead_in = LEAD_IN / FRAME;
        }
    }

    fn send(&mut self, samples: Vec<f32>) {
        let piece = Piece { index: self.sent, samples, lead_in: self.lead_in };
        self.sent += 1;
        // Where every worker has failed, `finish` tells why.
        let _ = self.pieces.send(piece);
    }

    /// Returns the speech of everything taken, in order of time.
    ///
    /// # Errors
    /// When a piece could not be judged.
    pub fn finish(mut self) -> Result<Vec<Span>, AudioError> {
        if self.waiting.len() > self.lead_in * FRAME {
            let rest = std::mem::take(&mut self.waiting);
            self.send(rest);
        }
        drop(self.pieces);
        let mut judged = Vec::new();
        for worker in self.workers {
            let done = worker.join().unwrap_or(Err(WhisperError::GenericError(-1)));
            judged.extend(
                done.map_err(|source| AudioError::Detector { path: self.path.clone(), source })?,
            );
        }
        judged.sort_by_key(|(index, _)| *index);
        let probabilities = judged.into_iter().flat_map(|(_, probabilities)| probabilities);
        let mut speaking = false;
        let frames = probabilities.map(|probability| {
            speaking = probability >= if speaking { STAY } else { BEGIN };
            speaking
        });
        Ok(spans(frames, FRAME_MS))
    }
}

/// A worker: judges pieces until there are no more.
fn judge(
    mut context: WhisperVadContext,
    pieces: &Mutex<Receiver<Piece>>,
) -> Result<Vec<Judged>, WhisperError> {
    let mut judged = Vec::new();
    loop {
        let piece = pieces.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Piece { index, samples, lead_in }) = piece else { return Ok(judged) };
        context.detect_speech(&samples)?;
        judged.push((index, context.probabilities().iter().skip(lead_in).copied().collect()));
    }
}

/// Returns what is loud enough to be speech; finds less than [`Silero`] in noise, and takes
/// any sound for speech.
pub fn by_loudness(loudness: &Loudness) -> Vec<Span> {
    spans(loudness.loud().into_iter(), Loudness::FRAME.as_millis() as u64)
}

/// Returns the padded spans of speech in a row of judged frames.
fn spans(frames: impl Iterator<Item = bool>, frame_ms: u64) -> Vec<Span> {
    let mut raw: Vec<(u64, u64)> = Vec::new();
    let mut end = 0;
    for (index, speech) in frames.enumerate() {
        let (from, to) = (index as u64 * frame_ms, (index as u64 + 1) * frame_ms);
        end = to;
        if !speech {
            continue;
        }
        match raw.last_mut() {
            Some(last) if from - last.1 < SHORTEST_PAUSE_MS => last.1 = to,
            _ => raw.push((from, to)),
        }
    }
    raw.retain(|(from, to)| to - from >= SHORTEST_SPEECH_MS);
    let mut padded: Vec<(u64, u64)> = Vec::new();
    for (from, to) in raw {
        let (from, to) = (from.saturating_sub(PAD_MS), (to + PAD_MS).min(end));
        match padded.last_mut() {
            // Two pads that meet share the pause between them.
            Some(last) if from < last.1 => {
                let middle = (from + last.1) / 2;
                last.1 = middle;
                padded.push((middle, to));
            }
            _ => padded.push((from, to)),
        }
    }
    padded
        .into_iter()
        .filter_map(|(from, to)| Span::new(Timestamp::from_ms(from), Timestamp::from_ms(to)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(pattern: &[(bool, usize)]) -> Vec<(u64, u64)> {
        let frames = pattern.iter().flat_map(|(speech, n)| std::iter::repeat_n(*speech, *n));
        spans(frames, 10).into_iter().map(|s| (s.start().as_ms(), s.end().as_ms())).collect()
    }

    #[test]
    fn speech_is_padded_and_bursts_are_dropped() {
        let pattern = [(false, 100), (true, 100), (false, 100), (true, 10), (false, 100)];
        assert_eq!(judged(&pattern), [(800, 2200)]);
    }

    #[test]
    fn pads_that_meet_share_the_pause_and_short_pauses_stay_inside() {
        let pattern = [(true, 100), (false, 30), (true, 100), (false, 10), (true, 50)];
        assert_eq!(judged(&pattern), [(0, 1150), (1150, 2900)]);
    }

    #[test]
    fn loudness_finds_a_voice_above_the_noise() {
        let mut loudness = Loudness::default();
        let noise = |n: usize| ((n * 7919 % 1000) as f32 / 1000.0 - 0.5) * 0.002;
        let samples: Vec<f32> = (0..16_000 * 10)
            .map(|n| {
                let voice = (16_000 * 4..16_000 * 6).contains(&n);
                noise(n) + if voice { (n as f32 * 0.1).sin() * 0.1 } else { 0.0 }
            })
            .collect();
        loudness.push(&samples);
        let found = by_loudness(&loudness);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].start().as_ms() <= 4000 && found[0].end().as_ms() >= 6000, "{found:?}");
    }
}
