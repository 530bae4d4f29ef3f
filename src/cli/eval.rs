//! `referat eval`: scores against references.

use super::error::CliError;
use super::eval_agenda;
use super::eval_draft;
use super::eval_names;
use super::eval_segment::{self, Table};
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
    Agenda(eval_agenda::Args),
    Draft(eval_draft::Args),
    Names(eval_names::Args),
    /// Score which item each stretch belongs to
    Segment(eval_segment::Args),
    /// Score who was named as the speaker
    Speakers(eval_segment::Args),
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    match args.what {
        What::Transcript(args) => eval_transcript::run(&args),
        What::Agenda(args) => eval_agenda::run(&args),
        What::Draft(args) => eval_draft::run(&args),
        What::Names(args) => eval_names::run(&args),
        What::Segment(args) => eval_segment::run(&args, Table::Items),
        What::Speakers(args) => eval_segment::run(&args, Table::Speakers),
    }
}
