//! Where somebody speaks.
//!
//! Samples go in, spans come out, with one of two judges: the Silero model through whisper.cpp,
//! or loudness when the model is not there.

use std::path::{Path, PathBuf};
use std::time::Duration;

use thiserror::Error;
use whisper_rs::{WhisperVadContext, WhisperVadContextParams};

use crate::time::Span;

use super::energy::EnergyJudge;
use super::pcm::sample_time;
use super::spans::{FRAME, SpanBuilder};

/// Frames that Silero judges at once: about a minute.
const PIECE_FRAMES: usize = 1875;
/// Frames before them that it hears again, since each call begins without memory: about 4 s.
const WARM_UP_FRAMES: usize = 125;

/// What counts as speech.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VadOptions {
    /// Likelihood, 0 to 1, from which a frame is speech. Default: 0.5. Lower finds more, noise
    /// included.
    pub threshold: f32,
    /// Shorter speech is taken for a click. Default: 250 ms.
    pub min_speech: Duration,
    /// Shorter silence does not end a span. Default: 300 ms.
    pub min_silence: Duration,
    /// How much is added at both ends of a span, soft consonants being missed. Default: 300 ms
    /// (200 ms covered 98.7 % of the speech in the Danish sample, short pauses included; this 99.5 %).
    pub pad: Duration,
}

impl Default for VadOptions {
    fn default() -> Self {
        Self {
            threshold: 0.5,
            min_speech: Duration::from_millis(250),
            min_silence: Duration::from_millis(300),
            pad: Duration::from_millis(300),
        }
    }
}

/// Why the speech model cannot be used.
#[derive(Debug, Error)]
pub enum VadError {
    /// The model file is not there.
    #[error("cannot open speech detection model `{path}`: there is no such file")]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file is no speech detection model.
    #[error("cannot load speech detection model `{path}`: it is damaged or of another kind")]
    Load {
        /// The file.
        path: PathBuf,
    },
    /// The engine gave up.
    #[error("speech detection with `{path}` failed: the engine reported an error")]
    Detect {
        /// The model.
        path: PathBuf,
    },
}

impl VadError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        Some("fetch the speech detection model again, or do without: loudness is used then".into())
    }
}

/// Finds the stretches of a 16 kHz mono stream where somebody speaks.
///
/// Spans come in order and do not touch. Memory does not grow with the recording.
#[derive(Debug)]
pub struct SpeechDetector {
    judge: Judge,
    spans: SpanBuilder,
    /// Samples that do not fill a frame or a piece yet.
    waiting: Vec<f32>,
    taken: u64,
}

#[derive(Debug)]
enum Judge {
    Silero(Silero),
    Energy(EnergyJudge),
}

#[derive(Debug)]
struct Silero {
    context: WhisperVadContext,
    model: PathBuf,
    /// The end of the previous piece.
    warm_up: Vec<f32>,
}

impl SpeechDetector {
    /// Returns a detector that uses the Silero model (ggml) at `model`.
    ///
    /// # Errors
    /// When the model is missing or is none.
    pub fn silero(model: &Path, options: &VadOptions) -> Result<Self, VadError> {
        if !model.is_file() {
            return Err(VadError::Missing { path: model.to_owned() });
        }
        let load = || VadError::Load { path: model.to_owned() };
        // The engine takes its path as a C string.
        let path = model.to_str().filter(|path| !path.contains('\0')).ok_or_else(load)?;
        whisper_rs::install_logging_hooks();
        let mut parameters = WhisperVadContextParams::new();
        // Its threads spin: with four on two busy cores a minute of sound took 45 s.
        parameters.set_n_threads(1);
        let context = WhisperVadContext::new(path, parameters).map_err(|_| load())?;
        let silero = Silero { context, model: model.to_owned(), warm_up: Vec::new() };
        Ok(Self::new(Judge::Silero(silero), options))
    }

    /// Returns a detector that goes by loudness.
    pub fn energy(options: &VadOptions) -> Self {
        Self::new(Judge::Energy(EnergyJudge::default()), options)
    }

    fn new(judge: Judge, options: &VadOptions) -> Self {
        Self { judge, spans: SpanBuilder::new(options), waiting: Vec::new(), taken: 0 }
    }

