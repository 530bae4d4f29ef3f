//! A text as an editor left it is saved: on the disk when this returns, with what others changed
//! meanwhile in it.

use jiff::{SignedDuration, Timestamp};

use super::entries::{self, EditorEntry};
use super::journal::{self, EditedPart, revision};
use crate::editing::texts;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::history::{self, GenerationReason};
use crate::store::{artefact, replace};
use referat_core::language::words::Words;
use referat_document::merge;

/// What an editor's text goes out from.
#[derive(Clone, Debug)]
pub enum SavedFrom<'a> {
    /// A revision that it was told.
    Revision(&'a str),
    /// The text itself, where the revision is not known any more.
    Text(&'a [EditorEntry]),
}

/// What was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The revision that stands on the disk now.
    pub revision: String,
    /// The revision of what the editor sent, which it may go out from the next time.
    pub yours: String,
    /// The text that stands now, where others had changed it.
    pub merged: Option<Vec<EditorEntry>>,
    /// Blocks that both changed.
    pub conflicts: usize,
}

/// Why nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// There is no such text.
    #[error("cannot save the text: there is none in `{}` yet", .0.display())]
    Missing(std::path::PathBuf),
    /// Nobody knows what the revision was.
    #[error("cannot save the text: what it goes out from is not known")]
    UnknownBase,
    /// A file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// After a pause of this length the text as it stands is kept as a generation first.
const PAUSE: SignedDuration = SignedDuration::from_mins(10);

/// Reads a text; `None` when there is none.
pub fn read(folder: &MeetingFolder, part: EditedPart) -> Result<Option<String>, StoreError> {
    let texts = texts::read(folder)?;
    Ok(texts.and_then(|texts| match part {
        EditedPart::Open => folder.referat().exists().then_some(texts.open),
        EditedPart::Closed => texts.closed,
    }))
}

/// Saves `ours`, which goes out from `base`; `language` is that of the word before proposals.
pub fn save(
    folder: &MeetingFolder,
    part: EditedPart,
    base: SavedFrom<'_>,
    ours: &[EditorEntry],
    language: Words<'_>,
) -> Result<Saved, SaveError> {
    let path = match part {
        EditedPart::Open => folder.referat(),
        EditedPart::Closed => folder.closed_referat(),
    };
    let _texts = texts::hold(folder)?;
    replace::finish(folder)?;
    let Some(now) = read(folder, part)? else { return Err(SaveError::Missing(path)) };
    let (current, our_text) = (revision(&now), entries::write(ours, language));
    let yours = revision(&our_text);
    let at = Timestamp::now();
    let rested = journal::last_saved(folder)?.is_none_or(|last| is_long_ago(&last, at));
    let put = |text: &str| -> Result<(), StoreError> {
        if text == now {
            return Ok(());
        }
        if rested {
            history::keep(folder, &at.to_string(), GenerationReason::Edit)?;
        }
        artefact::write(&path, text.as_bytes())?;
        journal::note(folder, part, &now, text, &at.to_string())
    };
    let told = match base {
        SavedFrom::Revision(base) if base == current => None,
        SavedFrom::Revision(base) => Some(known(folder, part, base)?),
        SavedFrom::Text(entries) => Some(Some(entries::write(entries, language))),
    };
    let before = match told {
        None => {
            put(&our_text)?;
            return Ok(Saved { revision: yours.clone(), yours, merged: None, conflicts: 0 });
        }
        Some(None) if our_text == now => our_text.clone(),
        Some(None) => return Err(SaveError::UnknownBase),
        Some(Some(before)) => before,
    };
    // All three as the editor writes them: what it only wrote otherwise is no change of hers.
    let written =
        |text: &str| entries::write(&entries::read(text, language.vocabulary()), language);
    let (text, conflicts) = merge::together(&written(&before), &our_text, &written(&now), language);
    if our_text != before && our_text != text {
        journal::note(folder, part, &before, &our_text, &at.to_string())?;
    }
    put(&text)?;
    let revision = revision(&text);
    let merged = (revision != yours).then(|| entries::read(&text, language.vocabulary()));
    Ok(Saved { revision, yours, merged, conflicts })
}

