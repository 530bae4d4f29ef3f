//! `referat-eval transcript`: how far a transcript is from what was said.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

use crate::error::EvalError;
use referat::run::names;
use referat::store::artefact;
use referat_core::domain::language::Language;
use referat_core::domain::transcript::Transcript;
use referat_core::time::{Span, Timestamp};
use referat_eval::score_doubt::{self, Doubts};
use referat_eval::score_transcript::{self, Errors};

/// Score transcripts against what was said
///
/// Takes pairs of a transcript and its reference: a `gold.json` with utterances, SRT, VTT, or a
/// plain text file. Prints one line per pair and the sum.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Transcript (JSON, SRT, VTT or plain text), then its reference, and so on in pairs
    #[arg(required = true, num_args = 2..)]
    files: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// One pair's score.
#[derive(Debug, Serialize)]
struct Score {
    file: String,
    wer: f64,
    cer: f64,
    substituted: usize,
    dropped: usize,
    inserted: usize,
    words: usize,
    names_said: usize,
    names_right: usize,
    doubts: Option<Doubts>,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), EvalError> {
    if !args.files.len().is_multiple_of(2) {
        return Err(EvalError::failed(
            "cannot pair the files: their number is odd",
            "give each transcript together with its reference",
        ));
    }
    let mut scores = Vec::new();
    let (mut words, mut characters) = (Errors::default(), Errors::default());
    let mut names = (0, 0);
    let mut all_doubts: Option<Doubts> = None;
    for pair in args.files.chunks_exact(2) {
        let heard = heard(&pair[0])?;
        let (said, people) = said(&pair[1])?;
        let (w, c) =
            (score_transcript::words(&said, &heard), score_transcript::characters(&said, &heard));
        let (all, right) = score_transcript::names(&said, &heard, &people);
        let doubts = doubts(&pair[0], &pair[1])?;
        if let Some(doubts) = doubts {
            all_doubts.get_or_insert_default().add(doubts);
        }
        scores.push(score(pair[0].display().to_string(), w, c, (all, right), doubts));
        words.add(w);
        characters.add(c);
        names = (names.0 + all, names.1 + right);
    }
    scores.push(score("all".into(), words, characters, names, all_doubts));
    if args.json {
        println!("{}", serde_json::json!(scores));
        return Ok(());
    }
    print(&scores);
    Ok(())
}

/// Prints the tables of errors and, where any transcript tells, of doubts.
fn print(scores: &[Score]) {
    println!("| transcript | words | WER | CER | substituted | dropped | inserted | names right |");
    println!("|---|---|---|---|---|---|---|---|");
    for s in scores {
        println!(
            "| {} | {} | {:.3} | {:.3} | {} | {} | {} | {}/{} |",
            s.file,
            s.words,
            s.wer,
            s.cer,
            s.substituted,
            s.dropped,
            s.inserted,
            s.names_right,
            s.names_said
        );
    }
    if scores.iter().any(|score| score.doubts.is_some()) {
        println!();
        println!(
            "| transcript | doubtful words | of them wrong | others wrong | times as often | said but removed |"
        );
        println!("|---|---|---|---|---|---|");
    }
    for (file, d) in scores.iter().filter_map(|s| Some((&s.file, s.doubts?))) {
        println!(
            "| {file} | {} of {} | {:.3} | {:.3} | {:.1} | {} of {} |",
            d.marked,
            d.marked + d.others,
            d.marked_wrong as f64 / d.marked.max(1) as f64,
            d.others_wrong as f64 / d.others.max(1) as f64,
            d.ratio(),
            d.wrongly_removed,
            d.said,
        );
    }
}

fn score(
    file: String,
    words: Errors,
    characters: Errors,
    names: (usize, usize),
    doubts: Option<Doubts>,
) -> Score {
    Score {
        file,
        wer: words.rate(),
        cer: characters.rate(),
        substituted: words.substituted,
        dropped: words.dropped,
        inserted: words.inserted,
        words: words.reference,
        names_said: names.0,
        names_right: names.1,
        doubts,
    }
}

/// Returns how far the transcript's own doubts hold; `None` for text, which has none.
fn doubts(transcript: &Path, reference: &Path) -> Result<Option<Doubts>, EvalError> {
    let json = |path: &Path| path.extension().is_some_and(|ending| ending == "json");
    if !json(transcript) || !json(reference) {
        return Ok(None);
    }
    let transcript: Transcript = artefact::read_json(transcript)?;
    let gold: Value = artefact::read_json(reference)?;
    let utterances = gold["utterances"].as_array().map(Vec::as_slice).unwrap_or_default();
    let said = utterances.iter().filter_map(|utterance| {
        let at = |field: &str| {
            let seconds = utterance[field].as_f64()?;
            Some(Timestamp::from_ms((seconds.max(0.0) * 1000.0).round() as u64))
        };
        let text = utterance["text"].as_str()?.to_owned();
        Some((Span::new(at("start")?, at("end")?)?, text))
    });
    Ok(Some(score_doubt::doubts(&transcript, &said.collect::<Vec<_>>())))
}

/// Returns the words of a transcript, without its times.
fn heard(path: &Path) -> Result<String, EvalError> {
    let forms = ["json", "srt", "vtt"];
    if path.extension().is_some_and(|ending| forms.iter().any(|form| ending == *form)) {
        let (transcript, _) = names::read_transcript(path, Language::default())?;
        let texts: Vec<String> = transcript.segments.into_iter().map(|s| s.text).collect();
        return Ok(texts.join(" "));
    }
    Ok(String::from_utf8_lossy(&artefact::read(path)?).into_owned())
}

/// Returns what was said and the participants' names.
fn said(path: &Path) -> Result<(String, Vec<String>), EvalError> {
    if path.extension().is_none_or(|ending| ending != "json") {
        return Ok((heard(path)?, Vec::new()));
    }
    let gold: Value = artefact::read_json(path)?;
    let texts = |list: &str, field: &str| -> Vec<String> {
        let entries = gold[list].as_array().map(Vec::as_slice).unwrap_or_default();
        entries.iter().filter_map(|entry| entry[field].as_str()).map(str::to_owned).collect()
    };
    Ok((texts("utterances", "text").join(" "), texts("participants", "name")))
}
