//! The models on the machine: listed, checked, removed, and chosen by what is known of them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use referat_weights::library::Library;
use referat_weights::manifest::Manifest;
use serde_json::Value;

use crate::support::weights;
use crate::support::{assert_fails_well, stderr};

fn referat(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(args)
        .current_dir(folder)
        .env("REFERAT_MODELS", folder.join("library"))
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .output()
        .unwrap()
}

fn done(folder: &Path, args: &[&str]) -> Output {
    let output = referat(folder, args);
    assert!(output.status.success(), "{args:?}: {}", stderr(&output));
    output
}

/// What `models list --json` tells of a model.
fn listed(folder: &Path, name: &str) -> Option<Value> {
    let output = done(folder, &["models", "list", "--json"]);
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    all.as_array().unwrap().iter().find(|model| model["model"]["name"] == name).cloned()
}

/// A folder with a made-up model that is not installed yet.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    weights::safetensors(&folder.path().join("made"));
    folder
}

#[test]
fn an_imported_model_is_listed_checked_and_removed() {
    let folder = folder();
    let folder = folder.path();
    let import = ["models", "import", "made", "--name", "lille", "--licence", "CC0"];
    done(folder, &[&import[..], &["--language", "da", "--quantize", "q8_0"]].concat());
    assert_fails_well(&referat(folder, &import));
    let model = listed(folder, "lille").unwrap();
    assert_eq!(model["model"]["licence"], "CC0");
    assert_eq!(model["model"]["languages"]["da"]["quality"], "made for it, not measured");
    assert_eq!(model["default_for"], serde_json::json!(["da", "en"]));
    let path = model["installed"].as_str().unwrap();
    assert_eq!(model["model"]["size_bytes"], fs::metadata(path).unwrap().len());
    let text = String::from_utf8(done(folder, &["models", "list"]).stdout).unwrap();
    assert!(text.contains("lille") && text.contains(path) && text.contains("used for da"));
    assert!(text.find("lille") < text.find("edda"), "installed ones stand first: {text}");

    done(folder, &["models", "verify"]);
    let mut bytes = fs::read(path).unwrap();
    bytes[1_000_000] ^= 1;
    fs::write(path, bytes).unwrap();
    let output = referat(folder, &["models", "verify", "lille"]);
    assert_fails_well(&output);
    assert!(stderr(&output).contains("SHA-256"));

    done(folder, &["models", "remove", "lille"]);
    assert!(listed(folder, "lille").is_none() && !Path::new(path).exists());
    assert_fails_well(&referat(folder, &["models", "remove", "lille"]));
}

#[test]
fn a_model_that_another_process_uses_is_not_removed() {
    let folder = folder();
    let folder = folder.path();
    done(folder, &["models", "import", "made", "--name", "lille"]);
    let library = Library::at(folder.join("library"), Manifest::default());
    let held = library.hold(&library.find("lille").unwrap()).unwrap();
    let output = referat(folder, &["models", "remove", "lille"]);
    assert_fails_well(&output);
    assert!(stderr(&output).contains("in use"), "{}", stderr(&output));
    drop(held);
    done(folder, &["models", "remove", "lille"]);
}

/// Two seconds of silence: transcribing it decodes nothing, but chooses a model.
fn silence(path: &Path) {
    let data = 2 * 2 * 16_000u32;
    let mut wav = b"RIFF".to_vec();
    wav.extend((36 + data).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    wav.extend(16u32.to_le_bytes());
    for field in [1u16, 1] {
        wav.extend(field.to_le_bytes());
    }
    wav.extend(16_000u32.to_le_bytes());
    wav.extend(32_000u32.to_le_bytes());
    for field in [2u16, 16] {
        wav.extend(field.to_le_bytes());
    }
    wav.extend(b"data");
    wav.extend(data.to_le_bytes());
    wav.resize(44 + data as usize, 0);
    fs::write(path, wav).unwrap();
}

#[test]
fn the_best_installed_model_is_taken_and_a_poor_one_is_told_once() {
    let folder = folder();
    let folder = folder.path();
    silence(&folder.join("a.wav"));
    silence(&folder.join("b.wav"));
    let transcribe = ["transcribe", "a.wav", "b.wav", "--language", "da", "-o", "out"];
    assert_fails_well(&referat(folder, &["transcribe", "a.wav", "-o", "out"]));
    // Under a name of the manifest a model has what the manifest says of it.
    done(folder, &["models", "import", "made", "--name", "base"]);
    done(folder, &["models", "import", "made", "--name", "unknown"]);
    let said = stderr(&done(folder, &transcribe));
    assert_eq!(said.matches("with model `base`").count(), 1, "{said}");
    assert_eq!(said.matches("for trying out only").count(), 1, "{said}");
    done(folder, &["models", "import", "made", "--name", "lille", "--language", "da"]);
    let said = stderr(&done(folder, &transcribe));
    assert!(said.contains("with model `lille`") && !said.contains("trying out"), "{said}");
}

#[test]
fn doctor_tells_that_the_only_model_is_for_trying_out() {
    let folder = folder();
    let folder = folder.path();
    let danish = || {
        let said = String::from_utf8(done(folder, &["doctor"]).stdout).unwrap();
        said.lines().find(|line| line.contains("Danish")).map(str::to_owned)
    };
    assert_eq!(danish(), None, "there is no model at all");
    done(folder, &["models", "import", "made", "--name", "base"]);
    let line = danish().unwrap();
    assert!(line.starts_with("weak") && line.contains("for trying out only"), "{line}");
}

#[test]
fn recommend_names_cost_and_quality_of_what_is_known() {
    let folder = folder();
    let output = done(folder.path(), &["models", "recommend", "--language", "da", "--json"]);
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let find = |name: &str| {
        all.as_array().unwrap().iter().find(|model| model["name"] == name).unwrap().clone()
    };
    let (eight, five) = (find("edda-v0.2-q8_0"), find("edda-v0.2"));
    let bytes = |model: &Value| model["memory_bytes"].as_u64().unwrap();
    assert!(bytes(&eight) > bytes(&five) && bytes(&five) > 574_041_195);
    assert!(eight["rank"].as_u64() > five["rank"].as_u64());
    assert!(five["quality"].as_str().unwrap().contains("15.5 / 5.8"));
}
