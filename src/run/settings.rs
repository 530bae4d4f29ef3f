//! What a run is asked for, as one value: what a command, a job of the editor's or a batch said,
//! and what earlier runs of the meeting said before. What nobody ever asked for stays open and is
//! found anew each time: `profil.toml` beside the meeting, the dagsorden's own language.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::names::NameCorrection;
use referat_core::domain::language::Language;

/// Everything that may be asked of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunSettings {
    /// The language spoken. Default: the dagsorden's own.
    pub language: Option<Language>,
    /// The model that transcribes. Default: the one of the run before, else the best installed.
    pub model: Option<String>,
    /// The house rules. Default: those that lie nearest to the meeting.
    pub profile: Option<ProfileChoice>,
    /// What is done about misheard names. Default: they are put right.
    pub names: Option<NameCorrection>,
    /// The language model that words the draft. Default: none.
    pub llm: Option<ServerChoice>,
    /// Words laid over the program's own. Default: `ord.toml` among the user's settings.
    pub words: Option<FrozenFile>,
}

/// House rules that were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ProfileChoice {
    /// The program's or the user's own, by name: what the name stands for may change.
    Named(String),
    /// Those of a file.
    File(FrozenFile),
}

/// A file that was named, with its text as it was then: a meeting that came from elsewhere must
/// not make this program read any path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenFile {
    /// Where it was, for messages.
    pub file: String,
    /// What it held.
    pub text: String,
}

/// A language model's server that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerChoice {
    /// Its address.
    pub url: String,
    /// The model to ask. Default: the first that the server lists.
    #[serde(default)]
    pub model: Option<String>,
    /// How long an answer is waited for.
    pub timeout_ms: u64,
    /// Whether it may be another machine's.
    #[serde(default)]
    pub anywhere: bool,
}

impl RunSettings {
    /// Returns these settings, and where they leave something open what was asked for `earlier`.
    #[must_use]
    pub fn or(self, earlier: Self) -> Self {
        Self {
            language: self.language.or(earlier.language),
            model: self.model.or(earlier.model),
            profile: self.profile.or(earlier.profile),
            names: self.names.or(earlier.names),
            llm: self.llm.or(earlier.llm),
            words: self.words.or(earlier.words),
        }
    }
}

impl FrozenFile {
    /// Returns what a file held.
    pub fn of(path: &Path, bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        Self { file: path.display().to_string(), text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_now_wins_and_the_rest_is_as_before() {
        let earlier = RunSettings {
            model: Some("base".into()),
            names: Some(NameCorrection::Heard),
            profile: Some(ProfileChoice::Named("kommune".into())),
            ..RunSettings::default()
        };
        let now = RunSettings { names: Some(NameCorrection::Right), ..RunSettings::default() };
        let both = now.or(earlier.clone());
        assert_eq!(both, RunSettings { names: Some(NameCorrection::Right), ..earlier });
    }
}
