//! `referat-eval agenda`: what was read of dagsordener and referater against labels.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::error::EvalError;
use referat::store::artefact;
use referat_core::agenda::read_meeting;
use referat_document::read_bytes;
use referat_eval::score_agenda::{Count, Gold, Score};
use referat_eval::score_dagsorden::{DagsordenScore, ROWS};

/// Score what is read of folders of labelled dagsordener or referater
///
/// A folder holds the documents and `gold.json`, file name to labels; or meetings in folders of
/// their own and `sets.tsv`, meeting to set: then the dagsordener as offices send them and those
/// in the project's own layout are scored, by set.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folders
    #[arg(required = true)]
    dirs: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), EvalError> {
    for dir in &args.dirs {
        if dir.join("sets.tsv").exists() {
            for own in [false, true] {
                corpus(dir, own, args.json)?;
            }
        } else {
            referater(dir, args.json)?;
        }
    }
    Ok(())
}

/// Scores a folder of documents.
fn referater(dir: &Path, json: bool) -> Result<(), EvalError> {
    let gold: BTreeMap<String, Gold> = artefact::read_json(&dir.join("gold.json"))?;
    let mut total = Score::default();
    for (file, gold) in &gold {
        let text = read_bytes(&artefact::read(&dir.join(file))?, file)?;
        total.add(&Score::of(gold, &read_meeting(&text, None).0));
    }
    let mut counts = total.counts().to_vec();
    counts.push(("participants", total.participants()));
    if json {
        return as_json(&counts);
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

/// Scores the dagsordener of a corpus, by set. A figure on scripted meetings is one on scripted
/// meetings, and the table says so.
fn corpus(dir: &Path, own_layout: bool, json: bool) -> Result<(), EvalError> {
    let sets = String::from_utf8_lossy(&artefact::read(&dir.join("sets.tsv"))?).into_owned();
    let mut by_set: BTreeMap<String, DagsordenScore> = BTreeMap::new();
    let mut total = DagsordenScore::default();
    for (meeting, set) in sets.lines().skip(1).filter_map(|line| line.split_once('\t')) {
        let folder = dir.join(meeting);
        let names: &[&str] =
            if own_layout { &["dagsorden-clean.md"] } else { &["dagsorden.txt", "dagsorden.md"] };
        let Some(file) = names.iter().find(|name| folder.join(name).exists()) else { continue };
        let text = read_bytes(&artefact::read(&folder.join(file))?, file)?;
        let gold: serde_json::Value = artefact::read_json(&folder.join("gold.json"))?;
        let score = DagsordenScore::of(meeting, &gold, &text, &read_meeting(&text, None).0);
        total.add(&score);
        by_set.entry(set.trim().to_owned()).or_default().add(&score);
    }
    if json {
        let counts: Vec<(&str, Count)> = ROWS.iter().map(|row| (*row, total.row(row))).collect();
        return as_json(&counts);
    }
    let what = if own_layout { "the project's own layout" } else { "as offices send them" };
    println!("Scripted meetings, {what}:");
    println!(
        "| what | all | {} | invented |",
        by_set.keys().cloned().collect::<Vec<_>>().join(" | ")
    );
    println!("|---|---|{}---|", "---|".repeat(by_set.len()));
    for row in ROWS {
        let cells: Vec<String> =
            by_set.values().map(|score| format!("{:.3}", share(row, score.row(row)))).collect();
        let all = total.row(row);
        println!("| {row} | {:.3} | {} | {} |", share(row, all), cells.join(" | "), all.wrong);
    }
    Ok(())
}

/// Returns F1 where something may be invented, else the share that is right.
fn share(row: &str, count: Count) -> f64 {
    if ["people", "items", "closed", "sub-items"].contains(&row) {
        return count.f1();
    }
    let all = count.right + count.missed;
    if all == 0 { 1.0 } else { count.right as f64 / all as f64 }
}

fn as_json(counts: &[(&str, Count)]) -> Result<(), EvalError> {
    let counts = counts.iter().map(|(what, count)| {
        let (right, missed, wrong) = (count.right, count.missed, count.wrong);
        (
            *what,
            serde_json::json!({"f1": count.f1(), "right": right, "missed": missed, "wrong": wrong}),
        )
    });
    println!("{}", serde_json::json!(counts.collect::<BTreeMap<_, _>>()));
    Ok(())
}
