//! A microphone that is pulled out and put back: two files at their true places, transcribed as
//! one recording.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::room::{Recorder, Room, recordings};
use crate::support::{done, json, model_is_here, root};

#[test]
fn a_device_that_returns_goes_on_in_a_second_file_transcribed_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = folder.path().join("m");
    // Two stretches of the English sample's speech.
    let speech = |name: &str, from: &str| {
        let path = folder.path().join(name);
        let cut = Command::new("ffmpeg")
            .args(["-v", "error", "-ss", from, "-t", "8", "-i"])
            .arg(root().join("samples/council_en/audio.flac"))
            .args(["-ar", "48000", "-ac", "1"])
            .arg(&path)
            .status()
            .unwrap();
        assert!(cut.success());
        path
    };
    let (first, second) = (speech("a.wav", "2"), speech("b.wav", "30"));
    let room = Room::open(48_000, 1);
    let recorder = Recorder::start(&room, &meeting, &["--mono"]);
    let began = Instant::now();
    assert!(room.play_file(&first).wait().unwrap().success());
    std::thread::sleep(Duration::from_millis(500));
    room.disconnect();
    let gone = began.elapsed();
    recorder.expect("warning: the device is gone", 20);
    std::thread::sleep(Duration::from_secs(2));
    room.connect();
    recorder.expect("recording again from", 30);
    let back = began.elapsed();
    assert!(room.play_file(&second).wait().unwrap().success());
    std::thread::sleep(Duration::from_millis(1000));
    recorder.stop(&meeting);

    let files = recordings(&meeting);
    assert_eq!(files.len(), 2, "{files:?}");
    let journal = std::fs::read_to_string(meeting.join(".referat/recording.jsonl")).unwrap();
    let lines: Vec<serde_json::Value> =
        journal.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |what: &str| lines.iter().filter(|line| line["what"] == what).collect::<Vec<_>>();
    let offset = of("part")[1]["offset_ms"].as_u64().unwrap();
    let ended = of("gap")[0]["from_ms"].as_u64().unwrap();
    assert_eq!((&of("gap")[0]["why"], of("gap").len()), (&"device".into(), 1));
    let (hole, without) = (offset - ended, (back - gone).as_millis() as u64);
    assert!(hole.abs_diff(without) < 1_000, "a gap of {hole} ms, {without} ms without a device");
    println!("sound until {ended} ms (unplugged at {gone:?}), from {offset} ms (back at {back:?})");

    if !model_is_here() {
        return;
    }
    done(folder.path(), &["transcribe", "m", "--model", "base", "--language", "en"]);
    let transcript = json(&meeting.join("transcript.json"));
    let audio = transcript["audio"].as_array().unwrap();
    assert_eq!(audio.len(), 2);
    assert_eq!((&audio[0]["offset_ms"], &audio[1]["offset_ms"]), (&0.into(), &offset.into()));
    let segments = transcript["segments"].as_array().unwrap();
    let start = |segment: &serde_json::Value| segment["start_ms"].as_u64().unwrap();
    let (before, after): (Vec<_>, Vec<_>) =
        segments.iter().partition(|segment| start(segment) < offset);
    assert!(!before.is_empty() && !after.is_empty(), "{segments:#?}");
    assert!(before.iter().all(|segment| start(segment) < ended), "{segments:#?}");
}
