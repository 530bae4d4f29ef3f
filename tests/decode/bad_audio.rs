//! Recordings that are not what they seem: a clear error or an empty transcript, never a
//! panic, nothing half-written.

use std::fs;
use std::path::Path;

use crate::support::{assert_fails_well, done, json, model_is_here, referat, write_wav};

fn write(path: &Path, bytes: &[u8]) {
    #[expect(clippy::disallowed_methods, reason = "a fixture, not one of our files")]
    fs::write(path, bytes).unwrap();
}

/// Returns what lies in `folder` after transcribing `name` failed as it should.
fn fails(name: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join(name), bytes);
    assert_fails_well(&referat(folder.path(), &["transcribe", name, "-o", "out"]));
    assert!(!folder.path().join("out/transcript.json").exists());
}

#[test]
fn an_empty_file_and_a_text_file_are_refused() {
    if !model_is_here() {
        return;
    }
    fails("tom.wav", b"");
    fails("tekst.wav", "Dette er ikke lyd, men en tekst.\n".repeat(100).as_bytes());
    fails("tekst.mp3", b"hej");
}

#[test]
fn a_folder_without_recordings_and_a_missing_file_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("tom")).unwrap();
    assert_fails_well(&referat(folder.path(), &["transcribe", "tom"]));
    assert_fails_well(&referat(folder.path(), &["transcribe", "findes-ikke.wav"]));
    assert_eq!(referat(folder.path(), &["transcribe"]).status.code(), Some(2));
}

#[test]
fn a_header_that_lies_about_the_length_costs_nothing_that_is_there() {
    if !model_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("afbrudt.wav");
    let tone: Vec<f32> = (0..32_000).map(|n| (n as f32 * 0.2).sin() * 0.1).collect();
    write_wav(&path, &tone);
    let mut bytes = fs::read(&path).unwrap();
    for lie in [0u32, u32::MAX, 10_000_000] {
        bytes[40..44].copy_from_slice(&lie.to_le_bytes());
        write(&path, &bytes);
        done(folder.path(), &["transcribe", "afbrudt.wav", "-o", "out"]);
        let transcript = json(&folder.path().join("out/transcript.json"));
        assert_eq!(transcript["audio"][0]["duration_ms"], 2000, "data length {lie}");
    }
}

#[test]
fn a_fifth_of_a_second_and_ten_minutes_of_silence_give_an_empty_transcript() {
    if !model_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, length) in [("kort.wav", 3_200), ("stilhed.wav", 16_000 * 600)] {
        write_wav(&folder.path().join(name), &vec![0.0; length]);
        done(folder.path(), &["transcribe", name, "-o", "out"]);
        let transcript = json(&folder.path().join("out/transcript.json"));
        assert_eq!(transcript["segments"].as_array().unwrap().len(), 0, "{name}");
    }
}
