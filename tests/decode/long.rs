//! A long recording, made of one stretch of speech again and again with pauses: memory stays
//! flat, times do not drift, nothing loops or is taken for a loop.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::{engine_of, json, model_is_here, peak_memory_mb, samples, write_wav};

/// The stretch, and the pause after it.
const SPEECH_S: f64 = 25.0;
const PERIOD_MS: u64 = 30_000;

/// Transcribes and returns the most memory that the program and its engine held together.
fn transcribe(folder: &Path, name: &str) -> f64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(["transcribe", name, "-o", name.trim_end_matches(".wav")])
        .args(["--model", "base", "--language", "en"])
        .current_dir(folder)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut most = 0.0f64;
    while child.try_wait().unwrap().is_none() {
        let engine = engine_of(child.id()).map_or(0.0, peak_memory_mb);
        most = most.max(peak_memory_mb(child.id()) + engine);
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(child.wait().unwrap().success());
    most
}

/// Five minutes; three hours where `EVAL` asks for the tests in full.
#[test]
#[cfg(target_os = "linux")]
fn a_long_recording_takes_no_more_memory_and_its_times_do_not_drift() {
    if !model_is_here() {
        return;
    }
    let times = if std::env::var_os("EVAL").is_some() { 360 } else { 10 };
    let folder = tempfile::tempdir().unwrap();
    let mut piece = samples("council_en", SPEECH_S);
    piece.resize(PERIOD_MS as usize * 16, 0.0);
    // Every lane has a state of its own once it has a window: the short recording gives each one.
    let lanes = std::thread::available_parallelism().map_or(1, usize::from);
    for (name, count) in [("one.wav", 1), ("short.wav", lanes), ("long.wav", times)] {
        write_wav(&folder.path().join(name), &piece.repeat(count));
    }

    transcribe(folder.path(), "one.wav");
    let short = transcribe(folder.path(), "short.wav");
    let long = transcribe(folder.path(), "long.wav");
    println!("peak memory: {short:.0} MB for one stretch a core, {long:.0} MB for {times}");
    assert!(long <= short + 100.0, "{short} {long}");

    let words = |name: &str| -> Vec<(u64, String)> {
        let transcript = json(&folder.path().join(name).join("transcript.json"));
        let segments = transcript["segments"].as_array().unwrap().clone();
        let words = segments.iter().flat_map(|segment| segment["words"].as_array().unwrap());
        words
            .map(|w| (w["start_ms"].as_u64().unwrap(), w["text"].as_str().unwrap().to_owned()))
            .collect()
    };
    let (first, all) = (words("one"), words("long"));
    assert!(all.is_sorted_by_key(|(start, _)| *start), "times go back");
    // Neither lost nor looping: every repetition has its words, give or take what a window
    // that is cut elsewhere hears otherwise.
    let expected = (first.len() * times) as f64;
    assert!((all.len() as f64 / expected - 1.0).abs() < 0.05, "{} {expected}", all.len());
    let last_begins = PERIOD_MS * (times as u64 - 1);
    let last = all.iter().find(|(start, _)| *start + 2500 >= last_begins).unwrap();
    let drift = last.0.abs_diff(last_begins + first[0].0);
    println!("drift at the end: {drift} ms");
    assert!(drift <= 500, "{last:?} {:?}", first[0]);
}
