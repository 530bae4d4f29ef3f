//! Promise: scores come from files of any form that the program reads.
#![allow(clippy::disallowed_methods, reason = "a test writes what it scores")]

use std::process::Command;

#[test]
fn subtitles_are_scored_by_their_words_on_either_side() {
    let folder = tempfile::tempdir().unwrap();
    let text = "1\n00:00:01,000 --> 00:00:02,500\nVelkommen til mødet.\n\n\
        2\n00:00:03,000 --> 00:00:04,000\nTak for det.\n";
    std::fs::write(folder.path().join("t.srt"), text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_referat-eval"))
        .args(["transcript", "t.srt", "t.srt", "--json"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let scores: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(scores[0]["wer"], 0.0, "{scores}");
    assert_eq!(scores[0]["words"], 6, "{scores}");
}
