//! `referat-eval train`: what is learnt from meetings with labels.

use std::path::PathBuf;

use referat::store::artefact;
use referat_eval::learnt_folds::LearntFolds;
use referat_eval::understanding::{TrainingCorpus, read_corpus};

use super::people;
use crate::commands::understanding::{CORPUS, unreadable};
use crate::error::EvalError;

/// Where the weights stand that are compiled in.
const UNDERSTANDING: &str = "crates/core/src/understanding/models/understanding.weights";
const ROUTE: &str = "crates/core/src/understanding/route/route.weights";
const PRESENTED: &str = "crates/core/src/understanding/route/presented.weights";
const PEOPLE: &str = "crates/core/src/understanding/people/people.bin";

/// Train what is learnt from meetings with labels
///
/// The same corpus gives the same bytes each time.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to train
    what: Learnt,
    /// The corpus: a folder a meeting, and `sets.tsv`
    #[arg(default_value = CORPUS)]
    corpus: PathBuf,
    /// Keep what is trained with a set left out, which the way through an agenda and the voices are
    /// learnt by, here; delete it where what it is trained by changed
    #[arg(long, value_name = "DIR")]
    folds: Option<PathBuf>,
    /// Where the weights go [default: where they are compiled in from]
    #[arg(short, long)]
    output: Option<PathBuf>,
}

/// What can be trained.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Learnt {
    /// What the sentences of a meeting do
    Understanding,
    /// Where an item ends and another begins
    Route,
    /// The same where presenters are known by their voices
    Presented,
    /// Whose a voice is
    People,
}

fn folds(args: &Args) -> Result<LearntFolds, EvalError> {
    LearntFolds::of(&args.corpus.join("sets.tsv"), args.folds.as_deref()).map_err(unusable)
}

fn unusable(message: String) -> EvalError {
    EvalError::failed(message, "give the folder that holds sets.tsv and its meetings")
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), EvalError> {
    let output = |usual: &str| args.output.clone().unwrap_or_else(|| PathBuf::from(usual));
    match args.what {
        Learnt::Understanding => {
            let output = output(UNDERSTANDING);
            let meetings = read_corpus(&args.corpus).map_err(unreadable)?;
            let corpus = TrainingCorpus::new(meetings).map_err(unreadable)?;
            let folds = corpus.leave_one_out().map_err(unreadable)?;
            artefact::write(&output, &corpus.weights(&folds))?;
            eprintln!("wrote {}", output.display());
            Ok(())
        }
        Learnt::Route | Learnt::Presented => {
            let presented = matches!(args.what, Learnt::Presented);
            let weights = folds(args)?.route(&args.corpus, presented).map_err(unusable)?;
            let output = output(if presented { PRESENTED } else { ROUTE });
            artefact::write(&output, &weights.to_bytes())?;
            eprintln!("wrote {}", output.display());
            Ok(())
        }
        Learnt::People => people::train(&args.corpus, &folds(args)?, &output(PEOPLE)),
    }
}
