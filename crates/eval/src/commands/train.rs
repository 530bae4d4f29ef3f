//! `referat-eval train`: makes the weights that the program is compiled with.

use std::path::PathBuf;

use super::people;
use crate::error::EvalError;

/// Train what is learnt from meetings with labels
///
/// The same corpus gives the same bytes each time.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to train
    what: Learnt,
    /// The corpus: a folder a meeting, and `sets.tsv`
    corpus: PathBuf,
    /// Where the weights go
    #[arg(short, long)]
    output: Option<PathBuf>,
}

/// What can be trained.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Learnt {
    /// Whose a voice is
    People,
}

/// Where the weights stand that are compiled in.
const PEOPLE: &str = "crates/core/src/understanding/people/people.bin";

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), EvalError> {
    let output = |usual: &str| args.output.clone().unwrap_or_else(|| PathBuf::from(usual));
    match args.what {
        Learnt::People => people::train(&args.corpus, &output(PEOPLE)),
    }
}