/// Returns the text of a revision: that of the journal, or of a generation.
fn known(
    folder: &MeetingFolder,
    part: EditedPart,
    wanted: &str,
) -> Result<Option<String>, StoreError> {
    if let Some(text) = journal::text_of(folder, part, wanted)? {
        return Ok(Some(text));
    }
    let path = match part {
        EditedPart::Open => folder.referat(),
        EditedPart::Closed => folder.closed_referat(),
    };
    let path = folder.relative(&path);
    for generation in history::generations(folder)?.iter().rev() {
        let is_it =
            |file: &&history::KeptFile| file.path == path && file.sha256.starts_with(wanted);
        if generation.files.iter().any(|file| is_it(&file)) {
            let bytes = history::contents(folder, generation, &path)?;
            return Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    Ok(None)
}

fn is_long_ago(then: &str, now: Timestamp) -> bool {
    then.parse().map_or(true, |then: Timestamp| now.duration_since(then) > PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use referat_core::language::words::Vocabulary;

    const TEXT: &str =
        "## Referat\n\n- Kim talte. <!-- s-1 00:00:01 -->\n- Anne sang. <!-- s-2 00:00:05 -->\n";

    fn folder() -> (tempfile::TempDir, MeetingFolder) {
        let root = tempfile::tempdir().unwrap();
        let folder = MeetingFolder::open(root.path()).unwrap();
        artefact::write(&folder.referat(), TEXT.as_bytes()).unwrap();
        (root, folder)
    }

    fn put(folder: &MeetingFolder, base: &str, text: &str) -> Result<Saved, SaveError> {
        let entries = entries::read(text, Vocabulary::compiled());
        save(folder, EditedPart::Open, SavedFrom::Revision(base), &entries, Words::danish())
    }

    fn on_disk(folder: &MeetingFolder) -> String {
        read(folder, EditedPart::Open).unwrap().unwrap()
    }

    #[test]
    fn two_windows_keep_both_texts_and_each_can_go_on() {
        let (_root, folder) = folder();
        let base = revision(TEXT);
        let (one, other) = (TEXT.replace("talte", "råbte"), TEXT.replace("sang", "tav"));
        let first = put(&folder, &base, &one).unwrap();
        assert_eq!((first.merged.is_none(), &first.revision), (true, &first.yours));
        let second = put(&folder, &base, &other).unwrap();
        assert!(second.merged.is_some() && second.yours != second.revision);
        assert_eq!(on_disk(&folder), other.replace("talte", "råbte"));
        // The second has typed on while its text was merged.
        let later = other.replace("tav", "tav længe");
        put(&folder, &second.yours, &later).unwrap();
        assert_eq!(on_disk(&folder), later.replace("talte", "råbte"));
        // What was sent twice is saved once.
        let again = put(&folder, &second.yours, &later).unwrap();
        assert_eq!(revision(&on_disk(&folder)), again.revision);
        assert_eq!(again.conflicts, 0);
    }

    #[test]
    fn a_text_changed_by_a_text_editor_is_not_overwritten() {
        let (_root, folder) = folder();
        let elsewhere = TEXT.replace("Kim talte", "Kim hviskede");
        artefact::write(&folder.referat(), elsewhere.as_bytes()).unwrap();
        let ours = TEXT.replace("Kim talte", "Kim råbte");
        // This server never saw the text it goes out from.
        let error = put(&folder, &revision(TEXT), &ours).unwrap_err();
        assert!(matches!(error, SaveError::UnknownBase));
        let (base, ours) = (
            entries::read(TEXT, Vocabulary::compiled()),
            entries::read(&ours, Vocabulary::compiled()),
        );
        let saved = save(&folder, EditedPart::Open, SavedFrom::Text(&base), &ours, Words::danish())
            .unwrap();
        assert_eq!(saved.conflicts, 1);
        let text = on_disk(&folder);
        assert!(text.contains("Kim råbte") && text.contains("Kim hviskede"), "{text}");
        assert_eq!(history::generations(&folder).unwrap().len(), 1);
    }
}
