//! `referat-eval voices`: how well voices are told apart.

use std::path::{Path, PathBuf};

use referat::run::progress::Silent;
use referat::run::voices::{VoicesJob, voices};
use referat::store::artefact;
use referat_core::domain::transcript::ModelRef;
use referat_core::domain::voices::{HeardTurn, Voices};
use referat_core::time::{Span, Timestamp};
use referat_document::rttm;
use referat_eval::gold::Gold;
use referat_eval::score_voices::{DiarizationErrors, errors, labels, words_in_the_right_voice};

use crate::error::EvalError;

/// Score how well voices are told apart
///
/// Each of PATHS is a meeting's folder with `audio.flac` and `reference.rttm` (and `gold.json`,
/// for the words), a folder of recordings `NAME.flac` with `NAME.rttm`, or a folder of such
/// folders. Prints one line per recording and the sum.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Recordings of one voice each: how many are given one voice
    #[arg(long, value_name = "FILE", num_args = 1..)]
    one_voice: Vec<PathBuf>,
    /// The weights: voices.safetensors
    #[arg(long, value_name = "FILE")]
    weights: PathBuf,
}

/// A recording with its reference.
struct Case {
    name: String,
    audio: PathBuf,
    reference: PathBuf,
    gold: PathBuf,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), EvalError> {
    let mut cases = Vec::new();
    for path in &args.paths {
        collect(path, &mut cases)?;
    }
    println!("| recording | DER, no collar | DER, 0.25 s | confusion | voices | words right |");
    println!("|---|---|---|---|---|---|");
    let mut sums = [DiarizationErrors::default(); 2];
    let mut words = (0, 0);
    let mut off = 0;
    for case in &cases {
        let found = hear(&case.audio, &args.weights)?;
        let wanted = reference(&case.reference)?;
        let both = [0, 250].map(|collar| errors(&wanted, &found.turns, collar));
        for (sum, errors) in sums.iter_mut().zip(both) {
            sum.add(errors);
        }
        let (right, all) = words_right(&case.gold, &found)?;
        words = (words.0 + right, words.1 + all);
        let (voices, speakers) = (found.voices.len(), labels(&wanted).len());
        off = off.max(voices.abs_diff(speakers));
        row(&case.name, both, &format!("{voices} of {speakers}"), (right, all));
    }
    row("all", sums, &format!("off by {off} at most"), words);
    if !args.one_voice.is_empty() {
        let mut one = 0;
        for path in &args.one_voice {
            one += usize::from(hear(path, &args.weights)?.voices.len() == 1);
        }
        println!("\n{one} of {} recordings of one voice have one voice", args.one_voice.len());
    }
    Ok(())
}

fn row(name: &str, both: [DiarizationErrors; 2], voices: &str, (right, all): (usize, usize)) {
    let percent = |share: f64| format!("{:.1} %", 100.0 * share);
    let words = if all == 0 { "-".into() } else { percent(right as f64 / all as f64) };
    let [none, some] = both;
    println!(
        "| {name} | {} | {} | {} | {voices} | {words} |",
        percent(none.rate()),
        percent(some.rate()),
        percent(none.confusion())
    );
}

fn collect(folder: &Path, cases: &mut Vec<Case>) -> Result<(), EvalError> {
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let reference = folder.join("reference.rttm");
    if reference.is_file() {
        let (audio, gold) = (folder.join("audio.flac"), folder.join("gold.json"));
        cases.push(Case { name: name(folder), audio, reference, gold });
        return Ok(());
    }
    let cannot = |error: std::io::Error| {
        EvalError::failed(format!("cannot read `{}`: {error}", folder.display()), "check the path")
    };
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        entries.push(entry.map_err(cannot)?.path());
    }
    entries.sort();
    for path in entries {
        let reference = path.with_extension("rttm");
        if path.is_dir() {
            collect(&path, cases)?;
        } else if path.extension().is_some_and(|ending| ending == "flac") && reference.is_file() {
            let gold = path.with_extension("json");
            cases.push(Case { name: name(&path), audio: path, reference, gold });
        }
    }
    Ok(())
}

fn hear(audio: &Path, weights: &Path) -> Result<Voices, EvalError> {
    let model = ModelRef { name: "voices".into(), sha256: String::new() };
    let job = VoicesJob {
        recordings: vec![(audio.to_owned(), None)],
        weights: (weights.to_owned(), model),
        count: referat_voices::VoiceCount::default(),
        detector: None,
    };
    Ok(voices(&job, &Silent)?)
}

fn reference(path: &Path) -> Result<Vec<HeardTurn>, EvalError> {
    Ok(rttm::read(&artefact::read(path)?, &path.to_string_lossy())?.0.turns)
}

fn words_right(gold: &Path, found: &Voices) -> Result<(usize, usize), EvalError> {
    if !gold.is_file() {
        return Ok((0, 0));
    }
    let gold: Gold = artefact::read_json(gold)?;
    let ms = |seconds: f64| Timestamp::from_ms((seconds * 1000.0).round().max(0.0) as u64);
    let said = gold.utterances.into_iter().filter_map(|utterance| {
        let span = Span::new(ms(utterance.start?), ms(utterance.end?))?;
        let words = utterance.text.split_whitespace().count();
        Some((span, utterance.speaker, words))
    });
    Ok(words_in_the_right_voice(&said.collect::<Vec<_>>(), &found.turns))
}
