//! A run that is killed goes on where it stopped and ends with the same bytes; without the
//! network it works as well.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::support;
use crate::support::{done, model_is_here, sample_meeting, stderr};

fn journal_lines(meeting: &std::path::Path) -> usize {
    let Ok(entries) = fs::read_dir(meeting.join(".referat/journal")) else { return 0 };
    let texts = entries.filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok());
    texts.map(|text| text.lines().count()).sum()
}

/// The sample's first minute as a meeting; all three of them for the tests in full.
fn meeting(in_full: bool) -> (tempfile::TempDir, std::path::PathBuf) {
    let (folder, meeting) = sample_meeting("council_en");
    if !in_full {
        fs::remove_file(meeting.join("audio/audio.flac")).unwrap();
        support::write_wav(&meeting.join("audio/audio.wav"), &support::samples("council_en", 60.0));
    }
    (folder, meeting)
}

/// Three kills; twenty where `EVAL` asks for the tests in full.
#[test]
fn a_killed_run_continues_and_ends_with_the_same_bytes() {
    if !model_is_here() {
        return;
    }
    let in_full = std::env::var_os("EVAL").is_some();
    let kills = if in_full { 20 } else { 3 };
    let (whole_folder, whole) = meeting(in_full);
    let began = Instant::now();
    done(whole_folder.path(), &["transcribe", "m", "--model", "base"]);
    let time = began.elapsed();
    let (mut folder, mut resumed) = meeting(in_full);
    let mut random = 20_261_125u32;
    let (mut killed, mut kept) = (0, 0);
    while killed < kills {
        // At any moment: while the program starts, listens, loads the model or decodes, of
        // the first window as of the last.
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let after = time.mul_f64(f64::from(random >> 8) / f64::from(1 << 24) * 0.6);
        let mut child = Command::new(env!("CARGO_BIN_EXE_referat"))
            .args(["transcribe", "m", "--model", "base"])
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(after);
        child.kill().unwrap();
        child.wait().unwrap();
        killed += 1;
        let lines = journal_lines(&resumed);
        assert!(lines >= kept, "the journal lost {} lines", kept - lines);
        kept = lines;
        println!("kill {killed} after {after:.1?}: {lines} lines in the journal");
        if resumed.join("transcript.json").exists() {
            assert!(same(&resumed, &whole), "the resumed transcript differs");
            (folder, resumed) = meeting(in_full);
            kept = 0;
        }
    }
    done(folder.path(), &["transcribe", "m", "--model", "base"]);
    assert!(same(&resumed, &whole), "the resumed transcript differs");
    assert_eq!(journal_lines(&resumed), journal_lines(&whole), "a window was noted twice");
}

#[test]
fn other_settings_begin_a_new_journal() {
    if !model_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    support::write_wav(&folder.path().join("a.wav"), &support::samples("council_en", 12.0));
    let transcribe = |language: &str| {
        let args = ["transcribe", "a.wav", "-o", "out", "--model", "base", "--language", language];
        done(folder.path(), &args);
        let transcript = support::json(&folder.path().join("out/transcript.json"));
        transcript["segments"].to_string()
    };
    let english = transcribe("en");
    assert!(transcribe("da") != english);
    assert!(transcribe("en") == english);
}

fn same(one: &std::path::Path, other: &std::path::Path) -> bool {
    let bytes = |meeting: &std::path::Path| fs::read(meeting.join("transcript.json")).unwrap();
    bytes(one) == bytes(other)
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
