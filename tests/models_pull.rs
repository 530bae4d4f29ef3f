//! A model is pulled from a hub that misbehaves: what came is kept, what is wrong is never
//! installed, and in the end the bytes are right.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says on the terminal what it measured"
)]

#[path = "support/hub.rs"]
mod hub;
#[path = "support/weights.rs"]
mod weights;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use hub::{Hub, Mood};
use referat::models::import::{Weighed, convert};

fn pull(hub: &Hub, library: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(["models", "pull", "hf:owner/repo", "--name", "made"])
        .env("HF_ENDPOINT", &hub.url)
        .env("REFERAT_MODELS", library)
        .env("REFERAT_HTTP_SILENCE_MS", "700")
        .env_remove("HF_TOKEN")
        .output()
        .unwrap()
}

fn fails(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("error: ") && said.contains("tip: "), "{said}");
    said
}

fn works(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn each_of_the_three_forms_is_pulled_and_comes_out_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    weights::safetensors(&at("hf"));
    weights::ctranslate2(&at("ct2"));
    fs::create_dir(at("ggml")).unwrap();
    let wanted = at("ggml/ggml-model.bin");
    convert(&Weighed::recognise(&at("hf")).unwrap(), None, &wanted).unwrap();
    let wanted = fs::read(wanted).unwrap();
    for form in ["hf", "ct2", "ggml"] {
        let library = at(&format!("library-{form}"));
        works(&pull(&Hub::serve(&at(form)), &library));
        assert!(fs::read(library.join("ggml-made.bin")).unwrap() == wanted, "{form}");
        assert!(!library.join(".hub-owner--repo-c0ffee").exists(), "{form}");
    }
}

#[test]
fn a_pull_that_breaks_off_is_resumed_and_a_wrong_one_is_not_installed() {
    let folder = tempfile::tempdir().unwrap();
    let (served, library) = (folder.path().join("ggml"), folder.path().join("library"));
    weights::safetensors(&folder.path().join("hf"));
    fs::create_dir(&served).unwrap();
    let source = served.join("ggml-model.bin");
    convert(&Weighed::recognise(&folder.path().join("hf")).unwrap(), None, &source).unwrap();
    let wanted = fs::read(&source).unwrap();
    let hub = Hub::serve(&served);
    let part = library.join(".hub-owner--repo-c0ffee/ggml-model.bin.part");
    let installed = library.join("ggml-made.bin");

    hub.set(Mood::Drops);
    fails(&pull(&hub, &library));
    let first = fs::metadata(&part).unwrap().len() as usize;
    assert!(first > 0 && first <= wanted.len() * 37 / 100 && !installed.exists());

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
    fs::copy(&source, &part).unwrap();
    let file = fs::File::options().write(true).open(&part).unwrap();
    file.set_len(1_000_000).unwrap();
    hub.set(Mood::Whole);
    works(&pull(&hub, &library));
    assert!(fs::read(&installed).unwrap() == wanted);
    let starts = hub.starts.lock().unwrap().clone();
    assert_eq!((starts[0], starts[1], *starts.last().unwrap()), (0, first, 1_000_000));
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
