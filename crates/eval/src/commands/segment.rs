//! `referat-eval segment` and `referat eval speakers`: a division against a reference.

use std::path::PathBuf;

use serde::Serialize;

use crate::error::EvalError;
use referat::run::names;
use referat::store::artefact;
use referat::store::error::StoreError;
use referat_core::domain::passage::Structure;
use referat_core::domain::transcript::Transcript;
use referat_core::understanding;
use referat_eval::labelled::{Hardship, Labelled};
use referat_eval::score_segment::{self, Label, Tally};

/// Score the division by item and by speaker
///
/// Takes folders or files of references: a `gold.json` beside a meeting, or labelled sittings.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// References, or folders of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Leave out the printed headings of items
    #[arg(long)]
    drop_headings: bool,
    /// Share of the letters to replace or drop, always the same ones
    #[arg(long, value_name = "SHARE", default_value_t = 0.0)]
    noise: f64,
    /// Divide this transcript instead, scored by overlap in time (one reference only)
    #[arg(long, value_name = "FILE")]
    transcript: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Which table is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    /// Items and boundaries.
    Items,
    /// Speakers.
    Speakers,
}

/// One reference's scores.
#[derive(Debug, Serialize)]
struct Score {
    file: String,
    item_accuracy: f64,
    boundary_precision: f64,
    boundary_recall: f64,
    pk: f64,
    window_diff: f64,
    speaker_precision: f64,
    speaker_recall: f64,
    chair_precision: f64,
    chair_recall: f64,
}

/// Tallies of one reference, or of all.
#[derive(Default)]
struct Tallies {
    items: Tally,
    boundaries: Tally,
    speakers: Tally,
    chair: Tally,
    windows: (f64, f64),
}

/// Runs the command.
pub(crate) fn run(args: &Args, table: Table) -> Result<(), EvalError> {
    let files = references(&args.paths)?;
    if args.transcript.is_some() && files.len() != 1 {
        return Err(EvalError::failed(
            "cannot compare one transcript with several references",
            "give the reference of this meeting only",
        ));
    }
    let hardship =
        Hardship { drop_headings: args.drop_headings, noise: args.noise.clamp(0.0, 1.0) };
    let mut scores = Vec::new();
    let mut all = Tallies::default();
    for file in &files {
        let bytes = artefact::read(file)?;
        let gold = Labelled::read(&String::from_utf8_lossy(&bytes), hardship)
            .map_err(|source| StoreError::Parse { path: file.clone(), source })?;
        let (transcript, labels) = match &args.transcript {
            None => (gold.transcript.clone(), gold.labels.clone()),
            Some(path) => {
                let language = gold.meeting.language;
                overlaid(&gold, names::read_transcript(path, language)?.0)
            }
        };
        let (structure, _) = understanding::structure(&gold.meeting, &transcript, &[]);
        let tallies = Tallies::of(&labels, &transcript, &structure);
        scores.push(tallies.score(file.display().to_string()));
        all.add(&tallies, files.len());
    }
    scores.push(all.score("all".to_owned()));
    if args.json {
        println!("{}", serde_json::json!(scores));
    } else {
        print(&scores, table);
    }
    Ok(())
}

/// Finds the references in folders; a meeting's folder holds a `gold.json`.
pub(crate) fn references(paths: &[PathBuf]) -> Result<Vec<PathBuf>, EvalError> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let mut inner: Vec<PathBuf> = std::fs::read_dir(path)
            .map_err(|source| StoreError::Read { path: path.clone(), source })?
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter_map(|entry| match entry.is_dir() {
                true => Some(entry.join("gold.json")).filter(|gold| gold.is_file()),
                false => entry.extension().is_some_and(|end| end == "json").then_some(entry),
            })
            .collect();
        inner.sort();
        files.extend(inner);
    }
    Ok(files)
}

/// Labels the segments of another transcript by what they overlap most.
fn overlaid(gold: &Labelled, transcript: Transcript) -> (Transcript, Vec<Label>) {
    let label = |segment: &referat_core::domain::transcript::Segment| {
        let weight = segment.text.split_whitespace().count() as u64;
        gold.label_at(segment.span)
            .map(|label| Label { weight, ..label.clone() })
            .unwrap_or_default()
    };
    let labels = transcript.segments.iter().map(label).collect();
    (transcript, labels)
}

impl Tallies {
    fn of(labels: &[Label], transcript: &Transcript, structure: &Structure) -> Self {
        let passages = structure.passages.iter();
        let items: Vec<Option<usize>> = passages
            .flat_map(|passage| passage.segments.iter().map(|_| passage.item.map(|item| item.0)))
            .collect();
        let turns = structure.turns.iter();
        let names: Vec<Option<&str>> =
            turns.flat_map(|turn| turn.segments.iter().map(|_| turn.attribution.name())).collect();
        debug_assert_eq!((items.len(), names.len()), (transcript.segments.len(), items.len()));
        let (speakers, chair) = score_segment::speakers(labels, &names);
        Self {
            items: score_segment::items(labels, &items),
            boundaries: score_segment::boundaries(labels, &items, 1),
            speakers,
            chair,
            windows: score_segment::windows(labels, &items),
        }
    }

    fn add(&mut self, other: &Self, of: usize) {
        self.items.add(other.items);
        self.boundaries.add(other.boundaries);
        self.speakers.add(other.speakers);
        self.chair.add(other.chair);
        self.windows.0 += other.windows.0 / of as f64;
        self.windows.1 += other.windows.1 / of as f64;
    }

    fn score(&self, file: String) -> Score {
        Score {
            file,
            item_accuracy: self.items.recall(),
            boundary_precision: self.boundaries.precision(),
            boundary_recall: self.boundaries.recall(),
            pk: self.windows.0,
            window_diff: self.windows.1,
            speaker_precision: self.speakers.precision(),
            speaker_recall: self.speakers.recall(),
            chair_precision: self.chair.precision(),
            chair_recall: self.chair.recall(),
        }
    }
}

fn print(scores: &[Score], table: Table) {
    match table {
        Table::Items => {
            println!("| reference | item accuracy | boundary P | boundary R | Pk | WindowDiff |");
            println!("|---|---|---|---|---|---|");
        }
        Table::Speakers => {
            println!("| reference | named P | named R | chair P | chair R |");
            println!("|---|---|---|---|---|");
        }
    }
    for s in scores {
        match table {
            Table::Items => println!(
                "| {} | {:.4} | {:.3} | {:.3} | {:.3} | {:.3} |",
                s.file,
                s.item_accuracy,
                s.boundary_precision,
                s.boundary_recall,
                s.pk,
                s.window_diff
            ),
            Table::Speakers => println!(
                "| {} | {:.4} | {:.4} | {:.4} | {:.4} |",
                s.file, s.speaker_precision, s.speaker_recall, s.chair_precision, s.chair_recall
            ),
        }
    }
}
