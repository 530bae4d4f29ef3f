//! The transcript of a meeting's folder, made ready for its draft: read in whatever form it
//! was put there, and with the participants' names put right as the dagsorden has them now.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::PipelineError;
use crate::run::given;
use crate::run::stage::Stages;
use crate::speech::misheard::{self, Correction};
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use referat_core::domain::language::Language;
use referat_core::domain::meeting::Meeting;
use referat_core::domain::transcript::Transcript;
use referat_core::language::words::Vocabulary;
use referat_core::remark::Remark;
use referat_document::transcripts;

/// What is done about names that were misheard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NameCorrection {
    /// They are put right; what was heard is kept beside them.
    #[default]
    Right,
    /// They stay as they were heard.
    Heard,
}

impl NameCorrection {
    /// Returns what is to be done, where `off` leaves names as they were heard.
    pub const fn unless(off: bool) -> Self {
        if off { Self::Heard } else { Self::Right }
    }

    /// Does to the names of `transcript` what is to be done, and returns what was put right.
    pub fn settle(
        self,
        transcript: &mut Transcript,
        meeting: &Meeting,
        words: &Vocabulary,
    ) -> Vec<Correction> {
        match self {
            Self::Right => misheard::correct(transcript, meeting, words),
            Self::Heard => {
                misheard::restore(transcript);
                Vec::new()
            }
        }
    }
}

/// The stage that writes `transcript.json`.
pub const STAGE: &str = "transcript";

/// Where a transcript from elsewhere is kept as it came, the first time it is rewritten.
pub const ORIGINAL: &str = "transcript-original";

/// Brings `transcript.json` of `folder` into our form and its names in line with `meeting`.
/// The file is written only where something changes.
///
/// # Errors
/// The transcript is missing, damaged or of no known form, or cannot be written.
pub fn settle(
    folder: &MeetingFolder,
    meeting: &Meeting,
    words: &Vocabulary,
    names: NameCorrection,
) -> Result<(Vec<Correction>, Vec<Remark>), PipelineError> {
    let path = folder.transcript();
    let bytes = artefact::read(&path)?;
    let (mut transcript, remarks) = read(&bytes, &path, meeting.language)?;
    let corrections = names.settle(&mut transcript, meeting, words);
    let ours = serde_json::from_slice::<Transcript>(&bytes).ok();
    if ours.as_ref() == Some(&transcript) {
        return Ok((corrections, remarks));
    }
    let mut stages = Stages::read(folder)?;
    if stages.made(STAGE, &path)? {
        artefact::write_json(&path, &transcript)?;
        stages.renew(folder, STAGE, &path)?;
    } else {
        let original = folder.internal(ORIGINAL);
        if !original.exists() {
            artefact::write(&original, &bytes)?;
        }
        artefact::write_json(&path, &transcript)?;
    }
    Ok((corrections, remarks))
}

/// Reads the transcript at `path`, of any form that is known; `language` is that of a file that
/// does not name its own.
///
/// # Errors
/// The file is missing, damaged or of no known form.
pub fn read_transcript(
    path: &Path,
    language: Language,
) -> Result<(Transcript, Vec<Remark>), PipelineError> {
    read(&given::bytes(path)?, path, language)
}

fn read(
    bytes: &[u8],
    path: &Path,
    language: Language,
) -> Result<(Transcript, Vec<Remark>), PipelineError> {
    Ok(transcripts::read(bytes, &path.display().to_string(), language)?)
}
