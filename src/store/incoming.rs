//! A file that comes in piece by piece and takes its place only when it is whole. Until then it
//! lies beside its place under a name that nobody takes for a recording, and goes when it is
//! dropped.

use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::artefact::{readable, sync_folder};
use super::error::StoreError;

const PREFIX: &str = ".referat-";
const SUFFIX: &str = ".part";

/// A file on its way.
#[derive(Debug)]
pub struct Incoming {
    file: NamedTempFile,
    target: PathBuf,
}

impl Incoming {
    /// Begins a file that is to stand at `target`; its folder is made when needed.
    pub fn begin(target: &Path) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Write { path: target.to_owned(), source };
        let folder = target.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(failed)?;
        let file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder);
        Ok(Self { file: file.map_err(failed)?, target: target.to_owned() })
    }

    /// Adds a piece.
    pub fn write(&mut self, piece: &[u8]) -> Result<(), StoreError> {
        self.file
            .write_all(piece)
            .map_err(|source| StoreError::Write { path: self.target.clone(), source })
    }

    /// Returns where the file lies for now.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Puts the file into its place, where nothing may stand: on the disk when this returns.
    pub fn finish(self) -> Result<(), StoreError> {
        let failed = |source| StoreError::Write { path: self.target.clone(), source };
        readable(self.file.as_file()).map_err(failed)?;
        self.file.as_file().sync_all().map_err(failed)?;
        self.file.persist_noclobber(&self.target).map_err(|error| failed(error.error))?;
        sync_folder(self.target.parent().unwrap_or(Path::new("."))).map_err(failed)
    }
}

/// Returns how many bytes more the disk of `folder` takes; `None` where the system does not tell.
pub fn room(folder: &Path) -> Option<u64> {
    fs4::available_space(folder).ok()
}

/// Removes from `folder` what a process that was killed left on its way. Nothing may come in
/// meanwhile.
pub fn clear(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            // One that cannot go is in nobody's way.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_takes_its_place_whole_or_not_at_all() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("audio/a.wav");
        let count = || std::fs::read_dir(root.path().join("audio")).unwrap().count();
        let mut dropped = Incoming::begin(&target).unwrap();
        dropped.write(b"half").unwrap();
        assert_eq!(count(), 1);
        drop(dropped);
        assert_eq!(count(), 0);
        let mut whole = Incoming::begin(&target).unwrap();
        whole.write(b"wh").unwrap();
        whole.write(b"ole").unwrap();
        whole.finish().unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"whole");
        // What stands there is never replaced.
        assert!(Incoming::begin(&target).unwrap().finish().is_err());
        std::mem::forget(Incoming::begin(&target).unwrap());
        clear(target.parent().unwrap());
        assert_eq!(count(), 1);
    }
}
