//! What a file's bytes must be: a SHA-256, or the name that git gives to small files.

use std::path::Path;

use sha1::{Digest, Sha1};

use referat_files::artefact;

/// A checksum in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Checksum {
    /// SHA-256 of the bytes.
    Sha256(String),
    /// The object name of a git blob: SHA-1 of `blob`, the length and the bytes. The hub gives
    /// it for the files that it keeps in git itself.
    Blob(String),
}

impl Checksum {
    /// Returns why the file at `path` is not the one meant, or nothing when it is. The error
    /// says why it cannot be read, for people.
    pub(super) fn refusal(&self, path: &Path) -> Result<Option<String>, String> {
        let (kind, wanted, found) = match self {
            Self::Sha256(wanted) => {
                let found = artefact::sha256_of_file(path).map_err(|error| error.to_string())?;
                ("SHA-256", wanted, found)
            }
            Self::Blob(wanted) => {
                let bytes = artefact::read(path).map_err(|error| error.to_string())?;
                ("git's name", wanted, blob(&bytes))
            }
        };
        Ok((found != *wanted).then(|| format!("what came has {kind} {found}, not {wanted}")))
    }
}

fn blob(bytes: &[u8]) -> String {
    let mut hash = Sha1::new();
    hash.update(format!("blob {}\0", bytes.len()));
    hash.update(bytes);
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_has_the_name_that_git_gives_it() {
        // `printf 'hello\n' | git hash-object --stdin`
        assert_eq!(blob(b"hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
    }

    #[test]
    fn other_bytes_are_refused_with_both_checksums() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        artefact::write(&path, b"hello\n").unwrap();
        let right = Checksum::Blob("ce013625030ba8dba906f756967f9e9ca394464a".into());
        assert_eq!(right.refusal(&path).unwrap(), None);
        let wrong = Checksum::Sha256("00".into()).refusal(&path).unwrap().unwrap();
        assert!(wrong.contains("5891b5b522d5df08") && wrong.ends_with("not 00"), "{wrong}");
    }
}
