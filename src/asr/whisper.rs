//! Whisper through whisper.cpp: the one file where decoding meets the native engine.
//!
//! Every window gets a state of its own: whisper.cpp's random numbers run on from window to
//! window within a state, and a window must come out the same whether or not it is decoded
//! alone, after a restart, or beside others.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperSegment,
    WhisperState,
};

use super::error::AsrError;
use super::prompt::{MAX_PROMPT_TOKENS, Prompt};
use super::recognizer::{Effort, Phrase, Recognizer, Window};
use crate::model::language::Language;
use crate::model::transcript::Word;
use crate::time::{Span, Timestamp};

/// Weights in memory, shared by the states that decode with them.
#[derive(Clone)]
pub struct Model {
    context: Arc<WhisperContext>,
    path: PathBuf,
}

/// How a recording is decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The language spoken; whisper is never left to guess, nor to translate.
    pub language: Language,
    /// Words to expect; empty for models that take no prompt.
    pub prompt: Prompt,
    /// Whether the model was trained with timestamp tokens.
    pub timestamps: bool,
}

/// One decoding lane: the model with its settings, one thread.
pub struct Whisper {
    model: Model,
    options: Options,
    prompt: Vec<i32>,
}

impl Model {
    /// Loads the weights at `path`.
    pub fn load(path: &Path) -> Result<Self, AsrError> {
        whisper_rs::install_logging_hooks();
        let mut parameters = WhisperContextParameters::default();
        // Measured slower on CPUs; with a GPU compiled in, whisper.cpp's default holds.
        parameters.flash_attn(cfg!(any(feature = "cuda", feature = "metal", feature = "vulkan")));
        let context = WhisperContext::new_with_params(path, parameters)
            .map_err(|source| AsrError::Load { path: path.to_owned(), source })?;
        Ok(Self { context: Arc::new(context), path: path.to_owned() })
    }

    /// Returns a lane that decodes with these weights.
    pub fn recognizer(&self, options: Options) -> Result<Whisper, AsrError> {
        if options.language != Language::En && !self.context.is_multilingual() {
            let language = options.language.to_string();
            return Err(AsrError::EnglishOnly { path: self.path.clone(), language });
        }
        let prompt = self.prompt_tokens(&options.prompt)?;
        Ok(Whisper { model: self.clone(), options, prompt })
    }

    fn prompt_tokens(&self, prompt: &Prompt) -> Result<Vec<i32>, AsrError> {
        if prompt.as_str().is_empty() {
            return Ok(Vec::new());
        }
        // A token is at least one byte, so the byte length bounds the token count.
        let text = format!(" {}", prompt.as_str());
        let mut tokens = self
            .context
            .tokenize(&text, text.len() + 1)
            .map_err(|source| AsrError::State { path: self.path.clone(), source })?;
        tokens.drain(..tokens.len().saturating_sub(MAX_PROMPT_TOKENS));
        Ok(tokens)
    }
}

/// Returns whisper.cpp's own account of what it was compiled with.
pub fn system_info() -> &'static str {
    whisper_rs::print_system_info()
}

impl Recognizer for Whisper {
    fn hear(&mut self, window: &Window, effort: Effort) -> Result<Vec<Phrase>, AsrError> {
        let failed = |source| AsrError::Decode { at: window.span.start().to_string(), source };
        let mut state = self
            .model
            .context
            .create_state()
            .map_err(|source| AsrError::State { path: self.model.path.clone(), source })?;
        // whisper.cpp refuses less than 0.1 s, and its encoder likes a whole second.
        let mut padded;
        let samples = if window.samples.len() < MIN_SAMPLES {
            padded = window.samples.clone();
            padded.resize(MIN_SAMPLES, 0.0);
            &padded
        } else {
            &window.samples
        };
        state.full(self.parameters(samples.len(), effort), samples).map_err(failed)?;
        Ok(phrases(&state, window.span, self.model.context.token_eot()))
    }
}

const MIN_SAMPLES: usize = 16_000 + 1_600;

impl Whisper {
    fn parameters(&self, samples: usize, effort: Effort) -> FullParams<'_, '_> {
        // Figures of whisper's own paper and command line: best of 5, +0.2, 2.4, -1.0.
        let mut parameters = FullParams::new(SamplingStrategy::Greedy { best_of: 5 });
        parameters.set_n_threads(1);
        parameters.set_language(Some(self.options.language.code()));
        parameters.set_translate(false);
        parameters.set_no_context(true);
        parameters.set_no_timestamps(!self.options.timestamps);
        parameters.set_token_timestamps(self.options.timestamps);
        parameters.set_audio_ctx(audio_context(samples));
        parameters.set_suppress_blank(true);
        parameters.set_temperature_inc(0.2);
        parameters.set_entropy_thold(2.4);
        parameters.set_logprob_thold(-1.0);
        parameters.set_print_special(false);
        parameters.set_print_progress(false);
        parameters.set_print_realtime(false);
        parameters.set_print_timestamps(false);
        match effort {
            Effort::First => parameters.set_tokens(&self.prompt),
            // A prompt can be what makes a window loop; chance breaks a loop.
            Effort::Again => parameters.set_temperature(0.4),
        }
        parameters
    }
}

