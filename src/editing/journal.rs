//! Every state of a text that was saved, as what changed in it: `.referat/journal/edits.jsonl`.
//! It tells what a text was at any revision that an editor may still hold.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::{artefact, erase, lines};

/// Which of a meeting's two texts is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Part"))]
#[serde(rename_all = "lowercase")]
pub enum EditedPart {
    /// `referat.md`.
    #[default]
    Open,
    /// `referat-lukket.md`.
    Closed,
}

/// One change of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Change {
    /// When, by the wall clock (RFC 3339).
    at: String,
    part: EditedPart,
    /// The revision that was changed; absent when `put` is the whole text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// The revision that came of it.
    to: String,
    /// Bytes that stay before the change.
    start: usize,
    /// What was taken out.
    cut: String,
    /// What was put in its place.
    put: String,
}

/// A journal that is longer is begun anew: its states are those of many hours of writing.
const LONGEST_BYTES: u64 = 8 << 20;

/// Returns the name of a text: what is changed has another.
pub fn revision(text: &str) -> String {
    artefact::sha256(text.as_bytes())[..16].to_owned()
}

fn path(folder: &MeetingFolder) -> std::path::PathBuf {
    folder.internal("journal").join("edits.jsonl")
}

/// Notes that `before` became `after`. When this returns it is on the disk.
pub fn note(
    folder: &MeetingFolder,
    part: EditedPart,
    before: &str,
    after: &str,
    at: &str,
) -> Result<(), StoreError> {
    let path = path(folder);
    let failed = |source| StoreError::Write { path: path.clone(), source };
    std::fs::create_dir_all(folder.internal("journal")).map_err(failed)?;
    if std::fs::metadata(&path).is_ok_and(|about| about.len() > LONGEST_BYTES) {
        erase::file(&path)?;
    }
    let from = revision(before);
    if last(folder)?.is_none_or(|last| last.to != from || last.part != part) {
        let (to, put) = (from.clone(), before.to_owned());
        let whole = Change { at: at.into(), part, from: None, to, start: 0, cut: "".into(), put };
        lines::append(&path, &whole)?;
    }
    let (start, end) = common(before, after);
    let change = Change {
        at: at.to_owned(),
        part,
        from: Some(from),
        to: revision(after),
        start,
        cut: before[start..before.len() - end].to_owned(),
        put: after[start..after.len() - end].to_owned(),
    };
    lines::append(&path, &change)
}

/// Returns when the text was last saved by an editor (RFC 3339), if it ever was.
pub fn last_saved(folder: &MeetingFolder) -> Result<Option<String>, StoreError> {
    Ok(last(folder)?.map(|change| change.at))
}

/// Returns the text of a revision, as far as the journal knows it.
pub fn text_of(
    folder: &MeetingFolder,
    part: EditedPart,
    revision: &str,
) -> Result<Option<String>, StoreError> {
    let changes: Vec<Change> = lines::read(&path(folder))?;
    let mut made: HashMap<&str, &Change> = HashMap::new();
    for change in changes.iter().filter(|change| change.part == part) {
        // The first time goes back to what was there before it, never round in a circle; a whole
        // text goes back to nothing.
        match &change.from {
            None => drop(made.insert(&change.to, change)),
            Some(_) => drop(made.entry(&change.to).or_insert(change)),
        }
    }
    let mut chain: Vec<&Change> = Vec::new();
    let mut wanted = revision;
    let mut text = loop {
        // A chain that is longer than the journal goes round in circles.
        let Some(change) = made.get(wanted).filter(|_| chain.len() <= changes.len()) else {
            return Ok(None);
        };
        match &change.from {
            Some(from) => {
                chain.push(change);
                wanted = from;
            }
            None => break change.put.clone(),
        }
    };
    for change in chain.iter().rev() {
        let end = change.start + change.cut.len();
        if text.get(change.start..end) != Some(&change.cut) {
            return Ok(None);
        }
        text.replace_range(change.start..end, &change.put);
    }
    Ok((self::revision(&text) == revision).then_some(text))
}

/// Returns the last change that was noted whole.
fn last(folder: &MeetingFolder) -> Result<Option<Change>, StoreError> {
    let bytes = artefact::read_if_there(&path(folder))?.unwrap_or_default();
    let mut lines = bytes.rsplit(|byte| *byte == b'\n');
    Ok(lines.find_map(|line| serde_json::from_slice(line).ok()))
}

/// Returns how many bytes two texts have in common at their beginnings and their ends.
fn common(before: &str, after: &str) -> (usize, usize) {
    let mut start = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    while !before.is_char_boundary(start) || !after.is_char_boundary(start) {
        start -= 1;
    }
    let longest = before.len().min(after.len()) - start;
    let pairs = before.bytes().rev().zip(after.bytes().rev()).take(longest);
    let mut end = pairs.take_while(|(a, b)| a == b).count();
    while !before.is_char_boundary(before.len() - end) || !after.is_char_boundary(after.len() - end)
    {
        end -= 1;
    }
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_comes_back_also_after_changes_from_elsewhere() {
        let root = tempfile::tempdir().unwrap();
        let folder = MeetingFolder::open(root.path()).unwrap();
        let note = |before, after| note(&folder, EditedPart::Open, before, after, "t").unwrap();
        note("Kære", "Kære mødå");
        note("Kære mødå", "Kære mødø");
        note("Kære mødø", "Kære mødå");
        note("noget andet", "noget helt andet");
        for text in ["Kære", "Kære mødå", "Kære mødø", "noget andet", "noget helt andet"] {
            let found = text_of(&folder, EditedPart::Open, &revision(text)).unwrap();
            assert_eq!(found.as_deref(), Some(text));
        }
        assert_eq!(text_of(&folder, EditedPart::Closed, &revision("Kære")).unwrap(), None);
        assert_eq!(text_of(&folder, EditedPart::Open, "0123").unwrap(), None);
    }

    #[test]
    fn what_is_common_never_cuts_a_letter() {
        assert_eq!(common("blå", "blæ"), (2, 0));
        assert_eq!(common("aa", "aaa"), (2, 0));
        assert_eq!(common("å b", "æ b"), (0, 2));
    }
}
