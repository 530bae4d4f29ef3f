//! Participants' names and letters right in what was heard: as heard, put right afterwards, helped
//! while decoding, and told to the model beforehand.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use referat::store::artefact;

use super::bench::{Models, SyntheticMeeting, Workbench, entry};
use super::process;
use crate::error::EvalError;

/// Prints a table for each of the four.
pub(super) fn measure(bench: &Workbench) -> Result<(), EvalError> {
    let told = told_beforehand(bench.models()?, &bench.scratch("told"))?;
    let meetings = bench.synthetic()?;
    let mut tables: [Command; 4] = std::array::from_fn(|_| bench.score());
    for table in &mut tables {
        table.arg("transcript");
    }
    for meeting in &meetings {
        let transcribe = |way: &str| transcribe(bench, meeting, way);
        let heard = filled(transcribe("heard")?, |command| command.arg("--no-names"))?;
        let helped = filled(transcribe("helped")?, |command| command)?;
        let expected =
            filled(transcribe("expected")?, |command| command.env("REFERAT_MODELS", &told))?;
        let right = put_right(bench, meeting, &heard)?;
        for (table, folder) in tables.iter_mut().zip([heard, right, helped, expected]) {
            table.arg(folder.join("transcript.json")).arg(meeting.gold());
        }
    }
    tables.iter_mut().try_for_each(process::run)
}

/// Returns a new folder of a meeting, and what transcribes it.
fn transcribe(
    bench: &Workbench,
    meeting: &SyntheticMeeting,
    way: &str,
) -> Result<(PathBuf, Command), EvalError> {
    let made = bench.scratch(way).join(meeting.name());
    meeting.begin(bench, &made)?;
    let mut transcribe = bench.referat();
    transcribe.arg("transcribe").arg(&made).args(["--model", "base"]);
    Ok((made, transcribe))
}

/// Runs what fills a folder, changed as given, and returns the folder.
fn filled(
    (folder, mut command): (PathBuf, Command),
    change: impl Fn(&mut Command) -> &mut Command,
) -> Result<PathBuf, EvalError> {
    process::output(change(&mut command))?;
    Ok(folder)
}

/// Drafts from what was heard, which corrects the names.
fn put_right(
    bench: &Workbench,
    meeting: &SyntheticMeeting,
    heard: &Path,
) -> Result<PathBuf, EvalError> {
    let made = bench.scratch("right").join(meeting.name());
    let mut new = bench.referat();
    new.arg("new").arg(&made).arg("--agenda").arg(meeting.agenda());
    process::output(new.arg("--transcript").arg(heard.join("transcript.json")))?;
    process::output(bench.referat().arg("draft").arg(&made))?;
    Ok(made)
}

/// Makes a library in which base, which is told nothing by default, is told names and terms.
fn told_beforehand(models: &Models, library: &Path) -> Result<PathBuf, EvalError> {
    for weights in [&models.base, &models.vad] {
        for file in [weights.clone(), entry(weights)] {
            artefact::copy(&file, &library.join(file.file_name().unwrap_or_default()))?;
        }
    }
    let copied = entry(&library.join(models.base.file_name().unwrap_or_default()));
    let mut told: Value = artefact::read_json(&copied)?;
    told["entry"]["prompt"] = "vocabulary".into();
    artefact::write_json(&copied, &told)?;
    Ok(library.to_owned())
}
