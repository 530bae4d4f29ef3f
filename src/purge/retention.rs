//! How long a meeting keeps what it was made from, as `referat.toml` says: in the meeting's own
//! folder, else in the library that the meeting lies in.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use crate::purge::plan::Scope;
use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use referat_core::remark::Remark;

/// Days that each kind is kept after the referat was approved; absent means for good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Recordings.
    pub keep_audio_days: Option<u32>,
    /// Transcript and the draft's sources.
    pub keep_transcript_days: Option<u32>,
    /// What tells the voices apart.
    pub keep_voices_days: Option<u32>,
}

/// A `referat.toml` that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// The file cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file does not say what it should.
    #[error("cannot understand `{path}`: {fault}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where and why.
        fault: Box<Remark>,
    },
}

impl RetentionError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.tip(),
            Self::Parse { .. } => Some(
                "it may hold keep_audio_days, keep_transcript_days and keep_voices_days, as in `keep_audio_days = 30`".into(),
            ),
        }
    }
}

const FILE: &str = "referat.toml";

impl Retention {
    /// Reads what holds for `folder` in `library`; the meeting's own word goes before.
    pub fn of(folder: &MeetingFolder, library: &Path) -> Result<Self, RetentionError> {
        let own = Self::read(&folder.root().join(FILE))?.unwrap_or_default();
        let common = Self::read(&library.join(FILE))?.unwrap_or_default();
        Ok(Self {
            keep_audio_days: own.keep_audio_days.or(common.keep_audio_days),
            keep_transcript_days: own.keep_transcript_days.or(common.keep_transcript_days),
            keep_voices_days: own.keep_voices_days.or(common.keep_voices_days),
        })
    }

    fn read(path: &Path) -> Result<Option<Self>, RetentionError> {
        let Some(bytes) = artefact::read_if_there(path)? else { return Ok(None) };
        let text = String::from_utf8_lossy(&bytes);
        toml::from_str(&text).map(Some).map_err(|error| RetentionError::Parse {
            path: path.to_owned(),
            fault: Box::new(Remark::on_toml(&text, &error)),
        })
    }

    /// Returns what is due at `now` for a referat that was approved at `approved`.
    pub fn due(self, approved: Timestamp, now: Timestamp) -> Vec<Scope> {
        let over = |days: Option<u32>| {
            days.is_some_and(|days| {
                now.duration_since(approved) >= SignedDuration::from_hours(24 * i64::from(days))
            })
        };
        [
            (self.keep_audio_days, Scope::Audio),
            (self.keep_transcript_days, Scope::Transcript),
            (self.keep_voices_days, Scope::Voices),
        ]
        .into_iter()
        .filter(|(days, _)| over(*days))
        .map(|(_, scope)| scope)
        .collect()
    }
}

/// Returns the meetings in `library`: its folders with a dagsorden or a referat, else itself.
pub fn meetings(library: &Path) -> Result<Vec<MeetingFolder>, StoreError> {
    let is_meeting = |path: &Path| {
        ["dagsorden.md", "referat.md", "review.jsonl"].iter().any(|name| path.join(name).exists())
    };
    if is_meeting(library) {
        return Ok(vec![MeetingFolder::open(library)?]);
    }
    let failed = |source| StoreError::Read { path: library.to_owned(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(library).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() && is_meeting(&path) {
            found.push(path);
        }
    }
    found.sort();
    found.iter().map(|path| MeetingFolder::open(path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_due_when_its_days_are_over_and_never_without_a_word() {
        let retention = Retention {
            keep_audio_days: Some(30),
            keep_transcript_days: Some(90),
            keep_voices_days: None,
        };
        let approved: Timestamp = "2026-01-01T10:00:00Z".parse().unwrap();
        let due = |at: &str| retention.due(approved, at.parse().unwrap());
        assert_eq!(due("2026-01-31T09:59:59Z"), []);
        assert_eq!(due("2026-01-31T10:00:00Z"), [Scope::Audio]);
        assert_eq!(due("2027-01-01T10:00:00Z"), [Scope::Audio, Scope::Transcript]);
    }

    #[test]
    fn the_meetings_own_word_goes_before_the_librarys() {
        let library = tempfile::tempdir().unwrap();
        let root = library.path().join("m");
        let folder = MeetingFolder::create(&root).unwrap();
        let put = |path: PathBuf, text: &str| artefact::write(&path, text.as_bytes()).unwrap();
        put(library.path().join(FILE), "keep_audio_days = 30\nkeep_voices_days = 5\n");
        put(root.join(FILE), "keep_audio_days = 7\n");
        let found = Retention::of(&folder, library.path()).unwrap();
        assert_eq!((found.keep_audio_days, found.keep_voices_days), (Some(7), Some(5)));
        put(root.join(FILE), "keep_sound_days = 7\n");
        let error = Retention::of(&folder, library.path()).unwrap_err();
        assert!(error.to_string().contains("line 1: unknown field `keep_sound_days`"), "{error}");
    }
}
