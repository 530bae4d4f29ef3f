//! `referat run`: everything that is not done yet.

use std::path::PathBuf;

use super::draft;
use super::error::CliError;
use super::progress::Bar;
use super::report::Report;
use crate::run::decoder::Decoder;
use crate::run::line;
use crate::run::progress::Progress;
use crate::run::settings::{FrozenFile, RunSettings};
use crate::run::stop::Stop;
use crate::store::folder::MeetingFolder;
use referat_core::domain::language::Language;

/// Do everything that is not done yet
///
/// Transcribes the recording, unless that is done with the same model, and makes the draft.
/// A transcript that came from elsewhere is used as it is.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The meeting's folder
    pub(super) dir: PathBuf,
    /// Model to use [default: the best one installed for the language]
    #[arg(long)]
    model: Option<String>,
    /// Language of the meeting: da or en [default: the dagsorden's own]
    #[arg(long)]
    language: Option<Language>,
    #[command(flatten)]
    pub(super) form: draft::FormArgs,
    /// Tell the progress as lines of JSON on stdout; stop when standard input ends
    #[arg(long, hide = true)]
    report: bool,
}

/// Runs the command.
pub(super) fn run(args: Args, words: Option<FrozenFile>) -> Result<(), CliError> {
    let folder = MeetingFolder::open(&args.dir)?;
    let request = args.form.request(RunSettings {
        language: args.language,
        model: args.model,
        words,
        ..RunSettings::default()
    })?;
    let run = draft::resolved(folder, &request)?;
    let stop = Stop::default();
    let progress: Box<dyn Progress> = match args.report {
        true => Box::new(Report::new(stop.clone())),
        false => Box::new(Bar::new(stop.clone(), None)),
    };
    line::carry_out(&run, &mut Decoder::new(None, stop), &*progress)?;
    Ok(())
}
