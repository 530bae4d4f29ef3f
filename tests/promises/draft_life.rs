//! The referent's words through new drafts, kills, restores: by the real binary.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{assert_fails_well, done, referat, root, stderr, transcript};

/// A meeting with a draft.
fn drafted() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let agenda = root().join("samples/kredsraad/dagsorden.md");
    done(folder.path(), &["new", "m", "--agenda", agenda.to_str().unwrap()]);
    let meeting = folder.path().join("m");
    fs::write(meeting.join("transcript.json"), transcript().to_string()).unwrap();
    done(folder.path(), &["draft", "m"]);
    (folder, meeting)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// The first statement's line in a text.
fn first_statement(text: &str) -> &str {
    text.lines().find(|line| line.starts_with("- ") && line.contains("<!-- s-")).unwrap()
}

/// Writes a word of hers into the first statement.
fn edit(meeting: &Path, word: &str) {
    let path = meeting.join("referat.md");
    let before = text(&path);
    let line = first_statement(&before);
    let edited = line.replacen(" <!--", &format!(" {word} <!--"), 1);
    fs::write(&path, before.replace(line, &edited)).unwrap();
}

/// Makes the machine hear every segment otherwise.
fn hear_otherwise(meeting: &Path, word: &str) {
    let mut transcript = transcript();
    for segment in transcript["segments"].as_array_mut().unwrap() {
        let said = segment["text"].as_str().unwrap().to_owned();
        segment["text"] = Value::String(format!("{} {word}.", said.trim_end_matches(['.', '?'])));
    }
    fs::write(meeting.join("transcript.json"), transcript.to_string()).unwrap();
}

/// The name of the first statement that the machine words otherwise in `other`.
fn reworded(text: &str, other: &str) -> String {
    let named = |line: &str| {
        let (_, comment) = line.split_once("<!-- s-")?;
        Some(format!("<!-- s-{}", comment.split(' ').next()?))
    };
    let differs = |line: &&str| {
        named(line)
            .is_some_and(|name| other.contains(&name) && other.lines().all(|other| other != *line))
    };
    named(text.lines().find(differs).expect("a statement is worded otherwise")).unwrap()
}

