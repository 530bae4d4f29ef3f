//! The promise: the same speech is the same signal whatever the file, and no file breaks anything.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;

use proptest::prelude::*;
use referat::audio::decode::{AudioReader, decode_all};
use referat::audio::error::AudioError;
use referat::audio::loudness::Loudness;
use referat::audio::note::AudioNote;
use referat::speech::recognizer::MAX_WINDOW;
use referat::speech::vad::{self, Silero};
use referat::speech::windows;
use referat_core::time::{Span, Timestamp};
use tempfile::TempDir;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name).join("audio.flac")
}

/// Converts with ffmpeg, which these tests need to make their inputs.
fn ffmpeg(input: &Path, output: &Path, options: &[&str]) {
    let result = Command::new("ffmpeg")
        .args(["-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-i"])
        .arg(input)
        .args(options)
        .arg(output)
        .output()
        .expect("ffmpeg must be installed for the audio tests (apt install ffmpeg)");
    assert!(result.status.success(), "ffmpeg: {}", String::from_utf8_lossy(&result.stderr));
}

/// The formats of the promise, each with the options that ffmpeg makes it with.
const FORMATS: &[(&str, &[&str])] = &[
    ("tale.wav", &["-ar", "48000", "-ac", "2", "-c:a", "pcm_s24le"]),
    ("tale.mp3", &["-ar", "44100", "-c:a", "libmp3lame", "-b:a", "128k"]),
    ("tale.m4a", &["-ar", "48000", "-c:a", "aac", "-b:a", "128k"]),
    ("tale.flac", &["-ar", "48000", "-ac", "2", "-c:a", "flac"]),
    ("tale.ogg", &["-ar", "44100", "-c:a", "libvorbis", "-q:a", "6"]),
    ("tale.opus", &["-ar", "48000", "-c:a", "libopus", "-b:a", "64k"]),
    ("tale.webm", &["-ar", "48000", "-ac", "2", "-c:a", "libopus", "-b:a", "96k"]),
];

/// A folder with 20 s of speech in every format, made once.
static SPEECH: LazyLock<(TempDir, Vec<f32>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let source = folder.path().join("kilde.flac");
    ffmpeg(&sample("kredsraad"), &source, &["-ss", "1", "-t", "20"]);
    for (name, options) in FORMATS {
        ffmpeg(&source, &folder.path().join(name), options);
    }
    let (reference, notes) = decode_all(&source).expect("the source decodes");
    assert_eq!(notes, []);
    (folder, reference)
});

/// Returns the correlation of the two where they fit best within 100 ms, and the samples by which
/// `b` is late: four seconds tell how late, and all of it how well they fit.
fn alignment(a: &[f32], b: &[f32]) -> (f64, i64) {
    let correlation = |lag: i64, range: Range<usize>| {
        let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
        let late = &b[(range.start as i64 + lag) as usize..];
        for (x, y) in a[range].iter().zip(late) {
            let (x, y) = (f64::from(*x), f64::from(*y));
            ab += x * y;
            aa += x * x;
            bb += y * y;
        }
        ab / (aa * bb).sqrt().max(1e-12)
    };
    let length = a.len().min(b.len());
    let probe = length / 3..(length / 3 + 4 * 16_000).min(length - 1600);
    let tried = (-1600..=1600).map(|lag| (correlation(lag, probe.clone()), lag));
    let (_, lag) = tried.fold((-1.0, 0), |best, next| if next.0 > best.0 { next } else { best });
    (correlation(lag, (-lag).max(0) as usize..length - lag.max(0) as usize), lag)
}

#[test]
fn the_same_speech_is_the_same_signal_in_every_format() {
    let (folder, reference) = &*SPEECH;
    for (name, _) in FORMATS {
        let (found, notes) = decode_all(&folder.path().join(name)).unwrap();
        assert_eq!(notes, [], "{name}");
        let difference = (found.len() as f64 - reference.len() as f64) / 16.0;
        let (correlation, lag) = alignment(reference, &found);
        println!("{name}: length {difference:+.1} ms, correlation {correlation:.4}, late {lag}");
        assert!(difference.abs() <= 50.0, "{name}: {difference} ms longer");
        assert!(correlation >= 0.99, "{name}: correlation {correlation}");
        // Better than promised: the times of words depend on it.
        assert!(lag.abs() <= 16, "{name}: {lag} samples late");
    }
}

