//! The seam between the engine and whatever hears words.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::error::AsrError;
use crate::audio::pcm;
use referat_core::domain::transcript::Word;
use referat_core::time::{Span, Timestamp};

/// A stretch of speech to be decoded on its own.
#[derive(Clone, Debug, Default)]
pub struct Window {
    /// Its place in the plan, counted from 0.
    pub index: usize,
    /// Its place on the recording's time axis.
    pub span: Span,
    /// The sound, 16 kHz mono.
    pub samples: Vec<f32>,
    /// Where in it somebody speaks, on the recording's axis and in order of time.
    pub speech: Vec<Span>,
    /// The sentence before it, for models that are told; empty otherwise.
    pub before: String,
}

impl Window {
    /// Returns the part of the window that `span`, which lies within it, tells.
    pub fn part(&self, span: Span) -> Self {
        let place = |at: Timestamp| {
            let ms = at.since(self.span.start()).as_millis() as usize;
            (ms * pcm::RATE_HZ as usize / 1000).min(self.samples.len())
        };
        let samples = self.samples[place(span.start())..place(span.end())].to_vec();
        let speech = self.speech.iter().filter_map(|speech| speech.intersection(span)).collect();
        Self { index: self.index, span, samples, speech, before: String::new() }
    }

    /// Returns a window of soft noise: what a model takes to listen does not depend much on
    /// what there is to hear.
    pub fn of_noise(length: Duration) -> Self {
        let mut state = 1u32;
        let noise = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (f64::from(state) / f64::from(u32::MAX) - 0.5) as f32 * 0.02
        });
        let count = length.as_millis() as usize * pcm::RATE_HZ as usize / 1000;
        Self {
            span: Span::from_start(Timestamp::ZERO, length),
            samples: noise.take(count).collect(),
            ..Self::default()
        }
    }
}

/// How a window is to be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effort {
    /// The usual way.
    First,
    /// Once more with other settings, after a guard found the first result suspicious.
    Again,
}

/// A run of words that the recognizer gave as one, before sentences are made of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DecodedPhrase {
    /// The words, in order, timed on the recording's axis.
    pub words: Vec<Word>,
    /// Probability that the stretch holds no speech, 0 to 1.
    pub no_speech: f32,
}

/// What was heard in a window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hearing {
    /// The phrases, in order of time.
    pub phrases: Vec<DecodedPhrase>,
    /// False when the recognizer stopped at a limit of its own before the window was over.
    pub complete: bool,
}

/// Something that turns a window's sound into words.
pub trait Recognizer: Send {
    /// Returns what is heard in the window. The same window gives the same words, whatever
    /// was heard before.
    fn hear(&mut self, window: &Window, effort: Effort) -> Result<Hearing, AsrError>;
}

/// The longest window that is decoded at once; a model may ask for less.
pub const MAX_WINDOW: Duration = Duration::from_secs(28);
