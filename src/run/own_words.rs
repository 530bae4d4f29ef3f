//! The user's own words: a file that is named, the one that a meeting's run was asked for, or
//! `ord.toml` among the settings, laid over the words of the languages.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::frozen::FrozenRun;
use super::settings::FrozenFile;
use crate::error::PipelineError;
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use referat_core::language::overlay::{Overlay, OverlayError};
use referat_core::language::words::Vocabulary;

/// The file of the user's words among the settings.
pub const FILE: &str = "ord.toml";

/// Where the user's words stand.
#[derive(Clone, Debug, Default)]
pub struct OwnWords {
    named: Option<FrozenFile>,
    settings: Option<PathBuf>,
    /// The last that were laid: most meetings have the same.
    last: Arc<Mutex<Option<(FrozenFile, Vocabulary)>>>,
}

impl OwnWords {
    /// Returns those of the file `named`, which hold for every meeting, else of the folder of
    /// `settings`, which hold for those that have none of their own.
    pub fn new(named: Option<FrozenFile>, settings: Option<PathBuf>) -> Self {
        Self { named, settings, last: Arc::default() }
    }

    /// Returns the words that hold for what belongs to no meeting.
    ///
    /// # Errors
    /// They cannot be read or do not live up to their examples.
    pub fn vocabulary(&self) -> Result<Vocabulary, PipelineError> {
        self.asked(None)
    }

    /// Returns the words that hold for the meeting in `folder`.
    ///
    /// # Errors
    /// They or what was frozen cannot be read, or they do not live up to their examples.
    pub fn of(&self, folder: &MeetingFolder) -> Result<Vocabulary, PipelineError> {
        self.asked(FrozenRun::read(folder)?.asked.words)
    }

    /// Returns the words that hold for a run that was `asked` for these.
    ///
    /// # Errors
    /// They cannot be read or do not live up to their examples.
    pub fn asked(&self, asked: Option<FrozenFile>) -> Result<Vocabulary, PipelineError> {
        let Some(words) =
            self.named.clone().or(asked).map_or_else(|| self.set(), |it| Ok(Some(it)))?
        else {
            return Ok(Vocabulary::default());
        };
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, vocabulary)) = last.as_ref().filter(|(known, _)| *known == words) {
            return Ok(vocabulary.clone());
        }
        let overlay = Overlay::parse(&words.file, &words.text)?;
        let vocabulary = overlay.over(Vocabulary::compiled());
        *last = Some((words, vocabulary.clone()));
        Ok(vocabulary)
    }

    /// Returns the file among the settings, where there is one.
    fn set(&self) -> Result<Option<FrozenFile>, PipelineError> {
        let Some(path) = self.settings.as_ref().map(|settings| settings.join(FILE)) else {
            return Ok(None);
        };
        let bytes = artefact::read_if_there(&path)?;
        bytes.map(|bytes| understood(&path, &bytes)).transpose()
    }
}

/// Reads the file `named`.
///
/// # Errors
/// It cannot be read or is no text.
pub fn read(named: &Path) -> Result<FrozenFile, PipelineError> {
    understood(named, &artefact::read(named)?)
}

fn understood(path: &Path, bytes: &[u8]) -> Result<FrozenFile, PipelineError> {
    if std::str::from_utf8(bytes).is_err() {
        return Err(OverlayError::NotText { file: path.display().to_string() }.into());
    }
    Ok(FrozenFile::of(path, bytes))
}
