//! The models on this machine: a folder with the weights and, beside each, a note of what it is.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::error::{ModelError, TAKEN};
use super::import::{self, Precision, Weighed};
use super::installed::{InstalledModel, ModelNote};
use super::manifest::{Decoding, Manifest, ManifestEntry, PromptPolicy, Quality};
use referat_files::artefact;
use referat_files::folders;

/// The folder of weights together with the manifest.
#[derive(Clone, Debug)]
pub struct Library {
    folder: PathBuf,
    manifest: Manifest,
}

/// What is told of a model that is imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewModel {
    /// The name it shall be called by.
    pub name: String,
    /// Where it comes from.
    pub source: String,
    /// Its licence; empty when unknown.
    pub licence: String,
    /// ISO 639-1 codes of the languages it is made for; empty when unknown.
    pub languages: Vec<String>,
    /// Whether it does without timestamp tokens.
    pub no_timestamps: bool,
}

/// Keeps a model from being removed as long as it lives.
#[derive(Debug)]
pub struct Hold(Option<File>);

impl Drop for Hold {
    fn drop(&mut self) {
        if let Some(file) = &self.0 {
            // Closing the file releases it too.
            let _ = file.unlock();
        }
    }
}

impl Library {
    /// Opens the library: `REFERAT_MODELS`, or `referat/models` in the folder of the user's data.
    pub fn open() -> Result<Self, ModelError> {
        Ok(Self {
            folder: folders::models().ok_or(ModelError::NoHome)?,
            manifest: Manifest::load()?,
        })
    }

