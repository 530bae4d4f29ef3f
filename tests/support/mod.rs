//! What the tests that run the real binary share.
#![allow(dead_code, reason = "each test program uses its own part")]

pub(crate) mod documents;
pub(crate) mod editor;
pub(crate) mod hub;
pub(crate) mod llm;
pub(crate) mod meeting;
pub(crate) mod room;
pub(crate) mod schema;
pub(crate) mod weights;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The real binary with the given arguments, run in `folder`.
pub(crate) fn referat(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the binary runs")
}

/// Like [`referat`], and the command must succeed.
pub(crate) fn done(folder: &Path, args: &[&str]) -> Output {
    let output = referat(folder, args);
    assert!(output.status.success(), "{args:?}: {}", stderr(&output));
    output
}

/// What the command said.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A failure as the user should meet it: exit 1, one `error:` line, a tip, no panic.
pub(crate) fn assert_fails_well(output: &Output) {
    let said = stderr(output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    let errors: Vec<&str> = said.lines().filter(|line| line.starts_with("error: ")).collect();
    assert_eq!(errors.len(), 1, "{said}");
    assert!(!errors[0].ends_with('.'), "{said}");
    assert!(said.lines().any(|line| line.starts_with("tip: ")), "{said}");
}

/// Whether the model that decoding tests need is there; the tests say so when it is not.
/// In CI it must be.
pub(crate) fn model_is_here() -> bool {
    let output = referat(root(), &["models", "verify", "base"]);
    if output.status.success() {
        return true;
    }
    assert!(std::env::var_os("CI").is_none(), "no model in CI: {}", stderr(&output));
    eprintln!("skipped: no model (referat models pull base)");
    false
}

/// A JSON file's value.
pub(crate) fn json(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// The gold of a synthetic meeting.
pub(crate) fn gold(name: &str) -> Value {
    json(&root().join("tests/data").join(name).join("gold.json"))
}

/// A transcript made elsewhere, with the words of the Danish sample's labels.
pub(crate) fn transcript() -> Value {
    let gold = gold("kredsraad_soenderfjord");
    let segments: Vec<_> = gold["utterances"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(id, utterance)| {
            let ms = |field: &str| (utterance[field].as_f64().unwrap() * 1000.0) as u64;
            serde_json::json!({
                "id": id, "start_ms": ms("start"), "end_ms": ms("end"), "text": utterance["text"],
            })
        })
        .collect();
    serde_json::json!({"version": 1, "language": "da", "segments": segments})
}

/// The value must be valid under a schema kept in `tests/schemas`.
pub(crate) fn assert_valid(value: &Value, schema: &str) {
    let schema = json(&root().join("tests/schemas").join(schema));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// A folder with a copy of a sample as a meeting.
pub(crate) fn sample_meeting(sample: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let source = root().join("samples").join(sample);
    let agenda = source.join("dagsorden.md");
    let audio = source.join("audio.flac");
    let args =
        ["new", "m", "--agenda", agenda.to_str().unwrap(), "--audio", audio.to_str().unwrap()];
    done(folder.path(), &args);
    let meeting = folder.path().join("m");
    (folder, meeting)
}

/// The first seconds of a sample's sound, 16 kHz mono.
pub(crate) fn samples(sample: &str, seconds: f64) -> Vec<f32> {
    let path = root().join("samples").join(sample).join("audio.flac");
    let (mut samples, _) = referat::audio::decode::decode_all(&path).unwrap();
    samples.truncate((seconds * 16_000.0) as usize);
    samples
}

/// Writes 16 kHz mono samples as 16-bit WAV.
pub(crate) fn write_wav(path: &Path, samples: &[f32]) {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, spec).unwrap();
    let mut write = |sample: &f32| writer.write_sample((sample * 32_767.0) as i16);
    samples.iter().for_each(|sample| write(sample).unwrap());
    writer.finalize().unwrap();
}

/// The process id of the engine that the process `id` has started, if it has one now.
pub(crate) fn engine_of(id: u32) -> Option<u32> {
    let tasks = fs::read_dir(format!("/proc/{id}/task")).ok()?;
    let children =
        tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("children")).ok());
    let all: Vec<String> = children.collect();
    all.iter().flat_map(|ids| ids.split_whitespace()).find_map(|child| {
        let command = fs::read(format!("/proc/{child}/cmdline")).ok()?;
        let is_engine = command.split(|byte| *byte == 0).nth(1) == Some(b"engine");
        if is_engine { child.parse().ok() } else { None }
    })
}

/// The most memory a running process has held, in MB; 0 when it has ended.
pub(crate) fn peak_memory_mb(id: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}
