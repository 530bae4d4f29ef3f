//! `referat run`: everything that is not done yet.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::decoder::{Decoder, Stop};
use super::error::CliError;
use super::progress::Bar;
use super::report::{self, Report};
use super::{draft, transcribe, weights};
use crate::recorder::timeline;
use crate::run::names::{Names, STAGE};
use crate::run::progress::Progress;
use crate::run::stage::Stages;
use crate::run::transcribe::SETTINGS;
use crate::run::voices::{self, VoicesJob};
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use referat_core::domain::language::Language;
use referat_core::domain::transcript::{ModelRef, Transcript};
use referat_voices::VoiceCount;

/// Do everything that is not done yet
///
/// Transcribes the recording, unless that is done with the same model, and makes the draft.
/// A transcript that came from elsewhere is used as it is.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The meeting's folder
    dir: PathBuf,
    /// Model to use [default: the best one installed for the language]
    #[arg(long)]
    model: Option<String>,
    /// Language of the meeting: da or en [default: the dagsorden's own]
    #[arg(long)]
    language: Option<Language>,
    #[command(flatten)]
    form: draft::FormArgs,
    /// Tell the progress as lines of JSON on stdout; stop when standard input ends
    #[arg(long, hide = true)]
    report: bool,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    let folder = MeetingFolder::open(&args.dir)?;
    if !folder.agenda().exists() {
        let message =
            format!("cannot find a dagsorden: there is no `{}`", folder.agenda().display());
        let tip = format!(
            "write the dagsorden there; `referat new {} --agenda FILE` reads Word and PDF too",
            args.dir.display()
        );
        return Err(CliError::failed(message, tip));
    }
    let form = args.form.resolved(&folder, args.language)?;
    let output = folder.transcript();
    let stages = Stages::read(&folder)?;
    let from_elsewhere = output.exists() && !stages.knows(STAGE);
    let mut decoder = None;
    if from_elsewhere {
        eprintln!("note: using the transcript that is there");
    } else {
        transcribe(&args, form.names, &folder, stages, &mut decoder)?;
    }
    tell_voices_apart(&args, &folder, decoder.as_ref().map(Decoder::stop))?;
    if args.report {
        report::drafting();
    }
    draft::make(&folder, &form)
}

fn transcribe(
    args: &Args,
    names: Names,
    folder: &MeetingFolder,
    mut stages: Stages,
    started: &mut Option<Decoder>,
) -> Result<(), CliError> {
    draft::refuse_purged(folder)?;
    let task = transcribe::of_meeting(folder, args.language, None, names)?;
    let model = weights::choose(args.model.as_deref(), task.language)?;
    let mut audio = Vec::new();
    for (path, name) in &task.recordings {
        audio.push((name, artefact::sha256_of_file(path)?));
    }
    let ModelRef { sha256, .. } = weights::reference(&model);
    let inputs = serde_json::json!([SETTINGS, audio, sha256, task.language]).to_string();
    let inputs = artefact::sha256(inputs.as_bytes());
    let output = folder.transcript();
    if stages.is_current(STAGE, &inputs, &output)? {
        eprintln!("`{}` is up to date", output.display());
        return Ok(());
    }
    let decoder = started.insert(Decoder::new(None)?);
    let progress = progress(args, decoder.stop());
    transcribe::make(&task, &model, decoder, &*progress)?;
    Ok(stages.note(folder, STAGE, inputs, &output)?)
}

fn progress(args: &Args, stop: Stop) -> Box<dyn Progress> {
    match args.report {
        true => Box::new(Report::new(stop)),
        false => Box::new(Bar::new(stop, None)),
    }
}

/// Makes `voices.json`, unless it is there from elsewhere or nothing has changed since. A meeting
/// without a recording, or a machine without the weights, does without.
fn tell_voices_apart(
    args: &Args,
    folder: &MeetingFolder,
    stop: Option<Stop>,
) -> Result<(), CliError> {
    let output = folder.voices();
    let mut stages = Stages::read(folder)?;
    if output.exists() && !stages.knows(voices::STAGE) {
        eprintln!("note: using the voices that are there");
        return Ok(());
    }
    let Ok(recordings) = folder.recordings() else { return Ok(()) };
    let Some(weights) = weights::voices_if_installed()? else { return Ok(()) };
    let transcript: Transcript = artefact::read_json(&folder.transcript())?;
    let offset = |path: &Path| {
        let name = folder.relative(path);
        let known = transcript.audio.iter().find(|audio| audio.path == name);
        known.map(|audio| Duration::from_millis(audio.offset_ms))
    };
    let recordings: Vec<(PathBuf, Option<Duration>)> = timeline::current(folder, recordings)?
        .into_iter()
        .map(|path| (path.clone(), offset(&path)))
        .collect();
    let mut audio = Vec::new();
    for (path, offset) in &recordings {
        audio.push((
            artefact::sha256_of_file(path)?,
            offset.map(|offset| offset.as_millis() as u64),
        ));
    }
    let inputs = serde_json::json!([voices::SETTINGS, audio, weights.1.sha256]).to_string();
    let inputs = artefact::sha256(inputs.as_bytes());
    if stages.is_current(voices::STAGE, &inputs, &output)? {
        eprintln!("`{}` is up to date", output.display());
        return Ok(());
    }
    let stop = match stop {
        Some(stop) => stop,
        None => Decoder::new(None)?.stop(),
    };
    let job = VoicesJob { recordings, weights, count: VoiceCount::default(), ears: None };
    let found = voices::voices(&job, &*progress(args, stop))?;
    artefact::write_json(&output, &found)?;
    eprintln!("wrote `{}`: {} voices", output.display(), found.voices.len());
    Ok(stages.note(folder, voices::STAGE, inputs, &output)?)
}
