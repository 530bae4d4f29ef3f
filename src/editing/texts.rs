//! The referent's two texts: read, replaced as one, each generation kept before.

use std::time::Duration;

use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::history::{self, GenerationReason};
use crate::store::lock::Lock;
use crate::store::replace::{self, Change};
use referat_document::merge::Texts;

use crate::editing::base;

/// Nobody holds the texts longer than it takes to read, merge and write them.
const PATIENCE: Duration = Duration::from_secs(10);

/// Holds the texts of `folder` for one who reads them and then writes what follows from that.
/// Work on the meeting that takes long holds another lock and leaves the texts free.
pub fn hold(folder: &MeetingFolder) -> Result<Lock, StoreError> {
    Lock::wait(&folder.internal("texts.lock"), folder.root(), PATIENCE)
}

/// Reads the texts; `None` when neither is there.
pub fn read(folder: &MeetingFolder) -> Result<Option<Texts>, StoreError> {
    let text = |path| -> Result<Option<String>, StoreError> {
        let bytes = artefact::read_if_there(path)?;
        // What an editor wrote in another encoding is kept as far as it can be read.
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').into()))
    };
    let (open, closed) = (text(&folder.referat())?, text(&folder.closed_referat())?);
    Ok((open.is_some() || closed.is_some())
        .then(|| Texts { open: open.unwrap_or_default(), closed }))
}

/// Replaces the texts and, where there is one, the machine's draft they go back to. What they
/// replace is kept as a generation first; killed at any moment this leaves the old texts or the
/// new ones, and the next run finishes it.
pub fn replace(
    folder: &MeetingFolder,
    texts: &Texts,
    base: Option<String>,
    reason: GenerationReason,
) -> Result<(), StoreError> {
    let now = jiff::Timestamp::now().to_string();
    let text = Change::new(folder, "referat.md", Some(texts.open.clone()))?;
    let closed = Change::new(folder, "referat-lukket.md", texts.closed.clone())?;
    // The closed text first: on the way to it nothing stands in the open text alone.
    let mut changes = vec![closed, text];
    if changes.iter().any(|change| change.before.is_some() && !is_same(change)) {
        history::keep(folder, &now, reason)?;
    }
    if let Some(base) = base {
        changes.push(Change::new(folder, base::PATH, Some(base))?);
    }
    changes.retain(|change| !is_same(change));
    if changes.is_empty() {
        return Ok(());
    }
    replace::replace(folder, &changes)
}

fn is_same(change: &Change) -> bool {
    change.before == change.after.as_ref().map(|text| artefact::sha256(text.as_bytes()))
}
