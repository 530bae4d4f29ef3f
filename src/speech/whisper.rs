//! Whisper through whisper.cpp: the one file where decoding meets the native engine.
//!
//! A lane keeps its state from window to window, but gets a fresh one after a window that was
//! left to chance: whisper.cpp's random numbers run on within a state, and a window must come
//! out the same whether it is decoded alone, after a restart, or beside others.

use std::ffi::{c_int, c_void};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperState,
    WhisperSysContext, WhisperSysState, WhisperTokenData,
};

use super::error::AsrError;
use super::name_bias::NameBias;
use super::prompt::{MAX_PROMPT_TOKENS, Prompt};
use super::recognizer::{Effort, Hearing, Recognizer, Window};
use super::tokens::{Decoded, Token, TokenKind};
use referat_core::domain::language::Language;

/// Weights in memory, shared by the states that decode with them.
#[derive(Clone)]
pub struct Model {
    context: Arc<WhisperContext>,
    path: PathBuf,
}

/// How a recording is decoded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhisperOptions {
    /// The language spoken; whisper is never left to guess, nor to translate.
    pub language: Language,
    /// What to expect; without words for models that take no prompt.
    pub prompt: Prompt,
    /// Whether the model was trained with timestamp tokens.
    pub timestamps: bool,
    /// How many likely texts are followed at once; 1 takes the likeliest token each time.
    pub beam_size: u8,
}

/// One decoding lane: the model with its settings, one thread.
pub struct Whisper {
    model: Model,
    options: WhisperOptions,
    /// The tokens of the words to expect.
    words: Vec<i32>,
    /// In a place of its own: whisper.cpp holds a pointer to it while it decodes.
    bias: Box<Favour>,
    state: Option<WhisperState>,
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
    pub fn recognizer(&self, options: WhisperOptions) -> Result<Whisper, AsrError> {
        if options.language != Language::EN && !self.context.is_multilingual() {
            let language = options.language.to_string();
            return Err(AsrError::EnglishOnly { path: self.path.clone(), language });
        }
        let words = self.tokens(options.prompt.as_str())?;
        let names = NameBias::new(options.prompt.names(), |name| self.tokens(name))?;
        let vocabulary = usize::try_from(self.context.n_vocab()).unwrap_or(0);
        let bias = Box::new(Favour { names, vocabulary });
        Ok(Whisper { model: self.clone(), options, words, bias, state: None })
    }

    fn tokens(&self, text: &str) -> Result<Vec<i32>, AsrError> {
        if text.is_empty() {
            return Ok(Vec::new());
        }
        // A token is at least one byte, so the byte length bounds the token count.
        let text = format!(" {text}");
        self.context
            .tokenize(&text, text.len() + 1)
            .map_err(|source| AsrError::State { path: self.path.clone(), source })
    }
}

/// Returns whisper.cpp's own account of what it was compiled with.
pub fn system_info() -> &'static str {
    whisper_rs::print_system_info()
}

impl Recognizer for Whisper {
    fn hear(&mut self, window: &Window, effort: Effort) -> Result<Hearing, AsrError> {
        let mut samples = window.samples.clone();
        samples.resize(samples.len().max(MIN_SAMPLES), 0.0);
        if effort == Effort::First {
            let decoded = self.decode(window, &samples, effort, Chance::None)?;
            if decoded.is_sound() {
                return Ok(decoded.hearing(window.span));
            }
        }
        let least = if effort == Effort::First { 0.2 } else { 0.4 };
        let decoded = self.decode(window, &samples, effort, Chance::From(least))?;
        Ok(decoded.hearing(window.span))
    }
}

/// whisper.cpp refuses less than 0.1 s, and its encoder likes a whole second.
const MIN_SAMPLES: usize = 16_000 + 1_600;

/// How much is left to chance.
#[derive(Clone, Copy, PartialEq)]
enum Chance {
    /// The likeliest token is taken each time.
    None,
    /// Tokens are drawn, the best of five runs kept, at this temperature and, until the
    /// result is sound, at higher ones.
    From(f32),
}

impl Whisper {
    fn decode(
        &mut self,
        window: &Window,
        samples: &[f32],
        effort: Effort,
        chance: Chance,
    ) -> Result<Decoded, AsrError> {
        let mut state = match self.state.take() {
            Some(state) => state,
            None => (self.model.context.create_state())
                .map_err(|source| AsrError::State { path: self.model.path.clone(), source })?,
        };
        let failed = |source| AsrError::Decode { at: window.span.start().to_string(), source };
        let mut prompt = self.words.clone();
        prompt.extend(self.model.tokens(&window.before)?);
        prompt.drain(..prompt.len().saturating_sub(MAX_PROMPT_TOKENS));
        let parameters = self.parameters(samples.len(), effort, chance, &prompt);
        state.full(parameters, samples).map_err(failed)?;
        let decoded = self.decoded(&state);
        // Random numbers have run on, which the next window must not notice: whisper.cpp draws
        // the texts that it follows at any temperature.
        let drawn = chance != Chance::None || self.options.beam_size > 1;
        self.state = (!drawn).then_some(state);
        Ok(decoded)
    }

