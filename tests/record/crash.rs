//! A recorder that is killed loses less than a second of what the device had delivered, and
//! other programs open its file before anything is mended.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::support::room;
use crate::support::room::{Recorder, Room, in_full, noise, recordings, samples, wait};

const RATE: usize = 48_000;
/// Samples whose place in the signal is looked for: noise never repeats.
const PROBE: usize = 64;

/// Where in the signal the last samples stand.
fn reached(signal: &[i16], heard: &[i16]) -> usize {
    let probe = &heard[heard.len() - PROBE..];
    room::find(signal, probe).expect("the end is part of the signal") + PROBE
}

/// The recording as another program opens it.
fn opened_by(program: &str, path: &Path) {
    let mut command = Command::new(program);
    match program {
        "ffprobe" => command.args(["-v", "error", "-show_streams"]).arg(path),
        _ => command.arg(path).args(["-n", "stat"]),
    };
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program}: {said}");
    assert!(!said.contains("WARN"), "{program}: {said}");
    assert!(program != "ffprobe" || said.is_empty(), "{said}");
}

#[test]
fn at_most_a_second_is_lost_when_the_recorder_is_killed() {
    let kills = if in_full() { 20 } else { 3 };
    let room = Room::open(RATE as u32, 1);
    let folder = tempfile::tempdir().unwrap();
    let meeting = folder.path().join("m");
    let signal = noise(RATE * 60, 11);
    let mut moments = noise(kills, 5).into_iter();
    let mut worst = (0.0_f64, 0.0_f64);
    for kill in 1..=kills {
        let mut recorder = Recorder::start(&room, &meeting, &["--mono"]);
        let (mut witness, heard) = room.overhear();
        let mut playing = room.play(&signal);
        // A loudspeaker takes a while to wake up.
        wait("the sound", 30, || {
            let bytes = std::fs::read(&heard).ok()?;
            bytes.iter().rev().take(PROBE).any(|byte| *byte != 0).then_some(())
        });
        let moment = 1_500 + u64::from(moments.next().unwrap().unsigned_abs() % 4_000);
        std::thread::sleep(Duration::from_millis(moment));
        recorder.crash();
        // What the witness has by now is at least what the device had delivered by then.
        let delivered: Vec<i16> = std::fs::read(&heard)
            .unwrap()
            .chunks_exact(2)
            .map(|pair| i16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        for child in [&mut playing, &mut witness] {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let files = recordings(&meeting);
        assert_eq!(files.len(), kill, "{files:?}");
        let file = files.last().unwrap();
        opened_by("ffprobe", file);
        opened_by("sox", file);
        let before = samples(file);
        // A second recorder mends it, and deletes nothing.
        let length = std::fs::metadata(file).unwrap().len();
        let mender = Recorder::start(&room, &meeting, &["--mono"]);
        assert!(mender.said().contains("recovered `audio/optagelse-"), "{}", mender.said());
        drop(mender);
        let last = recordings(&meeting).pop().unwrap();
        assert_ne!(&last, file);
        std::fs::remove_file(last).unwrap();
        let journal = std::fs::read_to_string(meeting.join(".referat/recording.jsonl")).unwrap();
        let count = |what: &str| journal.matches(&format!("\"what\":\"{what}\"")).count();
        assert_eq!(count("mended"), kill * 2 - 1, "{journal}");
        assert!(std::fs::metadata(file).unwrap().len() >= length);
        let after = samples(file);
        assert!(after.len() >= before.len() && after[..before.len()] == before[..]);
        let lost = |kept: &[i16]| {
            let missing = reached(&signal, &delivered) as f64 - reached(&signal, kept) as f64;
            missing / RATE as f64
        };
        println!(
            "killed after {moment} ms: {:.3} s lost before mending, {:.3} s after",
            lost(&before),
            lost(&after)
        );
        worst = (worst.0.max(lost(&before)), worst.1.max(lost(&after)));
    }
    println!("{kills} kills: at most {:.3} s lost, {:.3} s after mending", worst.0, worst.1);
    assert!(worst.1 <= 1.0);
}
