//! Keeps the layer table: who may import whom, and where the native engine and unsafe code are.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Room of the program, and the rooms that it may import. What the crates may know of each other
/// stands in their manifests.
const ROOMS: &[(&str, &[&str])] = &[
    ("audio", &[]),
    ("speech", &["audio"]),
    ("store", &[]),
    // A server's address and its answers: it knows nothing of meetings.
    ("llm", &[]),
    // The failure of any edge, in one type.
    ("error", &["audio", "speech", "store", "llm", "recorder", "run", "export"]),
    ("recorder", &["audio", "store", "error"]),
    ("run", &["audio", "speech", "store", "llm", "editing", "purge", "recorder", "error"]),
    ("editing", &["store", "export", "purge", "error"]),
    ("export", &["store", "run", "editing", "error"]),
    ("purge", &["audio", "store", "recorder", "run", "editing", "error"]),
    ("playback", &["audio", "store", "error"]),
    (
        "cli",
        &[
            "run",
            "editing",
            "export",
            "purge",
            "recorder",
            "store",
            "error",
            // The terminal makes the engine's lanes and reports on it.
            "speech",
            "llm",
            // The command hands over its options and tells where the server is.
            "web::options",
            "web::server",
        ],
    ),
    ("web", &["run", "editing", "export", "purge", "recorder", "playback", "store", "error"]),
];

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let crates =
        fs::read_dir(root.join("crates")).unwrap().map(|it| it.unwrap().path().join("src"));
    rust_files(crates.chain([root.join("src")]).collect())
}

fn rust_files(mut folders: Vec<PathBuf>) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}

/// The module a file belongs to, as in `asr` for `src/asr/whisper.rs`.
fn module(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let inside = path.strip_prefix(root).unwrap();
    inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[test]
fn every_module_imports_only_what_the_table_allows() {
    let mut broken = Vec::new();
    let program = rust_files(vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")]);
    for (path, text) in program {
        let module = module(&path);
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let (_, allowed) = ROOMS
            .iter()
            .find(|(name, _)| *name == module)
            .unwrap_or_else(|| panic!("{module} is not in the table"));
        // Unit tests may reach further: what follows `mod tests` is not the module's own.
        let own = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for (at, _) in own.match_indices("crate::") {
            let imported = &own[at + "crate::".len()..];
            let first: String =
                imported.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let fits = |allowed: &&&str| {
                allowed.split("::").next() == Some(first.as_str())
                    && (!allowed.contains("::") || imported.starts_with(**allowed))
            };
            if first != module && !allowed.iter().any(|a| fits(&a)) {
                broken.push(format!("{}: crate::{first}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn only_the_named_files_touch_the_native_engine() {
    let engine: BTreeSet<String> = sources()
        .into_iter()
        .filter(|(_, text)| text.contains("whisper_rs::"))
        .map(|(path, _)| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    let allowed = ["error.rs", "vad.rs", "silero.rs", "whisper.rs"];
    for file in &engine {
        assert!(allowed.contains(&file.as_str()), "{file} touches whisper_rs");
    }
    assert!(engine.contains("whisper.rs"));
}

#[test]
fn behaviour_files_stay_short() {
    let long: Vec<String> = sources()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > 450)
        .map(|(path, lines)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "split these by idea: {long:#?}");
}
