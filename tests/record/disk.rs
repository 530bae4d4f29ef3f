//! A full disk: what was written stays valid, it is told, and the recording goes on when there
//! is room again.

use std::path::Path;
use std::process::Command;

use crate::support::room::{Recorder, Room, find, noise, recordings, samples};

/// A small disk of its own.
struct Disk(tempfile::TempDir);

impl Disk {
    fn mount(bytes: usize) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={bytes}"), "tmpfs"])
            .arg(folder.path())
            .output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

#[test]
fn a_full_disk_costs_only_what_it_cannot_hold() {
    let Some(disk) = Disk::mount(4 << 20) else {
        eprintln!("skipped: a disk cannot be mounted here");
        return;
    };
    let room = Room::open(48_000, 2);
    let meeting = disk.path().join("m");
    let signal = noise(48_000 * 2 * 60, 23);
    let ballast = disk.path().join("ballast");
    std::fs::write(&ballast, vec![1; 1 << 20]).unwrap();
    let recorder = Recorder::start(&room, &meeting, &["--rate", "48000"]);
    // A loudspeaker that wakes up swallows the first hundredths of a second.
    let mut playing = room.play(&[&vec![0; 48_000], &signal[..]].concat());
    recorder.expect("warning: the disk has room for", 10);
    recorder.expect("warning: cannot write the recording", 60);
    let full = recordings(&meeting);
    assert_eq!(full.len(), 1);
    let kept = samples(&full[0]);
    let at = find(&kept, &signal[..256]).expect("the signal is there");
    assert!(kept[at..].iter().zip(&signal).all(|(heard, played)| heard == played));
    assert!(kept.len() > 300_000, "{} samples", kept.len());
    std::thread::sleep(std::time::Duration::from_millis(1200));
    std::fs::remove_file(&ballast).unwrap();
    recorder.expect("recording again: the disk has room", 20);
    std::thread::sleep(std::time::Duration::from_millis(1500));
    recorder.stop(&meeting);
    playing.kill().unwrap();
    playing.wait().unwrap();
    let files = recordings(&meeting);
    assert_eq!(files.len(), 2, "{files:?}");
    assert_eq!(samples(&files[0]), kept);
    let later = samples(&files[1]);
    let from = find(&signal, &later[..64]).expect("the second file goes on with the signal");
    let alike = later.len().min(signal.len() - from);
    assert!(alike > 48_000 && later[..alike] == signal[from..from + alike]);
    // Place and sound agree: the axis ran on while the disk was full.
    let journal = std::fs::read_to_string(meeting.join(".referat/recording.jsonl")).unwrap();
    let lines: Vec<serde_json::Value> =
        journal.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let offset = lines.iter().filter(|line| line["what"] == "part").nth(1).unwrap()["offset_ms"]
        .as_u64()
        .unwrap();
    let by_signal = (from + at) as u64 * 1000 / 96_000;
    assert!(offset.abs_diff(by_signal) < 500, "{offset} ms, by the signal {by_signal} ms");
    assert!(lines.iter().any(|line| line["what"] == "gap" && line["why"] == "disk"), "{journal}");
    let marks = std::fs::read_to_string(meeting.join("marks.jsonl")).unwrap();
    assert!(marks.contains("\"gap\""), "{marks}");
    println!("full after {} samples; went on at {offset} ms (signal: {by_signal} ms)", kept.len());
}
