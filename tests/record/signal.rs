//! What is played in the room is what stands in the file, sample by sample; and the list of
//! devices, the notice, pauses and the archive, through the real audio path.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use crate::support::room::{Recorder, Room, find, in_full, noise, recordings, samples, wait};
use crate::support::{assert_fails_well, done, referat, stderr};

/// Samples that are looked for.
const PROBE: usize = 256;

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn kinds(meeting: &Path) -> Vec<String> {
    let marks = lines(&meeting.join("marks.jsonl"));
    marks.iter().map(|mark| mark["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_known_signal_is_recorded_sample_by_sample() {
    let all = [(48_000, 2), (16_000, 1), (44_100, 1), (44_100, 2), (48_000, 1), (16_000, 2)];
    let (cases, seconds) = if in_full() { (&all[..], 60) } else { (&all[..2], 5) };
    for (rate, channels) in cases.iter().copied() {
        let room = Room::open(rate, channels);
        let folder = tempfile::tempdir().unwrap();
        let meeting = folder.path().join("m");
        let rate_text = rate.to_string();
        let mut args = vec!["--rate", &rate_text];
        args.extend((channels == 1).then_some("--mono"));
        let recorder = Recorder::start(&room, &meeting, &args);
        let a_second = rate as usize * usize::from(channels);
        let played = noise(a_second * seconds, rate);
        // A loudspeaker that wakes up swallows the first hundredths of a second.
        let silence = vec![0; a_second];
        assert!(room.play(&[&silence, &played[..], &silence].concat()).wait().unwrap().success());
        std::thread::sleep(Duration::from_millis(1500));
        let said = recorder.stop(&meeting);
        assert!(!said.contains("warning"), "{said}");
        let files = recordings(&meeting);
        assert_eq!(files.len(), 1);
        let header = hound::WavReader::open(&files[0]).unwrap().spec();
        assert_eq!((header.sample_rate, header.channels), (rate, channels));
        let recorded = samples(&files[0]);
        let at = find(&recorded, &played[..PROBE]).expect("the signal is there");
        assert_eq!(at % usize::from(channels), 0);
        let differ = recorded[at..].iter().zip(&played).position(|(heard, played)| heard != played);
        assert_eq!(differ, None, "{rate} Hz, {channels} channels: sample {differ:?} differs");
        assert!(recorded.len() - at >= played.len());
        println!(
            "{rate} Hz, {channels} channels: {} samples equal, {:.3} s after the start",
            played.len(),
            at as f64 / f64::from(rate) / f64::from(channels)
        );
    }
}

#[test]
fn devices_lists_the_microphone_and_a_wrong_name_is_told() {
    let room = Room::open(48_000, 2);
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_referat"));
        command.args(args).current_dir(folder.path());
        room.surround(&mut command);
        command.output().unwrap()
    };
    let output = run(&["devices", "--json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let inputs: Value = serde_json::from_slice(&output.stdout).unwrap();
    let chosen = &inputs[0];
    assert_eq!(chosen["default"], true, "{inputs:#}");
    assert!(chosen["channels"].as_array().unwrap().contains(&Value::from(2)));
    assert!(chosen["max_rate_hz"].as_u64().unwrap() >= 48_000);
    assert!(String::from_utf8(run(&["devices"]).stdout).unwrap().starts_with('*'));
    assert_fails_well(&run(&["record", "m", "--no-tui", "--device", "findes ikke"]));
    assert!(!folder.path().join("m/audio/optagelse-0001.wav").exists());
}

#[test]
fn pauses_closed_doors_notice_and_archive_leave_their_traces() {
    let room = Room::open(16_000, 1);
    let folder = tempfile::tempdir().unwrap();
    let meeting = folder.path().join("m");
    let notice = folder.path().join("notits.txt");
    std::fs::write(&notice, "Mødet optages.\n").unwrap();
    std::fs::create_dir(&meeting).unwrap();
    let agenda = "# Dagsorden\n\n1. Velkomst\n2. Personsag (lukket punkt)\n3. Eventuelt\n";
    std::fs::write(meeting.join("dagsorden.md"), agenda).unwrap();
    let understood = done(folder.path(), &["agenda", "m/dagsorden.md", "--json"]);
    let understood: Value = serde_json::from_slice(&understood.stdout).unwrap();
    assert_eq!(understood["agenda"][1]["closed"], true, "{understood:#}");

    let mut playing = room.play(&noise(16_000 * 60, 7));
    let args = ["--notice", notice.to_str().unwrap(), "--rate", "16000", "--mono", "--flac"];
    let recorder = Recorder::start(&room, &meeting, &args);
    let mark = |args: &[&str]| {
        std::thread::sleep(Duration::from_millis(700));
        done(folder.path(), &[&["mark", "m"], args].concat());
    };
    mark(&["--item", "1"]);
    mark(&["--pause"]);
    mark(&["--resume"]);
    mark(&["--note", "husk bilag"]);
    // The closed item stops the recording, the next one starts it.
    mark(&["--item", "2"]);
    mark(&["--item", "3"]);
    recorder.expect("optagelse-0003.wav", 20);
    assert_fails_well(&referat(folder.path(), &["mark", "m", "--item", "9"]));
    assert_fails_well(&referat(folder.path(), &["mark", "m", "--resume"]));
    assert_fails_well(&referat(folder.path(), &["transcribe", "m"]));
    std::thread::sleep(Duration::from_millis(700));
    let said = recorder.stop(&meeting);
    playing.kill().unwrap();
    playing.wait().unwrap();
    assert!(said.contains("Mødet optages."), "{said}");
    assert_fails_well(&referat(folder.path(), &["mark", "m", "--item", "3"]));

    let wanted = ["item", "pause", "resume", "note", "item", "closed", "item", "resume"];
    assert_eq!(kinds(&meeting), wanted);
    let stamped = lines(&meeting.join("notice.jsonl"));
    assert_eq!(stamped[0]["text"], "Mødet optages.");
    assert!(stamped[0]["at"].as_str().unwrap().starts_with("20"), "{stamped:?}");
    let journal = lines(&meeting.join(".referat/recording.jsonl"));
    let of = |what: &str| journal.iter().filter(|line| line["what"] == what).collect::<Vec<_>>();
    let holes: Vec<&str> = of("gap").iter().map(|gap| gap["why"].as_str().unwrap()).collect();
    assert_eq!(holes, ["pause", "closed"]);
    let marks = lines(&meeting.join("marks.jsonl"));
    for (part, gap, mark) in [(1, 0, 2), (2, 1, 7)] {
        let (offset, to) =
            (of("part")[part]["offset_ms"].as_u64(), of("gap")[gap]["to_ms"].as_u64());
        assert_eq!(offset, to);
        let resumed = marks[mark]["at_ms"].as_u64().unwrap();
        let late = offset.unwrap() as i64 - resumed as i64;
        assert!((-150..1500).contains(&late), "the sound went on {late} ms after the mark");
    }
    assert_eq!(of("archived").len(), 3);
    assert!(recordings(&meeting).is_empty(), "the WAV files went");
    for number in 1..=3 {
        let flac = meeting.join(format!("audio/optagelse-000{number}.flac"));
        let probe = Command::new("ffprobe").args(["-v", "error"]).arg(&flac).output().unwrap();
        assert!(probe.status.success() && probe.stderr.is_empty(), "{}", stderr(&probe));
    }
}

#[test]
fn silence_ends_the_recording_only_when_that_was_agreed() {
    let room = Room::open(16_000, 1);
    let folder = tempfile::tempdir().unwrap();
    let meeting = folder.path().join("m");
    let args = ["--rate", "16000", "--mono", "--stop-after-silence", "3s"];
    let mut playing = room.play(&noise(16_000 * 4, 3));
    let recorder = Recorder::start(&room, &meeting, &args);
    playing.wait().unwrap();
    recorder.expect("stopping: silence for", 30);
    recorder.expect("recorded ", 20);
    let recorded = wait("the end", 10, || {
        let journal = lines(&meeting.join(".referat/recording.jsonl"));
        journal.iter().find(|line| line["what"] == "end").cloned()
    });
    let seconds = recorded["frames"].as_u64().unwrap() / 16_000;
    assert!((4..12).contains(&seconds), "{seconds} s");
}
