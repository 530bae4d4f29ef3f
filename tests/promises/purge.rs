//! After a purge nothing of what was to go is left in the folder, and the receipt is true: real
//! files, the real binary, and a scan that knows nothing of how the purge looks.

use std::collections::HashSet;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support;
use crate::support::{assert_fails_well, done, referat, root, stderr, transcript};

const RATE_HZ: u32 = 2000;

/// Noise as a WAV file, as long as the sample meeting.
fn recording() -> Vec<u8> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: RATE_HZ,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut bytes = Cursor::new(Vec::new());
    let mut writer = hound::WavWriter::new(&mut bytes, spec).unwrap();
    let mut state = 1_u32;
    for _ in 0..270 * RATE_HZ {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        writer.write_sample((state >> 16) as i16 | 1).unwrap();
    }
    writer.finalize().unwrap();
    bytes.into_inner()
}

/// A meeting with a recording, its transcript, an edited and a new draft, copies and exports.
fn meeting() -> (tempfile::TempDir, PathBuf, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let agenda = root().join("samples/kredsraad/dagsorden.md");
    let original = folder.path().join("optagelse.wav");
    let recording = recording();
    fs::write(&original, &recording).unwrap();
    let args = ["new", "m", "--agenda", agenda.to_str().unwrap(), "--audio", "optagelse.wav"];
    done(folder.path(), &args);
    let meeting = folder.path().join("m");
    let sha256: String = Sha256::digest(&recording).iter().map(|b| format!("{b:02x}")).collect();
    let mut transcript = transcript();
    transcript["audio"] = json!([{
        "path": "audio/optagelse.wav", "sha256": sha256, "duration_ms": 270_000, "offset_ms": 0,
    }]);
    fs::write(meeting.join("transcript.json"), transcript.to_string()).unwrap();
    done(folder.path(), &["draft", "m"]);
    // A second generation.
    let text = fs::read_to_string(meeting.join("referat.md")).unwrap();
    fs::write(meeting.join("referat.md"), format!("{text}\nHendes eget afsnit.\n")).unwrap();
    let agenda = fs::read_to_string(meeting.join("dagsorden.md")).unwrap();
    fs::write(meeting.join("dagsorden.md"), agenda.replace("Velkomst", "Velkomst og kaffe"))
        .unwrap();
    done(folder.path(), &["draft", "m"]);
    // What other parts of the program leave behind, and an export with its material.
    let put = |path: &str, bytes: &[u8]| {
        let path = meeting.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    put("audio/optagelse.part2.wav", &recording[5000..60_001]);
    put(".referat/playback/optagelse.opus", b"OggS a stand-in for a copy made for playback");
    put(".referat/cache/part.bin", &recording[100_003..101_000]);
    put("kopi.dat", &recording[200_001..200_100]);
    let sentences = sentences(&transcript);
    put(
        "transcript.srt",
        format!("1\n00:00:01,000 --> 00:00:04,000\n{}\n", sentences[0]).as_bytes(),
    );
    let timed = sentences[0].replace(' ', " <00:00:01.300>");
    put("transcript.words.vtt", format!("WEBVTT\n\n{timed}\n").as_bytes());
    put(".referat/transcript-original", timed.as_bytes());
    put("referat.html", format!("<li>{}</li>", sentences[1]).as_bytes());
    put("referat.docx", &docx(&sentences[2]));
    put(".referat/journal/0011.jsonl", json!({"heard": sentences[3]}).to_string().as_bytes());
    put(
        "speakers.json",
        json!({"turns": [{"start_ms": 0, "end_ms": 9000, "quote": sentences[4]}]})
            .to_string()
            .as_bytes(),
    );
    (folder, meeting, recording)
}

fn docx(text: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let head = r#"<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>"#;
    write!(zip, "{head}{text}</w:t></w:r></w:p></w:body></w:document>").unwrap();
    zip.finish().unwrap().into_inner()
}

fn sentences(transcript: &Value) -> Vec<String> {
    let segments = transcript["segments"].as_array().unwrap();
    let texts = segments.iter().map(|segment| segment["text"].as_str().unwrap());
    let all = texts.flat_map(|text| text.split(['.', '?', '!']));
    all.map(str::trim).filter(|it| it.split_whitespace().count() >= 4).map(str::to_owned).collect()
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// No 64 bytes in a row of `recording` stand in any file of the folder.
fn assert_no_run(folder: &Path, recording: &[u8]) {
    let runs: HashSet<&[u8]> = recording.windows(64).collect();
    for path in files(folder) {
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(64).any(|run| runs.contains(run)), "{}", path.display());
    }
}

/// What stands in a file beside the referat's own statements: those are the approved document,
/// and may repeat what was said.
fn without_statements(text: &str) -> String {
    let others = text.lines().filter(|line| !(line.starts_with("- ") && line.contains("<!-- s-")));
    others.map(|line| format!("{line}\n")).collect()
}

/// The one receipt of a meeting.
fn receipt(meeting: &Path) -> PathBuf {
    let is_receipt = |path: &PathBuf| path.to_string_lossy().contains("kvittering-");
    files(meeting).into_iter().find(is_receipt).expect("there is a receipt")
}

#[test]
fn nothing_goes_before_the_referat_is_approved() {
    let (folder, meeting, recording) = meeting();
    assert_fails_well(&referat(folder.path(), &["purge", "m"]));
    done(folder.path(), &["approve", "m"]);
    let text = fs::read_to_string(meeting.join("referat.md")).unwrap();
    fs::write(meeting.join("referat.md"), format!("{text}\nMere.\n")).unwrap();
    let output = referat(folder.path(), &["purge", "m"]);
    assert_fails_well(&output);
    assert!(stderr(&output).contains("changed after"), "{}", stderr(&output));
    let before = files(&meeting);
    let output = done(folder.path(), &["purge", "m", "--dry-run"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("audio/optagelse.wav"));
    assert_eq!(files(&meeting), before);
    assert_eq!(fs::read(meeting.join("audio/optagelse.wav")).unwrap(), recording);
    done(folder.path(), &["purge", "m", "--audio", "--unapproved"]);
    assert!(!meeting.join("audio/optagelse.wav").exists());
}

#[test]
fn no_run_of_the_recording_is_left_and_the_receipt_is_true() {
    let (folder, meeting, recording) = meeting();
    let text = fs::read(meeting.join("referat.md")).unwrap();
    done(folder.path(), &["approve", "m", "--by", "Pernille"]);
    done(folder.path(), &["purge", "m", "--audio", "--by", "Pernille"]);
    assert_no_run(&meeting, &recording);
    assert!(!meeting.join(".referat/playback/optagelse.opus").exists());
    assert_eq!(fs::read(meeting.join("referat.md")).unwrap(), text);
    assert!(meeting.join("transcript.json").exists());

    let path = receipt(&meeting);
    let value: Value = support::json(&path);
    assert_eq!((&value["by"], &value["done"]), (&json!("Pernille"), &json!(true)));
    let deleted = value["deleted"].as_array().unwrap();
    let whole = deleted.iter().find(|file| file["path"] == "audio/optagelse.wav").unwrap();
    assert_eq!(whole["bytes"], recording.len());
    let kopi = deleted.iter().any(|file| file["path"] == "kopi.dat");
    assert!(kopi, "{value:#}");
    let verify =
        |path: &Path| referat(folder.path(), &["purge", "--verify", path.to_str().unwrap()]);
    assert!(verify(&path).status.success());
    // A copy that turns up again, under another name, makes the receipt false.
    fs::write(meeting.join("glemt.bin"), &recording).unwrap();
    assert_fails_well(&verify(&path));
    fs::remove_file(meeting.join("glemt.bin")).unwrap();
    assert!(verify(&path).status.success());
    // So does a word changed in it.
    let changed = fs::read_to_string(&path).unwrap().replace("Pernille", "Ingen");
    fs::write(&path, changed).unwrap();
    assert_fails_well(&verify(&path));
}

#[test]
fn no_sentence_of_the_transcript_is_left() {
    let (folder, meeting, _) = meeting();
    let said = transcript();
    done(folder.path(), &["approve", "m"]);
    done(folder.path(), &["purge", "m", "--transcript"]);
    let text = fs::read_to_string(meeting.join("referat.md")).unwrap();
    assert!(text.contains("Hendes eget afsnit.") && text.contains("<!-- s-"), "{text}");
    let mut looked_into = 0;
    for path in files(&meeting) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let text = without_statements(&text).to_lowercase();
        looked_into += 1;
        for sentence in sentences(&said) {
            let here = text.contains(&sentence.to_lowercase());
            assert!(!here, "`{sentence}` in {}", path.display());
        }
    }
    assert!(looked_into >= 4, "{looked_into}");
    for gone in [
        "referat.docx",
        "referat.html",
        "transcript.srt",
        "transcript.words.vtt",
        "minutes.json",
        ".referat/base.json",
        ".referat/transcript-original",
    ] {
        assert!(!meeting.join(gone).exists(), "{gone}");
    }
    let path = receipt(&meeting);
    let told = fs::read_to_string(&path).unwrap();
    assert!(told.contains("sentences of the transcript word for word"), "{told}");
    done(folder.path(), &["purge", "--verify", path.to_str().unwrap()]);
    // The approval holds: the receipt tells what the referat lost.
    done(folder.path(), &["purge", "m", "--audio"]);
    assert_fails_well(&referat(folder.path(), &["draft", "m"]));
}

#[test]
fn an_item_leaves_alone_and_every_other_time_stays() {
    let (folder, meeting, recording) = meeting();
    let minutes = support::json(&meeting.join("minutes.json"));
    let sections = minutes["sections"].as_array().unwrap();
    let section = sections.iter().find(|section| section["item"] == "2").unwrap();
    let spans: Vec<(u64, u64)> = section["spans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|span| (span["start_ms"].as_u64().unwrap(), span["end_ms"].as_u64().unwrap()))
        .collect();
    let within = |ms: u64| spans.iter().any(|(start, end)| (*start..*end).contains(&ms));
    let words = fs::read_to_string(meeting.join("referat.md")).unwrap();
    done(folder.path(), &["approve", "m"]);
    // A part of which nobody knows when it was recorded cannot be silenced in the right place.
    assert_fails_well(&referat(folder.path(), &["purge", "m", "--item", "2"]));
    fs::remove_file(meeting.join("audio/optagelse.part2.wav")).unwrap();
    done(folder.path(), &["purge", "m", "--item", "2"]);

    let mut before = hound::WavReader::new(Cursor::new(&recording)).unwrap();
    let mut after = hound::WavReader::open(meeting.join("audio/optagelse.wav")).unwrap();
    assert_eq!(after.duration(), before.duration());
    let samples = before.samples::<i16>().zip(after.samples::<i16>()).enumerate();
    let mut silent = 0;
    for (at, (before, after)) in samples {
        let ms = at as u64 * 1000 / u64::from(RATE_HZ);
        if within(ms) {
            silent += 1;
            assert_eq!(after.unwrap(), 0, "at {ms} ms");
        } else if !within(ms.saturating_sub(1)) {
            assert_eq!(after.unwrap(), before.unwrap(), "at {ms} ms");
        }
    }
    assert!(silent > 1000);
    assert!(
        !meeting.join("kopi.dat").exists() && !meeting.join(".referat/cache/part.bin").exists()
    );

    let said = transcript();
    let gone: Vec<Value> = said["segments"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|segment| within(segment["start_ms"].as_u64().unwrap()))
        .cloned()
        .collect();
    let gone = sentences(&json!({ "segments": gone }));
    let kept = sentences(&said).into_iter().filter(|it| !gone.contains(it)).count();
    assert!(gone.len() >= 4 && kept >= 4);
    for path in files(&meeting) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        // As a line of JSON, the texts' lines stand in it one after the other.
        let text = without_statements(&text.replace("\\n", "\n"));
        for sentence in &gone {
            assert!(!text.contains(sentence.as_str()), "`{sentence}` in {}", path.display());
        }
    }
    let text = fs::read_to_string(meeting.join("transcript.json")).unwrap();
    let left = sentences(&said).iter().filter(|it| text.contains(it.as_str())).count();
    assert_eq!(left, kept);

    // Her text of the item stays, now and after the next draft.
    let statements = |text: &str| {
        let after = text.split("### **Ad 2 ").nth(1).unwrap().split("### **Ad 3").next().unwrap();
        let lines = after.lines().filter(|line| line.starts_with("- "));
        lines.map(|line| line.split(" <!--").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let now = fs::read_to_string(meeting.join("referat.md")).unwrap();
    assert!(!statements(&words).is_empty());
    assert_eq!(statements(&now), statements(&words));
    done(folder.path(), &["draft", "m"]);
    let next = fs::read_to_string(meeting.join("referat.md")).unwrap();
    assert_eq!(statements(&next), statements(&words));
    // An earlier generation still comes back.
    done(folder.path(), &["restore", "m", "1"]);
    assert_fails_well(&referat(folder.path(), &["purge", "m", "--item", "77", "--unapproved"]));
}

/// The recording's samples, as the program itself decodes them.
fn samples(path: &Path) -> Vec<f32> {
    referat::audio::decode::decode_all(path).unwrap().0
}

/// Puts another recording of the same sound into the meeting's place for it.
fn exchange(meeting: &Path, name: &str) {
    let path = meeting.join("audio").join(name);
    fs::remove_file(meeting.join("audio/optagelse.part2.wav")).unwrap();
    fs::remove_file(meeting.join("audio/optagelse.wav")).unwrap();
    let sha256 = Sha256::digest(fs::read(path).unwrap());
    let sha256: String = sha256.iter().map(|b| format!("{b:02x}")).collect();
    let mut transcript = support::json(&meeting.join("transcript.json"));
    transcript["audio"][0]["path"] = json!(format!("audio/{name}"));
    transcript["audio"][0]["sha256"] = json!(sha256);
    fs::write(meeting.join("transcript.json"), transcript.to_string()).unwrap();
}

#[test]
fn an_item_leaves_a_flac_recording_that_stays_flac() {
    let (folder, meeting, _) = meeting();
    referat::recorder::capture::flac::archive(&meeting.join("audio/optagelse.wav")).unwrap();
    exchange(&meeting, "optagelse.flac");
    let flac = meeting.join("audio/optagelse.flac");
    let before = samples(&flac);
    let output = done(folder.path(), &["purge", "m", "--item", "2", "--unapproved"]);
    assert!(!stderr(&output).contains("written as"), "{}", stderr(&output));
    assert!(fs::read(&flac).unwrap().starts_with(b"fLaC"));
    let after = samples(&flac);
    assert_eq!(after.len(), before.len());
    let silent = after.iter().filter(|sample| **sample == 0.0).count();
    let same = after.iter().zip(&before).filter(|(after, before)| after == before).count();
    assert!(silent > 1000 && same > before.len() / 4, "{silent} {same} of {}", before.len());
    // Where the silence begins and ends the two rates' filter tells of both sides.
    let expected = before.len() - before.len() / 1000;
    assert!(silent + same > expected, "{silent} {same} of {}", before.len());
    assert!(!meeting.join(".referat/silence").exists());
    let transcript = support::json(&meeting.join("transcript.json"));
    assert_eq!(transcript["audio"][0]["path"], "audio/optagelse.flac");
    let now = Sha256::digest(fs::read(&flac).unwrap());
    let now: String = now.iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(transcript["audio"][0]["sha256"], now.as_str());
}

#[test]
fn an_item_leaves_a_recording_of_another_kind_as_wav_and_that_is_said() {
    let (folder, meeting, _) = meeting();
    let made = std::process::Command::new("ffmpeg")
        .args(["-loglevel", "error", "-i", "optagelse.wav", "-ar", "16000", "optagelse.mp3"])
        .current_dir(meeting.join("audio"))
        .status()
        .expect("ffmpeg runs");
    assert!(made.success());
    exchange(&meeting, "optagelse.mp3");
    let before = samples(&meeting.join("audio/optagelse.mp3"));
    let dry = ["purge", "m", "--item", "2", "--unapproved", "--dry-run"];
    let told = stderr(&done(folder.path(), &dry));
    assert!(told.contains("`audio/optagelse.mp3` is written as WAV of 16 bits"), "{told}");
    assert!(told.contains("cannot write MP3"), "{told}");
    let told = stderr(&done(folder.path(), &dry[..5]));
    assert!(told.contains("written as WAV of 16 bits"), "{told}");
    assert!(!meeting.join("audio/optagelse.mp3").exists());
    let after = samples(&meeting.join("audio/optagelse.wav"));
    assert!(after.len().abs_diff(before.len()) < 16, "{} {}", after.len(), before.len());
    let receipt = files(&meeting)
        .into_iter()
        .find(|path| path.file_name().unwrap().to_string_lossy().starts_with("kvittering-"));
    let receipt = fs::read_to_string(receipt.unwrap()).unwrap();
    assert!(receipt.contains("cannot write MP3"), "{receipt}");
}

#[test]
fn what_is_due_in_a_library_goes_and_what_is_not_approved_stays() {
    let (folder, meeting, _) = meeting();
    fs::write(folder.path().join("referat.toml"), "keep_audio_days = 30\n").unwrap();
    done(folder.path(), &["purge", "--due", "."]);
    assert!(meeting.join("audio/optagelse.wav").exists(), "not approved");
    done(folder.path(), &["approve", "m"]);
    done(folder.path(), &["purge", "--due", "."]);
    assert!(meeting.join("audio/optagelse.wav").exists(), "approved today");
    let review = fs::read_to_string(meeting.join("review.jsonl")).unwrap();
    let (_, rest) = review.split_once("\"at\":\"").unwrap();
    let today = rest.split('"').next().unwrap();
    fs::write(meeting.join("review.jsonl"), review.replace(today, "2020-01-01T10:00:00Z")).unwrap();
    done(folder.path(), &["purge", "--due", "."]);
    assert!(!meeting.join("audio/optagelse.wav").exists());
    assert!(meeting.join("transcript.json").exists());
    fs::write(folder.path().join("referat.toml"), "keep_sound_days = 30\n").unwrap();
    assert_fails_well(&referat(folder.path(), &["purge", "--due", "."]));
}

#[test]
fn what_was_exported_of_the_approved_text_stays_and_nothing_comes_back_with_a_file_from_before() {
    let (folder, meeting, _) = meeting();
    fs::remove_file(meeting.join("referat.html")).unwrap();
    done(folder.path(), &["export", "m", "--to", "docx", "--draft", "-o", "kladde.docx"]);
    done(folder.path(), &["approve", "m"]);
    done(folder.path(), &["export", "m", "--to", "docx,html"]);
    done(folder.path(), &["purge", "m"]);
    assert!(meeting.join("referat.docx").exists() && meeting.join("referat.html").exists());
    let receipt = receipt(&meeting);
    let verify = || done(folder.path(), &["purge", "--verify", receipt.to_str().unwrap()]);
    verify();
    done(folder.path(), &["export", "m", "--to", "docx,txt"]);
    verify();
    // The file of before holds the speakers' sentences; they do not come back with its text.
    done(folder.path(), &["draft", "m", "--edited", "kladde.docx"]);
    let text = fs::read_to_string(meeting.join("referat.md")).unwrap();
    assert!(text.contains("Hendes eget afsnit.") && !text.contains("\n  - 00:"), "{text}");
    verify();
    let output = referat(folder.path(), &["draft", "m"]);
    assert_fails_well(&output);
    assert!(stderr(&output).contains("was deleted"), "{}", stderr(&output));
}

#[test]
fn a_final_file_stays_whatever_it_is_called_and_however_the_text_was_changed_since() {
    let (folder, meeting, _) = meeting();
    done(folder.path(), &["export", "m", "--to", "docx", "-o", "m/sendt til alle.docx"]);
    let text = fs::read_to_string(meeting.join("referat.md")).unwrap();
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("- ")).collect();
    fs::write(meeting.join("referat.md"), kept.join("\n")).unwrap();
    done(folder.path(), &["approve", "m"]);
    done(folder.path(), &["purge", "m"]);
    assert!(meeting.join("sendt til alle.docx").exists());
    done(folder.path(), &["purge", "--verify", receipt(&meeting).to_str().unwrap()]);
}

#[test]
fn an_approval_that_was_taken_back_lets_nothing_go() {
    let (folder, meeting, _) = meeting();
    done(folder.path(), &["approve", "m", "--by", "Pernille"]);
    done(folder.path(), &["approve", "m", "--withdraw"]);
    assert_fails_well(&referat(folder.path(), &["purge", "m"]));
    assert!(meeting.join("transcript.json").exists());
    done(folder.path(), &["approve", "m"]);
    done(folder.path(), &["purge", "m", "--audio"]);
}

#[test]
fn a_text_that_loses_nothing_does_not_make_the_receipt_false() {
    let folder = tempfile::tempdir().unwrap();
    let agenda = fs::read_to_string(root().join("samples/kredsraad/dagsorden.md")).unwrap();
    let agenda = agenda.replace("Eventuelt", "Personsag (lukket)");
    fs::write(folder.path().join("dagsorden.md"), agenda).unwrap();
    done(folder.path(), &["new", "m", "--agenda", "dagsorden.md"]);
    let meeting = folder.path().join("m");
    let mut transcript = transcript();
    // Nothing was recorded behind the closed doors.
    transcript["segments"].as_array_mut().unwrap().truncate(20);
    fs::write(meeting.join("transcript.json"), transcript.to_string()).unwrap();
    done(folder.path(), &["draft", "m"]);
    assert!(meeting.join("referat-lukket.md").exists());
    done(folder.path(), &["approve", "m"]);
    done(folder.path(), &["purge", "m", "--transcript"]);
    done(folder.path(), &["purge", "--verify", receipt(&meeting).to_str().unwrap()]);
}
