//! `referat-eval names`: what name correction changes that is right, and what it puts right.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::references::references;
use crate::error::EvalError;
use referat::store::artefact;
use referat::store::error::StoreError;
use referat_eval::labelled::{Hardship, Labelled};
use referat_eval::misspell::Mistake;
use referat_eval::score_names::{self, Count};

/// Score the correction of misheard names
///
/// Takes folders or files of references. First the text as it is, of which no word may change;
/// then with the participants' names misspelt, one in a segment, always the same way.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// References, or folders of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), EvalError> {
    let (mut words, mut changed) = (0, 0);
    let mut counts: BTreeMap<(Mistake, bool), Count> = BTreeMap::new();
    for file in references(&args.paths)? {
        let bytes = artefact::read(&file)?;
        let gold = Labelled::read(&String::from_utf8_lossy(&bytes), Hardship::default())
            .map_err(|source| StoreError::Parse { path: file.clone(), source })?;
        let segments = &gold.transcript.segments;
        words += segments.iter().map(|s| s.text.split_whitespace().count()).sum::<usize>();
        for correction in score_names::innocent(&gold.transcript, &gold.meeting) {
            changed += 1;
            let (heard, text) = (&correction.heard, &correction.text);
            eprintln!("note: changed in `{}`: {heard} -> {text}", file.display());
        }
        for (kind, count) in score_names::misspelt(&gold.transcript, &gold.meeting) {
            counts.entry(kind).or_default().add(count);
        }
    }
    if args.json {
        let kinds: Vec<_> = counts
            .iter()
            .map(|((mistake, full), count)| {
                serde_json::json!({
                    "mistake": mistake, "in_full": full, "misspelt": count.misspelt,
                    "right": count.right, "wrong": count.wrong,
                })
            })
            .collect();
        println!("{}", serde_json::json!({"words": words, "changed": changed, "kinds": kinds}));
        return Ok(());
    }
    println!("{changed} of {words} right words were changed\n");
    println!("| mistake | name | misspelt | put right | made wrong | recall |");
    println!("|---|---|---|---|---|---|");
    let mut sums = [Count::default(); 2];
    for ((mistake, full), count) in &counts {
        print(&format!("{mistake:?}").to_lowercase(), *full, *count);
        sums[usize::from(*full)].add(*count);
    }
    print("all", false, sums[0]);
    print("all", true, sums[1]);
    Ok(())
}

fn print(mistake: &str, full: bool, count: Count) {
    let name = if full { "in full" } else { "part of it" };
    let Count { misspelt, right, wrong } = count;
    println!("| {mistake} | {name} | {misspelt} | {right} | {wrong} | {:.3} |", count.recall());
}
