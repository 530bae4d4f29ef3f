//! A transcription that is paused in the editor goes on where it was, and one that is given up
//! stops.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::editor::Editor;
use crate::support::{model_is_here, sample_meeting};

const JOB: &str = "/api/meetings/m/job";

/// The windows that are decoded, a line each behind the journal's head.
fn decoded(meeting: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(meeting.join(".referat/journal")) else { return Vec::new() };
    let texts = entries.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let texts: Vec<String> = texts.collect();
    texts.iter().flat_map(|text| text.lines().skip(1)).map(str::to_owned).collect()
}

#[test]
fn a_transcription_is_paused_resumed_and_given_up() {
    if !model_is_here() {
        return;
    }
    let (_folder, meeting) = sample_meeting("council_en");
    let editor = Editor::start(meeting.parent().unwrap());
    let act = |action: &str| editor.send("POST", JOB, &json!({"action": action})).expect(202);
    let reached = |wanted: &dyn Fn(&Value) -> bool| {
        editor.wait_for(JOB, |answer| wanted(&answer.json())).json()
    };
    let started = |job: &Value| job["stage"] == "transcribing" && !decoded(&meeting).is_empty();

    act("start");
    reached(&started);
    act("pause");
    let paused = reached(&|job| job["state"] == "paused");
    assert!(paused["error"].is_null(), "{paused:#}");
    let kept = decoded(&meeting);
    assert!(!kept.is_empty() && !meeting.join("transcript.json").exists());

    act("resume");
    reached(&|job| job["state"] == "running" && decoded(&meeting).len() > kept.len());
    assert_eq!(decoded(&meeting)[..kept.len()], kept, "what was decoded is not decoded again");
    act("cancel");
    reached(&|job| job["state"] == "cancelled");
    let left = decoded(&meeting).len();
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert_eq!(decoded(&meeting).len(), left, "it goes on after it was given up");
    assert!(!meeting.join("referat.md").exists());
}
