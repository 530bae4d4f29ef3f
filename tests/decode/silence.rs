//! Where nobody speaks, nothing is written: silence, noise, hum, and twenty minutes of silence
//! after a sentence.

use std::path::Path;

use crate::support::{done, json, model_is_here, samples, write_wav};

/// Seconds: a tenth of the promise, and all of it where `EVAL` asks for the tests in full.
fn length(full: usize) -> usize {
    if std::env::var_os("EVAL").is_some() { full } else { full / 10 }
}

fn noise(seconds: usize, level: f32) -> Vec<f32> {
    let mut state = 1u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state as f32 / u32::MAX as f32 - 0.5) * 2.0 * level
    };
    std::iter::repeat_with(next).take(seconds * 16_000).collect()
}

/// Mains hum with its overtones.
fn hum(seconds: usize) -> Vec<f32> {
    let wave = |n: usize| {
        let phase = std::f64::consts::TAU * 50.0 * n as f64 / 16_000.0;
        [(1.0, 0.05), (2.0, 0.03), (3.0, 0.02), (5.0, 0.01)]
            .map(|(harmonic, level)| (phase * harmonic).sin() * level)
            .iter()
            .sum::<f64>() as f32
    };
    (0..seconds * 16_000).map(wave).collect()
}

fn words(folder: &Path, name: &str, sound: &[f32]) -> Vec<(String, u64)> {
    write_wav(&folder.join(name), sound);
    let args = ["transcribe", name, "-o", "out", "--model", "base", "--language", "en"];
    done(folder, &args);
    let transcript = json(&folder.join("out/transcript.json"));
    let segments = transcript["segments"].as_array().unwrap().iter();
    segments
        .map(|s| (s["text"].as_str().unwrap().to_owned(), s["start_ms"].as_u64().unwrap()))
        .collect()
}

#[test]
fn silence_noise_and_hum_become_no_words() {
    if !model_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let seconds = length(600);
    for (name, sound) in [
        ("silence.wav", vec![0.0; seconds * 16_000]),
        ("hiss.wav", noise(seconds, 0.002)),
        ("noise.wav", noise(seconds, 0.1)),
        ("hum.wav", hum(seconds)),
    ] {
        assert_eq!(words(folder.path(), name, &sound), [], "{name}");
    }
}

#[test]
fn silence_after_a_sentence_becomes_no_words() {
    if !model_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut sound = samples("council_en", 30.0);
    sound.extend(noise(length(1200), 0.0005));
    let words = words(folder.path(), "sentence.wav", &sound);
    assert!(!words.is_empty());
    assert!(words.iter().all(|(_, start_ms)| *start_ms < 30_000), "{words:?}");
}
