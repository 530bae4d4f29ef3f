//! Which model a run uses, and how it is decoded.

use std::path::PathBuf;
use std::time::Duration;

use super::listen::SpeechDetector;
use crate::speech::decode_options::DecodeOptions;
use referat_core::domain::language::Language;
use referat_core::domain::transcript::ModelRef;
use referat_weights::error::ModelError;
use referat_weights::installed::InstalledModel;
use referat_weights::library::Library;
use referat_weights::manifest::{Decoding, PromptPolicy};

/// What is known of the model to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelWish {
    /// The name that was asked for.
    pub name: Option<String>,
    /// The one that an earlier run of the meeting used.
    pub earlier: Option<ModelRef>,
    /// The language spoken.
    pub language: Language,
}

/// Returns the model that was asked for; else the one used before, where it is still installed;
/// else the best one for the language.
///
/// # Errors
/// It, or any, is not installed.
pub fn find(wish: &ModelWish) -> Result<InstalledModel, ModelError> {
    let library = Library::open()?;
    if let Some(name) = &wish.name {
        return library.find(name);
    }
    let earlier = wish.earlier.as_ref().and_then(|earlier| {
        library.find(&earlier.name).ok().filter(|model| model.sha256 == earlier.sha256)
    });
    earlier.map_or_else(|| library.best_for(wish.language.code()), Ok)
}

/// Returns what finds the speech: Silero where its weights are installed, loudness else.
pub fn speech_detector() -> Result<SpeechDetector, ModelError> {
    match Library::open()?.find("silero-vad") {
        Ok(model) => Ok(SpeechDetector::Silero(model.path)),
        Err(ModelError::NotInstalled { .. }) => Ok(SpeechDetector::Loudness),
        Err(error) => Err(error),
    }
}

/// Returns the weights that tell voices apart, and how they are named.
///
/// # Errors
/// They are not installed.
pub fn voices() -> Result<(PathBuf, ModelRef), ModelError> {
    let model = Library::open()?.find("voices")?;
    Ok((model.path.clone(), reference(&model)))
}

/// Returns [`voices`], or nothing where they are not installed.
pub(super) fn voices_if_installed() -> Result<Option<(PathBuf, ModelRef)>, ModelError> {
    match voices() {
        Ok(weights) => Ok(Some(weights)),
        Err(ModelError::NotInstalled { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns how `model` is decoded.
pub fn decode_options(model: &InstalledModel) -> DecodeOptions {
    let usual = DecodeOptions::default();
    let Decoding { longest_window_s, beam_size } = model.decoding;
    let longest = longest_window_s.map(|s| Duration::from_secs(u64::from(s.clamp(5, 28))));
    DecodeOptions {
        longest_window: longest.unwrap_or(usual.longest_window),
        beam_size: beam_size.map_or(usual.beam_size, |size| size.clamp(1, 8)),
        previous_sentence: model.prompt_policy != PromptPolicy::None,
    }
}

/// Returns how the transcript names `model`.
pub fn reference(model: &InstalledModel) -> ModelRef {
    ModelRef { name: model.name.clone(), sha256: model.sha256.clone() }
}
