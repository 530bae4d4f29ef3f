//! Promise: a transcript made by another program becomes a referat, and ours leaves in the forms
//! that others read.

use std::fs;
use std::path::Path;

use referat_core::domain::language::Language;
use referat_core::domain::transcript::Transcript;
use referat_document::subtitles;
use referat_document::transcripts;
use referat_eval::labelled::{Hardship, Labelled};

use crate::support::{assert_fails_well, assert_valid, done, json, referat, root, stderr};

/// What was said at the Danish sample's meeting.
fn said() -> Transcript {
    let path = root().join("tests/data/kredsraad_soenderfjord/gold.json");
    Labelled::read(&fs::read_to_string(path).unwrap(), Hardship::default()).unwrap().transcript
}

fn agenda() -> String {
    root().join("samples/kredsraad/dagsorden.md").display().to_string()
}

/// The same words in each of the forms that are read.
fn forms() -> Vec<(&'static str, String)> {
    let said = said();
    let seconds = |ms: u64| ms as f64 / 1000.0;
    let stretches: Vec<_> = said
        .segments
        .iter()
        .map(|s| {
            serde_json::json!({
                "start": seconds(s.span.start().as_ms()), "end": seconds(s.span.end().as_ms()),
                "text": format!(" {}", s.text), "speaker": "SPEAKER_00",
            })
        })
        .collect();
    let pieces: Vec<_> = said
        .segments
        .iter()
        .map(|s| {
            serde_json::json!({
                "offsets": {"from": s.span.start(), "to": s.span.end()}, "text": format!(" {}", s.text),
            })
        })
        .collect();
    vec![
        ("own.json", serde_json::to_string(&said).unwrap()),
        ("whisperx.json", serde_json::json!({"segments": stretches, "language": "da"}).to_string()),
        (
            "whisper_cpp.json",
            serde_json::json!({"result": {"language": "da"}, "transcription": pieces}).to_string(),
        ),
        ("sub.srt", subtitles::srt(&said.segments)),
        ("sub.vtt", subtitles::vtt(&said.segments)),
        ("words.vtt", subtitles::vtt_words(&said.segments)),
    ]
}

fn plain(transcript: &Transcript) -> String {
    let texts = transcript.segments.iter().map(|segment| segment.text.as_str());
    texts.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_form_holds_the_same_words_in_the_same_places() {
    let said = said();
    for (name, text) in forms() {
        let (read, remarks) = transcripts::read(text.as_bytes(), name, Language::DA).unwrap();
        assert_eq!(plain(&read), plain(&said), "{name}");
        assert!(remarks.is_empty(), "{name}: {remarks:?}");
        let (first, last) = (&read.segments[0], &read.segments[read.segments.len() - 1]);
        assert_eq!(first.span.start(), said.segments[0].span.start(), "{name}");
        assert_eq!(last.span.end(), said.segments[said.segments.len() - 1].span.end(), "{name}");
    }
}

#[test]
fn every_form_becomes_a_referat() {
    for (name, text) in forms() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), &text).unwrap();
        done(folder.path(), &["new", "m", "--agenda", &agenda(), "--transcript", name]);
        let meeting = folder.path().join("m");
        assert_valid(&json(&meeting.join("transcript.json")), "transcript.schema.json");
        assert_eq!(
            fs::read(meeting.join(".referat/transcript-original")).unwrap(),
            text.as_bytes()
        );
        done(folder.path(), &["run", "m"]);
        let referat = fs::read_to_string(meeting.join("referat.md")).unwrap();
        assert!(referat.contains("Bodil Krogsgaard"), "{name}: {referat}");

        let args = ["segment", "--json", "--agenda", &agenda(), "--transcript", name];
        let output = done(folder.path(), &args);
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let filled = value["sections"].as_array().unwrap().iter();
        assert!(filled.filter(|s| s["turns"][0].is_object()).count() >= 3, "{name}");
    }
}

#[test]
fn a_transcript_put_into_the_folder_by_hand_is_read_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["new", "m", "--agenda", &agenda()]);
    let (_, text) = forms().swap_remove(2);
    let text = text.replace("Aagaard", "Ågård");
    let meeting = folder.path().join("m");
    fs::write(meeting.join("transcript.json"), &text).unwrap();
    let output = done(folder.path(), &["draft", "m"]);
    assert!(stderr(&output).contains("misheard names were put right"), "{}", stderr(&output));
    assert_eq!(fs::read(meeting.join(".referat/transcript-original")).unwrap(), text.as_bytes());
    let now = json(&meeting.join("transcript.json"));
    assert_valid(&now, "transcript.schema.json");
    assert!(now.to_string().contains("\"heard\":\"Ågård"), "{now}");

    done(folder.path(), &["draft", "m", "--no-names"]);
    let now = json(&meeting.join("transcript.json")).to_string();
    assert!(now.contains("Ågård") && !now.contains("\"heard\""), "{now}");
}

#[test]
fn broken_transcripts_are_told_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&str, &[u8]); 6] = [
        ("empty.srt", b""),
        ("words.txt", b"bare ord"),
        ("torn.json", b"{\"segments\":[{\"start\":1.0,"),
        ("other.json", b"{\"segments\":[{\"begin\":1}]}"),
        ("none.vtt", b"WEBVTT\n"),
        ("sound.wav", b"RIFF\0\0\0\0WAVEfmt \0\0\0\0\0\0\0\0"),
    ];
    for (name, bytes) in cases {
        fs::write(folder.path().join(name), bytes).unwrap();
        let args = ["new", "m", "--agenda", &agenda(), "--transcript", name];
        assert_fails_well(&referat(folder.path(), &args));
        assert!(!folder.path().join("m").exists(), "{name}");
        let args = ["segment", "--agenda", &agenda(), "--transcript", name];
        let output = referat(folder.path(), &args);
        assert_fails_well(&output);
        assert!(stderr(&output).contains(name), "{}", stderr(&output));
    }
    let args = ["segment", "--agenda", &agenda(), "--transcript", "missing.srt"];
    assert_fails_well(&referat(folder.path(), &args));
    assert!(!Path::new("missing.srt").exists());
}
