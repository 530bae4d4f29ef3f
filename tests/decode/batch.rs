//! Several recordings in one command, and an engine that dies: what is broken stays alone.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support;
use crate::support::{engine_of, json, model_is_here, referat, samples, stderr, write_wav};

fn recording(folder: &Path, name: &str, from_s: f64, to_s: f64) {
    let sound = samples("council_en", to_s);
    write_wav(&folder.join(name), &sound[(from_s * 16_000.0) as usize..]);
}

/// Waits up to two minutes for what must come.
fn soon<T>(look: impl Fn() -> Option<T>) -> T {
    let found = (0..12_000).find_map(|_| {
        std::thread::sleep(Duration::from_millis(10));
        look()
    });
    found.expect("it comes within two minutes")
}

#[test]
fn a_broken_recording_never_stops_the_others_and_a_table_tells_of_all() {
    if !model_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    recording(folder.path(), "in/long.wav", 0.0, 20.0);
    recording(folder.path(), "in/short.wav", 20.0, 30.0);
    fs::write(folder.path().join("in/broken.wav"), b"no sound at all").unwrap();
    let args = ["transcribe", "in", "-o", "out", "--model", "base", "--language", "en"];
    let output = referat(folder.path(), &[&args[..], &["--order", "shortest"]].concat());
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    let rows: Vec<&str> = said.lines().filter(|line| line.starts_with("| ")).collect();
    let files: Vec<&str> = rows.iter().map(|row| row.split('|').nth(1).unwrap().trim()).collect();
    assert_eq!(files, ["file", "broken.wav", "short.wav", "long.wav"], "{said}");
    assert!(rows[1].contains("failed: "), "{said}");
    for name in ["short", "long"] {
        let transcript = json(&folder.path().join("out").join(name).join("transcript.json"));
        assert!(!transcript["segments"].as_array().unwrap().is_empty(), "{name}");
    }
}

#[cfg(target_os = "linux")]
fn transcribe(folder: &Path, output: &str) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(["transcribe", "a.wav", "-o", output, "--model", "base", "--language", "en"])
        .current_dir(folder)
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn an_engine_that_is_killed_costs_nothing_but_time() {
    if !model_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    recording(folder.path(), "a.wav", 0.0, 60.0);
    assert!(transcribe(folder.path(), "whole").wait().unwrap().success());
    let mut child = transcribe(folder.path(), "killed");
    let journal = folder.path().join("killed/.referat/journal");
    let begun = || {
        let files = fs::read_dir(&journal).into_iter().flatten();
        files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap().lines().count()).max()
    };
    // The word list is frozen: the engine loads the weights or has its first windows.
    soon(|| begun().filter(|lines| *lines >= 2));
    let engine = soon(|| engine_of(child.id()));
    std::thread::sleep(Duration::from_millis(400));
    assert!(Command::new("kill").args(["-9", &engine.to_string()]).status().unwrap().success());
    assert!(child.wait().unwrap().success());
    let bytes = |name: &str| fs::read(folder.path().join(name).join("transcript.json")).unwrap();
    assert!(bytes("killed") == bytes("whole"), "the transcript differs");
}

#[test]
#[cfg(target_os = "linux")]
fn an_engine_that_is_killed_while_it_loads_is_started_once_more() {
    if !model_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    recording(folder.path(), "a.wav", 0.0, 5.0);
    let mut child = transcribe(folder.path(), "out");
    // Found as soon as it is there: it needs longer to load the weights.
    let engine = soon(|| engine_of(child.id()));
    assert!(Command::new("kill").args(["-9", &engine.to_string()]).status().unwrap().success());
    assert!(child.wait().unwrap().success());
    assert!(folder.path().join("out/transcript.json").exists());
}

#[test]
#[cfg(target_os = "linux")]
fn ctrl_c_ends_the_engine_too_and_leaves_what_the_next_run_continues_from() {
    if !model_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    recording(folder.path(), "a.wav", 0.0, 60.0);
    let child = Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(["transcribe", "a.wav", "-o", "out", "--model", "base", "--language", "en"])
        .current_dir(folder.path())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let engine = soon(|| engine_of(child.id()));
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    support::assert_fails_well(&output);
    assert!(!Path::new("/proc").join(engine.to_string()).exists(), "the engine still runs");
    assert!(!folder.path().join("out/transcript.json").exists());
    let args = ["transcribe", "a.wav", "-o", "out", "--model", "base", "--language", "en"];
    assert!(referat(folder.path(), &args).status.success());
}

#[test]
#[cfg(target_os = "linux")]
fn a_watched_folder_is_transcribed_as_recordings_come() {
    if !model_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    recording(folder.path(), "in/first.wav", 0.0, 8.0);
    let mut child = Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(["transcribe", "--watch", "in", "-o", "out", "--model", "base", "--language", "en"])
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let there = |name: &str| {
        let path = folder.path().join("out").join(name).join("transcript.json");
        (0..1200).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            path.exists()
        })
    };
    assert!(there("first"));
    recording(folder.path(), "in/second.wav", 8.0, 16.0);
    assert!(there("second"));
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
