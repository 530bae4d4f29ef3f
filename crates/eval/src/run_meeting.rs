//! A labelled meeting run as a user runs it: `new` with its files, then `draft`, in a folder that
//! is thrown away.

use referat::error::PipelineError;
use referat::run::begun::MeetingBeginning;
use referat::run::draft;
use referat::run::line;
use referat::run::progress::Silent;
use referat::run::resolve::{MeetingRun, RunRequest};
use referat::store::artefact;
use referat_core::domain::meeting::Meeting;
use referat_core::domain::referat::Referat;
use referat_core::domain::speakers::Speakers;
use referat_core::domain::transcript::Transcript;
use referat_core::domain::voices::Voices;
use referat_core::draft::{JudgedSentence, judgements};
use referat_core::language::words::Vocabulary;
use referat_core::understanding::{self, LearntModels};

use crate::meeting_files::MeetingFiles;

/// What the program made of a meeting: its artefacts, read back.
#[derive(Debug)]
pub struct MeetingArtefacts {
    /// `dagsorden.md`.
    pub agenda: String,
    /// What was understood of it.
    pub meeting: Meeting,
    /// `transcript.json`, names put right.
    pub transcript: Transcript,
    /// `minutes.json`.
    pub referat: Referat,
    /// `speakers.json`.
    pub speakers: Speakers,
    /// What was judged of every sentence, which no artefact tells. Of one that was cut where the
    /// voice changes the segments are those of the whole transcript.
    pub judged: Vec<JudgedSentence>,
}

/// Runs a meeting in `folder`, which must not be there yet.
///
/// # Errors
/// As `new` and `draft`.
pub fn run_meeting(
    files: &MeetingFiles,
    folder: &std::path::Path,
    models: &LearntModels,
) -> Result<MeetingArtefacts, PipelineError> {
    let begun = MeetingBeginning::read(&files.files, None, Vocabulary::compiled())?;
    let folder = begun.make(folder)?;
    let request = RunRequest { models: models.clone(), ..RunRequest::default() };
    let run = MeetingRun::resolve(folder, &request)?;
    line::draft(&run, &Silent)?;
    let folder = &run.folder;
    let (meeting, _) = draft::meeting(folder, None, &run.words)?;
    let transcript: Transcript = artefact::read_json(&folder.transcript())?;
    let voices: Option<Voices> = match folder.voices().exists() {
        true => Some(artefact::read_json(&folder.voices())?),
        false => None,
    };
    let voices = voices.as_ref();
    let words = run.words.of(meeting.language);
    let (cut, structure, _) =
        understanding::structure_voiced(models, &meeting, words, &transcript, voices, &[], &[]);
    let mut judged = judgements(models, &meeting, words, &cut.transcript, &structure);
    judged.iter_mut().for_each(|one| cut.restore(&mut one.segments));
    let agenda = artefact::read(&folder.agenda())?;
    Ok(MeetingArtefacts {
        agenda: String::from_utf8_lossy(&agenda).into_owned(),
        referat: artefact::read_json(&folder.minutes())?,
        speakers: artefact::read_json(&folder.speakers())?,
        meeting,
        transcript,
        judged,
    })
}
