//! What the tests that run the real binary share.
#![allow(dead_code, reason = "each test file uses its own part")]

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
