//! A secret of this user's that outlives the process: a file that nobody else may read.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use super::error::StoreError;

/// Returns the secret in the file at `path`; where there is none, `fresh` becomes it.
pub fn keep(path: &Path, fresh: &str) -> Result<String, StoreError> {
    let failed = |source| StoreError::Write { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    private(&mut options);
    match options.open(path) {
        Ok(mut file) => {
            file.write_all(fresh.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
            Ok(fresh.to_owned())
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let read = |source| StoreError::Read { path: path.to_owned(), source };
            let mut kept = String::new();
            let mut file = std::fs::File::open(path).map_err(read)?;
            file.read_to_string(&mut kept).map_err(read)?;
            let kept = kept.trim();
            // One that was cut short on the way would let everybody in.
            if kept.len() == fresh.len() {
                return Ok(kept.to_owned());
            }
            std::fs::remove_file(path).map_err(failed)?;
            keep(path, fresh)
        }
        Err(source) => Err(failed(source)),
    }
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

/// A file in the user's own folder is private on Windows.
#[cfg(not(unix))]
fn private(_options: &mut OpenOptions) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_made_once_and_one_cut_short_is_made_anew() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("new/key");
        assert_eq!(keep(&path, "abcd").unwrap(), "abcd");
        assert_eq!(keep(&path, "efgh").unwrap(), "abcd");
        super::super::artefact::write(&path, b"").unwrap();
        assert_eq!(keep(&path, "efgh").unwrap(), "efgh");
    }
}
