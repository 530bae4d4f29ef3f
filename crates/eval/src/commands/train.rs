//! `referat-eval train`: makes the weights that the program is compiled with.

use std::path::PathBuf;

use referat::store::artefact;
use referat_eval::understanding::{TrainingCorpus, read_corpus};

use crate::commands::understanding::{CORPUS, unreadable};
use crate::error::EvalError;

/// Where the weights stand that are compiled in.
const WEIGHTS: &str = "crates/core/src/understanding/models/understanding.weights";

/// Train what is learnt from meetings with labels
///
/// The same corpus gives the same bytes each time.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to train
    what: Learnt,
    /// The corpus
    #[arg(default_value = CORPUS)]
    corpus: PathBuf,
    /// Where the weights go
    #[arg(short, long, default_value = WEIGHTS)]
    output: PathBuf,
}

/// What can be trained.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Learnt {
    /// What the sentences of a meeting do
    Understanding,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), EvalError> {
    match args.what {
        Learnt::Understanding => {
            let meetings = read_corpus(&args.corpus).map_err(unreadable)?;
            let corpus = TrainingCorpus::new(meetings).map_err(unreadable)?;
            let folds = corpus.leave_one_out();
            artefact::write(&args.output, &corpus.weights(&folds))?;
            eprintln!("wrote {}", args.output.display());
            Ok(())
        }
    }
}
