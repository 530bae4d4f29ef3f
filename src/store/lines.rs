//! Append-only files of one JSON value a line: `marks.jsonl`, `review.jsonl`. A crash can tear
//! only the last line, which then was never acknowledged.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::artefact;
use super::error::StoreError;

/// Returns the values of the file at `path`, none when there is no such file; a torn last line
/// is left out.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, StoreError> {
    let Some(bytes) = artefact::read_if_there(path)? else { return Ok(Vec::new()) };
    let mut values = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice(line) {
            Ok(value) => values.push(value),
            Err(_) if !line.ends_with(b"\n") => {}
            Err(source) => return Err(StoreError::Parse { path: path.to_owned(), source }),
        }
    }
    Ok(values)
}

/// Adds a value to the file at `path`; when this returns it is on the disk. What is left of a
/// torn line is cut off.
pub fn append(path: &Path, value: &impl Serialize) -> Result<(), StoreError> {
    let mut line = serde_json::to_vec(value)
        .map_err(|source| StoreError::Parse { path: path.to_owned(), source })?;
    line.push(b'\n');
    let failed = |source| StoreError::Write { path: path.to_owned(), source };
    let there = artefact::read_if_there(path)?.unwrap_or_default();
    let whole = there.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let mut file = OpenOptions::new().create(true).append(true).open(path).map_err(failed)?;
    let tail = &there[whole..];
    if serde_json::from_slice::<serde::de::IgnoredAny>(tail).is_ok() {
        // Written by hand, without the last line break.
        line.insert(0, b'\n');
    } else if !tail.is_empty() {
        file.set_len(whole as u64).map_err(failed)?;
    }
    file.write_all(&line).map_err(failed)?;
    file.sync_data().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_line_is_left_out_and_cut_off_by_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("marks.jsonl");
        assert!(read::<u32>(&path).unwrap().is_empty());
        append(&path, &1).unwrap();
        OpenOptions::new().append(true).open(&path).unwrap().write_all(b"[2").unwrap();
        assert_eq!(read::<u32>(&path).unwrap(), [1]);
        append(&path, &3).unwrap();
        assert_eq!(read::<u32>(&path).unwrap(), [1, 3]);
    }

    #[test]
    fn a_last_line_without_its_break_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("marks.jsonl");
        artefact::write(&path, b"1").unwrap();
        append(&path, &2).unwrap();
        assert_eq!(read::<u32>(&path).unwrap(), [1, 2]);
    }

    #[test]
    fn a_spoilt_line_in_the_middle_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("review.jsonl");
        artefact::write(&path, b"1\nx\n3\n").unwrap();
        assert!(matches!(read::<u32>(&path), Err(StoreError::Parse { .. })));
    }
}
