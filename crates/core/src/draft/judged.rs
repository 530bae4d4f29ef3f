//! What the learnt models say of every sentence of a meeting, found by where the sentence begins.

use std::collections::HashMap;

use crate::domain::meeting::Meeting;
use crate::domain::passage::{Structure, Turn};
use crate::domain::transcript::{SegmentId, Transcript};
use crate::language::words::Words;
use crate::time::Timestamp;
use crate::understanding::LearntModels;
use crate::understanding::models::{
    Judgement, MeetingFacts, SpeakerPart, SpokenUnit, TaskMeeting, TaskParties,
};

use super::sentences::{Sentence, Source};

/// A task is asked after, whom it falls to and by when, from this probability on.
const MAYBE_TASK: f32 = 0.2;

/// A voice of this or a surer name may be meant by `jeg` in a task. Chosen on drafts of the corpus, one
/// set left out (2026-11-28): of tasks with their responsible 42 % are found and 56 % right without,
/// 49 and 59 % with it.
const LIKELY_SPEAKER: f32 = 0.6;

/// Who speaks: somebody known, or a voice.
#[derive(PartialEq)]
enum Speaks {
    Named(String),
    Voice(String),
}

/// What is said of one sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    /// What it does.
    pub(super) judgement: Judgement,
    /// Name of whoever a task falls to.
    pub(super) responsible: Option<String>,
    /// How probable it is that it falls to them, if it is a task.
    pub(super) falls_to: f32,
    /// By when, as said.
    pub(super) due: Option<String>,
}

/// Where a sentence begins: its first segment, and when.
type Beginning = (Option<SegmentId>, Timestamp);

/// A sentence of a meeting and what is judged of it.
#[derive(Clone, Debug)]
pub struct JudgedSentence {
    /// The segments it comes from.
    pub segments: Vec<SegmentId>,
    /// When it begins.
    pub at: Timestamp,
    /// Its number of words.
    pub words: usize,
    /// What is judged of it.
    pub judgement: Judgement,
}

/// Returns what the models judge of every sentence of a meeting, in order of time.
pub fn judgements(
    models: &LearntModels,
    meeting: &Meeting,
    language: Words<'_>,
    transcript: &Transcript,
    structure: &Structure,
) -> Vec<JudgedSentence> {
    let source = Source::new(transcript, language);
    let spoken = SpokenMeeting::new(meeting, &source, structure);
    let judged = spoken.judge(models, language);
    let sentences = spoken.sentences.into_iter().zip(&spoken.units).zip(judged);
    let one = |((sentence, unit), judgement): ((Sentence, &SpokenUnit), Judgement)| {
        let words = unit.text.split_whitespace().count();
        JudgedSentence { segments: sentence.segments, at: sentence.at, words, judgement }
    };
    sentences.map(one).collect()
}

/// A meeting's sentences as the models take them.
struct SpokenMeeting {
    facts: MeetingFacts,
    sentences: Vec<Sentence>,
    units: Vec<SpokenUnit>,
    /// Places of the speakers among the names, where they are known or likely, and how sure each is.
    speakers: Vec<Option<usize>>,
    sure: Vec<f32>,
}

/// What is said of every sentence.
#[derive(Debug, Default)]
pub(super) struct Verdicts(HashMap<Beginning, Verdict>);

impl SpokenMeeting {
    /// Takes a meeting apart as `structure` divides it among speakers: where nobody knows whose a
    /// voice is, it is still one voice.
    fn new(meeting: &Meeting, source: &Source<'_>, structure: &Structure) -> Self {
        let facts = MeetingFacts::of(meeting);
        let mut turns: Vec<&Turn> = structure.turns.iter().collect();
        turns.sort_by_key(|turn| turn.span.start());
        let speaks = |turn: &&Turn| match turn.attribution.name() {
            Some(name) => Some(Speaks::Named(name.to_owned())),
            None => source.voice(turn).map(|voice| Speaks::Voice(voice.to_owned())),
        };
        let same = |left: &&Turn, right: &&Turn| {
            let own = speaks(left);
            own.is_some() && own == speaks(right)
        };
        let mut voices: Vec<Speaks> = Vec::new();
        let mut spoken = Self {
            facts,
            sentences: Vec::new(),
            units: Vec::new(),
            speakers: Vec::new(),
            sure: Vec::new(),
        };
        for (turn, run) in turns.chunk_by(same).enumerate() {
            let Some(first) = run.first() else { continue };
            let name = first.attribution.name();
            let voice = speaks(first).map(|own| {
                let place = voices.iter().position(|other| *other == own);
                place.unwrap_or_else(|| {
                    voices.push(own);
                    voices.len() - 1
                }) as u32
            });
            let (speaker, sure) = spoken.speaker(first, source, structure);
            // One item's share of a run is a speech of its own: sentences end with it.
            for speech in run.chunk_by(|left, right| left.item == right.item) {
                let segments: Vec<SegmentId> =
                    speech.iter().flat_map(|turn| turn.segments.iter().copied()).collect();
                for sentence in source.sentences(&segments) {
                    spoken.speakers.push(speaker);
                    spoken.sure.push(sure);
                    spoken.units.push(SpokenUnit {
                        text: sentence.heard.clone(),
                        turn,
                        voice,
                        part: name.map_or(SpeakerPart::Unknown, |name| part(meeting, name)),
                        confidence: sentence.confidence,
                    });
                    spoken.sentences.push(sentence);
                }
            }
        }
        spoken
    }