    fn parameters<'a>(
        &'a self,
        samples: usize,
        effort: Effort,
        chance: Chance,
        prompt: &'a [i32],
    ) -> FullParams<'a, 'a> {
        // Figures of whisper's own paper and command line: best of 5, +0.2, 2.4, -1.0.
        let strategy = match (self.options.beam_size, chance) {
            (2.., Chance::None) => SamplingStrategy::BeamSearch {
                beam_size: self.options.beam_size.into(),
                patience: -1.0,
            },
            _ => SamplingStrategy::Greedy { best_of: 5 },
        };
        let mut parameters = FullParams::new(strategy);
        parameters.set_n_threads(1);
        parameters.set_language(Some(self.options.language.code()));
        parameters.set_translate(false);
        parameters.set_no_context(true);
        parameters.set_no_timestamps(!self.options.timestamps);
        // A window is encoded once: without this whisper.cpp encodes a whole window again for
        // the half second after the last word. What it leaves out is heard by the engine.
        parameters.set_single_segment(true);
        parameters.set_token_timestamps(false);
        parameters.set_audio_ctx(audio_context(samples));
        parameters.set_suppress_blank(true);
        parameters.set_entropy_thold(2.4);
        parameters.set_logprob_thold(-1.0);
        parameters.set_print_special(false);
        parameters.set_print_progress(false);
        parameters.set_print_realtime(false);
        parameters.set_print_timestamps(false);
        match chance {
            Chance::None => parameters.set_temperature_inc(0.0),
            Chance::From(temperature) => {
                parameters.set_temperature(temperature);
                parameters.set_temperature_inc(0.2);
            }
        }
        // A prompt, or a name that is helped, can be what makes a window loop.
        if effort == Effort::First {
            parameters.set_tokens(prompt);
            self.bias.set(&mut parameters);
        }
        parameters
    }

    fn decoded(&self, state: &WhisperState) -> Decoded {
        let first_time = self.model.context.token_beg();
        let moment =
            |id: i32| Duration::from_millis(u64::try_from(id - first_time).unwrap_or(0) * 20);
        let mut decoded = Decoded::default();
        for segment in state.as_iter() {
            decoded.no_speech = segment.no_speech_probability();
            for token in (0..segment.n_tokens()).filter_map(|index| segment.get_token(index)) {
                let data = token.token_data();
                let kind = if data.id >= first_time {
                    TokenKind::Time(moment(data.id))
                } else if data.id == self.model.context.token_eot() {
                    TokenKind::End
                } else if data.id > self.model.context.token_eot() {
                    continue;
                } else {
                    TokenKind::Text(token.to_bytes().unwrap_or_default().to_vec())
                };
                // The weights above which whisper.cpp believes a moment.
                let told = data.pt > 0.01 && data.ptsum > 0.01;
                decoded.tokens.push(Token {
                    kind,
                    id: data.id,
                    probability: data.p,
                    log_probability: data.plog,
                    moment: told.then(|| moment(data.tid)),
                });
            }
        }
        decoded
    }
}

/// The names that are favoured, as whisper.cpp's callback is given them.
struct Favour {
    names: NameBias,
    /// How many logits there are.
    vocabulary: usize,
}

impl Favour {
    /// Has whisper.cpp favour the names while it decodes with `parameters`.
    ///
    /// By the unsafe setters: the safe one of whisper-rs 0.16 has a trampoline of another type.
    fn set<'a>(&'a self, parameters: &mut FullParams<'a, 'a>) {
        if self.names.is_empty() {
            return;
        }
        let data: *const Self = self;
        // SAFETY: `favour` takes what whisper.cpp promises to give, and reads the pointer as what
        // it is; the parameters borrow `self`, so that it outlives them.
        unsafe {
            parameters.set_filter_logits_callback(Some(favour));
            parameters.set_filter_logits_callback_user_data(data.cast_mut().cast());
        }
    }
}

/// whisper.cpp's `whisper_logits_filter_callback`: called before each token is chosen.
unsafe extern "C" fn favour(
    _: *mut WhisperSysContext,
    _: *mut WhisperSysState,
    tokens: *const WhisperTokenData,
    count: c_int,
    logits: *mut f32,
    data: *mut c_void,
) {
    // SAFETY: the pointer that `Favour::set` gave, to what lives while whisper.cpp decodes.
    let favour = unsafe { &*data.cast::<Favour>() };
    let count = usize::try_from(count).unwrap_or(0);
    let said = match tokens.is_null() {
        true => &[],
        // SAFETY: whisper.cpp gives `count` tokens, which it does not change meanwhile.
        false => unsafe { std::slice::from_raw_parts(tokens, count) },
    };
    let recent = &said[count.min(said.len()).saturating_sub(favour.names.longest())..];
    let recent: Vec<i32> = recent.iter().map(|token| token.id).collect();
    // SAFETY: whisper.cpp gives one logit for each token of its vocabulary, to be changed.
    let logits = unsafe { std::slice::from_raw_parts_mut(logits, favour.vocabulary) };
    favour.names.apply(&recent, logits);
}

/// Returns how much of the encoder's 1500 positions (50 a second) a window needs: its own
/// length and a second, rounded up to 64 for the matrix kernels.
///
/// Measured 2026-11: a quarter to half of the time saved on windows of 20-28 s, CER unchanged.
fn audio_context(samples: usize) -> i32 {
    let positions = samples.div_ceil(16_000 / 50) + 50;
    positions.next_multiple_of(64).min(1500) as i32
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
}
