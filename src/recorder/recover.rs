//! What a crash left open is mended at the next start: headers are brought up to the samples
//! that are there. Nothing is deleted and no sample is touched.

use std::time::Duration;

use super::JOURNAL;
use super::timeline::{self, PlacedPiece};
use crate::error::PipelineError;
use crate::recorder::capture::error::CaptureError;
use crate::recorder::capture::part;
use crate::store::folder::MeetingFolder;
use crate::store::lines;
use crate::store::lock::Lock;
use referat_core::domain::recording::Entry;

/// A file that a crash had left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// Path relative to the meeting's folder.
    pub path: String,
    /// Length of its sound; `None` when the file is not there.
    pub length: Option<Duration>,
    /// How much of it the header had not counted.
    pub gained: Duration,
}

/// Mends what a crash of the recorder left open, before its files are read.
///
/// # Errors
/// When the recording is still running.
pub fn recover_if_open(folder: &MeetingFolder) -> Result<Vec<Recovered>, PipelineError> {
    if timeline::pieces(folder)?.iter().all(|piece| piece.frames.is_some()) {
        return Ok(Vec::new());
    }
    let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
    recover(folder)
}

/// Mends the files that were never ended. The caller holds the meeting's lock.
pub fn recover(folder: &MeetingFolder) -> Result<Vec<Recovered>, PipelineError> {
    let open = timeline::pieces(folder)?.into_iter().filter(|piece| piece.frames.is_none());
    open.map(|piece| one(folder, piece)).collect()
}

fn one(folder: &MeetingFolder, piece: PlacedPiece) -> Result<Recovered, PipelineError> {
    let path = folder.root().join(&piece.path);
    let rate = u64::from(piece.layout.rate_hz.max(1));
    let long = |frames: u64| Duration::from_millis(frames * 1000 / rate);
    let mended = match part::mend(&path, piece.layout) {
        Ok(mended) => Some(mended),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(source) => return Err(CaptureError::Mend { path, source }.into()),
    };
    let (frames, gained) = mended.map_or((0, 0), |mended| (mended.frames, mended.gained));
    lines::append(
        &folder.internal(JOURNAL),
        &Entry::Mended { path: piece.path.clone(), frames, gained },
    )?;
    Ok(Recovered { path: piece.path, length: mended.map(|_| long(frames)), gained: long(gained) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recorder::capture::part::WavPart;
    use referat_core::domain::recording::Layout;

    #[test]
    fn an_open_file_is_mended_once_and_a_missing_one_is_told() {
        let root = tempfile::tempdir().unwrap();
        let folder = MeetingFolder::create(root.path()).unwrap();
        std::fs::create_dir_all(folder.internal("")).unwrap();
        let layout = Layout { rate_hz: 1000, channels: 1, bits: 16 };
        for (path, offset_ms) in [("audio/a.wav", 0), ("audio/b.wav", 9_000)] {
            let path = path.to_owned();
            let entry = Entry::Part { path, at_ms: 0, offset_ms, layout };
            lines::append(&folder.internal(JOURNAL), &entry).unwrap();
        }
        let mut part = WavPart::create(&root.path().join("audio/a.wav"), layout, &[1; 50]).unwrap();
        part.write(&[2; 450]).unwrap();
        drop(part);
        let found = recover(&folder).unwrap();
        assert_eq!(found[0].length, Some(Duration::from_millis(500)));
        assert_eq!(found[0].gained, Duration::from_millis(450));
        assert_eq!(found[1].length, None);
        assert!(recover(&folder).unwrap().is_empty());
    }
}
