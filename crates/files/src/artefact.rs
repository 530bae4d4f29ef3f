//! Files that are written whole: beside the target, synced, then renamed over it.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Write};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::error::StoreError;

/// Writes `bytes` to `path`: after a crash the file is the old one or the new one, whole.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    whole(path, |file| file.write_all(bytes))
        .map_err(|source| StoreError::Write { path: path.to_owned(), source })
}

/// Writes to `path` what `fill` puts into the file that it is given: after a crash the file is the
/// old one or the new one, whole. The system's own errors only: others are `fill`'s to keep.
pub fn write_with(
    path: &Path,
    fill: impl FnOnce(&mut File) -> std::io::Result<()>,
) -> Result<(), StoreError> {
    whole(path, fill).map_err(|source| StoreError::Write { path: path.to_owned(), source })
}

fn whole(path: &Path, fill: impl FnOnce(&mut File) -> std::io::Result<()>) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file =
        tempfile::Builder::new().prefix(".referat-").suffix(".part").tempfile_in(folder)?;
    fill(file.as_file_mut())?;
    readable(file.as_file())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// Copies the file `from` to `to`, whole or not at all.
pub fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::Write { path: to.to_owned(), source };
    let mut source =
        File::open(from).map_err(|source| StoreError::Read { path: from.to_owned(), source })?;
    whole(to, |file| std::io::copy(&mut source, file).map(drop)).map_err(failed)
}

/// Writes `value` to `path` as indented JSON.
pub fn write_json(path: &Path, value: &impl Serialize) -> Result<(), StoreError> {
    let mut bytes = serde_json::to_vec_pretty(value)
        .map_err(|source| StoreError::Parse { path: path.to_owned(), source })?;
    bytes.push(b'\n');
    write(path, &bytes)
}

/// Returns the bytes of `path`.
pub fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    std::fs::read(path).map_err(|source| StoreError::Read { path: path.to_owned(), source })
}

/// Returns the bytes of `path`, or `None` when there is no such file.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(StoreError::Read { path: path.to_owned(), source }),
    }
}

/// Returns the value that `path` holds as JSON.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, StoreError> {
    serde_json::from_slice(&read(path)?)
        .map_err(|source| StoreError::Parse { path: path.to_owned(), source })
}

/// Returns the SHA-256 of `bytes` in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Returns the SHA-256 of the file at `path` in hexadecimal.
pub fn sha256_of_file(path: &Path) -> Result<String, StoreError> {
    let failed = |source| StoreError::Read { path: path.to_owned(), source };
    let mut file = BufReader::with_capacity(1 << 20, File::open(path).map_err(failed)?);
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let length = file.read(&mut buffer).map_err(failed)?;
        if length == 0 {
            return Ok(hexadecimal(&hash.finalize()));
        }
        hash.update(&buffer[..length]);
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Gives the file the permissions of an ordinary new one: temporary files are private.
#[cfg(unix)]
pub fn readable(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
pub fn readable(_file: &File) -> std::io::Result<()> {
    Ok(())
}

/// Makes a rename last through a power cut; Windows has no such call and needs none.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/minutes.json");
        write_json(&path, &[1, 2, 3]).unwrap();
        write_json(&path, &[4]).unwrap();
        assert_eq!(read_json::<Vec<u8>>(&path).unwrap(), [4]);
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_and_its_bytes_have_the_same_hash() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write(&path, b"abc").unwrap();
        assert_eq!(sha256_of_file(&path).unwrap(), sha256(b"abc"));
        assert!(sha256(b"abc").starts_with("ba7816bf"));
    }
}