    /// Returns the library in `folder`, with what `manifest` knows.
    pub fn at(folder: impl Into<PathBuf>, manifest: Manifest) -> Self {
        Self { folder: folder.into(), manifest }
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

    /// Returns the best installed model for the language with this ISO 639-1 code, by the
    /// manifest's notes. A model that hears English alone is taken for English alone.
    pub fn best_for(&self, language: &str) -> Result<InstalledModel, ModelError> {
        let rank = |model: &InstalledModel| model.quality(language).map_or(0, |q| q.rank);
        self.installed()?
            .into_iter()
            .filter(|model| model.is_whisper() && model.hears(language))
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
            let note: ModelNote = artefact::read_json(&path)?;
            models.push(InstalledModel::noted(note, weights));
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

    /// Keeps `model` from being removed until what is returned is dropped.
    pub fn hold(&self, model: &InstalledModel) -> Result<Hold, ModelError> {
        let path = self.folder.join(format!("{}.use", model.entry().file));
        match File::options().create(true).append(true).open(&path) {
            Ok(file) => {
                file.lock_shared().map_err(|source| ModelError::read(&path, source))?;
                Ok(Hold(Some(file)))
            }
            // Whoever may not write here cannot remove the model either.
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => Ok(Hold(None)),
            Err(source) => Err(ModelError::write(path, source)),
        }
    }

    /// Removes the weights of `model`, unless somebody holds them.
    pub fn remove(&self, model: &InstalledModel) -> Result<(), ModelError> {
        let _lock = self.lock(&model.entry().file, &mut || {})?;
        let path = self.folder.join(format!("{}.use", model.entry().file));
        let file = File::options().create(true).append(true).open(&path);
        let file = file.map_err(|source| ModelError::write(&path, source))?;
        if file.try_lock().is_err() {
            return Err(ModelError::Busy { name: model.name.clone() });
        }
        // The note first: weights without one are not installed.
        for path in [self.note_path(model.entry()), model.path.clone(), path] {
            std::fs::remove_file(&path).map_err(|source| ModelError::write(&path, source))?;
        }
        Ok(())
    }

    /// Refuses a name that no new model can have.
    pub(super) fn check_new(&self, name: &str) -> Result<(), ModelError> {
        let plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        let why = if name.is_empty() || name.starts_with('.') || !name.chars().all(plain) {
            "letters, digits and `-_.` are allowed"
        } else if self.find(name).is_ok() {
            TAKEN
        } else {
            return Ok(());
        };
        Err(ModelError::Name { name: name.to_owned(), why })
    }

    /// Converts `weights` and installs them. A name that the manifest knows brings its facts
    /// along. On failure nothing is installed.
    pub fn install(
        &self,
        weights: &Weighed,
        precision: Option<Precision>,
        new: NewModel,
    ) -> Result<InstalledModel, ModelError> {
        self.check_new(&new.name)?;
        let known = self.manifest.find(&new.name);
        let name = known.map_or(new.name, |entry| entry.name.clone());
        let file = known.map_or_else(|| format!("ggml-{name}.bin"), |entry| entry.file.clone());
        let _lock = self.lock(&file, &mut || {})?;
        // Perhaps somebody else took the name while we waited.
        self.check_new(&name)?;
        let made = self.folder.join(format!("{file}.new"));
        let architecture = import::convert(weights, precision, &made)?;
        let sha256 = artefact::sha256_of_file(&made)?;
        let size = std::fs::metadata(&made).map_err(|source| ModelError::read(&made, source))?;
        let entry = match known {
            Some(known) => {
                ManifestEntry { size_bytes: size.len(), sha256: sha256.clone(), ..known.clone() }
            }
            None => ManifestEntry {
                name: name.clone(),
                aliases: Vec::new(),
                file: file.clone(),
                architecture,
                licence: if new.licence.is_empty() { "unknown".into() } else { new.licence },
                trained_with_timestamps: !new.no_timestamps,
                prompt: PromptPolicy::None,
                decoding: Decoding::default(),
                size_bytes: size.len(),
                sha256: sha256.clone(),
                languages: new.languages.into_iter().map(|l| (l, Quality::said())).collect(),
                sources: Vec::new(),
            },
        };
        let target = self.folder.join(&file);
        std::fs::rename(&made, &target).map_err(|source| ModelError::write(&target, source))?;
        self.note(&entry, sha256, new.source)?;
        self.find(&name)
    }

    /// Notes that the weights of `entry` are in place; with this the model is installed.
    pub(super) fn note(
        &self,
        entry: &ManifestEntry,
        sha256: String,
        source: String,
    ) -> Result<(), ModelError> {
        let path = self.note_path(entry);
        let note = ModelNote { sha256, source, entry: entry.clone() };
        Ok(artefact::write_json(&path, &note)?)
    }

    fn note_path(&self, entry: &ManifestEntry) -> PathBuf {
        self.folder.join(format!("{}{NOTE}", entry.file))
    }

    /// Waits for, and takes, the right to change the weights called `file`; calls `waiting`
    /// when another process has it.
    pub(super) fn lock(&self, file: &str, waiting: &mut dyn FnMut()) -> Result<File, ModelError> {
        let path = self.folder.join(format!("{file}.lock"));
        let failed = |source| ModelError::write(&path, source);
        std::fs::create_dir_all(&self.folder).map_err(failed)?;
        let lock = File::options().create(true).append(true).open(&path).map_err(failed)?;
        if lock.try_lock().is_err() {
            waiting();
            lock.lock().map_err(failed)?;
        }
        Ok(lock)
    }
}

/// Ending of the note beside a model's weights.
const NOTE: &str = ".json";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_in_use_is_not_removed() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::at(folder.path(), Manifest::load().unwrap());
        let entry = library.manifest().find("silero-vad").unwrap().clone();
        artefact::write(&folder.path().join(&entry.file), b"weights").unwrap();
        library.note(&entry, artefact::sha256(b"weights"), "here".into()).unwrap();
        let model = library.find("silero-vad").unwrap();
        let held = library.hold(&model).unwrap();
        assert!(matches!(library.remove(&model), Err(ModelError::Busy { .. })));
        library.verify(&model).unwrap();
        drop(held);
        library.remove(&model).unwrap();
        assert!(library.find("silero-vad").is_err());
    }
}
