//! `.referat/run.json`: what the last run of a meeting was asked for and what that came to, so
//! that the next one, whoever starts it, is the same run.

use serde::{Deserialize, Serialize};

use super::settings::RunSettings;
use crate::speech::decode_options::DecodeOptions;
use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use referat_core::domain::language::Language;
use referat_core::domain::transcript::ModelRef;

/// The file, in `.referat`.
const FILE: &str = "run.json";

/// The last run of a meeting.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FrozenRun {
    /// Version of the file's form; 1.
    pub version: u32,
    /// What was asked for, by it and by those before it.
    pub asked: RunSettings,
    /// What that came to.
    pub resolved: RunFacts,
}

/// What the settings of a run came to. Nothing is read back of it but the model: hours of
/// decoding are not done again because a better one was installed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunFacts {
    /// SHA-256 of `dagsorden.md`.
    pub agenda: Option<String>,
    /// The language of the meeting.
    pub language: Option<Language>,
    /// The house rules' name.
    pub profile: Option<String>,
    /// The language model that was asked for its wording.
    pub llm: Option<String>,
    /// The file of words that were laid over the program's own.
    pub words: Option<String>,
    /// The recordings; with what follows `None` until one was transcribed.
    pub recordings: Option<Vec<HashedRecording>>,
    /// The model that transcribed them.
    pub model: Option<ModelRef>,
    /// How it was decoded.
    pub decoding: Option<DecodeOptions>,
    /// What found the speech: `silero` or `loudness`.
    pub detector: Option<String>,
}

/// A recording as a transcript names it, with what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashedRecording {
    /// Path relative to the meeting's folder.
    pub path: String,
    /// SHA-256 of the file.
    pub sha256: String,
}

impl FrozenRun {
    /// Reads the last run of `folder`; one that never ran, or is older than this file, was asked
    /// for nothing.
    ///
    /// # Errors
    /// The file cannot be read or understood: to go on without it would lay the draft out anew.
    pub fn read(folder: &MeetingFolder) -> Result<Self, StoreError> {
        let path = folder.internal(FILE);
        if !path.exists() {
            return Ok(Self::default());
        }
        artefact::read_json(&path)
    }

    /// Freezes what a run of `folder` is asked for, and what that came to as `note` tells it.
    /// The caller holds the meeting's lock.
    ///
    /// # Errors
    /// The file cannot be written, or the dagsorden cannot be read.
    pub fn freeze(
        folder: &MeetingFolder,
        asked: &RunSettings,
        note: impl FnOnce(&mut RunFacts),
    ) -> Result<(), StoreError> {
        let before = Self::read(folder)?;
        let mut now = Self { version: 1, asked: asked.clone(), ..before.clone() };
        let agenda = artefact::read_if_there(&folder.agenda())?;
        now.resolved.agenda = agenda.map(|bytes| artefact::sha256(&bytes));
        now.resolved.words = asked.words.as_ref().map(|words| words.file.clone());
        note(&mut now.resolved);
        if now == before {
            return Ok(());
        }
        artefact::write_json(&folder.internal(FILE), &now)
    }
}

/// Returns the language that was asked for in `folder`, where one was. What cannot be read asks
/// for nothing here: a recording must not fail for it.
pub fn language(folder: &MeetingFolder) -> Option<Language> {
    FrozenRun::read(folder).ok()?.asked.language
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::settings::ProfileChoice;

    #[test]
    fn a_run_is_read_as_it_was_frozen_and_what_is_unknown_in_it_is_passed_over() {
        let root = tempfile::tempdir().unwrap();
        let folder = MeetingFolder::open(root.path()).unwrap();
        assert_eq!(FrozenRun::read(&folder).unwrap(), FrozenRun::default());
        let profile = Some(ProfileChoice::Named("kommune".into()));
        let asked = RunSettings { profile, ..RunSettings::default() };
        FrozenRun::freeze(&folder, &asked, |facts| facts.profile = Some("kommune".into())).unwrap();
        let run = FrozenRun::read(&folder).unwrap();
        assert_eq!((run.version, run.asked), (1, asked.clone()));
        assert_eq!(run.resolved.profile.unwrap(), "kommune");
        let path = folder.internal(FILE);
        artefact::write(&path, br#"{"asked":{"profile":"kommune","later":1},"more":[]}"#).unwrap();
        assert_eq!(FrozenRun::read(&folder).unwrap().asked, asked);
        artefact::write(&path, b"{").unwrap();
        assert!(FrozenRun::read(&folder).is_err());
    }
}
