//! A model is decoded as its entry asks: shorter windows, several likely texts followed at
//! once, and each window told the sentence before it, alike on any number of lanes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::support;
use crate::support::{model_is_here, referat, root, stderr};

/// A library whose base asks for what `entry` changes.
fn library(folder: &Path, entry: &[(&str, serde_json::Value)]) -> PathBuf {
    let listed = referat(root(), &["models", "list", "--json"]);
    let models: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    let base = models.as_array().unwrap().iter().find(|one| one["model"]["name"] == "base");
    let weights = PathBuf::from(base.unwrap()["installed"].as_str().unwrap());
    let note = weights.with_extension("bin.json");
    let library = folder.join("models");
    fs::create_dir_all(&library).unwrap();
    std::os::unix::fs::symlink(&weights, library.join(weights.file_name().unwrap())).unwrap();
    let mut value = support::json(&note);
    for (key, asked) in entry {
        value["entry"][key] = asked.clone();
    }
    fs::write(library.join(note.file_name().unwrap()), value.to_string()).unwrap();
    library
}

fn transcribed(folder: &Path, library: &Path, jobs: &str) -> String {
    let output = folder.join(format!("out-{jobs}"));
    let done = Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(["transcribe", "a.wav", "--model", "base", "--language", "en", "--jobs", jobs, "-o"])
        .arg(&output)
        .current_dir(folder)
        .env("REFERAT_MODELS", library)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", stderr(&done));
    fs::read_to_string(output.join("transcript.json")).unwrap()
}

#[test]
fn the_sentence_before_is_told_alike_on_any_number_of_lanes() {
    if !model_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    support::write_wav(&folder.path().join("a.wav"), &support::samples("council_en", 45.0));
    let short = json!({"longest_window_s": 8, "beam_size": 2});
    let told = library(
        folder.path(),
        &[("prompt", json!("previous-sentence")), ("decoding", short.clone())],
    );
    let one = transcribed(folder.path(), &told, "1");
    let several = transcribed(folder.path(), &told, "2");
    assert!(one == several, "the lanes were told other sentences");

    let journal = fs::read_dir(folder.path().join("out-1/.referat/journal")).unwrap();
    let journal = fs::read_to_string(journal.last().unwrap().unwrap().path()).unwrap();
    let task: serde_json::Value = serde_json::from_str(journal.lines().next().unwrap()).unwrap();
    let windows = task["plan"].as_array().unwrap();
    assert!(windows.len() > 4, "{windows:?}");
    for window in windows {
        let (start, end) = (&window["start_ms"], &window["end_ms"]);
        assert!(end.as_u64().unwrap() - start.as_u64().unwrap() <= 8000, "{window}");
    }

    let elsewhere = tempfile::tempdir().unwrap();
    fs::copy(folder.path().join("a.wav"), elsewhere.path().join("a.wav")).unwrap();
    let untold = library(elsewhere.path(), &[("decoding", short)]);
    assert!(transcribed(elsewhere.path(), &untold, "2") != one, "it makes no difference");
}
