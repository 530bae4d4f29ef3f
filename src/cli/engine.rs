//! `referat engine`: the process that decodes, started by the program itself.

use std::path::PathBuf;

use super::error::CliError;
use crate::run::program::VERSION;
use crate::speech::serve::serve;
use crate::speech::whisper::Model;

/// Decode windows that come on stdin (started by referat itself)
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The weights' file
    #[arg(long)]
    model: PathBuf,
    /// How many windows are decoded at a time
    #[arg(long)]
    lanes: usize,
    /// Version of the program that asks: an engine of another one may hear other words
    #[arg(long)]
    asked_by: String,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    if args.asked_by != VERSION {
        return Err(CliError::usage(
            format!("cannot decode for referat {}: this engine is of {VERSION}", args.asked_by),
            "install both from the same release",
        ));
    }
    serve(std::io::stdin().lock(), std::io::stdout(), args.lanes, || {
        let model = Model::load(&args.model)?;
        Ok(Box::new(move |options| model.recognizer(options)))
    })
    .map_err(|error| {
        CliError::failed(
            format!("cannot talk to the program that started the engine: {error}"),
            "start `referat transcribe` instead: it runs the engine itself",
        )
    })
}
