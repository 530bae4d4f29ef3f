//! A meeting's transcript and dagsorden become `minutes.json` and `referat.md`.

use std::path::Path;

use crate::draft;
use crate::import;
use crate::model::language::Language;
use crate::model::mark::Mark;
use crate::model::meeting::Meeting;
use crate::model::referat::Referat;
use crate::model::review::Review;
use crate::model::speakers::Speakers;
use crate::model::transcript::Transcript;
use crate::remark::Remark;
use crate::render::{markdown, profile::Profile};
use crate::segment;
use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::lines;

use super::error::PipelineError;
use super::stage::Stages;

/// What a draft came to.
#[derive(Debug)]
pub struct Drafted {
    /// The structured draft.
    pub referat: Referat,
    /// What the referent should know, in order of the stages.
    pub remarks: Vec<Remark>,
    /// Where the text went.
    pub text: Text,
}

/// Where a draft's text went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// To `referat.md`.
    Written,
    /// Nowhere: it stands in `referat.md` already.
    Unchanged,
    /// To `.referat/forslag.md`, because the referent has edited `referat.md`.
    Beside,
}

/// Reads the dagsorden of `folder`; `language` overrides what its labels tell.
pub fn meeting(
    folder: &MeetingFolder,
    language: Option<Language>,
) -> Result<(Meeting, Vec<Remark>), PipelineError> {
    let bytes = artefact::read(&folder.agenda())?;
    let text = import::read_bytes(&bytes, "dagsorden.md")?;
    Ok(import::agenda::read_meeting(&text, language))
}

/// Reads the marks of `folder`; a torn last line is left out.
pub fn marks(folder: &MeetingFolder) -> Result<Vec<Mark>, StoreError> {
    let mut marks = lines::read(&folder.marks())?;
    marks.sort_by_key(|mark: &Mark| mark.at_ms);
    Ok(marks)
}

/// Makes the draft of `folder` from its dagsorden, marks and transcript.
pub fn draft(
    folder: &MeetingFolder,
    language: Option<Language>,
    profile: &Profile,
) -> Result<Drafted, PipelineError> {
    let (meeting, mut remarks) = meeting(folder, language)?;
    let transcript: Transcript = artefact::read_json(&folder.transcript())?;
    let marks = marks(folder)?;
    let review: Vec<Review> = lines::read(&folder.review())?;
    let (structure, more) = segment::structure_reviewed(&meeting, &transcript, &marks, &review);
    remarks.extend(more);
    let recording = transcript.audio.first().map_or("", |audio| audio.sha256.as_str());
    let (referat, more) = draft::referat(&meeting, &transcript, &structure, recording);
    remarks.extend(more);
    artefact::write_json(&folder.speakers(), &Speakers::from(&structure))?;
    artefact::write_json(&folder.minutes(), &referat)?;
    let rendered = markdown::referat_md(&referat, meeting.language, profile);
    let text = write_text(folder, &rendered, &folder.referat(), (STAGE, PROPOSAL))?;
    if let Some(closed) = markdown::closed_md(&referat, meeting.language, profile) {
        write_text(folder, &closed, &folder.closed_referat(), (CLOSED_STAGE, CLOSED_PROPOSAL))?;
    }
    Ok(Drafted { referat, remarks, text })
}

/// Writes a draft's text to `path`, unless the referent has changed the one that is there:
/// then beside it, to the proposal.
fn write_text(
    folder: &MeetingFolder,
    text: &str,
    path: &Path,
    (stage, proposal): (&str, &str),
) -> Result<Text, StoreError> {
    let mut stages = Stages::read(folder)?;
    let there = artefact::read_if_there(path)?;
    if there.as_deref() == Some(text.as_bytes()) {
        return Ok(Text::Unchanged);
    }
    if there.is_some() && !stages.made(stage, path)? {
        artefact::write(&folder.internal(proposal), text.as_bytes())?;
        return Ok(Text::Beside);
    }
    artefact::write(path, text.as_bytes())?;
    stages.note(folder, stage, String::new(), path)?;
    Ok(Text::Written)
}

const STAGE: &str = "referat";
const CLOSED_STAGE: &str = "referat-lukket";
const CLOSED_PROPOSAL: &str = "forslag-lukket.md";

/// Where a new draft goes when the referent has edited the old one.
pub const PROPOSAL: &str = "forslag.md";
