//! The models on this machine: a folder with the weights and, beside each, a note of what it is.

use std::fs::File;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::ModelError;
use super::manifest::{Entry, Manifest, PromptPolicy, Quality};
use crate::store::artefact;

/// The folder of weights together with the manifest.
#[derive(Clone, Debug)]
pub struct Library {
    folder: PathBuf,
    manifest: Manifest,
}

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
    entry: Entry,
}

/// The note beside the weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Note {
    /// SHA-256 of the weights as installed.
    pub(super) sha256: String,
    /// Where they came from.
    pub(super) source: String,
    /// What the manifest said of the model then.
    pub(super) entry: Entry,
}

impl Library {
    /// Opens the library: `REFERAT_MODELS`, or `referat/models` in the user's data folder.
    pub fn open() -> Result<Self, ModelError> {
        Ok(Self { folder: folder().ok_or(ModelError::NoHome)?, manifest: Manifest::load()? })
    }

    /// Returns the folder of weights; it need not exist.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns what is known of models.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns the installed model that is called `name`.
    pub fn find(&self, name: &str) -> Result<InstalledModel, ModelError> {
        let installed = self.installed()?.into_iter().find(|model| model.is_called(name));
        installed.ok_or_else(|| match self.manifest.find(name) {
            Some(entry) => ModelError::NotInstalled { name: entry.name.clone() },
            None => ModelError::Unknown { name: name.to_owned() },
        })
    }

    /// Returns the best installed model for the language with this ISO 639-1 code.
    pub fn best_for(&self, language: &str) -> Result<InstalledModel, ModelError> {
        let rank = |model: &InstalledModel| model.quality(language).map_or(0, |q| q.rank);
        self.installed()?
            .into_iter()
            .filter(InstalledModel::is_whisper)
            .max_by_key(rank)
            .ok_or_else(|| ModelError::NoneInstalled { language: language.to_owned() })
    }

    /// Returns the installed models in order of name.
    pub fn installed(&self) -> Result<Vec<InstalledModel>, ModelError> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(ModelError::read(&self.folder, source)),
        };
        let mut models = Vec::new();
        for entry in entries {
            let path = entry.map_err(|source| ModelError::read(&self.folder, source))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let Some(file) = name.strip_suffix(NOTE) else { continue };
            let weights = self.folder.join(file);
            if !weights.is_file() {
                continue;
            }
            let note: Note = artefact::read_json(&path)?;
            models.push(InstalledModel {
                name: note.entry.name.clone(),
                path: weights,
                sha256: note.sha256,
                source: note.source,
                trained_with_timestamps: note.entry.trained_with_timestamps,
                prompt_policy: note.entry.prompt,
                entry: note.entry,
            });
        }
        models.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(models)
    }

    /// Reads the weights of `model` again and compares their checksum.
    pub fn verify(&self, model: &InstalledModel) -> Result<(), ModelError> {
        let found = artefact::sha256_of_file(&model.path)?;
        if found == model.sha256 {
            return Ok(());
        }
        let (path, wanted) = (model.path.clone(), model.sha256.clone());
        Err(ModelError::Checksum { path, wanted, found })
    }

    /// Notes that the weights of `entry` are in place; with this the model is installed.
    pub(super) fn note(
        &self,
        entry: &Entry,
        sha256: String,
        source: String,
    ) -> Result<(), ModelError> {
        let path = self.folder.join(format!("{}{NOTE}", entry.file));
        let note = Note { sha256, source, entry: entry.clone() };
        Ok(artefact::write_json(&path, &note)?)
    }

    /// Waits for, and takes, the right to change the weights called `file`.
    pub(super) fn lock(&self, file: &str) -> Result<File, ModelError> {
        let path = self.folder.join(format!("{file}.lock"));
        let failed = |source| ModelError::write(&path, source);
        std::fs::create_dir_all(&self.folder).map_err(failed)?;
        let lock = File::options().create(true).append(true).open(&path).map_err(failed)?;
        lock.lock().map_err(failed)?;
        Ok(lock)
    }
}

/// Ending of the note beside a model's weights.
const NOTE: &str = ".json";

/// Models up to this rank are for trying out only.
const TRYING_OUT: u32 = 20;

impl InstalledModel {
    /// Tells whether it hears words, rather than just speech.
    pub fn is_whisper(&self) -> bool {
        self.entry.is_whisper()
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

    fn is_called(&self, name: &str) -> bool {
        self.name == name || self.entry.aliases.iter().any(|alias| alias == name)
    }
}

/// Returns the folder of weights: `REFERAT_MODELS`, else the user's data folder's.
fn folder() -> Option<PathBuf> {
    let var = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if let Some(folder) = var("REFERAT_MODELS") {
        return Some(PathBuf::from(folder));
    }
    let data = if cfg!(windows) {
        PathBuf::from(var("LOCALAPPDATA")?)
    } else if let Some(folder) = var("XDG_DATA_HOME") {
        PathBuf::from(folder)
    } else if cfg!(target_os = "macos") {
        PathBuf::from(var("HOME")?).join("Library/Application Support")
    } else {
        PathBuf::from(var("HOME")?).join(".local/share")
    };
    Some(data.join("referat/models"))
}
