//! `referat-eval meetings`: labelled meetings run the user's way and scored whole.

use std::collections::BTreeMap;
use std::path::PathBuf;

use referat::store::error::StoreError;
use referat_core::understanding::LearntModels;
use referat_eval::labelled::Hardship;
use referat_eval::learnt_folds::LearntFolds;
use referat_eval::meeting_files::{FileChoice, MeetingFiles};
use referat_eval::meeting_table;
use referat_eval::run_meeting::run_meeting;
use referat_eval::score_meeting::{self, MeetingScore};

use super::references::meetings;
use crate::error::EvalError;

/// Run labelled meetings as a user does, new and draft, and score everything they come to
///
/// Takes folders of meetings, or of folders of them: the dagsorden as it was sent, what was said,
/// `gold.json` and, where there are any, minutes written by hand; or files of labelled sittings.
/// Figures on scripted meetings are figures on scripted meetings.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The meetings
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Take what a recogniser heard, and what a diarizer made of it
    #[arg(long)]
    heard: bool,
    /// Take who spoke when, by voice
    #[arg(long)]
    voices: bool,
    /// Take the dagsorden in the project's own layout
    #[arg(long)]
    clean: bool,
    /// Use models that have not seen the set of a meeting: `sets.tsv` of the corpus they are
    /// trained on
    #[arg(long, value_name = "FILE")]
    sets: Option<PathBuf>,
    /// Keep the models trained for `--sets` here; delete it where what they are trained by changed
    #[arg(long, value_name = "DIR", requires = "sets")]
    folds: Option<PathBuf>,
    /// Draft from this transcript instead (one meeting only)
    #[arg(long, value_name = "FILE")]
    transcript: Option<PathBuf>,
    /// Leave out the printed headings of items of a sitting
    #[arg(long)]
    drop_headings: bool,
    /// Share of the letters of a sitting to replace or drop, always the same ones
    #[arg(long, value_name = "SHARE", default_value_t = 0.0)]
    noise: f64,
    /// Print a row for every meeting too
    #[arg(long)]
    each: bool,
    /// Tell what went wrong, one line each
    #[arg(long)]
    notes: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), EvalError> {
    let paths = meetings(&args.paths)?;
    if args.transcript.is_some() && paths.len() != 1 {
        return Err(EvalError::failed(
            "cannot draft several meetings from one transcript",
            "give the meeting it is of only",
        ));
    }
    let folds = match &args.sets {
        None => None,
        Some(sets) => Some(LearntFolds::of(sets, args.folds.as_deref()).map_err(|message| {
            EvalError::failed(message, "give sets.tsv of a corpus, beside its meetings")
        })?),
    };
    let mut rows: Vec<(String, MeetingScore)> = Vec::new();
    let mut by_set: BTreeMap<String, MeetingScore> = BTreeMap::new();
    let mut all = MeetingScore::default();
    for path in &paths {
        let (name, score) = one(args, path, folds.as_ref())?;
        if args.notes {
            score
                .draft
                .notes
                .iter()
                .chain(&score.judged.notes)
                .chain(&score.notes)
                .for_each(|note| println!("{name}: {note}"));
        }
        if let Some(set) = folds.as_ref().and_then(|folds| folds.set(&name)) {
            *by_set.entry(format!("set {set}")).or_default() += score.clone();
        }
        all += score.clone();
        if args.each {
            rows.push((name, score));
        }
    }
    rows.extend(by_set);
    rows.push(("all".to_owned(), all));
    print!("{}", meeting_table::markdown(&rows));
    Ok(())
}

/// Runs and scores one meeting.
fn one(
    args: &Args,
    path: &std::path::Path,
    folds: Option<&LearntFolds>,
) -> Result<(String, MeetingScore), EvalError> {
    let unread = |source| StoreError::Read { path: path.to_owned(), source };
    let hardship =
        Hardship { drop_headings: args.drop_headings, noise: args.noise.clamp(0.0, 1.0) };
    let choice = FileChoice { heard: args.heard, voices: args.voices, clean: args.clean, hardship };
    let scratch = tempfile::tempdir().map_err(unread)?;
    let mut files = MeetingFiles::find(path, choice, scratch.path()).map_err(unread)?;
    if let Some(transcript) = &args.transcript {
        files.files.transcript = Some(transcript.clone());
    }
    let models = folds.map_or_else(LearntModels::default, |folds| folds.models(&files.name));
    let made = run_meeting(&files, &scratch.path().join("meeting"), &models)?;
    Ok((files.name.clone(), score_meeting::score(&files, &made)))
}
