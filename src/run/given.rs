//! A file that the user gives, read unless it is larger than any that is understood.

use std::path::Path;

use crate::error::PipelineError;
use crate::store::artefact;
use referat_document::{ImportError, MAX_FILE};

/// Reads the text of a file of any form that is known.
///
/// # Errors
/// The file is missing, too large, damaged or of a kind that holds no text.
pub fn text(path: &Path) -> Result<String, PipelineError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(referat_document::read_bytes(&bytes(path)?, &name)?)
}

/// Reads the bytes of a file.
///
/// # Errors
/// The file is missing or too large.
pub fn bytes(path: &Path) -> Result<Vec<u8>, PipelineError> {
    // A file that cannot be asked cannot be read either, and that tells why.
    let length = std::fs::metadata(path).map_or(0, |it| it.len());
    if length > (MAX_FILE as u64) << 20 {
        let path = path.file_name().unwrap_or_default().into();
        return Err(ImportError::TooLarge { path, what: "the file", limit: MAX_FILE }.into());
    }
    Ok(artefact::read(path)?)
}
