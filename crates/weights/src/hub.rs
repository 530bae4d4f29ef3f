//! Any public Whisper repository on the hub: what it holds, in which form, and getting it.

use std::path::{Path, PathBuf};

use super::checksum::Checksum;
use super::endpoint::Endpoint;
use super::error::ModelError;
use super::import::{INDEX, Precision, Weighed};
use super::installed::InstalledModel;
use super::library::{Library, NewModel};
use super::pull::{PullStep, fetch};
use super::room;

/// A repository on the hub whose contents are known.
#[derive(Debug)]
pub struct Repository {
    endpoint: Endpoint,
    name: String,
    /// The commit, so that all files are of one state.
    commit: String,
    /// Its licence, as its authors name it.
    pub licence: String,
    /// ISO 639-1 codes of the languages that it says it is for.
    pub languages: Vec<String>,
    /// The models it holds.
    pub choices: Vec<Choice>,
}

/// One model in a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The file or folder, with its form.
    pub label: String,
    /// Bytes to be fetched.
    pub size_bytes: u64,
    files: Vec<RemoteFile>,
    /// The file, or the folder of the files, as it will lie on this machine.
    root: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct RemoteFile {
    path: String,
    size: u64,
    checksum: Option<Checksum>,
}

impl Repository {
    /// Asks the hub what `hf:OWNER/REPO[@REV]` holds; `HF_ENDPOINT` and `HF_TOKEN` are
    /// respected.
    pub fn open(address: &str) -> Result<Self, ModelError> {
        let refuse = |why: String| ModelError::Repository { repository: address.to_owned(), why };
        let bare = address.strip_prefix("hf:").unwrap_or(address);
        let (name, revision) = bare.split_once('@').unwrap_or((bare, "main"));
        if !is_name(name) || revision.is_empty() || !revision.chars().all(is_plain) {
            return Err(refuse("it is not of the form hf:OWNER/REPO or hf:OWNER/REPO@REV".into()));
        }
        let endpoint = Endpoint::from_env();
        let Endpoint { url, client } = &endpoint;
        let about = client.json(&format!("{url}/api/models/{name}/revision/{revision}"));
        let about = about.map_err(refuse)?;
        let commit = about["sha"].as_str().filter(|sha| sha.chars().all(is_plain));
        let commit = commit.unwrap_or(revision).to_owned();
        let tree = format!("{url}/api/models/{name}/tree/{commit}?recursive=true");
        let files = remote_files(&client.list(&tree, url).map_err(refuse)?);
        let card = &about["cardData"];
        let choices = choices(&files);
        if choices.is_empty() {
            return Err(refuse(
                "it holds no ggml file, no CTranslate2 model and no safetensors".into(),
            ));
        }
        Ok(Self {
            name: name.to_owned(),
            commit,
            licence: words(&card["license"]).join(", "),
            languages: words(&card["language"]).into_iter().filter(|l| l.len() == 2).collect(),
            choices,
            endpoint,
        })
    }

