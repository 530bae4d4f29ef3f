//! `referat transcribe --watch`: a folder into which recordings come.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use super::error::CliError;
use crate::run::stop::Stop;
use crate::store::error::StoreError;
use crate::store::folder::audio_files;

/// How often the folder is looked at.
const PAUSE: Duration = Duration::from_secs(2);

/// A file's length and the time it was last written to.
type State = (u64, Option<SystemTime>);

/// Hands the recordings in `folder`, and those that come, to what transcribes those that have no
/// transcript, until `stop` is pressed; returns how many failed. A recording is taken once it has stopped growing; one that
/// failed is tried again when it has changed.
pub(super) fn watch(
    folder: &Path,
    stop: &Stop,
    mut transcribe: impl FnMut(PathBuf) -> Result<(), CliError>,
) -> Result<usize, CliError> {
    // A folder that cannot be listed would be watched for nothing.
    std::fs::read_dir(folder)
        .map_err(|source| StoreError::Read { path: folder.to_owned(), source })?;
    eprintln!("watching `{}` for recordings; Ctrl-C ends it", folder.display());
    let mut seen: BTreeMap<PathBuf, State> = BTreeMap::new();
    let mut taken: BTreeMap<PathBuf, State> = BTreeMap::new();
    let mut failed = 0;
    while !stop.is_pressed() {
        for path in audio_files(folder)? {
            let Some(state) = state(&path) else { continue };
            let settled = seen.insert(path.clone(), state) == Some(state);
            if !settled || taken.get(&path) == Some(&state) {
                continue;
            }
            taken.insert(path.clone(), state);
            match transcribe(path) {
                Ok(()) => {}
                Err(_) if stop.is_pressed() => break,
                Err(error) => {
                    error.print();
                    failed += 1;
                }
            }
        }
        let mut waited = Duration::ZERO;
        while waited < PAUSE && !stop.is_pressed() {
            thread::sleep(Duration::from_millis(100));
            waited += Duration::from_millis(100);
        }
    }
    Ok(failed)
}

fn state(path: &Path) -> Option<State> {
    let data = std::fs::metadata(path).ok()?;
    Some((data.len(), data.modified().ok()))
}
