//! A model on this machine: what is known of it, and how good it is.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::import::Precision;
use super::manifest::{Decoding, ManifestEntry, PromptPolicy, Quality};

/// A model whose weights are here.
#[derive(Clone, Debug, PartialEq)]
pub struct InstalledModel {
    /// The name it is called by.
    pub name: String,
    /// Where its weights are.
    pub path: PathBuf,
    /// SHA-256 of the weights.
    pub sha256: String,
    /// Where they came from.
    pub source: String,
    /// Whether it writes timestamp tokens.
    pub trained_with_timestamps: bool,
    /// Which words it may be told beforehand.
    pub prompt_policy: PromptPolicy,
    /// How it is best decoded.
    pub decoding: Decoding,
    entry: ManifestEntry,
}

/// The note beside the weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ModelNote {
    /// SHA-256 of the weights as installed.
    pub(super) sha256: String,
    /// Where they came from.
    pub(super) source: String,
    /// What the manifest said of the model then.
    pub(super) entry: ManifestEntry,
}

/// Models up to this rank are for trying out only.
const TRYING_OUT: u32 = 20;

impl InstalledModel {
    /// Returns the model whose weights lie at `path`, as `note` tells.
    pub(super) fn noted(note: ModelNote, path: PathBuf) -> Self {
        Self {
            name: note.entry.name.clone(),
            path,
            sha256: note.sha256,
            source: note.source,
            trained_with_timestamps: note.entry.trained_with_timestamps,
            prompt_policy: note.entry.prompt,
            decoding: note.entry.decoding,
            entry: note.entry,
        }
    }

    /// Tells whether it hears words, rather than just speech.
    pub fn is_whisper(&self) -> bool {
        self.entry.is_whisper()
    }

    /// Tells whether it can hear this language at all.
    pub(super) fn hears(&self, language: &str) -> bool {
        language == "en" || !self.entry.architecture.contains(".en")
    }

    /// Returns what is noted of it.
    pub(super) fn entry(&self) -> &ManifestEntry {
        &self.entry
    }

    /// Returns the size of the weights.
    pub fn size_bytes(&self) -> u64 {
        self.entry.size_bytes
    }

    /// Returns what kind of network it is.
    pub fn architecture(&self) -> &str {
        &self.entry.architecture
    }

    /// Tells whether its matrices are stored so.
    pub(super) fn is_stored_as(&self, precision: Precision) -> bool {
        self.entry.architecture.ends_with(precision.name())
    }

    /// Returns how good it is said to be, by ISO 639-1 code.
    pub fn languages(&self) -> &BTreeMap<String, Quality> {
        &self.entry.languages
    }

    /// Returns the licence of the weights.
    pub fn licence(&self) -> &str {
        &self.entry.licence
    }

    /// Returns how good it is for the language with this ISO 639-1 code.
    pub fn quality(&self, language: &str) -> Option<&Quality> {
        self.entry.languages.get(language)
    }

    /// Returns what the user should know before using it for this language.
    pub fn warning(&self, language: &str) -> Option<String> {
        match self.quality(language) {
            None => Some(format!("it is not known how good `{}` is for `{language}`", self.name)),
            Some(quality) if quality.rank <= TRYING_OUT => {
                Some(format!("model `{}` is {}", self.name, quality.quality))
            }
            Some(_) => None,
        }
    }

    pub(super) fn is_called(&self, name: &str) -> bool {
        self.name == name || self.entry.aliases.iter().any(|alias| alias == name)
    }
}
