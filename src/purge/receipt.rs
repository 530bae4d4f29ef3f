//! The receipt of a purge: what was deleted or changed, when, by whom; and whether it is true.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::{MeetingFolder, all_files};
use crate::store::history;

/// What a purge did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Receipt {
    /// Version of the file's form; 1.
    pub version: u32,
    /// The program and its version.
    pub tool: String,
    /// When, by the wall clock (RFC 3339).
    pub at: String,
    /// By whom, where that was said.
    pub by: Option<String>,
    /// What was to go: `audio`, `transcript`, `voices`, `item 4`.
    pub scope: Vec<String>,
    /// When the referat was approved (RFC 3339); absent when it was not.
    pub approved: Option<String>,
    /// What deleting means here.
    pub meaning: String,
    /// Whether everything below was done and checked; false when the purge was cut short.
    pub done: bool,
    /// The files that are gone.
    pub deleted: Vec<Deleted>,
    /// The files that lost a part.
    pub changed: Vec<Changed>,
    /// What was not touched and may hold the same: other names of a file, originals elsewhere.
    pub untouched: Vec<String>,
    /// SHA-256 of this receipt with an empty seal.
    pub seal: String,
}

/// A file that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Deleted {
    /// Relative to the meeting's folder.
    pub path: String,
    /// What it was.
    pub what: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// A file that lost a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Changed {
    /// Relative to the meeting's folder.
    pub path: String,
    /// What it lost.
    pub what: String,
    /// SHA-256 of its bytes before.
    pub sha256_before: String,
    /// SHA-256 of its bytes after.
    pub sha256_after: String,
}

/// What deleting a file means, as every receipt says it.
pub const MEANING: &str = "The files were removed from the file system, and that they are gone \
    was checked. Their bytes were not written over: the storage may keep them until it uses the \
    place again, and snapshots and backups keep what they hold. Against reading the raw device, \
    keep meetings on an encrypted disk.";

const PREFIX: &str = "kvittering-";

impl Receipt {
    /// Returns where the receipt stands in its meeting's folder.
    pub fn path(&self, folder: &MeetingFolder) -> PathBuf {
        let digits: String = self.at.chars().filter(char::is_ascii_alphanumeric).collect();
        folder.root().join(format!("{PREFIX}{digits}.json"))
    }

    /// Seals the receipt and writes it.
    pub fn write(&mut self, folder: &MeetingFolder) -> Result<(), StoreError> {
        self.seal = self.expected_seal()?;
        artefact::write_json(&self.path(folder), self)
    }

    fn expected_seal(&self) -> Result<String, StoreError> {
        let open = Self { seal: String::new(), ..self.clone() };
        let bytes = serde_json::to_vec(&open)
            .map_err(|source| StoreError::Parse { path: PREFIX.into(), source })?;
        Ok(artefact::sha256(&bytes))
    }
}

/// Tells whether a file's name is that of a receipt.
pub fn is_receipt(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with(PREFIX) && name.ends_with(".json")
}

/// Returns the receipts of a meeting, the oldest first.
pub fn all(folder: &MeetingFolder) -> Result<Vec<Receipt>, StoreError> {
    let failed = |source| StoreError::Read { path: folder.root().to_owned(), source };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder.root()).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if is_receipt(&path) {
            paths.push(path);
        }
    }
    paths.sort();
    paths.iter().map(|path| artefact::read_json(path)).collect()
}

/// Returns the receipt of the purge after which there is neither a transcript nor a recording to
/// make one of; `None` while there is one.
pub fn of_what_is_gone(folder: &MeetingFolder) -> Result<Option<Receipt>, StoreError> {
    if folder.transcript().exists() || folder.recordings().is_ok() {
        return Ok(None);
    }
    let took = |receipt: &Receipt| receipt.scope.iter().any(|scope| scope == "transcript");
    Ok(all(folder)?.into_iter().rfind(took))
}

/// Tells whether a file may stand again where one was deleted: what the referat is exported to,
/// and its earlier texts, which are written with every change of it.
fn may_come_again(folder: &MeetingFolder, path: &str) -> bool {
    path.starts_with(&format!(".referat/{}/", history::FOLDER))
        || is_export(folder, &folder.root().join(path))
}

/// Checks the receipt at `path` against the folder it stands in; returns what is not as it says.
pub fn verify(path: &Path) -> Result<(Receipt, Vec<String>), StoreError> {
    let receipt: Receipt = artefact::read_json(path)?;
    let root = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = MeetingFolder::open(root.unwrap_or(Path::new(".")))?;
    let mut wrong = Vec::new();
    if receipt.seal != receipt.expected_seal()? {
        wrong.push("the receipt was changed after it was written".to_owned());
    }
    if !receipt.done {
        wrong.push("the purge was cut short: run it again".to_owned());
    }
    for file in &receipt.deleted {
        let there = std::fs::symlink_metadata(folder.root().join(&file.path)).is_ok();
        if there && !may_come_again(&folder, &file.path) {
            wrong.push(format!("`{}` is there again", file.path));
        }
    }
    for path in all_files(folder.root())? {
        // Links are not ours to follow; a file that vanished meanwhile is gone.
        let Ok(about) = std::fs::symlink_metadata(&path) else { continue };
        let alike = |bytes: u64| bytes == about.len() && bytes > 0;
        let changed = receipt.changed.iter().map(|file| &file.sha256_before);
        let suspects: Vec<&String> = receipt
            .deleted
            .iter()
            .filter(|file| alike(file.bytes))
            .map(|file| &file.sha256)
            .chain(changed)
            .collect();
        if !about.is_file() || suspects.is_empty() {
            continue;
        }
        let sha256 = artefact::sha256_of_file(&path)?;
        // A text of which nothing was taken may be what one of its earlier texts was.
        let own = path == folder.referat() || path == folder.closed_referat();
        let lost = |file: &Changed| file.sha256_before == sha256;
        if suspects.contains(&&sha256) && (!own || receipt.changed.iter().any(lost)) {
            wrong.push(format!("`{}` is a copy of what was deleted", folder.relative(&path)));
        }
    }
    Ok((receipt, wrong))
}

/// Tells whether a file is one that this program exports the referat to.
pub(super) fn is_export(folder: &MeetingFolder, path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let own = matches!(&*stem, "referat" | "referat-lukket");
    path.parent() == Some(folder.root()) && own
}
