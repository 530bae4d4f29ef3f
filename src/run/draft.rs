//! A meeting's transcript and dagsorden become `minutes.json` and `referat.md`.

use serde::Serialize;

use crate::llm::Server;
use crate::speech::misheard::Correction;
use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::history::GenerationReason;
use crate::store::lines;
use crate::store::replace;
use referat_core::agenda;
use referat_core::domain::language::Language;
use referat_core::domain::mark::Mark;
use referat_core::domain::meeting::Meeting;
use referat_core::domain::referat::{Referat, StatementId};
use referat_core::domain::review::Review;
use referat_core::domain::speakers::Speakers;
use referat_core::domain::transcript::Transcript;
use referat_core::domain::voices::Voices;
use referat_core::draft::{self, settled};
use referat_core::language::words::{Vocabulary, Words};
use referat_core::remark::Remark;
use referat_core::understanding::{self, LearntModels};
use referat_document::merge::{self, Texts};
use referat_document::profile::Profile;

use super::frozen;
use super::prose;
use crate::editing::base::DraftBase;
use crate::editing::texts;
use crate::error::PipelineError;

/// What a draft came to.
#[derive(Debug)]
pub struct Drafted {
    /// The structured draft.
    pub referat: Referat,
    /// What the referent should know, in order of the stages.
    pub remarks: Vec<Remark>,
    /// Where the text went.
    pub text: TextOutcome,
}

/// What a draft came to, and what was done to the transcript before.
#[derive(Debug)]
pub struct Redrafted {
    /// The draft.
    pub drafted: Drafted,
    /// Names that were put right.
    pub corrections: Vec<Correction>,
    /// What there is to say of the transcript.
    pub remarks: Vec<Remark>,
}

/// What became of `referat.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum TextOutcome {
    /// It is the new draft.
    Written,
    /// It stands as it was.
    Unchanged,
    /// The new draft was merged into what the referent wrote.
    Merged,
}

/// Reads the dagsorden of `folder`; `language`, or the one that a run was asked for, overrides
/// what its labels tell.
pub fn meeting(
    folder: &MeetingFolder,
    language: Option<Language>,
    words: &Vocabulary,
) -> Result<(Meeting, Vec<Remark>), PipelineError> {
    meeting_in(folder, language.or_else(|| frozen::language(folder)), words)
}

/// Reads the dagsorden of `folder`; `language` overrides what its labels tell, whatever an
/// earlier run was asked for.
pub(super) fn meeting_in(
    folder: &MeetingFolder,
    language: Option<Language>,
    words: &Vocabulary,
) -> Result<(Meeting, Vec<Remark>), PipelineError> {
    let bytes = artefact::read(&folder.agenda())?;
    let text = referat_document::read_bytes(&bytes, "dagsorden.md")?;
    Ok(agenda::read_in(words, &text, language))
}

/// Reads the marks of `folder`; a torn last line is left out.
pub fn marks(folder: &MeetingFolder) -> Result<Vec<Mark>, StoreError> {
    let mut marks = lines::read(&folder.marks())?;
    marks.sort_by_key(|mark: &Mark| mark.at_ms);
    Ok(marks)
}

/// Makes the draft of `folder` from its dagsorden, marks and transcript, and merges it into what
/// the referent has written. With `model`, a language model words what the rules found, as far
/// as that tells only what was said.
pub fn draft(
    folder: &MeetingFolder,
    language: Option<Language>,
    words: &Vocabulary,
    profile: &Profile,
    model: Option<&Server>,
    models: &LearntModels,
) -> Result<Drafted, PipelineError> {
    let (mut meeting, mut remarks) = meeting_in(folder, language, words)?;
    let words = words.of(meeting.language);
    let transcript: Transcript = artefact::read_json(&folder.transcript())?;
    let marks = marks(folder)?;
    let (header, more) = draft::clock::ended(&meeting.header, &marks, &transcript);
    meeting.header = header;
    remarks.extend(more);
    let reviews: Vec<Review> = lines::read(&folder.review())?;
    settled::close_items(&mut meeting.agenda, &reviews);
    settled::add_guests(&mut meeting.header, words, &reviews);
    let voices: Option<Voices> = match folder.voices().exists() {
        true => Some(artefact::read_json(&folder.voices())?),
        false => None,
    };
    let voices = voices.as_ref();
    let (cut, structure, more) = understanding::structure_voiced(
        models,
        &meeting,
        words,
        &transcript,
        voices,
        &marks,
        &reviews,
    );
    remarks.extend(more);
    let recording = transcript.audio.first().map_or("", |audio| audio.sha256.as_str());
    let (mut referat, more) =
        draft::referat_by(models, &meeting, words, &cut.transcript, &structure, recording);
    remarks.extend(more);
    referat = cut.referat(referat);
    artefact::write_json(&folder.speakers(), &Speakers::from(&cut.structure(structure)))?;
    if let Some(server) = model {
        remarks.extend(prose::reword(&mut referat, &meeting, words, server));
    }
    let _texts = texts::hold(folder)?;
    replace::finish(folder)?;
    let before = DraftBase::read(folder, words, profile)?;
    let known = before.as_ref().map(|base| base.rejected.clone()).unwrap_or_default();
    let earlier = |id: &StatementId| before.as_ref()?.spans.get(id).copied();
    let (referat, rejected) = settled::without_rejected(referat, &reviews, &known, earlier);
    let mut now = DraftBase::of(&referat, words, profile);
    now.rejected = rejected;
    let (texts, text) = reconciled(folder, before.as_ref(), &now, words, &mut remarks)?;
    texts::replace(folder, &texts, Some(now.json()?), GenerationReason::Draft)?;
    artefact::write_json(&folder.minutes(), &referat)?;
    Ok(Drafted { referat, remarks, text })
}

/// Returns the texts as they stand with the new draft, and what became of the referent's.
fn reconciled(
    folder: &MeetingFolder,
    before: Option<&DraftBase>,
    now: &DraftBase,
    words: Words<'_>,
    remarks: &mut Vec<Remark>,
) -> Result<(Texts, TextOutcome), PipelineError> {
    let Some(hers) = texts::read(folder)? else {
        return Ok((now.draft().texts, TextOutcome::Written));
    };
    let before = before.unwrap_or(now).draft();
    let merged = merge::merge(&before, &hers, &now.draft(), words);
    remarks.extend(merged.remarks);
    let text = match merged.texts == hers {
        true => TextOutcome::Unchanged,
        false if hers == before.texts => TextOutcome::Written,
        false => TextOutcome::Merged,
    };
    Ok((merged.texts, text))
}
