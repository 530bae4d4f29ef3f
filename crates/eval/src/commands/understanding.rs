//! `referat-eval understanding`: how well the sentences of held-out meetings are understood.

use std::path::PathBuf;

use referat_eval::understanding::{
    CorpusError, TaskFigures, TrainingCorpus, UnderstandingFigures, read_corpus,
};

use crate::error::EvalError;

/// The corpus in the repository.
pub(super) const CORPUS: &str = "corpus";

/// Score what is learnt of sentences, leaving one set of meetings out at a time
///
/// Models are trained anew for each set: this takes as long as training. Figures on scripted
/// meetings are figures on scripted meetings.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The corpus
    #[arg(default_value = CORPUS)]
    corpus: PathBuf,
    /// Score the first judgement alone too, which knows nothing of the judgements around it
    #[arg(long)]
    first: bool,
}

/// Tells that a corpus cannot be read.
pub(super) fn unreadable(error: CorpusError) -> EvalError {
    EvalError::failed(error.to_string(), "give the folder that holds sets.tsv")
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), EvalError> {
    let meetings = read_corpus(&args.corpus).map_err(unreadable)?;
    let corpus = TrainingCorpus::new(meetings).map_err(unreadable)?;
    let folds = corpus.leave_one_out().map_err(unreadable)?;
    if args.first {
        println!("-- first judgement alone");
        let first = corpus.first_only(&folds);
        UnderstandingFigures::of(&corpus, &first).iter().for_each(|one| println!("{one}"));
        println!("-- both judgements");
    }
    UnderstandingFigures::of(&corpus, &folds).iter().for_each(|one| println!("{one}"));
    let tasks = TaskFigures::of(&corpus, &folds).map_err(unreadable)?;
    tasks.iter().for_each(|one| println!("{one}"));
    Ok(())
}
