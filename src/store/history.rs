//! Every generation of the referent's texts, kept before it is replaced, so that it can be
//! brought back.
//!
//! `.referat/history/index.jsonl` has a line for each generation; the texts lie beside it under
//! their SHA-256, so that what did not change is kept once.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::artefact;
use super::error::StoreError;
use super::folder::MeetingFolder;
use super::lines;

/// A state of the texts that was replaced later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generation {
    /// Its number, counted from 1.
    pub id: u32,
    /// When it was replaced, by the wall clock (RFC 3339).
    pub at: String,
    /// What replaced it.
    pub reason: GenerationReason,
    /// Its files.
    pub files: Vec<KeptFile>,
}

/// What replaced a generation. In files it is a short string; one that is unknown here is kept as it
/// is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(as = "String"))]
#[serde(from = "String", into = "String")]
pub enum GenerationReason {
    /// A new draft.
    Draft,
    /// A first save in the editor.
    Edit,
    /// The generation of this number was brought back.
    Restore(u32),
    /// An exported file of this name came back, edited elsewhere.
    Edited(String),
    /// Something else, as the file has it.
    Other(String),
}

/// What stands before the number of a generation and the name of a file.
const RESTORE: &str = "restore ";
const EDITED: &str = "edited ";

impl fmt::Display for GenerationReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draft => f.write_str("draft"),
            Self::Edit => f.write_str("edit"),
            Self::Restore(id) => write!(f, "{RESTORE}{id}"),
            Self::Edited(file) => write!(f, "{EDITED}{file}"),
            Self::Other(other) => f.write_str(other),
        }
    }
}

impl From<String> for GenerationReason {
    fn from(name: String) -> Self {
        let restored = name.strip_prefix(RESTORE).and_then(|id| id.parse().ok());
        match (&*name, restored, name.strip_prefix(EDITED)) {
            ("draft", ..) => Self::Draft,
            ("edit", ..) => Self::Edit,
            // A number that is written otherwise would be written back changed.
            (_, Some(id), _) if name == format!("{RESTORE}{id}") => Self::Restore(id),
            (_, _, Some(file)) => Self::Edited(file.to_owned()),
            _ => Self::Other(name),
        }
    }
}

impl From<GenerationReason> for String {
    fn from(reason: GenerationReason) -> Self {
        reason.to_string()
    }
}

/// A file of a generation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFile {
    /// Where it stood, relative to the meeting's folder.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// The files that make a generation: the referent's two texts and the draft they go back to.
pub const FILES: [&str; 3] = ["referat.md", "referat-lukket.md", ".referat/base.json"];

/// The folder of the generations, relative to the program's own.
pub const FOLDER: &str = "history";

/// Returns the generations, the oldest first.
pub fn generations(folder: &MeetingFolder) -> Result<Vec<Generation>, StoreError> {
    lines::read(&index(folder))
}

/// Keeps the texts as they stand; `None` when there are none or the last generation is the same.
pub fn keep(
    folder: &MeetingFolder,
    at: &str,
    reason: GenerationReason,
) -> Result<Option<Generation>, StoreError> {
    let mut files = Vec::new();
    for path in FILES {
        if let Some(bytes) = artefact::read_if_there(&folder.root().join(path))? {
            let sha256 = artefact::sha256(&bytes);
            let kept = object(folder, &sha256);
            if artefact::read_if_there(&kept)?.is_none_or(|there| there != bytes) {
                artefact::write(&kept, &bytes)?;
            }
            files.push(KeptFile { path: path.to_owned(), sha256, bytes: bytes.len() as u64 });
        }
    }
    let generations = generations(folder)?;
    let last = generations.last();
    let same = last.is_some_and(|last| last.files == files);
    if same || files.iter().all(|file| file.path.starts_with('.')) {
        return Ok(None);
    }
    let id = last.map_or(1, |last| last.id + 1);
    let generation = Generation { id, at: at.to_owned(), reason, files };
    lines::append(&index(folder), &generation)?;
    Ok(Some(generation))
}

/// Returns the bytes of a generation's file; `None` when it had none at `path`.
pub fn contents(
    folder: &MeetingFolder,
    generation: &Generation,
    path: &str,
) -> Result<Option<Vec<u8>>, StoreError> {
    let file = generation.files.iter().find(|file| file.path == path);
    file.map(|file| artefact::read(&object(folder, &file.sha256))).transpose()
}

/// Returns the path of the list of generations.
pub fn index(folder: &MeetingFolder) -> PathBuf {
    folder.internal(FOLDER).join("index.jsonl")
}

/// Returns the path of a text that is kept under its SHA-256.
pub fn object(folder: &MeetingFolder, sha256: &str) -> PathBuf {
    folder.internal(FOLDER).join(sha256)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generation_is_kept_once_and_comes_back_byte_for_byte() {
        let root = tempfile::tempdir().unwrap();
        let folder = MeetingFolder::open(root.path()).unwrap();
        assert_eq!(keep(&folder, "t", GenerationReason::Draft).unwrap(), None);
        artefact::write(&folder.referat(), b"one").unwrap();
        assert_eq!(keep(&folder, "t", GenerationReason::Draft).unwrap().unwrap().id, 1);
        assert_eq!(keep(&folder, "t", GenerationReason::Draft).unwrap(), None);
        artefact::write(&folder.referat(), b"two").unwrap();
        assert_eq!(keep(&folder, "t", GenerationReason::Restore(1)).unwrap().unwrap().id, 2);
        let all = generations(&folder).unwrap();
        assert_eq!(contents(&folder, &all[0], "referat.md").unwrap().unwrap(), b"one");
        assert_eq!(contents(&folder, &all[1], "referat.md").unwrap().unwrap(), b"two");
        assert_eq!(contents(&folder, &all[1], "referat-lukket.md").unwrap(), None);
    }

    #[test]
    fn a_reason_is_written_as_it_was_read_also_an_unknown_one() {
        let read = |name: &str| GenerationReason::from(name.to_owned());
        let names =
            ["draft", "edit", "restore 3", "restore 03", "restore", "edited a.docx", "x", ""];
        for name in names {
            assert_eq!(read(name).to_string(), name);
        }
        assert_eq!(read("restore 3"), GenerationReason::Restore(3));
        assert_eq!(read("edited a.docx"), GenerationReason::Edited("a.docx".into()));
    }
}
