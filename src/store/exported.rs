//! What was given out as the final referat: known by its bytes, so that no purge takes it,
//! whatever it is called and however the text was changed since.
//!
//! `.referat/exported.jsonl` has a line for each file.

use std::collections::HashSet;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::artefact;
use super::error::StoreError;
use super::folder::MeetingFolder;
use super::lines;

/// A file that was given out.
#[derive(Serialize, Deserialize)]
struct ExportNote {
    at: String,
    /// Its name when it was made.
    name: String,
    /// SHA-256 of its bytes.
    sha256: String,
}

/// Notes that `bytes` were given out under `name` as the final referat.
pub fn note(folder: &MeetingFolder, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let sha256 = artefact::sha256(bytes);
    if exported(folder)?.contains(&sha256) {
        return Ok(());
    }
    let at = jiff::Timestamp::now().to_string();
    let place = folder.internal("");
    std::fs::create_dir_all(&place).map_err(|source| StoreError::Write { path: place, source })?;
    lines::append(&list(folder), &ExportNote { at, name: name.to_owned(), sha256 })
}

/// Returns the SHA-256 of everything that was given out as the final referat.
pub fn exported(folder: &MeetingFolder) -> Result<HashSet<String>, StoreError> {
    let notes: Vec<ExportNote> = lines::read(&list(folder))?;
    Ok(notes.into_iter().map(|note| note.sha256).collect())
}

fn list(folder: &MeetingFolder) -> PathBuf {
    folder.internal("exported.jsonl")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_out_is_known_by_its_bytes_and_noted_once() {
        let root = tempfile::tempdir().unwrap();
        let folder = MeetingFolder::open(root.path()).unwrap();
        assert!(exported(&folder).unwrap().is_empty());
        for name in ["referat.docx", "sendt.docx"] {
            note(&folder, name, b"the referat").unwrap();
        }
        let known = exported(&folder).unwrap();
        assert_eq!(known.len(), 1);
        assert!(known.contains(&artefact::sha256(b"the referat")));
    }
}
