//! The user's own words: a file that is named, the one that the meeting's run was asked for, or
//! `ord.toml` among the settings, laid over the words of the languages before anything reads them.

use std::path::Path;

use super::frozen::FrozenRun;
use super::settings::FrozenFile;
use crate::error::PipelineError;
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use referat_core::language::overlay::{Overlay, OverlayError};

/// The file of the user's words among the settings.
pub const FILE: &str = "ord.toml";

/// Reads the file `named`.
///
/// # Errors
/// It cannot be read or is no text.
pub fn read(named: &Path) -> Result<FrozenFile, PipelineError> {
    understood(named, &artefact::read(named)?)
}

/// Returns the words that a run of `folder` was asked for, where it was.
///
/// # Errors
/// What was frozen cannot be read.
pub fn frozen(folder: &Path) -> Result<Option<FrozenFile>, PipelineError> {
    match MeetingFolder::open(folder) {
        Ok(folder) => Ok(FrozenRun::read(&folder)?.asked.words),
        // Whoever works on it says so.
        Err(_) => Ok(None),
    }
}

/// Lays the words that were `asked` for, else those in the folder of `settings` where there are
/// any, over the words of the languages.
///
/// # Errors
/// They cannot be read or do not live up to their examples.
pub fn lay(asked: Option<&FrozenFile>, settings: Option<&Path>) -> Result<(), PipelineError> {
    let words = match (asked, settings) {
        (Some(words), _) => words.clone(),
        (None, None) => return Ok(()),
        (None, Some(settings)) => {
            let path = settings.join(FILE);
            match artefact::read_if_there(&path)? {
                Some(bytes) => understood(&path, &bytes)?,
                None => return Ok(()),
            }
        }
    };
    Overlay::parse(&words.file, &words.text)?.lay();
    Ok(())
}

fn understood(path: &Path, bytes: &[u8]) -> Result<FrozenFile, PipelineError> {
    if std::str::from_utf8(bytes).is_err() {
        return Err(OverlayError::NotText { file: path.display().to_string() }.into());
    }
    Ok(FrozenFile::of(path, bytes))
}
