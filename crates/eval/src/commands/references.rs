//! Labelled meetings on a command line.

use std::path::{Path, PathBuf};

use referat::store::error::StoreError;

use crate::error::EvalError;

/// Finds labelled meetings: folders that hold a `gold.json` and files of labelled sittings, given
/// as they are or in folders.
pub(crate) fn meetings(paths: &[PathBuf]) -> Result<Vec<PathBuf>, EvalError> {
    let is_meeting = |path: &Path| path.join("gold.json").is_file();
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() || is_meeting(path) {
            found.push(path.clone());
            continue;
        }
        let mut inner: Vec<PathBuf> = std::fs::read_dir(path)
            .map_err(|source| StoreError::Read { path: path.clone(), source })?
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|entry| match entry.is_dir() {
                true => is_meeting(entry),
                false => entry.extension().is_some_and(|end| end == "json"),
            })
            .collect();
        inner.sort();
        found.extend(inner);
    }
    Ok(found)
}

/// Finds the files of their labels.
pub(crate) fn references(paths: &[PathBuf]) -> Result<Vec<PathBuf>, EvalError> {
    let file = |path: PathBuf| if path.is_dir() { path.join("gold.json") } else { path };
    Ok(meetings(paths)?.into_iter().map(file).collect())
}