    /// Returns the repository's own name as that of a model.
    pub fn model_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }

    /// Returns the only model, or the one that is called `label`.
    pub fn choose(&self, label: Option<&str>) -> Result<&Choice, ModelError> {
        let labels = || self.choices.iter().map(|choice| choice.label.clone()).collect();
        let several = || ModelError::Several { repository: self.name.clone(), choices: labels() };
        match (label, &self.choices[..]) {
            (None, [only]) => Ok(only),
            (None, _) => Err(several()),
            (Some(label), all) => {
                let called = |choice: &&Choice| choice.label == label || choice.root == label;
                all.iter().find(called).ok_or_else(several)
            }
        }
    }

    /// Fetches `choice` and installs it. What came of it is kept when this fails, and the next
    /// attempt goes on from there.
    pub fn pull(
        &self,
        library: &Library,
        choice: &Choice,
        precision: Option<Precision>,
        mut new: NewModel,
        tell: &mut dyn FnMut(PullStep),
    ) -> Result<InstalledModel, ModelError> {
        let lock = format!("hub-{}", self.name.replace('/', "--"));
        let _lock = library.lock(&lock, &mut || tell(PullStep::Waiting))?;
        new.source = format!("hf:{}@{}", self.name, self.commit);
        // Perhaps it came while we waited.
        if let Ok(installed) = library.find(&new.name)
            && installed.source == new.source
            && precision.is_none_or(|precision| installed.is_stored_as(precision))
        {
            return Ok(installed);
        }
        library.check_new(&new.name)?;
        let folder =
            library.folder().join(format!(".hub-{}-{}", self.name.replace('/', "--"), self.commit));
        room::check(&folder, choice.size_bytes.saturating_mul(2))?;
        tell(PullStep::Trying(format!("{}/{}", self.endpoint.url, self.name)));
        let mut done = 0;
        for file in &choice.files {
            let path = folder.join(&file.path);
            self.get(file, &path, &mut |bytes| {
                tell(PullStep::Fetched(done + bytes, choice.size_bytes));
            })?;
            done += file.size;
        }
        tell(PullStep::Converting);
        let weights = Weighed::recognise(&folder.join(&choice.root))?;
        let model = library.install(&weights, precision, new)?;
        // What was fetched has done its service; what cannot be removed costs only room.
        let _ = std::fs::remove_dir_all(&folder);
        Ok(model)
    }

    fn get(
        &self,
        file: &RemoteFile,
        path: &Path,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), ModelError> {
        if path.is_file() {
            return Ok(());
        }
        let failed = |why| ModelError::Repository { repository: self.name.clone(), why };
        let folder = path.parent().unwrap_or(path);
        std::fs::create_dir_all(folder).map_err(|source| ModelError::write(folder, source))?;
        let mut part = PathBuf::from(path).into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        let Endpoint { url, client } = &self.endpoint;
        let url = format!("{url}/{}/resolve/{}/{}", self.name, self.commit, file.path);
        let fetched = match &file.checksum {
            Some(checksum) => fetch(client, &url, &part, file.size, checksum, progress),
            None => client.fetch(&url, &part, file.size, progress),
        };
        fetched.map_err(|why| failed(format!("`{}`: {why}", file.path)))?;
        std::fs::rename(&part, path).map_err(|source| ModelError::write(path, source))
    }
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.".contains(c)
}

fn is_name(name: &str) -> bool {
    name.split('/').count() == 2
        && name.split('/').all(|part| part.chars().any(|c| c != '.') && part.chars().all(is_plain))
}

fn words(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::String(word) => vec![word.clone()],
        serde_json::Value::Array(all) => all.iter().flat_map(words).collect(),
        _ => Vec::new(),
    }
}

/// Returns the files of a tree whose paths stay inside a folder.
fn remote_files(tree: &[serde_json::Value]) -> Vec<RemoteFile> {
    let inside = |path: &str| {
        !path.contains(['\\', ':']) && path.split('/').all(|part| !["", ".", ".."].contains(&part))
    };
    let file = |value: &serde_json::Value| {
        let path = value["path"].as_str().filter(|path| inside(path))?.to_owned();
        let large = value["lfs"]["oid"].as_str().map(|oid| oid.trim_start_matches("sha256:"));
        let checksum = match (large, value["oid"].as_str()) {
            (Some(sha256), _) => Some(Checksum::Sha256(sha256.to_owned())),
            (None, Some(oid)) if oid.len() == 40 => Some(Checksum::Blob(oid.to_owned())),
            _ => None,
        };
        let size = value["size"].as_u64()?;
        (value["type"] == "file").then_some(RemoteFile { path, size, checksum })
    };
    tree.iter().filter_map(file).collect()
}

