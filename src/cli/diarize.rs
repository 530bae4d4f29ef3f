//! `referat diarize`: who spoke when in a recording, by voice.

use std::path::PathBuf;

use referat_core::domain::voices::Voices;
use referat_document::rttm;
use referat_voices::VoiceCount;

use super::ctrl_c;
use super::error::CliError;
use super::output::outln;
use super::progress::Bar;
use crate::run::model;
use crate::run::stop::Stop;
use crate::run::voices::{VoicesJob, voices};
use crate::store::artefact;

/// Tell voices apart
///
/// Prints who speaks when as RTTM, a line for each turn, with the voices as `v1`, `v2` and so on
/// in the order in which they are first heard. Nobody is recognised, and what a voice is like is
/// not kept.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The recording
    audio: PathBuf,
    /// File to write instead of printing; one that ends in `.json` gets the form of voices.json
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many voices there are
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=99))]
    speakers: Option<u16>,
    /// How many voices there are at most: those that say least are given up
    #[arg(long, value_name = "N", conflicts_with = "speakers")]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=99))]
    at_most: Option<u16>,
    /// Take half the time: people who speak at once or answer in between are not told apart
    #[arg(long)]
    fast: bool,
    /// Print the form of voices.json
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    let Args { audio, output, speakers, at_most, fast, json } = args;
    let detector = if fast { Some(model::speech_detector()?) } else { None };
    let job = VoicesJob {
        recordings: vec![(audio.clone(), None)],
        weights: model::voices()?,
        count: VoiceCount { exactly: speakers.map(usize::from), at_most: at_most.map(usize::from) },
        detector,
    };
    let stop = Stop::default();
    ctrl_c::watch(&stop)?;
    let found = voices(&job, &Bar::new(stop, None))?;
    if found.turns.is_empty() {
        eprintln!("note: no speech was found in `{}`", audio.display());
    }
    let json =
        json || output.as_ref().is_some_and(|path| path.extension().is_some_and(|e| e == "json"));
    let text = if json { value(&found) } else { rttm::write(&found, &name(&audio)) };
    match output {
        Some(path) => {
            artefact::write(&path, text.as_bytes())?;
            let count = found.voices.len();
            eprintln!("wrote `{}`: {count} voices", path.display());
        }
        None => outln!("{}", text.trim_end()),
    }
    Ok(())
}

fn value(voices: &Voices) -> String {
    // A value of strings and numbers cannot fail to be written.
    serde_json::to_string_pretty(voices).unwrap_or_default() + "\n"
}

/// Returns how the recording is called in RTTM: its name without the ending.
fn name(audio: &std::path::Path) -> String {
    audio.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