    /// Takes the next samples and appends the spans that are certain by now to `out`.
    ///
    /// # Errors
    /// When the model's engine fails.
    pub fn push(&mut self, samples: &[f32], out: &mut Vec<Span>) -> Result<(), VadError> {
        self.taken += samples.len() as u64;
        self.waiting.extend_from_slice(samples);
        let whole = match &self.judge {
            Judge::Silero(_) => self.waiting.len() / (PIECE_FRAMES * FRAME) * PIECE_FRAMES * FRAME,
            Judge::Energy(_) => self.waiting.len() / FRAME * FRAME,
        };
        self.judge(whole, out)
    }

    /// Appends the rest of the spans.
    ///
    /// # Errors
    /// When the model's engine fails.
    pub fn finish(mut self, out: &mut Vec<Span>) -> Result<(), VadError> {
        self.judge(self.waiting.len(), out)?;
        if let Judge::Energy(judge) = &mut self.judge {
            while let Some(likelihood) = judge.judge() {
                self.spans.push(likelihood, out);
            }
        }
        self.spans.finish(sample_time(self.taken), out);
        Ok(())
    }

    fn judge(&mut self, count: usize, out: &mut Vec<Span>) -> Result<(), VadError> {
        let samples: Vec<f32> = self.waiting.drain(..count).collect();
        match &mut self.judge {
            Judge::Silero(silero) => {
                for piece in samples.chunks(PIECE_FRAMES * FRAME) {
                    silero.judge(piece, |likelihood| self.spans.push(likelihood, out))?;
                }
            }
            Judge::Energy(judge) => {
                for likelihood in samples.chunks(FRAME).filter_map(|frame| judge.push(frame)) {
                    self.spans.push(likelihood, out);
                }
            }
        }
        Ok(())
    }
}

impl Silero {
    fn judge(&mut self, piece: &[f32], mut likelihood: impl FnMut(f32)) -> Result<(), VadError> {
        let warm_up = self.warm_up.len();
        self.warm_up.extend_from_slice(piece);
        let heard = self.context.detect_speech(&self.warm_up);
        heard.map_err(|_| VadError::Detect { path: self.model.clone() })?;
        let known = self.context.probabilities().iter().skip(warm_up / FRAME);
        known.take(piece.len().div_ceil(FRAME)).for_each(|found| likelihood(*found));
        // The part that is heard again must begin with a whole frame; only the last piece is not
        // made of such.
        let keep = self.warm_up.len().saturating_sub(WARM_UP_FRAMES * FRAME);
        self.warm_up.drain(..keep);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::f32::consts::TAU;

    use super::*;

    #[test]
    fn spans_come_out_the_same_whatever_the_size_of_the_pieces() {
        // Bursts of a tone of 400 ms every 2 s over faint noise.
        let mut seed = 7_u32;
        let sound: Vec<f32> = (0..160_000_usize)
            .map(|n| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let noise = ((seed >> 8) as f32 / (1 << 23) as f32 - 1.0) * 0.001;
                let burst = n % 32_000 >= 16_000 && n % 32_000 < 22_400;
                noise + if burst { 0.2 * (TAU * 300.0 * n as f32 / 16_000.0).sin() } else { 0.0 }
            })
            .collect();
        let spans = |piece: usize| {
            let mut detector = SpeechDetector::energy(&VadOptions::default());
            let mut out = Vec::new();
            for part in sound.chunks(piece) {
                detector.push(part, &mut out).unwrap();
            }
            detector.finish(&mut out).unwrap();
            out
        };
        let found = spans(160_000);
        assert_eq!(found, spans(777));
        assert_eq!(found.len(), 5);
        for (index, span) in found.iter().enumerate() {
            let start = 1000 + 2000 * index as u64;
            assert!(span.start().as_ms().abs_diff(start - 300) <= 64, "{span:?}");
            assert!(span.end().as_ms().abs_diff(start + 700) <= 64, "{span:?}");
        }
    }

    #[test]
    fn a_model_that_is_not_there_is_told_by_name() {
        let error = SpeechDetector::silero(Path::new("x.bin"), &VadOptions::default()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "cannot open speech detection model `x.bin`: there is no such file"
        );
    }
}