/// Returns how much of the encoder's 1500 positions (50 a second) a window needs: its own
/// length and a second, rounded up to 64 for the matrix kernels.
///
/// Measured 2026-11: a quarter to half of the time saved on windows of 20-28 s, CER unchanged.
fn audio_context(samples: usize) -> i32 {
    let positions = samples.div_ceil(16_000 / 50) + 50;
    positions.next_multiple_of(64).min(1500) as i32
}

fn phrases(state: &WhisperState, span: Span, first_special: i32) -> Vec<Phrase> {
    state
        .as_iter()
        .map(|segment| Phrase {
            words: words(&segment, span, first_special),
            no_speech: segment.no_speech_probability(),
        })
        .filter(|phrase| !phrase.words.is_empty())
        .collect()
}

/// A word while its tokens are still being gathered: tokens may cut a letter in two.
struct Gathered {
    bytes: Vec<u8>,
    probabilities: Vec<f32>,
    start: i64,
    end: i64,
}

fn words(segment: &WhisperSegment<'_>, span: Span, first_special: i32) -> Vec<Word> {
    let mut gathered: Vec<Gathered> = Vec::new();
    for token in (0..segment.n_tokens()).filter_map(|index| segment.get_token(index)) {
        let data = token.token_data();
        let Ok(bytes) = token.to_bytes() else { continue };
        if data.id >= first_special {
            continue;
        }
        match gathered.last_mut() {
            Some(word) if !bytes.starts_with(b" ") => {
                word.bytes.extend_from_slice(bytes);
                word.probabilities.push(data.p);
                word.end = data.t1;
            }
            _ => gathered.push(Gathered {
                bytes: bytes.to_vec(),
                probabilities: vec![data.p],
                start: data.t0,
                end: data.t1,
            }),
        }
    }
    let bounds = (segment.start_timestamp(), segment.end_timestamp());
    timed(gathered, bounds, span)
}

/// Gives words their times on the recording's axis; estimates them by length where the model
/// gave none, and keeps them in order and inside the window.
fn timed(gathered: Vec<Gathered>, (start, end): (i64, i64), span: Span) -> Vec<Word> {
    let estimate = gathered.iter().any(|word| word.start < 0 || word.end < 0);
    let letters: usize = gathered.iter().map(|word| word.bytes.len()).sum::<usize>().max(1);
    let at = |centiseconds: i64| {
        let length = Duration::from_millis(centiseconds.max(0) as u64 * 10);
        (span.start() + length).min(span.end())
    };
    let mut before = 0;
    let mut earliest = at(start);
    let mut words = Vec::with_capacity(gathered.len());
    for word in gathered {
        let share = |bytes: usize| start + (end - start) * bytes as i64 / letters as i64;
        let (from, to) = if estimate {
            (share(before), share(before + word.bytes.len()))
        } else {
            (word.start, word.end)
        };
        before += word.bytes.len();
        let text = String::from_utf8_lossy(&word.bytes).trim().to_owned();
        if text.is_empty() {
            continue;
        }
        let from: Timestamp = at(from).max(earliest);
        let to = at(to).max(from);
        earliest = from;
        let confidence = word.probabilities.iter().sum::<f32>() / word.probabilities.len() as f32;
        words.push(Word {
            span: Span::from_start(from, to.since(from)),
            text,
            confidence: Some((confidence * 1000.0).round() / 1000.0),
            heard: None,
        });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoder_sees_the_window_and_a_second() {
        assert_eq!(audio_context(16_000 * 28), 1472);
        assert_eq!(audio_context(16_000 * 30), 1500);
        assert_eq!(audio_context(16_000 * 5), 320);
    }

    #[test]
    fn whisper_is_built_with_the_fast_kernels() {
        assert!(system_info().contains("LLAMAFILE = 1"), "{}", system_info());
    }

    #[test]
    fn words_without_times_share_the_phrase_by_length() {
        let word = |text: &str| Gathered {
            bytes: text.as_bytes().to_vec(),
            probabilities: vec![0.5],
            start: -1,
            end: -1,
        };
        let span = Span::new(Timestamp::from_ms(1000), Timestamp::from_ms(9000)).unwrap();
        let words = timed(vec![word("Goddag"), word(" du")], (0, 90), span);
        assert_eq!(words[0].span.end().as_ms(), 1600);
        assert_eq!(words[1].span.end().as_ms(), 1900);
        assert_eq!(words[1].text, "du");
    }
}
