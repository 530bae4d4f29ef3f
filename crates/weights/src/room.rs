//! Room on the disk, asked before anything large is written.

use std::path::Path;

use super::error::ModelError;

/// This much stays free for everything else.
const RESERVE: u64 = 64 << 20;

/// Refuses when `bytes` more do not fit where `target` is to be.
pub(super) fn check(target: &Path, bytes: u64) -> Result<(), ModelError> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    // Where the system does not tell, the writing itself will.
    let Ok(free) = fs4::available_space(folder) else { return Ok(()) };
    if bytes.saturating_add(RESERVE) <= free {
        return Ok(());
    }
    Err(ModelError::NoRoom { path: folder.to_owned(), bytes, free })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_the_disk_holds_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("model.bin");
        assert!(matches!(check(&target, u64::MAX), Err(ModelError::NoRoom { .. })));
        assert!(check(&target, 1).is_ok());
    }
}
