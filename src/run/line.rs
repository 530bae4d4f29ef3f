//! The whole line of a run, in order. Each stage has one artefact and is skipped when that was
//! made from the same; one that fails costs none before it. Terminal, editor and batch all come
//! here, with the same value.
//!
//! ```text
//! recordings --listen--> windows --transcribe--> transcript.json
//! recordings --voices--> voices.json
//! transcript.json --names--> transcript.json, with voices.json --draft--> minutes.json, referat.md
//! ```

use super::decoder::Decoder;
use super::draft::{self, Redrafted};
use super::error::RunError;
use super::model;
use super::names::{self, STAGE};
use super::progress::{Progress, RunEvent, Stage};
use super::ready;
use super::resolve::MeetingRun;
use super::stage::Stages;
use super::task::TranscribeTask;
use super::transcribe::transcribe;
use super::voices::{self, VoicesJob};
use crate::error::PipelineError;
use crate::store::artefact;
use crate::store::lock::Lock;
use referat_core::domain::language::Language;
use referat_core::domain::transcript::Transcript;
use referat_weights::library::Library;

/// Does everything of a run that is not done yet.
///
/// # Errors
/// Something that the run needs is missing, a stage fails, or it was stopped.
pub fn carry_out(
    run: &MeetingRun,
    decoder: &mut Decoder,
    progress: &dyn Progress,
) -> Result<Redrafted, PipelineError> {
    let (path, folder) = (run.folder.agenda(), run.folder.root().to_owned());
    if !path.exists() {
        return Err(RunError::NoAgenda { path, folder }.into());
    }
    bring_transcript(run, decoder, progress)?;
    bring_voices(run, progress)?;
    draft(run, progress)
}

/// Brings `transcript.json` up to date; one that came from elsewhere is used as it is.
fn bring_transcript(
    run: &MeetingRun,
    decoder: &mut Decoder,
    progress: &dyn Progress,
) -> Result<(), PipelineError> {
    let mut stages = Stages::read(&run.folder)?;
    if run.folder.transcript().exists() && !stages.knows(STAGE) {
        progress.happened(&RunEvent::TranscriptFromElsewhere);
        return Ok(());
    }
    ready::for_transcript(&run.folder)?;
    let task = TranscribeTask::of_meeting(&run.folder, &run.request, None, progress)?;
    let model = decoder.model(&task.model, progress)?;
    let inputs = task.inputs(&model)?;
    if stages.is_current(STAGE, &inputs, &task.transcript())? {
        progress.happened(&RunEvent::UpToDate(&task.transcript()));
        return Ok(());
    }
    transcript(&task, decoder, progress)?;
    Ok(stages.note(&run.folder, STAGE, inputs, &task.transcript())?)
}

/// Brings `voices.json` up to date. A meeting without a recording, or a machine without the
/// weights, does without; voices that came from elsewhere are used as they are.
fn bring_voices(run: &MeetingRun, progress: &dyn Progress) -> Result<(), PipelineError> {
    let (folder, output) = (&run.folder, run.folder.voices());
    let mut stages = Stages::read(folder)?;
    if output.exists() && !stages.knows(voices::STAGE) {
        progress.happened(&RunEvent::VoicesFromElsewhere);
        return Ok(());
    }
    let Ok(recordings) = folder.recordings() else { return Ok(()) };
    let Some(weights) = model::voices_if_installed()? else {
        progress.happened(&RunEvent::NoVoices);
        return Ok(());
    };
    let (transcript, _) = names::read_transcript(&folder.transcript(), Language::default())?;
    let job = VoicesJob::of_meeting(folder, recordings, &transcript, weights)?;
    let inputs = job.inputs()?;
    if stages.is_current(voices::STAGE, &inputs, &output)? {
        progress.happened(&RunEvent::UpToDate(&output));
        return Ok(());
    }
    progress.stoppable()?;
    let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
    let found = voices::voices(&job, progress)?;
    artefact::write_json(&output, &found)?;
    progress.happened(&RunEvent::ToldApart { output: &output, voices: found.voices.len() });
    Ok(stages.note(folder, voices::STAGE, inputs, &output)?)
}

/// Listens to the recordings of `task`, transcribes them, puts the names right, and writes and
/// returns the transcript.
///
/// # Errors
/// No model is installed, a recording cannot be read, or the run was stopped: what is done by
/// then is in the journal.
pub fn transcript(
    task: &TranscribeTask,
    decoder: &mut Decoder,
    progress: &dyn Progress,
) -> Result<Transcript, PipelineError> {
    let model = decoder.model(&task.model, progress)?;
    progress.stoppable()?;
    let _lock = Lock::take(&task.output.join(".referat/lock"), &task.output)?;
    let _held = Library::open()?.hold(&model)?;
    let detector = decoder.detector(progress)?;
    let job = task.job(&model, detector);
    task.freeze(&job, None)?;
    let lanes = decoder.lanes(&model, task.language())?;
    let mut transcript = transcribe(&job, lanes, progress)?;
    if let Some((meeting, names)) = &task.names {
        names.settle(&mut transcript, meeting, &task.words);
    }
    artefact::write_json(&task.transcript(), &transcript)?;
    task.freeze(&job, Some(&transcript))?;
    let (first, output) = (&task.recordings[0].0, &task.transcript());
    progress.happened(&RunEvent::Transcribed { first, output, transcript: &transcript });
    Ok(transcript)
}

/// Puts the transcript's names right and makes the draft from all that is known now, merged into
/// what the referent wrote: after a transcript, a decision of hers, a changed dagsorden.
///
/// # Errors
/// Another process works on the meeting, a file is missing or cannot be read or written.
pub fn draft(run: &MeetingRun, progress: &dyn Progress) -> Result<Redrafted, PipelineError> {
    let folder = &run.folder;
    ready::for_draft(folder)?;
    progress.begin(Stage::Drafting, folder.root(), None);
    let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
    run.freeze()?;
    let (meeting, _) = draft::meeting_in(folder, run.asked.language, &run.words)?;
    let (corrections, remarks) = names::settle(folder, &meeting, &run.words, run.names)?;
    let (language, server) = (run.asked.language, run.server.as_ref());
    let drafted = draft::draft(folder, language, &run.words, &run.profile, server, &run.models)?;
    progress.end();
    let made = Redrafted { drafted, corrections, remarks };
    progress.happened(&RunEvent::Drafted { folder, made: &made });
    Ok(made)
}