    /// Returns the place of a turn's speaker among the names, also where it is only likely, and how
    /// sure it is.
    fn speaker(
        &self,
        turn: &Turn,
        source: &Source<'_>,
        structure: &Structure,
    ) -> (Option<usize>, f32) {
        let place = |name: &str| self.facts.names.iter().position(|other| other == name);
        if let Some(name) = turn.attribution.name() {
            return (place(name), 1.0);
        }
        let voice = source.voice(turn);
        let mut voices = structure.voices.iter();
        let likely = voices.find(|one| Some(one.voice.0.as_str()) == voice);
        let likely = likely.filter(|one| one.confidence >= LIKELY_SPEAKER);
        let speaker = likely.and_then(|one| place(one.suggested.as_deref()?));
        (speaker, likely.map_or(0.0, |one| one.confidence))
    }

    /// Returns how sure it is that somebody to whom a task falls is who they are taken for: they are
    /// named in it, or it is known who speaks around it.
    fn sure_of(&self, at: usize, person: usize) -> f32 {
        let name = self.facts.names.get(person).map(String::as_str).unwrap_or_default();
        let mut said = self.units[at].text.split(|letter: char| !letter.is_alphanumeric());
        let is_named = |word: &str| name.split_whitespace().any(|part| part == word);
        if said.any(is_named) {
            return 1.0;
        }
        let turn = self.units[at].turn;
        let near = (0..self.units.len()).filter(|one| self.units[*one].turn.abs_diff(turn) <= 1);
        let sure = near.filter(|one| self.speakers[*one] == Some(person)).map(|one| self.sure[one]);
        sure.reduce(f32::max).unwrap_or(LIKELY_SPEAKER)
    }

    fn judge(&self, models: &LearntModels, language: Words<'_>) -> Vec<Judgement> {
        models.sentences.judge(&self.units, &self.facts, language)
    }
}

impl Verdicts {
    /// Judges the sentences of a meeting as `structure` divides it among speakers; nothing is said
    /// in a language that the models have not learnt.
    pub(super) fn new(
        models: &LearntModels,
        meeting: &Meeting,
        language: Words<'_>,
        source: &Source<'_>,
        structure: &Structure,
    ) -> Self {
        if !models.know(language) {
            return Self::default();
        }
        let spoken = SpokenMeeting::new(meeting, source, structure);
        let judged = spoken.judge(models, language);
        let tasks = TaskMeeting {
            units: &spoken.units,
            speakers: &spoken.speakers,
            names: &spoken.facts.names,
            language,
        };
        let verdicts = judged.into_iter().enumerate().map(|(at, judgement)| {
            let parties = if judgement.action.0 >= MAYBE_TASK {
                tasks.parties(models.sentences.parties(), at)
            } else {
                TaskParties::default()
            };
            let person = parties.responsible;
            let falls_to = parties.sure * person.map_or(1.0, |person| spoken.sure_of(at, person));
            let responsible = person.and_then(|person| spoken.facts.names.get(person)).cloned();
            Verdict { judgement, responsible, falls_to, due: parties.due }
        });
        let beginnings = spoken.sentences.iter().map(|one| (one.segments.first().copied(), one.at));
        Self(beginnings.zip(verdicts).collect())
    }

    /// Returns what is said of the sentence that begins here.
    pub(super) fn of(&self, segments: &[SegmentId], at: Timestamp) -> Option<&Verdict> {
        self.0.get(&(segments.first().copied(), at))
    }
}

fn part(meeting: &Meeting, name: &str) -> SpeakerPart {
    let is = |other: &Option<String>| other.as_deref() == Some(name);
    let presents = || {
        let mut items = meeting.agenda.items.iter();
        items.any(|item| is(&item.presenter) || item.sub.iter().any(|sub| is(&sub.presenter)))
    };
    if is(&meeting.header.chair) {
        SpeakerPart::Chair
    } else if is(&meeting.header.referent) {
        SpeakerPart::Referent
    } else if presents() {
        SpeakerPart::Presenter
    } else {
        SpeakerPart::Member
    }
}
