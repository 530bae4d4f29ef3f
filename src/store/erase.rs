//! Files that go, and are checked to be gone.
//!
//! A file's name and its link to the bytes are removed, and the folder is synced. The bytes are
//! not written over first: on journaling and copying file systems and on flash storage that
//! reaches other places than the old ones, and where a file has a second name outside the meeting
//! it would destroy what is not ours. Against a search of the raw device only an encrypted disk
//! helps.

use std::io::ErrorKind;
use std::path::Path;

use super::artefact;
use super::error::StoreError;

/// Removes the file at `path`, which may be gone already; when this returns it is gone for good,
/// also after a power cut.
pub fn file(path: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::Erase { path: path.to_owned(), source };
    match std::fs::remove_file(path) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(failed(source)),
    }
    if let Some(folder) = path.parent() {
        artefact::sync_folder(folder).map_err(failed)?;
    }
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Ok(_) => Err(failed(std::io::Error::other("it is still there"))),
        Err(source) => Err(failed(source)),
    }
}

/// Removes the folder at `path` when nothing is left in it.
pub fn empty_folder(path: &Path) {
    // A folder that is not empty, or gone already, is no failure.
    if std::fs::remove_dir(path).is_ok()
        && let Some(parent) = path.parent()
    {
        let _ = artefact::sync_folder(parent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_erased_is_gone_and_what_is_gone_is_no_failure() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b");
        artefact::write(&path, b"x").unwrap();
        file(&path).unwrap();
        file(&path).unwrap();
        assert!(!path.exists());
        empty_folder(&folder.path().join("a"));
        assert!(!folder.path().join("a").exists());
        assert!(matches!(file(folder.path()), Err(StoreError::Erase { .. })));
    }
}
