//! Several files of a meeting replaced as one: all of them or, until the next start, none.
//!
//! What is to be written is first noted whole in `.referat/redo.json`. A run that was killed is
//! finished by [`finish`]; a file that somebody has changed since is left as it is.

use serde::{Deserialize, Serialize};

use super::artefact;
use super::erase;
use super::error::StoreError;
use super::folder::MeetingFolder;

/// One file and what is to become of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Relative to the meeting's folder.
    pub path: String,
    /// SHA-256 of the file that it replaces; absent when there is none.
    pub before: Option<String>,
    /// The new text; absent when the file is to go.
    pub after: Option<String>,
}

impl Change {
    /// Returns the change of the file at `path`, as it stands now, into `after`.
    pub fn new(
        folder: &MeetingFolder,
        path: &str,
        after: Option<String>,
    ) -> Result<Self, StoreError> {
        let there = artefact::read_if_there(&folder.root().join(path))?;
        let before = there.map(|bytes| artefact::sha256(&bytes));
        Ok(Self { path: path.to_owned(), before, after })
    }
}

const NOTE: &str = "redo.json";

/// Makes the changes, in order. When the process is killed on the way, [`finish`] goes on.
pub fn replace(folder: &MeetingFolder, changes: &[Change]) -> Result<(), StoreError> {
    artefact::write_json(&folder.internal(NOTE), &changes)?;
    finish(folder)
}

/// Finishes what a killed run began. From the first file that was changed since, the rest is
/// left as it is.
pub fn finish(folder: &MeetingFolder) -> Result<(), StoreError> {
    let note = folder.internal(NOTE);
    let Some(bytes) = artefact::read_if_there(&note)? else { return Ok(()) };
    let changes: Vec<Change> = serde_json::from_slice(&bytes)
        .map_err(|source| StoreError::Parse { path: note.clone(), source })?;
    for change in changes {
        let path = folder.root().join(&change.path);
        let there = artefact::read_if_there(&path)?.map(|bytes| artefact::sha256(&bytes));
        let after = change.after.as_ref().map(|text| artefact::sha256(text.as_bytes()));
        if there == after {
            continue;
        }
        if there != change.before {
            break;
        }
        match change.after {
            Some(text) => artefact::write(&path, text.as_bytes())?,
            None => erase::file(&path)?,
        }
    }
    erase::file(&note)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, MeetingFolder) {
        let root = tempfile::tempdir().unwrap();
        let folder = MeetingFolder::open(root.path()).unwrap();
        artefact::write(&folder.referat(), b"old").unwrap();
        artefact::write(&folder.closed_referat(), b"old closed").unwrap();
        (root, folder)
    }

    fn changes(folder: &MeetingFolder) -> Vec<Change> {
        vec![
            Change::new(folder, "referat.md", Some("new".into())).unwrap(),
            Change::new(folder, "referat-lukket.md", None).unwrap(),
            Change::new(folder, ".referat/base.json", Some("{}".into())).unwrap(),
        ]
    }

    #[test]
    fn a_run_killed_on_the_way_is_finished() {
        let (_root, folder) = folder();
        let changes = changes(&folder);
        artefact::write_json(&folder.internal(NOTE), &changes).unwrap();
        artefact::write(&folder.referat(), b"new").unwrap();
        finish(&folder).unwrap();
        assert_eq!(artefact::read(&folder.referat()).unwrap(), b"new");
        assert!(!folder.closed_referat().exists());
        assert!(folder.internal("base.json").exists() && !folder.internal(NOTE).exists());
    }

    #[test]
    fn a_text_edited_since_is_left_with_all_that_comes_after() {
        let (_root, folder) = folder();
        artefact::write_json(&folder.internal(NOTE), &changes(&folder)).unwrap();
        artefact::write(&folder.referat(), b"hers").unwrap();
        finish(&folder).unwrap();
        assert_eq!(artefact::read(&folder.referat()).unwrap(), b"hers");
        assert!(folder.closed_referat().exists() && !folder.internal("base.json").exists());
    }
}
