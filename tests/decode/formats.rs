//! The same speech in every form of recording becomes the same words.

use std::fs;
use std::path::Path;
use std::process::Command;

use referat_eval::score_transcript::characters;

use crate::support::{done, json, model_is_here, root};

/// File name and how ffmpeg makes it.
const FORMS: [(&str, &[&str]); 6] = [
    ("wav48.wav", &["-ar", "48000", "-ac", "2", "-c:a", "pcm_s24le"]),
    ("mp3.mp3", &["-c:a", "libmp3lame", "-b:a", "96k"]),
    ("m4a.m4a", &["-c:a", "aac", "-b:a", "96k", "-ar", "44100"]),
    ("vorbis.ogg", &["-c:a", "libvorbis", "-q:a", "5"]),
    ("opus.ogg", &["-c:a", "libopus", "-b:a", "48k"]),
    ("webm.webm", &["-c:a", "libopus", "-b:a", "48k"]),
];

fn text(folder: &Path, file: &str) -> String {
    done(folder, &["transcribe", file, "-o", "out", "--language", "en", "--model", "base"]);
    let transcript = json(&folder.join("out/transcript.json"));
    fs::remove_dir_all(folder.join("out")).unwrap();
    let segments = transcript["segments"].as_array().unwrap().iter();
    segments
        .map(|segment| segment["text"].as_str().unwrap().to_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Half a minute of the sample; all of it where `EVAL` asks for the tests in full.
#[test]
fn every_form_of_recording_becomes_the_same_words() {
    if !model_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let sample = root().join("samples/council_en/audio.flac");
    let length = if std::env::var_os("EVAL").is_some() { "3600" } else { "30" };
    let make = |name: &str, args: &[&str]| {
        let made = Command::new("ffmpeg")
            .args(["-v", "error", "-t", length, "-i"])
            .arg(&sample)
            .args(args)
            .arg(folder.path().join(name))
            .status()
            .unwrap();
        assert!(made.success(), "ffmpeg cannot make {name}");
    };
    make("reference.flac", &[]);
    let reference = text(folder.path(), "reference.flac");
    assert!(reference.len() > 250, "{reference}");
    for (name, args) in FORMS {
        make(name, args);
        let errors = characters(&reference, &text(folder.path(), name)).rate();
        println!("{name}: CER {errors:.4} against FLAC");
        assert!(errors <= 0.05, "{name}: {errors}");
    }
}
