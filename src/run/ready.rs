//! What must be there before a stage of a run begins.

use super::error::RunError;
use crate::error::PipelineError;
use crate::purge::receipt;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;

/// Refuses work on a meeting of which a purge left nothing to work on.
pub(super) fn for_transcript(folder: &MeetingFolder) -> Result<(), PipelineError> {
    match purged(folder)? {
        Some(error) => Err(error.into()),
        None => Ok(()),
    }
}

/// Refuses a draft that there is nothing to make of.
pub(super) fn for_draft(folder: &MeetingFolder) -> Result<(), PipelineError> {
    for_transcript(folder)?;
    let (agenda, transcript) = (folder.agenda(), folder.transcript());
    if !agenda.exists() {
        return Err(RunError::NoDraftAgenda { path: agenda }.into());
    }
    if !transcript.exists() {
        return Err(RunError::NoTranscript { path: transcript }.into());
    }
    Ok(())
}

fn purged(folder: &MeetingFolder) -> Result<Option<RunError>, StoreError> {
    let Some(receipt) = receipt::of_what_is_gone(folder)? else { return Ok(None) };
    Ok(Some(RunError::Purged {
        folder: folder.root().to_owned(),
        receipt: receipt.path(folder),
        at: receipt.at,
        referat: folder.referat(),
    }))
}
