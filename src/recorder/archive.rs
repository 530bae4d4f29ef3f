//! A finished recording becomes its archive: FLAC, verified before the WAV goes.

use super::{JOURNAL, timeline};
use crate::error::PipelineError;
use crate::recorder::capture::flac;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::lines;
use referat_core::domain::recording::Entry;

/// Archives every ended WAV file that the recorder made in `folder`; `tell` is given the path
/// of each before it begins. The caller holds the meeting's lock.
pub fn archive(folder: &MeetingFolder, tell: impl Fn(&str)) -> Result<(), PipelineError> {
    for piece in timeline::pieces(folder)? {
        let wav = folder.root().join(&piece.path);
        if piece.frames.is_none_or(|frames| frames == 0) || !piece.path.ends_with(".wav") {
            continue;
        }
        tell(&piece.path);
        let flac = flac::archive(&wav)?;
        let to = folder.relative(&flac);
        // Should the program die between the two, both files are there and the next start sees
        // the archive: a name in the journal is never without its file.
        lines::append(&folder.internal(JOURNAL), &Entry::Archived { path: piece.path, to })?;
        std::fs::remove_file(&wav)
            .map_err(|source| StoreError::Write { path: wav.clone(), source })?;
    }
    Ok(())
}
