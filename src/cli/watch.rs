//! `referat transcribe --watch`: a folder into which recordings come.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use super::error::CliError;
use super::transcribe::{self, Args};
use crate::run::decoder::Decoder;
use crate::store::error::StoreError;
use crate::store::folder::audio_files;

/// How often the folder is looked at.
const PAUSE: Duration = Duration::from_secs(2);

/// A file's length and the time it was last written to.
type State = (u64, Option<SystemTime>);

/// Transcribes the recordings in `folder` that have no transcript, and those that come, until
/// Ctrl-C; returns how many failed. A recording is taken once it has stopped growing; one that
/// failed is tried again when it has changed.
pub(super) fn watch(folder: &Path, args: &Args, decoder: &mut Decoder) -> Result<usize, CliError> {
    // A folder that cannot be listed would be watched for nothing.
    std::fs::read_dir(folder)
        .map_err(|source| StoreError::Read { path: folder.to_owned(), source })?;
    eprintln!("watching `{}` for recordings; Ctrl-C ends it", folder.display());
    let mut seen: BTreeMap<PathBuf, State> = BTreeMap::new();
    let mut taken: BTreeMap<PathBuf, State> = BTreeMap::new();
    let mut failed = 0;
    while !decoder.stop().is_pressed() {
        for path in audio_files(folder)? {
            let Some(state) = state(&path) else { continue };
            let settled = seen.insert(path.clone(), state) == Some(state);
            if !settled || taken.get(&path) == Some(&state) {
                continue;
            }
            taken.insert(path.clone(), state);
            let task = transcribe::of_file(path, true, args);
            if task.transcript().exists() {
                continue;
            }
            match transcribe::all(vec![task], args, decoder) {
                Ok(_) => {}
                Err(_) if decoder.stop().is_pressed() => break,
                Err(error) => {
                    error.print();
                    failed += 1;
                }
            }
        }
        let mut waited = Duration::ZERO;
        while waited < PAUSE && !decoder.stop().is_pressed() {
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