#[test]
fn the_length_is_known_beforehand() {
    let (folder, _) = &*SPEECH;
    for name in ["tale.wav", "tale.mp3", "tale.m4a", "tale.flac", "tale.ogg"] {
        let reader = AudioReader::open(&folder.path().join(name)).unwrap();
        let hint = reader.claimed_length().unwrap_or_default();
        assert!(hint.abs_diff(Duration::from_secs(20)) < Duration::from_millis(100), "{name}");
    }
}

#[test]
fn other_formats_go_through_ffmpeg() {
    let (folder, reference) = &*SPEECH;
    for (name, codec) in [("tale.wma", "wmav2"), ("tale.ac3", "ac3"), ("alac.m4a", "alac")] {
        let path = folder.path().join(name);
        let source = folder.path().join("kilde.flac");
        ffmpeg(&source, &path, &["-ar", "48000", "-c:a", codec, "-b:a", "192k"]);
        let (found, _) = decode_all(&path).unwrap();
        let (correlation, _) = alignment(reference, &found);
        assert!(correlation >= 0.99, "{name}: {correlation}");
    }
}

#[test]
fn a_video_gives_its_sound_and_a_silent_film_says_that_it_has_none() {
    let (folder, reference) = &*SPEECH;
    let (film, silent) = (folder.path().join("film.mp4"), folder.path().join("stum.mp4"));
    let picture = ["-f", "lavfi", "-i", "color=black:s=32x32:r=5", "-c:v", "mpeg4", "-shortest"];
    let source = folder.path().join("kilde.flac");
    ffmpeg(
        &source,
        &film,
        &[&picture[..], &["-ar", "48000", "-c:a", "aac", "-b:a", "128k"]].concat(),
    );
    ffmpeg(&film, &silent, &["-an", "-c:v", "copy"]);
    let (found, _) = decode_all(&film).unwrap();
    assert!(alignment(reference, &found).0 >= 0.99);
    assert!(matches!(decode_all(&silent), Err(AudioError::NoAudioTrack { .. })));
}

/// Writes a second of a 440 Hz tone of half strength with hound.
fn tone(path: &Path, spec: hound::WavSpec) {
    let mut writer = hound::WavWriter::create(path, spec).unwrap();
    for n in 0..spec.sample_rate {
        let sample =
            0.5 * (std::f32::consts::TAU * 440.0 * n as f32 / spec.sample_rate as f32).sin();
        for _ in 0..spec.channels {
            match spec.sample_format {
                hound::SampleFormat::Float => writer.write_sample(sample).unwrap(),
                hound::SampleFormat::Int => {
                    let full = ((1_u64 << (spec.bits_per_sample - 1)) - 1) as f64;
                    writer.write_sample((f64::from(sample) * full) as i32).unwrap();
                }
            }
        }
    }
    writer.finalize().unwrap();
}

#[test]
fn every_kind_of_wav_is_read() {
    use hound::SampleFormat::{Float, Int};
    let folder = tempfile::tempdir().unwrap();
    let kinds = [(8, Int), (16, Int), (24, Int), (32, Int), (32, Float)];
    for (bits_per_sample, sample_format) in kinds {
        for channels in [1, 2, 6] {
            for sample_rate in [8_000, 16_000, 44_100, 96_000] {
                let path = folder.path().join("tone.wav");
                tone(
                    &path,
                    hound::WavSpec { channels, sample_rate, bits_per_sample, sample_format },
                );
                let (found, notes) = decode_all(&path).unwrap();
                let what = format!("{bits_per_sample} {sample_format:?} {channels} {sample_rate}");
                assert_eq!((found.len(), notes), (16_000, vec![]), "{what}");
                let middle = &found[2000..14_000];
                let power = middle.iter().map(|s| s * s).sum::<f32>() / middle.len() as f32;
                assert!((power.sqrt() - 0.3536).abs() < 0.01, "{what}: {}", power.sqrt());
            }
        }
    }
}

#[test]
fn compressed_wav_and_wide_floats_are_read_too() {
    let (folder, reference) = &*SPEECH;
    for codec in ["pcm_alaw", "pcm_mulaw", "adpcm_ms", "pcm_f64le", "pcm_u8"] {
        let path = folder.path().join(format!("{codec}.wav"));
        ffmpeg(&folder.path().join("kilde.flac"), &path, &["-c:a", codec]);
        let (found, notes) = decode_all(&path).unwrap();
        assert!(found.len() > 300_000, "{codec}: {} {notes:?}", found.len());
        let (correlation, _) = alignment(reference, &found);
        assert!(correlation >= 0.95, "{codec}: {correlation}");
    }
}

