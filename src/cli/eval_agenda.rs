//! `referat eval agenda`: what was read of dagsordener and referater against labels.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::error::CliError;
use super::output::outln;
use crate::import;
use crate::pipeline::score_agenda::{Gold, Score};
use crate::store::artefact;

/// Score what is read of a folder of labelled dagsordener or referater
///
/// The folder holds the documents and `gold.json`: file name to labels.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder
    dir: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let gold: BTreeMap<String, Gold> = artefact::read_json(&args.dir.join("gold.json"))?;
    let mut total = Score::default();
    for (file, gold) in &gold {
        let text = import::read_bytes(&artefact::read(&args.dir.join(file))?, file)?;
        total.add(&Score::of(gold, &import::agenda::read_meeting(&text, None).0));
    }
    let mut counts = total.counts().to_vec();
    counts.push(("participants", total.participants()));
    if args.json {
        let counts = counts.into_iter().map(|(what, count)| {
            let (right, missed, wrong) = (count.right, count.missed, count.wrong);
            (what, serde_json::json!({"f1": count.f1(), "right": right, "missed": missed, "wrong": wrong}))
        });
        outln!("{}", serde_json::json!(counts.collect::<BTreeMap<_, _>>()));
        return Ok(());
    }
    outln!("| what | F1 | right | missed | wrong |");
    outln!("|---|---|---|---|---|");
    for (what, count) in counts {
        outln!(
            "| {what} | {:.3} | {} | {} | {} |",
            count.f1(),
            count.right,
            count.missed,
            count.wrong
        );
    }
    Ok(())
}
