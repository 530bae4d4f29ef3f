//! A run that is killed goes on where it stopped and ends with the same bytes; without the
//! network it works as well.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says on the terminal what it measured"
)]

mod support;

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::{done, model_is_here, sample_meeting, stderr};

fn journal_lines(meeting: &std::path::Path) -> usize {
    let Ok(entries) = fs::read_dir(meeting.join(".referat/journal")) else { return 0 };
    let texts = entries.filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok());
    texts.map(|text| text.lines().count()).sum()
}

#[test]
fn a_killed_run_continues_and_ends_with_the_same_bytes() {
    if !model_is_here() {
        return;
    }
    let (whole_folder, whole) = sample_meeting("council_en");
    done(whole_folder.path(), &["transcribe", "m", "--model", "base"]);
    let (folder, meeting) = sample_meeting("council_en");
    for after in [3, 6] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_referat"))
            .args(["transcribe", "m", "--model", "base"])
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let began = Instant::now();
        while journal_lines(&meeting) < after && began.elapsed() < Duration::from_secs(120) {
            std::thread::sleep(Duration::from_millis(50));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!meeting.join("transcript.json").exists(), "killed too late to tell");
    }
    let before = journal_lines(&meeting);
    done(folder.path(), &["transcribe", "m", "--model", "base"]);
    assert!(before >= 6 && journal_lines(&meeting) > before);
    let bytes = |meeting: &std::path::Path| fs::read(meeting.join("transcript.json")).unwrap();
    assert!(bytes(&meeting) == bytes(&whole), "the resumed transcript differs");
}

#[test]
fn a_run_after_the_first_needs_no_network() {
    if !model_is_here() {
        return;
    }
    let unshare = |args: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(["--net", "--map-root-user", "--"]).args(args);
        command
    };
    if !unshare(&["true"]).status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: a process without network cannot be made here");
        return;
    }
    let (folder, meeting) = sample_meeting("council_en");
    // A few seconds are enough: what matters is that nothing is asked for.
    let audio = meeting.join("audio/audio.flac");
    let short = meeting.join("audio/kort.wav");
    let cut = Command::new("ffmpeg")
        .args(["-v", "error", "-t", "12", "-i"])
        .args([&audio, &short])
        .status()
        .unwrap();
    assert!(cut.success());
    fs::remove_file(&audio).unwrap();
    let output = unshare(&[env!("CARGO_BIN_EXE_referat"), "run", "m", "--model", "base"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(meeting.join("referat.md").exists());
}
