//! The user's own words: `ord.toml` among the settings, or a file that is named, laid over the
//! words of the languages before anything reads them.

use std::path::{Path, PathBuf};

use crate::store::artefact;
use referat_core::language::overlay::{Overlay, OverlayError};

use crate::error::PipelineError;

/// The file of the user's words among the settings.
pub const FILE: &str = "ord.toml";

/// Lays the file `named`, else the one in the folder of `settings` where there is one, over the
/// words of the languages; returns which file that was.
pub fn lay(
    named: Option<&Path>,
    settings: Option<&Path>,
) -> Result<Option<PathBuf>, PipelineError> {
    let (path, bytes) = match (named, settings) {
        (Some(path), _) => (path.to_owned(), artefact::read(path)?),
        (None, None) => return Ok(None),
        (None, Some(settings)) => {
            let path = settings.join(FILE);
            match artefact::read_if_there(&path)? {
                Some(bytes) => (path, bytes),
                None => return Ok(None),
            }
        }
    };
    let file = path.display().to_string();
    let text =
        std::str::from_utf8(&bytes).map_err(|_| OverlayError::NotText { file: file.clone() })?;
    Overlay::parse(&file, text)?.lay();
    Ok(Some(path))
}