#[test]
fn a_header_that_lies_costs_no_sound() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("loegn.wav");
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    tone(&path, spec);
    let honest = fs::read(&path).unwrap();
    let with_length = |length: u32| {
        let mut bytes = honest.clone();
        bytes[40..44].copy_from_slice(&length.to_le_bytes());
        fs::write(&path, bytes).unwrap();
        decode_all(&path).unwrap()
    };
    let second = Timestamp::from_ms(1000);
    for length in [0, u32::MAX] {
        let (found, notes) = with_length(length);
        assert_eq!(
            (found.len(), notes),
            (16_000, vec![AudioNote::UnfinishedHeader { at: second }])
        );
    }
    let (found, notes) = with_length(320_000);
    assert_eq!(found.len(), 16_000);
    assert!(matches!(&notes[..], [AudioNote::EndsEarly { at, .. }] if *at == second), "{notes:?}");
    assert_eq!(
        notes[0].to_string(),
        "the recording is damaged and readable until 00:00:01 only: the header promises 00:00:10"
    );
    // Shorter than the file: the rest is not sound.
    assert_eq!(with_length(3_200).0.len(), 1_600);
}

#[test]
fn a_cut_file_is_read_as_far_as_it_goes() {
    let (folder, reference) = &*SPEECH;
    for name in ["tale.wav", "tale.mp3", "tale.flac", "tale.ogg", "tale.opus", "tale.webm"] {
        let bytes = fs::read(folder.path().join(name)).unwrap();
        let path = folder.path().join(format!("halv-{name}"));
        fs::write(&path, &bytes[..bytes.len() * 6 / 10]).unwrap();
        let (found, notes) = decode_all(&path).unwrap();
        assert!(found.len() > reference.len() / 2, "{name}: {}", found.len());
        assert!(alignment(reference, &found).0 >= 0.98, "{name}");
        // Streams whose header gives no length do not know that they were cut.
        if !["tale.webm", "tale.ogg", "tale.opus"].contains(&name) {
            assert!(matches!(notes[..], [AudioNote::EndsEarly { .. }]), "{name}: {notes:?}");
        }
    }
}

#[test]
fn what_follows_a_damaged_stretch_keeps_its_time() {
    let (folder, reference) = &*SPEECH;
    for name in ["tale.flac", "tale.ogg", "tale.opus", "tale.webm", "tale.m4a"] {
        let mut bytes = fs::read(folder.path().join(name)).unwrap();
        let (from, to) = (bytes.len() * 4 / 10, bytes.len() * 5 / 10);
        bytes[from..to].fill(0x55);
        let path = folder.path().join(format!("hul-{name}"));
        fs::write(&path, bytes).unwrap();
        let (found, notes) = decode_all(&path).unwrap();
        println!("{name}: {} of {} {notes:?}", found.len(), reference.len());
        let tail = 12 * 16_000..19 * 16_000;
        if found.len() >= tail.end {
            let (correlation, lag) = alignment(&reference[tail.clone()], &found[tail]);
            assert!(correlation > 0.9 && lag.abs() < 800, "{name}: {correlation} {lag}");
        } else {
            assert!(!notes.is_empty(), "{name}");
        }
    }
}

#[test]
fn two_channels_that_differ_are_mixed_and_opposites_do_not_cancel() {
    let (folder, reference) = &*SPEECH;
    let source = folder.path().join("kilde.flac");
    let one_sided = folder.path().join("ensidig.wav");
    ffmpeg(&source, &one_sided, &["-af", "pan=stereo|c0=c0|c1=0*c0"]);
    assert!(alignment(reference, &decode_all(&one_sided).unwrap().0).0 >= 0.999);
    let opposite = folder.path().join("modfase.wav");
    ffmpeg(&source, &opposite, &["-af", "pan=stereo|c0=c0|c1=-1*c0"]);
    let (found, notes) = decode_all(&opposite).unwrap();
    assert!(alignment(reference, &found).0 >= 0.99);
    assert!(matches!(notes[..], [AudioNote::OppositeChannels { .. }]), "{notes:?}");
}

#[test]
fn a_fifth_of_a_second_is_enough() {
    let (folder, _) = &*SPEECH;
    for (name, options) in FORMATS {
        let path = folder.path().join(format!("kort-{name}"));
        let options = [options, &["-t", "0.2"][..]].concat();
        ffmpeg(&folder.path().join("kilde.flac"), &path, &options);
        let (found, _) = decode_all(&path).unwrap();
        assert!(found.len().abs_diff(3_200) <= 800, "{name}: {}", found.len());
    }
}

