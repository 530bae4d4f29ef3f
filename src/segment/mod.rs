//! Divides a meeting by agenda item and by speaker.
//!
//! In: the meeting as its dagsorden announces it, the transcript, the referent's marks. Out: a
//! [`Structure`] whose every boundary has a reason, and remarks. It knows nothing of sound or
//! files and never fails: with nothing to go by it says so with a low confidence.

mod align;
mod chair;
mod cohesion;
mod evidence;
mod fitness;
mod passages;
mod pieces;
mod signals;
mod speakers;

use crate::model::mark::Mark;
use crate::model::meeting::Meeting;
use crate::model::passage::Structure;
use crate::model::transcript::Transcript;
use crate::remark::Remark;

/// Divides a transcript into passages and turns.
pub fn structure(
    meeting: &Meeting,
    transcript: &Transcript,
    marks: &[Mark],
) -> (Structure, Vec<Remark>) {
    let mut evidence = evidence::Evidence::gather(meeting, transcript, marks);
    let path = align::align(&evidence);
    evidence.begin(&path);
    let passages = passages::passages(transcript, &evidence, &path);
    let remarks = passages::remarks(meeting, &passages);
    let turns = speakers::turns(meeting, transcript, &evidence, &passages);
    (Structure { passages, turns }, remarks)
}
