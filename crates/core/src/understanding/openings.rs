//! What the learnt models tell of where items begin, before it is known who speaks.

use super::learnt::LearntModels;
use super::models::surroundings::leader;
use super::models::{ActKind, MeetingFacts, SpokenUnit};
use crate::domain::meeting::Meeting;
use crate::domain::transcript::{Segment, Transcript};
use crate::language::fillers::Fillers;
use crate::language::numbers;
use crate::language::words::Words;

/// Probabilities are taken to be no surer than this.
const SUREST: f32 = 0.999;

/// What is told of one segment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Opening {
    /// The odds that an item begins with it, as their logarithm.
    pub(super) odds: f32,
    /// The sentence that tells it.
    pub(super) said: String,
    /// How probable it is that something is decided in it, that a matter is presented, and that it
    /// only conducts the meeting: of the sentence that tells most.
    pub(super) decides: f32,
    pub(super) presents: f32,
    pub(super) conducts: f32,
    /// Whether another voice speaks than before.
    pub(super) new_voice: bool,
    /// Whether the voice is that of whoever leads.
    pub(super) leads: bool,
}

/// Returns what is told of every segment: by the sentence that most likely opens an item.
pub(super) fn openings(
    models: &LearntModels,
    meeting: &Meeting,
    language: Words<'_>,
    transcript: &Transcript,
) -> Vec<Opening> {
    let mut voices: Vec<&String> = Vec::new();
    let mut units: Vec<SpokenUnit> = Vec::new();
    let mut owners: Vec<usize> = Vec::new();
    let (mut turn, mut before) = (0, None);
    for (at, segment) in transcript.segments.iter().enumerate() {
        let label = segment.speaker.as_ref().or(segment.voice.as_ref());
        turn += usize::from(at > 0 && (label.is_none() || label != before));
        before = label;
        let voice = label.map(|label| {
            let known = voices.iter().position(|one| *one == label);
            known.unwrap_or_else(|| {
                voices.push(label);
                voices.len() - 1
            }) as u32
        });
        for text in sentences(segment, language) {
            owners.push(at);
            let text = numbers::to_digits(&text, language);
            let confidence = segment.confidence;
            units.push(SpokenUnit { text, turn, voice, confidence, ..SpokenUnit::default() });
        }
    }
    let facts = MeetingFacts::of(meeting);
    let known = models.know(language);
    let judged = if known { models.sentences.judge(&units, &facts, language) } else { Vec::new() };
    let least = logit(1.0 - SUREST);
    let blank = Opening { odds: least, ..Opening::default() };
    let mut told = vec![blank; transcript.segments.len()];
    let leader = leader(&units);
    for (at, owner) in owners.iter().enumerate() {
        let Some(told) = told.get_mut(*owner) else { continue };
        told.leads = units[at].voice.is_some() && units[at].voice == leader;
        told.new_voice |= at > 0 && units[at].turn != units[at - 1].turn;
    }
    for ((owner, unit), judgement) in owners.into_iter().zip(units).zip(judged) {
        let odds = logit(judgement.opens.0.clamp(1.0 - SUREST, SUREST));
        let Some(told) = told.get_mut(owner) else { continue };
        let presents = judgement.acts[ActKind::Presentation as usize].0;
        told.decides = told.decides.max(judgement.decision.0);
        told.presents = told.presents.max(presents);
        told.conducts = told.conducts.max(judgement.procedural.0);
        if odds > told.odds {
            (told.odds, told.said) = (odds, unit.text);
        }
    }
    told
}

fn logit(probability: f32) -> f32 {
    (probability / (1.0 - probability)).ln()
}

fn sentences(segment: &Segment, language: Words<'_>) -> Vec<String> {
    let fillers = Fillers::of(language);
    let words: Vec<&str> = segment.text.split_whitespace().collect();
    let ends = (0..words.len()).filter(|at| fillers.ends_sentence(&words, *at)).map(|at| at + 1);
    let mut found = Vec::new();
    let mut from = 0;
    for end in ends.chain([words.len()]) {
        if end > from {
            found.push(words[from..end].join(" "));
        }
        from = end;
    }
    found
}
