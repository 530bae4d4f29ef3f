//! `referat run`: everything that is not done yet.

use std::path::PathBuf;

use super::decoder::Decoder;
use super::error::CliError;
use super::progress::Bar;
use super::report::{self, Report};
use super::{draft, transcribe, weights};
use crate::run::names::{NameCorrection, STAGE};
use crate::run::progress::Progress;
use crate::run::stage::Stages;
use crate::run::transcribe::SETTINGS;
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use referat_core::domain::language::Language;
use referat_core::domain::transcript::ModelRef;

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
    if from_elsewhere {
        eprintln!("note: using the transcript that is there");
    } else {
        transcribe(&args, form.names, &folder, stages)?;
    }
    if args.report {
        report::drafting();
    }
    draft::make(&folder, &form)
}

fn transcribe(
    args: &Args,
    names: NameCorrection,
    folder: &MeetingFolder,
    mut stages: Stages,
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
    let mut decoder = Decoder::new(None)?;
    let progress: Box<dyn Progress> = match args.report {
        true => Box::new(Report::new(decoder.stop())),
        false => Box::new(Bar::new(decoder.stop(), None)),
    };
    transcribe::make(&task, &model, &mut decoder, &*progress)?;
    Ok(stages.note(folder, STAGE, inputs, &output)?)
}
