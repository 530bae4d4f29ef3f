//! Which model a command uses, for all commands that decode.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::error::CliError;
use crate::run::listen::Ears;
use crate::speech::manner::Manner;
use referat_core::domain::language::Language;
use referat_core::domain::transcript::ModelRef;
use referat_weights::error::ModelError;
use referat_weights::library::{InstalledModel, Library};
use referat_weights::manifest::{Decoding, PromptPolicy};

/// Returns the model called `name` or else the best one installed for `language`, and says
/// which when the user did not choose.
pub(super) fn choose(name: Option<&str>, language: Language) -> Result<InstalledModel, CliError> {
    let library = Library::open()?;
    let model = match name {
        Some(name) => library.find(name)?,
        None => {
            let best = library.best_for(language.code())?;
            note_once(&format!("transcribing with model `{}`", best.name));
            best
        }
    };
    if let Some(warning) = model.warning(language.code()) {
        note_once(&warning);
    }
    Ok(model)
}

/// Prints a note that holds for all recordings of a run: a batch says it once.
fn note_once(text: &str) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    if said.insert(text.to_owned()) {
        eprintln!("note: {text}");
    }
}

/// Returns what finds the speech: Silero where its weights are installed, loudness else.
pub(super) fn ears() -> Result<Ears, CliError> {
    match Library::open()?.find("silero-vad") {
        Ok(model) => Ok(Ears::Silero(model.path.clone())),
        Err(ModelError::NotInstalled { .. }) => {
            note_once("finding speech by loudness alone: the model `silero-vad` is not installed");
            Ok(Ears::Loudness)
        }
        Err(error) => Err(error.into()),
    }
}

/// Returns the weights that tell voices apart, and how they are named.
pub(super) fn voices() -> Result<(PathBuf, ModelRef), CliError> {
    let model = Library::open()?.find("voices")?;
    Ok((model.path.clone(), reference(&model)))
}

/// Returns the same, or `None` with a note where they are not installed.
pub(super) fn voices_if_installed() -> Result<Option<(PathBuf, ModelRef)>, CliError> {
    match Library::open()?.find("voices") {
        Ok(model) => Ok(Some((model.path.clone(), reference(&model)))),
        Err(ModelError::NotInstalled { .. }) => {
            note_once(
                "voices are not told apart: the model `voices` is not installed \
                 (`referat models pull voices`)",
            );
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Returns how `model` is decoded.
pub(super) fn manner(model: &InstalledModel) -> Manner {
    let usual = Manner::default();
    let Decoding { longest_window_s, beam_size } = model.decoding;
    let longest = longest_window_s.map(|s| Duration::from_secs(u64::from(s.clamp(5, 28))));
    Manner {
        longest_window: longest.unwrap_or(usual.longest_window),
        beam_size: beam_size.map_or(usual.beam_size, |size| size.clamp(1, 8)),
        previous_sentence: model.prompt_policy != PromptPolicy::None,
    }
}

/// Returns how the transcript names `model`.
pub(super) fn reference(model: &InstalledModel) -> ModelRef {
    ModelRef { name: model.name.clone(), sha256: model.sha256.clone() }
}