#[test]
fn her_words_stay_and_what_both_changed_stands_side_by_side_until_she_settles_it() {
    let (_other, heard) = drafted();
    hear_otherwise(&heard, "hørtpåny");
    done(&heard, &["draft", "."]);
    let (folder, meeting) = drafted();
    let path = meeting.join("referat.md");
    let before = text(&path);
    let name = reworded(&before, &text(&heard.join("referat.md")));
    let edited = before.replace(&format!(" {name}"), &format!(" HENDESORD {name}"));
    fs::write(&path, edited + "\nHendes eget afsnit.\n").unwrap();
    hear_otherwise(&meeting, "hørtpåny");
    let output = done(folder.path(), &["draft", "m"]);
    let merged = text(&path);
    assert!(merged.contains("HENDESORD") && merged.contains("Hendes eget afsnit."), "{merged}");
    assert!(merged.contains("hørtpåny"), "{merged}");
    assert_eq!(merged.matches("<!-- forslag").count(), 1, "{merged}");
    assert!(stderr(&output).contains("1 new proposal"), "{}", stderr(&output));
    assert_fails_well(&referat(folder.path(), &["approve", "m"]));
    // What is sent has no proposals.
    done(folder.path(), &["export", "m", "--to", "txt"]);
    let sent = text(&meeting.join("referat.txt"));
    assert!(sent.contains("HENDESORD") && !sent.contains("Nyt forslag"), "{sent}");
    let settled: String = merged
        .lines()
        .filter(|line| !line.contains("<!-- forslag"))
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(&path, settled).unwrap();
    done(folder.path(), &["draft", "m"]);
    assert!(!text(&path).contains("forslag s-"));
    done(folder.path(), &["approve", "m", "--by", "Pernille"]);
    let review = text(&meeting.join("review.jsonl"));
    assert!(review.contains(r#""kind":"approve""#) && review.contains("Pernille"), "{review}");
}

#[test]
fn every_generation_comes_back_and_restoring_loses_nothing() {
    let (folder, meeting) = drafted();
    let path = meeting.join("referat.md");
    edit(&meeting, "FØRSTE");
    let first = text(&path);
    hear_otherwise(&meeting, "ændret");
    done(folder.path(), &["draft", "m"]);
    edit(&meeting, "ANDEN");
    let second = text(&path);
    assert!(first != second);
    let output = done(folder.path(), &["history", "m", "--json"]);
    let listed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 1, "{listed}");
    assert_eq!(listed[0]["reason"], "draft");
    done(folder.path(), &["restore", "m", "1"]);
    assert_eq!(text(&path), first);
    done(folder.path(), &["restore", "m", "2"]);
    assert_eq!(text(&path), second);
    let listed = done(folder.path(), &["history", "m"]);
    assert_eq!(String::from_utf8_lossy(&listed.stdout).lines().count(), 3);
    assert_fails_well(&referat(folder.path(), &["restore", "m", "99"]));
}

#[test]
fn what_she_rejected_does_not_come_back() {
    let (folder, meeting) = drafted();
    let before = text(&meeting.join("referat.md"));
    let line = first_statement(&before);
    let id = line.split("<!-- ").nth(1).unwrap().split(' ').next().unwrap();
    let reject = json!({"at": "2026-11-25T10:00:00Z", "kind": "reject", "statement": id});
    fs::write(meeting.join("review.jsonl"), format!("{reject}\n")).unwrap();
    done(folder.path(), &["draft", "m"]);
    assert!(!text(&meeting.join("referat.md")).contains(id));
    assert!(!text(&meeting.join("minutes.json")).contains(id));
    let accept = json!({"at": "2026-11-25T11:00:00Z", "kind": "accept", "statement": id});
    fs::write(meeting.join("review.jsonl"), format!("{reject}\n{accept}\n")).unwrap();
    done(folder.path(), &["draft", "m"]);
    assert_eq!(text(&meeting.join("referat.md")), before);
}

#[test]
fn an_item_that_is_closed_takes_her_words_out_of_the_open_text() {
    let (folder, meeting) = drafted();
    let path = meeting.join("referat.md");
    let before = text(&path);
    let heading = before.lines().find(|line| line.starts_with("### **Ad 2 ")).unwrap();
    fs::write(&path, before.replace(heading, &format!("{heading}\n\nHemmeligt afsnit."))).unwrap();
    let agenda = meeting.join("dagsorden.md");
    let title = text(&agenda).lines().find(|line| line.starts_with("2. ")).unwrap().to_owned();
    fs::write(&agenda, text(&agenda).replace(&title, &format!("{title} (lukket punkt)"))).unwrap();
    done(folder.path(), &["draft", "m"]);
    let closed = text(&meeting.join("referat-lukket.md"));
    assert!(closed.contains("Hemmeligt afsnit."), "{closed}");
    assert!(!text(&path).contains("Hemmeligt afsnit."));
}

#[test]
fn a_draft_that_is_killed_loses_no_word_of_hers() {
    let (folder, meeting) = drafted();
    let path = meeting.join("referat.md");
    let mut words = Vec::new();
    for round in 0..25_u64 {
        let word = format!("ORD{round}ORD");
        edit(&meeting, &word);
        words.push(word);
        hear_otherwise(&meeting, &format!("runde{round}"));
        let mut child = Command::new(env!("CARGO_BIN_EXE_referat"))
            .args(["draft", "m"])
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Spread over the whole run, whatever this machine's speed.
        std::thread::sleep(Duration::from_millis(round * round));
        let _ = child.kill();
        child.wait().unwrap();
        let now = text(&path);
        for word in &words {
            assert!(now.contains(word.as_str()), "{word} is lost after {round}\n{now}");
        }
    }
    done(folder.path(), &["draft", "m"]);
    let merged = text(&path);
    for word in &words {
        assert!(merged.contains(word.as_str()), "{word}");
    }
    assert!(merged.contains("runde24"), "{merged}");
    assert!(!meeting.join(".referat/redo.json").exists());
}

#[test]
fn one_lock_holds_for_every_command_that_writes() {
    let (folder, meeting) = drafted();
    let lock = fs::OpenOptions::new().append(true).open(meeting.join(".referat/lock")).unwrap();
    lock.lock().unwrap();
    for args in [
        &["draft", "m"][..],
        &["restore", "m", "1"],
        &["approve", "m"],
        &["purge", "m", "--unapproved"],
    ] {
        let output = referat(folder.path(), args);
        assert_fails_well(&output);
        assert!(stderr(&output).contains("another referat"), "{}", stderr(&output));
    }
}

/// A DOCX file with some words of its text replaced, as an editor would.
fn edit_docx(path: &Path, from: &str, to: &str) {
    let mut old = zip::ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "word/document.xml" {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{from}");
            bytes = text.replacen(from, to, 1).into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&bytes).unwrap();
    }
    fs::write(path, new.finish().unwrap().into_inner()).unwrap();
}

#[test]
fn what_was_edited_in_word_comes_back_also_after_a_new_draft() {
    let (folder, meeting) = drafted();
    let path = meeting.join("referat.md");
    edit(&meeting, "EGETORD");
    let before = text(&path);
    done(folder.path(), &["export", "m", "--to", "docx"]);
    let docx = meeting.join("referat.docx");
    // Unedited it changes nothing.
    done(folder.path(), &["draft", "m", "--edited", "m/referat.docx"]);
    assert_eq!(text(&path), before);
    edit_docx(&docx, "EGETORD", "ORDFRAWORD");
    fs::rename(&docx, folder.path().join("rettet.docx")).unwrap();
    // Meanwhile the machine heard something else.
    hear_otherwise(&meeting, "senere");
    done(folder.path(), &["draft", "m"]);
    let again = text(&path);
    done(folder.path(), &["draft", "m", "--edited", "rettet.docx"]);
    let now = text(&path);
    assert!(now.contains("ORDFRAWORD") && !now.contains("EGETORD"), "{now}");
    assert!(now.contains("senere"), "{now}");
    let ids = |text: &str| text.matches("<!-- s-").count();
    assert_eq!(ids(&now), ids(&again), "{now}");
    let generations = done(folder.path(), &["history", "m"]);
    let listed = String::from_utf8_lossy(&generations.stdout).into_owned();
    assert!(listed.contains("edited rettet.docx"), "{listed}");
    fs::write(folder.path().join("halv.docx"), b"PK\x03\x04halv").unwrap();
    assert_fails_well(&referat(folder.path(), &["draft", "m", "--edited", "halv.docx"]));
    assert_eq!(text(&path), now);
}
