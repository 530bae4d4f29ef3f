//! Append-only journals: a first line that says what the work is, then a synced line for
//! each piece done. After a crash the last line may be torn; it is cut off and done again.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::artefact;
use super::error::StoreError;

/// An open journal.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
}

impl Journal {
    /// Opens the journal at `path` and returns it with the entries it holds. A journal whose
    /// first line is not `task` belongs to other work and is begun anew.
    pub fn open<T, E>(path: &Path, task: &T) -> Result<(Self, Vec<E>), StoreError>
    where
        T: Serialize + DeserializeOwned + PartialEq,
        E: DeserializeOwned,
    {
        let failed = |source| StoreError::Write { path: path.to_owned(), source };
        let bytes = artefact::read_if_there(path)?.unwrap_or_default();
        let (entries, whole) = entries::<T, E>(&bytes, task);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(failed)?;
        file.set_len(whole).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        let mut journal = Self { path: path.to_owned(), file };
        if whole == 0 {
            journal.append(task)?;
        }
        Ok((journal, entries))
    }

    /// Adds an entry; when this returns it is on the disk.
    pub fn append(&mut self, entry: &impl Serialize) -> Result<(), StoreError> {
        let mut line = serde_json::to_vec(entry)
            .map_err(|source| StoreError::Parse { path: self.path.clone(), source })?;
        line.push(b'\n');
        let failed = |source| StoreError::Write { path: self.path.clone(), source };
        self.file.write_all(&line).map_err(failed)?;
        self.file.sync_data().map_err(failed)
    }
}

/// Returns the journal's entries and the length of what can be kept of it.
fn entries<T, E>(bytes: &[u8], task: &T) -> (Vec<E>, u64)
where
    T: DeserializeOwned + PartialEq,
    E: DeserializeOwned,
{
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    if !serde_json::from_slice::<T>(first).is_ok_and(|found| found == *task) {
        return (Vec::new(), 0);
    }
    let mut whole = first.len();
    let mut entries = Vec::new();
    for line in lines {
        match serde_json::from_slice(line) {
            Ok(entry) if line.ends_with(b"\n") => entries.push(entry),
            _ => break,
        }
        whole += line.len();
    }
    (entries, whole as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reopened(path: &Path, task: &str) -> Vec<u32> {
        Journal::open(path, &task.to_owned()).unwrap().1
    }

    #[test]
    fn a_torn_line_is_cut_off_and_the_rest_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("j.jsonl");
        let (mut journal, entries) = Journal::open::<_, u32>(&path, &"task".to_owned()).unwrap();
        assert!(entries.is_empty());
        journal.append(&1).unwrap();
        journal.append(&22).unwrap();
        let length = std::fs::metadata(&path).unwrap().len();
        OpenOptions::new().write(true).open(&path).unwrap().set_len(length - 1).unwrap();
        assert_eq!(reopened(&path, "task"), [1]);
        let (mut journal, _) = Journal::open::<_, u32>(&path, &"task".to_owned()).unwrap();
        journal.append(&3).unwrap();
        assert_eq!(reopened(&path, "task"), [1, 3]);
    }

    #[test]
    fn other_work_begins_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("j.jsonl");
        let (mut journal, _) = Journal::open::<_, u32>(&path, &"task".to_owned()).unwrap();
        journal.append(&1).unwrap();
        assert!(reopened(&path, "other").is_empty());
        assert!(reopened(&path, "task").is_empty());
    }
}
