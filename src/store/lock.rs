//! One process at a time works on a meeting.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use super::error::StoreError;

/// How often a lock that is held is tried again.
const LOOK: Duration = Duration::from_millis(20);

/// Holds a meeting for as long as it lives; the system lets go when the process ends, however
/// it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock file at `path`, which belongs to the folder `whole`.
    pub fn take(path: &Path, whole: &Path) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Write { path: path.to_owned(), source };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let file = OpenOptions::new().create(true).append(true).open(path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Busy { path: whole.to_owned() }),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    /// Takes the lock file at `path` of the folder `whole`, which others hold for moments only,
    /// and waits for it.
    pub fn wait(path: &Path, whole: &Path, patience: Duration) -> Result<Self, StoreError> {
        let began = Instant::now();
        loop {
            match Self::take(path, whole) {
                Err(StoreError::Busy { .. }) if began.elapsed() < patience => {
                    std::thread::sleep(LOOK);
                }
                result => return result,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_to_come_is_told_and_the_next_gets_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".referat/lock");
        let first = Lock::take(&path, folder.path()).unwrap();
        assert!(matches!(Lock::take(&path, folder.path()), Err(StoreError::Busy { .. })));
        drop(first);
        Lock::take(&path, folder.path()).unwrap();
    }
}
