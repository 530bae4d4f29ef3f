//! Where the files of a recording lie on the meeting's axis. In: the recorder's journal. Out:
//! the places that it knows, and where a further run of the recorder would begin.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use super::journal;
use crate::recorder::capture::clock::Moment;
use crate::recorder::capture::take::Start;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use referat_core::domain::recording::{Entry, Layout};

/// A later run of the recorder keeps its distance by the wall clock up to this length; a wall
/// clock that claims more was set in between.
const LONGEST_BREAK: Duration = Duration::from_secs(48 * 3600);

/// A file of the recorder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedPiece {
    /// Path relative to the meeting's folder, as it is now.
    pub path: String,
    /// Place of its first sample.
    pub offset: Duration,
    /// Wall clock of its first sample, milliseconds since 1970.
    pub at_ms: i64,
    /// How its samples are laid out.
    pub layout: Layout,
    /// Frames in it; `None` when it was never ended.
    pub frames: Option<u64>,
}

impl PlacedPiece {
    /// Returns where its sound ends, as far as it is known.
    pub fn end(&self) -> Duration {
        let rate = u64::from(self.layout.rate_hz.max(1));
        self.offset + Duration::from_micros(self.frames.unwrap_or(0) * 1_000_000 / rate)
    }
}

/// Returns the files that the recorder made in `folder`, in order of time.
pub fn pieces(folder: &MeetingFolder) -> Result<Vec<PlacedPiece>, StoreError> {
    Ok(from_entries(journal(folder)?))
}

fn from_entries(entries: Vec<Entry>) -> Vec<PlacedPiece> {
    let mut pieces: Vec<PlacedPiece> = Vec::new();
    for entry in entries {
        match entry {
            Entry::Part { path, at_ms, offset_ms, layout } => {
                let offset = Duration::from_millis(offset_ms);
                pieces.push(PlacedPiece { path, offset, at_ms, layout, frames: None });
            }
            Entry::End { path, frames } | Entry::Mended { path, frames, .. } => {
                if let Some(piece) = pieces.iter_mut().rfind(|piece| piece.path == path) {
                    piece.frames = Some(frames);
                }
            }
            Entry::Archived { path, to } => {
                if let Some(piece) = pieces.iter_mut().rfind(|piece| piece.path == path) {
                    piece.path = to;
                }
            }
            _ => {}
        }
    }
    pieces
}

/// Returns the place on the axis of every file that the recorder made in `folder`, by its path
/// relative to the folder.
pub fn offsets(folder: &MeetingFolder) -> Result<BTreeMap<String, Duration>, StoreError> {
    Ok(pieces(folder)?.into_iter().map(|piece| (piece.path, piece.offset)).collect())
}

/// Leaves out of `recordings` the files that another one stands for: a recording whose
/// archiving was cut short lies there twice.
pub fn current(
    folder: &MeetingFolder,
    recordings: Vec<PathBuf>,
) -> Result<Vec<PathBuf>, StoreError> {
    let pieces = pieces(folder)?;
    let stem = |path: &str| path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned();
    let doubled = |path: &PathBuf| {
        let name = folder.relative(path);
        pieces.iter().any(|piece| {
            piece.path != name
                && stem(&piece.path) == stem(&name)
                && folder.root().join(&piece.path).exists()
        })
    };
    Ok(recordings.into_iter().filter(|path| !doubled(path)).collect())
}

/// Returns where a run of the recorder that begins `now` stands on the axis.
pub fn start(pieces: &[PlacedPiece], now: Moment) -> Start {
    let (Some(first), Some(end)) = (pieces.first(), pieces.iter().map(PlacedPiece::end).max())
    else {
        return Start::Fresh;
    };
    let since = now.wall_ms.saturating_sub(first.at_ms);
    let by_clock = first.offset + Duration::from_millis(since.max(0) as u64);
    let fits = by_clock >= end && by_clock - end <= LONGEST_BREAK;
    Start::After { end, axis: if fits { by_clock } else { end }, now }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{artefact, lines};

    const LAYOUT: Layout = Layout { rate_hz: 10, channels: 1, bits: 16 };

    fn part(path: &str, at_ms: i64, offset_ms: u64) -> Entry {
        Entry::Part { path: path.into(), at_ms, offset_ms, layout: LAYOUT }
    }

    fn at(wall_ms: i64) -> Moment {
        Moment { wall_ms, ..Moment::default() }
    }

    #[test]
    fn a_file_is_followed_through_mending_and_archiving() {
        let pieces = from_entries(vec![
            part("audio/1.wav", 5_000, 0),
            Entry::Mended { path: "audio/1.wav".into(), frames: 20, gained: 3 },
            part("audio/2.wav", 9_000, 4_000),
            Entry::End { path: "audio/2.wav".into(), frames: 10 },
            Entry::Archived { path: "audio/2.wav".into(), to: "audio/2.flac".into() },
        ]);
        assert_eq!(pieces[1].path, "audio/2.flac");
        let ends: Vec<_> = pieces.iter().map(|piece| piece.end().as_millis()).collect();
        assert_eq!(ends, [2_000, 5_000]);
    }

    #[test]
    fn a_later_run_keeps_its_distance_unless_the_clock_was_set() {
        let pieces = from_entries(vec![
            part("audio/1.wav", 100_000, 0),
            Entry::End { path: "audio/1.wav".into(), frames: 600 },
        ]);
        let axis = |now| match start(&pieces, at(now)) {
            Start::After { axis, .. } => axis.as_secs(),
            Start::Fresh => panic!("there is sound"),
        };
        assert_eq!(axis(400_000), 300);
        assert_eq!(axis(50_000), 60, "the clock was set back");
        assert_eq!(axis(100_000 + 365 * 86_400_000), 60, "a year later");
        assert_eq!(start(&[], at(1)), Start::Fresh);
    }

    #[test]
    fn a_recording_that_lies_there_twice_is_taken_once() {
        let root = tempfile::tempdir().unwrap();
        let folder = MeetingFolder::create(root.path()).unwrap();
        std::fs::create_dir_all(folder.internal("")).unwrap();
        let audio = |name: &str| root.path().join("audio").join(name);
        for name in ["1.wav", "1.flac", "2.wav"] {
            artefact::write(&audio(name), b"x").unwrap();
        }
        for entry in [
            part("audio/1.wav", 0, 0),
            Entry::Archived { path: "audio/1.wav".into(), to: "audio/1.flac".into() },
            part("audio/2.wav", 0, 0),
        ] {
            lines::append(&folder.internal(super::super::JOURNAL), &entry).unwrap();
        }
        let found = current(&folder, folder.recordings().unwrap()).unwrap();
        assert_eq!(found, [audio("1.flac"), audio("2.wav")]);
    }
}
