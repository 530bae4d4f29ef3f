//! A meeting folder is made of what there is, and says what was understood.

use std::fs;

use crate::support::{assert_fails_well, done, referat, root, stderr};

#[test]
fn what_was_recorded_first_takes_its_dagsorden_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = folder.path().join("m");
    fs::create_dir_all(meeting.join("audio")).unwrap();
    fs::create_dir(meeting.join(".referat")).unwrap();
    fs::write(meeting.join("audio/optagelse.wav"), b"lyd").unwrap();
    fs::write(meeting.join("marks.jsonl"), b"").unwrap();
    let agenda = root().join("samples/kredsraad/dagsorden.md");
    let new = ["new", "m", "--agenda", agenda.to_str().unwrap()];
    let said = stderr(&done(folder.path(), &new));
    assert!(said.contains("understood 6 items and 9 participants"), "{said}");
    assert_eq!(fs::read(meeting.join("audio/optagelse.wav")).unwrap(), b"lyd");
    // A second time would write over the dagsorden.
    assert_fails_well(&referat(folder.path(), &new));
}

#[test]
fn a_recording_of_the_same_name_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("m/audio")).unwrap();
    fs::write(folder.path().join("m/audio/a.wav"), b"optaget").unwrap();
    fs::write(folder.path().join("a.wav"), b"en anden").unwrap();
    assert_fails_well(&referat(folder.path(), &["new", "m", "--audio", "a.wav"]));
    assert_eq!(fs::read(folder.path().join("m/audio/a.wav")).unwrap(), b"optaget");
}

#[test]
fn what_is_no_recording_and_a_dagsorden_without_items_are_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("noter.txt"), b"Vi ses.").unwrap();
    let output = referat(folder.path(), &["new", "m", "--audio", "noter.txt"]);
    assert_fails_well(&output);
    assert!(stderr(&output).contains("m4a"), "{}", stderr(&output));
    assert!(!folder.path().join("m").exists());
    let said = stderr(&done(folder.path(), &["new", "m", "--agenda", "noter.txt"]));
    assert!(said.contains("no items were found"), "{said}");
}
