//! `referat eval`: scores against references.

use super::error::CliError;
use super::eval_transcript;

/// Score results against references
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    Transcript(eval_transcript::Args),
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    match args.what {
        What::Transcript(args) => eval_transcript::run(&args),
    }
}
