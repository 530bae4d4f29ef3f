//! `referat segment`: which item each stretch belongs to and who speaks, with reasons.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::agenda;
use super::error::CliError;
use super::output::outln;
use crate::run::begun;
use crate::run::names::{self, NameCorrection};
use crate::run::own_words::OwnWords;
use referat_core::domain::agenda::ItemIndex;
use referat_core::domain::language::Language;
use referat_core::domain::meeting::Meeting;
use referat_core::domain::passage::{Attribution, Passage, Structure, Turn};
use referat_core::domain::speakers::SpokenTurn;
use referat_core::understanding::{self, LearntModels};

/// Tell which agenda item each stretch belongs to and who speaks
///
/// Needs no recording. Every boundary and every name comes with its reason.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The dagsorden
    #[arg(long, value_name = "FILE")]
    agenda: PathBuf,
    /// The transcript: transcript.json, JSON of whisper.cpp or WhisperX, SRT or VTT
    #[arg(long, value_name = "FILE")]
    transcript: PathBuf,
    /// Who spoke when, by voice: RTTM or voices.json
    #[arg(long, value_name = "FILE")]
    voices: Option<PathBuf>,
    /// Language of the meeting: da or en [default: the dagsorden's own]
    #[arg(long)]
    language: Option<Language>,
    /// Leave misheard names as they were heard
    #[arg(long)]
    no_names: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) fn run(args: Args, own: &OwnWords) -> Result<(), CliError> {
    let words = own.vocabulary()?;
    let (meeting, mut remarks) = agenda::read(&args.agenda, args.language, &words)?;
    let (mut transcript, more) = names::read_transcript(&args.transcript, meeting.language)?;
    remarks.extend(more);
    NameCorrection::unless(args.no_names).settle(&mut transcript, &meeting, &words);
    let voices = args.voices.as_deref().map(begun::voices).transpose()?;
    let voices = voices.map(|(voices, more)| {
        remarks.extend(more);
        voices
    });
    let models = LearntModels::compiled();
    let (language, voices) = (words.of(meeting.language), voices.as_ref());
    let (cut, structure, more) =
        understanding::structure_voiced(&models, &meeting, language, &transcript, voices, &[], &[]);
    remarks.extend(more);
    let structure = cut.structure(structure);
    if args.json {
        outln!("{:#}", value(&meeting, &structure));
    } else {
        structure.passages.iter().for_each(|passage| show(&meeting, &structure, passage));
    }
    for remark in remarks {
        eprintln!("note: {remark}");
    }
    Ok(())
}

fn show(meeting: &Meeting, structure: &Structure, passage: &Passage) {
    let item = passage.item.and_then(|index| meeting.agenda.get(index));
    let name = item.map_or_else(
        || "before the first item".to_owned(),
        |item| format!("{} {}", item.number, item.title),
    );
    let Passage { span, reason, confidence, .. } = passage;
    let kind = json!(reason.kind);
    outln!("{} {name}", span.start());
    outln!(
        "         {} {:?}, confidence {confidence:.2}",
        kind.as_str().unwrap_or("-"),
        reason.quote
    );
    let within = |turn: &&Turn| {
        turn.span.start() >= span.start()
            && turn.span.end() <= span.end()
            && turn.item == passage.item
    };
    for turn in structure.turns.iter().filter(within) {
        outln!("  {} {}", turn.span.start(), speaker(&turn.attribution));
    }
}

/// Returns who speaks and on what grounds.
fn speaker(attribution: &Attribution) -> String {
    let Attribution::Named { name, basis, confidence } = attribution else {
        return "-".to_owned();
    };
    let kind = json!(basis.kind);
    let quote = match basis.quote.as_str() {
        "" => String::new(),
        quote => format!(" {quote:?}"),
    };
    format!("{name}: {}{quote}, confidence {confidence:.2}", kind.as_str().unwrap_or("-"))
}

/// Returns the sections as `minutes.json` has them, with turns instead of statements.
fn value(meeting: &Meeting, structure: &Structure) -> Value {
    let mut sections: BTreeMap<Option<ItemIndex>, (Vec<Value>, Vec<Value>)> = BTreeMap::new();
    for index in 0..meeting.agenda.items.len() {
        sections.entry(Some(ItemIndex(index))).or_default();
    }
    for Passage { item, span, reason, confidence, .. } in &structure.passages {
        sections.entry(*item).or_default().0.push(json!({
            "start_ms": span.start(), "end_ms": span.end(),
            "reason": reason, "confidence": confidence,
        }));
    }
    for turn in &structure.turns {
        sections.entry(turn.item).or_default().1.push(json!(SpokenTurn::from(turn)));
    }
    let sections = sections.into_iter().map(|(item, (spans, turns))| {
        let number = item.and_then(|index| meeting.agenda.get(index)).map(|item| &item.number);
        json!({"item": number, "spans": spans, "turns": turns})
    });
    json!({
        "header": meeting.header,
        "agenda": meeting.agenda,
        "sections": sections.collect::<Vec<_>>(),
    })
}
