//! `referat-eval agenda`: what was read of dagsordener and referater against labels.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::error::EvalError;
use referat::store::artefact;
use referat_core::agenda::read_meeting;
use referat_document::read_bytes;
use referat_eval::score_agenda::{Gold, Score};

/// Score what is read of a folder of labelled dagsordener or referater
///
/// The folder holds the documents and `gold.json`: file name to labels.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder
    dir: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), EvalError> {
    let gold: BTreeMap<String, Gold> = artefact::read_json(&args.dir.join("gold.json"))?;
    let mut total = Score::default();
    for (file, gold) in &gold {
        let text = read_bytes(&artefact::read(&args.dir.join(file))?, file)?;
        total.add(&Score::of(gold, &read_meeting(&text, None).0));
    }
    let mut counts = total.counts().to_vec();
    counts.push(("participants", total.participants()));
    if args.json {
        let counts = counts.into_iter().map(|(what, count)| {
            let (right, missed, wrong) = (count.right, count.missed, count.wrong);
            (what, serde_json::json!({"f1": count.f1(), "right": right, "missed": missed, "wrong": wrong}))
        });
        println!("{}", serde_json::json!(counts.collect::<BTreeMap<_, _>>()));
        return Ok(());
    }
    println!("| what | F1 | right | missed | wrong |");
    println!("|---|---|---|---|---|");
    for (what, count) in counts {
        println!(
            "| {what} | {:.3} | {} | {} | {} |",
            count.f1(),
            count.right,
            count.missed,
            count.wrong
        );
    }
    Ok(())
}