/// Returns the models that files of these names make.
fn choices(files: &[RemoteFile]) -> Vec<Choice> {
    let mut found = Vec::new();
    let mut add = |form: &str, root: &str, files: Vec<RemoteFile>| {
        let shown = if root.is_empty() { "." } else { root };
        let size_bytes = files.iter().map(|file| file.size).sum();
        let label = format!("{shown} ({form})");
        found.push(Choice { label, size_bytes, files, root: root.to_owned() });
    };
    let mut folders: Vec<&str> = Vec::new();
    for file in files {
        let (folder, _) = file.split();
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    for folder in folders {
        let here: Vec<&RemoteFile> = files.iter().filter(|file| file.split().0 == folder).collect();
        let has = |name: &str| here.iter().any(|file| file.split().1 == name);
        let only = |wanted: &dyn Fn(&str) -> bool| {
            let wanted = here.iter().filter(|file| wanted(file.split().1));
            wanted.map(|file| (*file).clone()).collect()
        };
        let beside = |name: &str| BESIDE.contains(&name);
        let is_ctranslate2 = has("model.bin") && has("config.json");
        for file in &here {
            let name = file.split().1;
            let other = NOT_GGML.iter().any(|start| name.starts_with(start));
            if name.ends_with(".bin") && !other && !(is_ctranslate2 && name == "model.bin") {
                add("ggml", &file.path, vec![(*file).clone()]);
            }
        }
        // A repository may hold the same weights whole and in shards, or in several precisions.
        if has("model.safetensors") {
            let wanted = |name: &str| beside(name) || name == "model.safetensors";
            add("safetensors", folder, only(&wanted));
        } else if has(INDEX) {
            let wanted = |name: &str| beside(name) || name == INDEX || is_shard(name);
            add("safetensors", folder, only(&wanted));
        }
        if is_ctranslate2 {
            add("CTranslate2", folder, only(&|name| beside(name) || name == "model.bin"));
        }
    }
    found
}

impl RemoteFile {
    /// Returns its folder and its name in it.
    fn split(&self) -> (&str, &str) {
        self.path.rsplit_once('/').unwrap_or(("", &self.path))
    }
}

/// What is fetched beside weights: their shape and their vocabulary.
const BESIDE: [&str; 5] =
    ["config.json", "tokenizer.json", "vocab.json", "vocabulary.json", "vocabulary.txt"];

/// How the names of files begin that end like weights and are none that whisper.cpp reads.
const NOT_GGML: [&str; 5] = ["pytorch_", "training_", "optimizer", "scheduler", "ggml-silero"];

/// Tells whether this is a shard that the usual index names: `model-00001-of-00002.safetensors`.
fn is_shard(name: &str) -> bool {
    let middle = name.strip_prefix("model-").and_then(|rest| rest.strip_suffix(".safetensors"));
    middle.is_some_and(|middle| middle.contains("-of-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(paths: &[&str]) -> Vec<String> {
        let file = |path: &&str| RemoteFile { path: (*path).into(), size: 1, checksum: None };
        let files: Vec<RemoteFile> = paths.iter().map(file).collect();
        choices(&files).into_iter().map(|choice| choice.label).collect()
    }

    #[test]
    fn each_form_is_recognised_by_its_files() {
        assert_eq!(labels(&["README.md", "ggml-model-q5_0.bin"]), ["ggml-model-q5_0.bin (ggml)"]);
        assert_eq!(labels(&["config.json", "model.bin", "tokenizer.json"]), [". (CTranslate2)"]);
        let shards = ["config.json", "model.safetensors.index.json", "pytorch_model.bin"];
        assert_eq!(labels(&shards), [". (safetensors)"]);
        assert!(labels(&["README.md", "pytorch_model.bin"]).is_empty());
    }

    #[test]
    fn a_repository_may_hold_several() {
        let paths = ["model.safetensors", "ct2/model.bin", "ct2/config.json", "a/ggml-x.bin"];
        let all = labels(&paths);
        assert_eq!(all, [". (safetensors)", "ct2 (CTranslate2)", "a/ggml-x.bin (ggml)"]);
    }

    #[test]
    fn weights_that_stand_there_twice_are_fetched_once() {
        let paths = ["model.safetensors", "model.fp32-00001-of-00002.safetensors", "config.json"];
        let file = |path: &&str| RemoteFile { path: (*path).into(), size: 1, checksum: None };
        let files: Vec<RemoteFile> = paths.iter().map(file).collect();
        assert_eq!(choices(&files)[0].size_bytes, 2);
        assert!(is_shard("model-00001-of-00002.safetensors"));
    }

    #[test]
    fn a_path_that_leads_out_is_not_followed() {
        let tree = [
            serde_json::json!({"type": "file", "path": "../evil.bin", "size": 3}),
            serde_json::json!({"type": "file", "path": "/etc/x.bin", "size": 3}),
            serde_json::json!({"type": "directory", "path": "ct2", "size": 0}),
            serde_json::json!(
                {"type": "file", "path": "ggml.bin", "size": 3, "lfs": {"oid": "ab", "size": 3}}
            ),
        ];
        let files = remote_files(&tree);
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].checksum, Some(Checksum::Sha256("ab".into())));
    }

    #[test]
    fn an_address_of_another_form_is_refused() {
        for address in ["hf:one", "hf:a/b/c", "hf:a/..", "hf:a/b@", "hf:a/b@x/y", "hf:a b/c"] {
            assert!(matches!(Repository::open(address), Err(ModelError::Repository { .. })));
        }
    }
}
