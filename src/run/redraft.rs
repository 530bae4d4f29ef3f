//! The draft made again from all that is known now, under the meeting's lock: after a transcript,
//! a decision of the referent's, a changed dagsorden.

use super::names::{self, NameCorrection};
use crate::error::PipelineError;
use crate::llm::Server;
use crate::run::draft::{self, Drafted};
use crate::speech::misheard::Correction;
use crate::store::folder::MeetingFolder;
use crate::store::lock::Lock;
use referat_core::domain::language::Language;
use referat_core::remark::Remark;
use referat_document::profile::Profile;

/// How a draft is made.
#[derive(Debug)]
pub struct Form {
    /// The house rules.
    pub profile: Profile,
    /// The language model that words it, where one was asked for.
    pub server: Option<Server>,
    /// What is done about misheard names.
    pub names: NameCorrection,
    /// Language of the referat. Default: the dagsorden's own.
    pub language: Option<Language>,
}

/// What a draft came to, and what was done to the transcript before.
#[derive(Debug)]
pub struct Redrafted {
    /// The draft.
    pub drafted: Drafted,
    /// NameCorrection that were put right.
    pub corrections: Vec<Correction>,
    /// What there is to say of the transcript.
    pub remarks: Vec<Remark>,
}

/// Puts the transcript's names right and makes the draft.
///
/// # Errors
/// Another process works on the meeting, a file is missing or cannot be read or written.
pub fn redraft(folder: &MeetingFolder, form: &Form) -> Result<Redrafted, PipelineError> {
    let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
    let (meeting, _) = draft::meeting(folder, form.language)?;
    let (corrections, remarks) = names::settle(folder, &meeting, form.names)?;
    let drafted = draft::draft(folder, form.language, &form.profile, form.server.as_ref())?;
    Ok(Redrafted { drafted, corrections, remarks })
}
