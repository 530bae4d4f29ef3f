//! `referat-eval draft`: a draft against labels and hand-written minutes.

use std::path::PathBuf;

use crate::error::EvalError;
use referat::store::artefact;
use referat_eval::gold::Gold;
use referat_eval::score_draft::{self, DraftScore};

/// Score drafts made from labelled meetings
///
/// Each folder holds a `gold.json` and, where there are hand-written minutes, a
/// `referat-gold.md`. The draft is made from what was said, as labelled.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folders
    #[arg(required = true)]
    dirs: Vec<PathBuf>,
    /// Tell what went wrong, one line each
    #[arg(long)]
    notes: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), EvalError> {
    let mut total = DraftScore::default();
    for dir in &args.dirs {
        let gold: Gold = artefact::read_json(&dir.join("gold.json"))?;
        let minutes = artefact::read_if_there(&dir.join("referat-gold.md"))?;
        let minutes = minutes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let (transcript, structure) = (gold.transcript(), gold.structure());
        let (referat, _) =
            referat_core::draft::referat(&gold.meeting(), &transcript, &structure, "");
        let one = score_draft::score(&gold, &referat, minutes.as_deref());
        println!("== {}\n{one}", dir.display());
        if args.notes {
            one.notes.iter().for_each(|note| println!("  {note}"));
        }
        total += one;
    }
    println!("== all\n{total}");
    Ok(())
}