#[test]
fn what_is_no_recording_is_told_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tekst.wav");
    for text in ["Dagsorden\n1. Velkomst\n".repeat(200), "RIFF1234WAVE".into(), "x".into()] {
        fs::write(&path, text).unwrap();
        let error = decode_all(&path).unwrap_err();
        assert!(!error.to_string().contains('\n') && error.tip().is_some(), "{error}");
        assert!(error.to_string().contains("tekst.wav"), "{error}");
    }
    fs::write(&path, "").unwrap();
    assert!(matches!(decode_all(&path), Err(AudioError::Empty { .. })));
    assert!(matches!(decode_all(folder.path()), Err(AudioError::Folder { .. })));
}

/// Half a second in every format, for damage.
static SMALL: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let (folder, _) = &*SPEECH;
    let small = |(name, options): &(&str, &[&str])| {
        let path = folder.path().join(format!("lille-{name}"));
        ffmpeg(&folder.path().join("kilde.flac"), &path, &[*options, &["-t", "0.5"][..]].concat());
        ((*name).to_owned(), fs::read(path).expect("what was just made"))
    };
    FORMATS.iter().map(small).collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..Default::default() })]

    #[test]
    fn damage_never_panics(
        format in 0..FORMATS.len(),
        keep in 0.0..1.0_f64,
        cut in any::<bool>(),
        in_header in any::<bool>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
    ) {
        let (name, bytes) = &SMALL[format];
        let mut bytes = bytes.clone();
        if cut {
            bytes.truncate((bytes.len() as f64 * keep) as usize);
        }
        for (index, value) in flips {
            let reach = if in_header { bytes.len().min(200) } else { bytes.len() };
            if reach > 0 {
                bytes[index.index(reach)] ^= value;
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        if let Ok((samples, _)) = decode_all(&path) {
            prop_assert!(samples.iter().all(|sample| sample.is_finite()));
        }
    }
}

/// Returns how much of the gold's speech lies in the windows that are decoded, with what finds
/// the speech: Silero, or loudness.
fn coverage(gold: &str, name: &str, silero: Option<Silero>) -> f64 {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(gold);
    let gold: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(gold.join("gold.json")).unwrap()).unwrap();
    let (samples, _) = decode_all(&sample(name)).unwrap();
    let mut loudness = Loudness::default();
    loudness.push(&samples);
    let speech = match silero {
        Some(mut silero) => {
            for piece in samples.chunks(5_000) {
                silero.push(piece);
            }
            silero.finish().unwrap()
        }
        None => vad::by_loudness(&loudness),
    };
    let ms = |value: &serde_json::Value| Timestamp::from_ms((value.as_f64().unwrap() * 1e3) as u64);
    let said: Vec<Span> = gold["utterances"]
        .as_array()
        .unwrap()
        .iter()
        .map(|said| Span::new(ms(&said["start"]), ms(&said["end"])).unwrap())
        .collect();
    let spoken: u128 = said.iter().map(|said| said.duration().as_millis()).sum();
    let share = |spans: &[Span]| {
        let both = said.iter().flat_map(|said| spans.iter().map(|span| span.overlap(*said)));
        both.map(|both| both.as_millis()).sum::<u128>() as f64 / spoken as f64
    };
    let windows = share(&windows::plan(&speech, &loudness, MAX_WINDOW));
    println!("{name}: speech found {:.4}, in windows {windows:.4}", share(&speech));
    windows
}

const MEETINGS: [(&str, &str); 2] =
    [("kredsraad_soenderfjord", "kredsraad"), ("council_harwick_en", "council_en")];

#[test]
fn loudness_loses_no_speech_of_the_samples() {
    for (gold, name) in MEETINGS {
        assert!(coverage(gold, name, None) >= 0.99, "{name}");
    }
}

#[test]
fn silero_loses_no_speech_of_the_samples() {
    let models = std::env::var_os("REFERAT_MODELS").map(PathBuf::from);
    let weights = models.map(|models| models.join("ggml-silero-v6.2.0.bin"));
    let Some(weights) = weights.filter(|weights| weights.is_file()) else {
        eprintln!("skipped: no model");
        return;
    };
    for (gold, name) in MEETINGS {
        let silero = Silero::load(&weights).unwrap();
        assert!(coverage(gold, name, Some(silero)) >= 0.99, "{name}");
    }
}
