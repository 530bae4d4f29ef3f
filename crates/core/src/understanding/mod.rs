//! Divides a meeting by agenda item and by speaker.
//!
//! In: the meeting as its dagsorden announces it, the transcript, the referent's marks and review.
//! Out: a
//! [`Structure`] whose every boundary has a reason, and remarks. It knows nothing of sound or
//! files and never fails: with nothing to go by it says so with a low confidence.

mod align;
mod chair;
mod cohesion;
mod cue_floor;
mod cut;
mod damage;
mod evidence;
mod fitness;
mod labels;
mod learnt;
pub mod models;
mod openings;
mod passages;
pub mod people;
mod pieces;
mod presenters;
mod route;
mod route_meeting;
mod settled;
mod signals;
mod speakers;
mod way;

use crate::domain::corrected_voices::{corrected, told_by};
use crate::domain::mark::Mark;
use crate::domain::meeting::Meeting;
use crate::domain::passage::Structure;
use crate::domain::review::Review;
use crate::domain::transcript::Transcript;
use crate::domain::voices::Voices;
use crate::language::words::Words;
use crate::remark::Remark;

/// Divides a transcript into passages and turns by the words that are compiled in.
pub fn structure(
    meeting: &Meeting,
    transcript: &Transcript,
    marks: &[Mark],
) -> (Structure, Vec<Remark>) {
    structure_reviewed(meeting, transcript, marks, &[])
}

pub use cut::{CutTranscript, cut_at_voices};
pub use learnt::LearntModels;
pub use route::{ROUTE_VALUES, RouteWeights};
pub use route_meeting::RouteMeeting;

/// Divides a transcript into passages and turns by the voices that were told apart, as the
/// referent has corrected them. Returns the transcript as well, cut where the voice changes or an
/// item may be taken up: the structure speaks of its pieces.
pub fn structure_voiced(
    models: &LearntModels,
    meeting: &Meeting,
    language: Words<'_>,
    transcript: &Transcript,
    voices: Option<&Voices>,
    marks: &[Mark],
    review: &[Review],
) -> (CutTranscript, Structure, Vec<Remark>) {
    // A transcript from elsewhere has its own labels, which are corrected like ours.
    let labels = if voices.is_none() { told_by(transcript) } else { None };
    let standing = voices.or(labels.as_ref()).map(|voices| corrected(voices, review));
    let heard = standing.as_deref().filter(|voices| labels.as_ref() != Some(voices));
    let cut = CutTranscript::new(transcript, heard, language);
    let (structure, remarks) =
        structure_by(models, meeting, language, &cut.transcript, marks, review);
    (cut, structure, remarks)
}

/// Divides a transcript into passages and turns; the boundaries and speakers that the referent
/// has set in `review` stand as she set them.
pub fn structure_reviewed(
    meeting: &Meeting,
    transcript: &Transcript,
    marks: &[Mark],
    review: &[Review],
) -> (Structure, Vec<Remark>) {
    let language = Words::of(meeting.language);
    structure_by(&LearntModels::compiled(), meeting, language, transcript, marks, review)
}

fn structure_by(
    models: &LearntModels,
    meeting: &Meeting,
    language: Words<'_>,
    transcript: &Transcript,
    marks: &[Mark],
    review: &[Review],
) -> (Structure, Vec<Remark>) {
    let (settled, mut remarks) = settled::boundaries(meeting, transcript, marks, review);
    let openings = openings::openings(models, meeting, language, transcript);
    let mut evidence =
        evidence::Evidence::gather(meeting, language, transcript, &settled, openings);
    let path = way::way(models, meeting, language, transcript, &mut evidence, review);
    evidence.begin(&path);
    let passages = passages::passages(transcript, &evidence, &path);
    remarks.extend(passages::remarks(meeting, &passages));
    let (turns, voices, more) =
        speakers::turns(models, meeting, language, transcript, &evidence, &passages, review);
    remarks.extend(more);
    (Structure { passages, turns, voices }, remarks)
}
