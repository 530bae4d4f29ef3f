//! A model is pulled from a hub that misbehaves: what came is kept, what is wrong is never
//! installed, and in the end the bytes are right.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use referat::store::artefact::sha256;
use referat_weights::import::{Weighed, convert};

use crate::support::hub::{Hub, Mood};
use crate::support::weights;

/// The same model as three repositories, and as the file that each of them becomes.
struct Repositories {
    folder: tempfile::TempDir,
    wanted: Vec<u8>,
}

impl Repositories {
    fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        weights::safetensors(&at("safetensors"));
        weights::ctranslate2(&at("ct2"));
        fs::create_dir(at("ggml")).unwrap();
        let wanted = at("ggml/ggml-model.bin");
        convert(&Weighed::recognise(&at("safetensors")).unwrap(), None, &wanted).unwrap();
        Self { wanted: fs::read(wanted).unwrap(), folder }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// The forms, each with its one large file.
const FORMS: [(&str, &str); 3] =
    [("safetensors", "model.safetensors"), ("ct2", "model.bin"), ("ggml", "ggml-model.bin")];

fn command(hub: &Hub, library: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_referat"));
    command
        .args(["models", "pull"])
        .args(args)
        .env("HF_ENDPOINT", &hub.url)
        .env("REFERAT_MODELS", library)
        .env("REFERAT_HTTP_SILENCE_MS", "1000")
        .env_remove("HF_TOKEN")
        .stdin(Stdio::null())
        .stderr(Stdio::piped());
    command
}

fn pull(hub: &Hub, library: &Path) -> Output {
    command(hub, library, &["hf:owner/repo", "--name", "made"]).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn fails(output: &Output) -> String {
    let said = said(output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("error: ") && said.contains("tip: "), "{said}");
    said
}

fn works(output: &Output) -> String {
    assert!(output.status.success(), "{}", said(output));
    said(output)
}

#[test]
fn each_form_resumes_after_a_drop_at_37_percent_and_comes_out_the_same() {
    let repositories = Repositories::make();
    for (form, file) in FORMS {
        let library = repositories.at(&format!("library-{form}"));
        let hub = Hub::serve(&repositories.at(form));
        let kept = library.join(".hub-owner--repo-c0ffee");
        hub.set(Mood::Drops);
        fails(&pull(&hub, &library));
        let whole = fs::metadata(repositories.at(form).join(file)).unwrap().len();
        let part = fs::metadata(kept.join(format!("{file}.part"))).unwrap().len();
        assert!(part > 0 && part <= whole * 37 / 100, "{form}: {part} of {whole}");
        assert!(!library.join("ggml-made.bin").exists(), "{form}");
        hub.set(Mood::Well);
        let said = works(&pull(&hub, &library));
        assert!(said.contains("licence mit") && said.contains("hf:owner/repo"), "{said}");
        assert_eq!(*hub.starts.lock().unwrap(), [0, part as usize], "{form}");
        let made = fs::read(library.join("ggml-made.bin")).unwrap();
        assert!(made == repositories.wanted, "{form}");
        assert!(!kept.exists(), "{form}");
    }
}

#[test]
fn a_pull_that_breaks_off_is_resumed_and_a_wrong_one_is_not_installed() {
    let repositories = Repositories::make();
    let library = repositories.at("library");
    let hub = Hub::serve(&repositories.at("ggml"));
    let part = library.join(".hub-owner--repo-c0ffee/ggml-model.bin.part");
    let installed = library.join("ggml-made.bin");

    hub.set(Mood::Drops);
    fails(&pull(&hub, &library));
    let first = fs::metadata(&part).unwrap().len() as usize;

    hub.set(Mood::Stalls);
    let said = fails(&pull(&hub, &library));
    assert!(said.contains("silent"), "{said}");
    assert!(fs::metadata(&part).unwrap().len() as usize > first && !installed.exists());

    // Both the resumed file and the whole one that is then asked for are wrong.
    hub.set(Mood::Garbage);
    let said = fails(&pull(&hub, &library));
    assert!(said.contains("SHA-256"), "{said}");
    assert!(!installed.exists());

    // A part of the right bytes, and a server that sends everything all the same.
    fs::copy(repositories.at("ggml/ggml-model.bin"), &part).unwrap();
    let file = fs::File::options().write(true).open(&part).unwrap();
    file.set_len(1_000_000).unwrap();
    hub.set(Mood::Whole);
    works(&pull(&hub, &library));
    assert!(fs::read(&installed).unwrap() == repositories.wanted);
    let starts = hub.starts.lock().unwrap().clone();
    assert_eq!((starts[0], starts[1], *starts.last().unwrap()), (0, first, 1_000_000));
}

#[test]
fn garbage_for_a_small_file_or_about_the_repository_is_refused_and_mended_by_the_next_pull() {
    let repositories = Repositories::make();
    for form in ["safetensors", "ct2"] {
        let library = repositories.at(&format!("library-{form}"));
        let hub = Hub::serve(&repositories.at(form));
        hub.set(Mood::Nonsense);
        assert!(fails(&pull(&hub, &library)).contains("no JSON"));
        hub.set(Mood::SmallGarbage);
        assert!(fails(&pull(&hub, &library)).contains("git's name"));
        assert!(!library.join("ggml-made.bin").exists());
        hub.set(Mood::Well);
        works(&pull(&hub, &library));
        assert!(fs::read(library.join("ggml-made.bin")).unwrap() == repositories.wanted);
    }
}

#[test]
fn of_two_pulls_at_once_the_second_waits_and_nothing_is_fetched_twice() {
    let repositories = Repositories::make();
    let library = repositories.at("library");
    let hub = Hub::serve(&repositories.at("safetensors"));
    hub.set(Mood::Slow);
    let args = ["hf:owner/repo", "--name", "made"];
    let first = command(&hub, &library, &args).env("REFERAT_HTTP_SILENCE_MS", "20000").spawn();
    let began = Instant::now();
    while hub.starts.lock().unwrap().is_empty() {
        assert!(began.elapsed() < Duration::from_secs(60), "the first pull asks for nothing");
        std::thread::sleep(Duration::from_millis(20));
    }
    let second = works(&pull(&hub, &library));
    assert!(second.contains("waiting"), "{second}");
    works(&first.unwrap().wait_with_output().unwrap());
    assert_eq!(hub.starts.lock().unwrap().len(), 1);
    assert!(fs::read(library.join("ggml-made.bin")).unwrap() == repositories.wanted);
}

#[test]
fn a_private_repository_is_opened_by_the_token() {
    let repositories = Repositories::make();
    let library = repositories.at("library");
    let hub = Hub::serve(&repositories.at("ggml"));
    hub.set(Mood::Private);
    let said = fails(&pull(&hub, &library));
    assert!(said.contains("401") && said.contains("HF_TOKEN"), "{said}");
    let args = ["hf:owner/repo", "--name", "made"];
    works(&command(&hub, &library, &args).env("HF_TOKEN", "secret").output().unwrap());
    assert!(fs::read(library.join("ggml-made.bin")).unwrap() == repositories.wanted);
}

#[test]
fn of_several_models_in_a_repository_one_is_chosen_by_name() {
    let repositories = Repositories::make();
    let (both, library) = (repositories.at("safetensors"), repositories.at("library"));
    fs::copy(repositories.at("ggml/ggml-model.bin"), both.join("ggml-model.bin")).unwrap();
    let hub = Hub::serve(&both);
    let said = fails(&pull(&hub, &library));
    assert!(said.contains("ggml-model.bin (ggml)") && said.contains(". (safetensors)"), "{said}");
    assert!(said.contains("--file"), "{said}");
    let args = ["hf:owner/repo", "--name", "made", "--file", "ggml-model.bin"];
    works(&command(&hub, &library, &args).output().unwrap());
    assert!(fs::read(library.join("ggml-made.bin")).unwrap() == repositories.wanted);
}

/// The user's own manifest adds a model; a mirror of the hub serves it; its checksum counts.
#[test]
fn a_model_of_the_users_own_manifest_comes_from_the_mirror_and_is_checked() {
    let repositories = Repositories::make();
    let hub = Hub::serve(&repositories.at("ggml"));
    let config = repositories.at("config");
    let own = |sha256: &str| {
        let text = format!(
            r#"
            [[model]]
            name = "ours"
            file = "ggml-ours.bin"
            architecture = "whisper-of a size of its own, f16"
            licence = "CC0"
            trained_with_timestamps = true
            size_bytes = {}
            sha256 = "{sha256}"
            [model.languages]
            da = {{ rank = 95, quality = "made for our meetings" }}
            [[model.source]]
            kind = "local"
            path = "/nowhere/ggml-ours.bin"
            [[model.source]]
            kind = "https"
            url = "https://huggingface.co/owner/repo/resolve/c0ffee/ggml-model.bin"
            "#,
            repositories.wanted.len()
        );
        fs::create_dir_all(config.join("referat")).unwrap();
        fs::write(config.join("referat/models.toml"), text).unwrap();
    };
    let library = repositories.at("library");
    let get = || command(&hub, &library, &["ours"]).env("XDG_CONFIG_HOME", &config).output();
    own(&sha256(b"other bytes"));
    let said = fails(&get().unwrap());
    assert!(said.contains("SHA-256") && said.contains("licence CC0"), "{said}");
    assert!(!library.join("ggml-ours.bin").exists());
    assert!(library.join("ggml-ours.bin.part").exists(), "what came is kept");
    own(&sha256(&repositories.wanted));
    works(&get().unwrap());
    assert!(fs::read(library.join("ggml-ours.bin")).unwrap() == repositories.wanted);
}

#[test]
fn a_hub_that_cannot_be_reached_fails_within_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let began = std::time::Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(["models", "pull", "hf:owner/repo"])
        .env("HF_ENDPOINT", format!("http://127.0.0.1:{port}"))
        .env("REFERAT_MODELS", folder.path())
        .output()
        .unwrap();
    fails(&output);
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
}
