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
    /// Places of the speakers among the names, where they are known.
    speakers: Vec<Option<usize>>,
}

/// What is said of every sentence.
#[derive(Debug, Default)]
pub(super) struct Verdicts(HashMap<Beginning, Verdict>);

impl SpokenMeeting {
    /// Takes a meeting apart as `structure` divides it among speakers.
    fn new(meeting: &Meeting, source: &Source<'_>, structure: &Structure) -> Self {
        let facts = MeetingFacts::of(meeting);
        let mut turns: Vec<&Turn> = structure.turns.iter().collect();
        turns.sort_by_key(|turn| turn.span.start());
        let same = |left: &&Turn, right: &&Turn| {
            let name = left.attribution.name();
            name.is_some() && name == right.attribution.name()
        };
        let (mut units, mut speakers, mut sentences) = (Vec::new(), Vec::new(), Vec::new());
        for (turn, run) in turns.chunk_by(same).enumerate() {
            let name = run.first().and_then(|turn| turn.attribution.name());
            let speaker = name.and_then(|name| facts.names.iter().position(|other| other == name));
            // One item's share of a run is a speech of its own: sentences end with it.
            for speech in run.chunk_by(|left, right| left.item == right.item) {
                let segments: Vec<SegmentId> =
                    speech.iter().flat_map(|turn| turn.segments.iter().copied()).collect();
                for sentence in source.sentences(&segments) {
                    speakers.push(speaker);
                    units.push(SpokenUnit {
                        text: sentence.heard.clone(),
                        turn,
                        voice: speaker.map(|speaker| speaker as u32),
                        part: name.map_or(SpeakerPart::Unknown, |name| part(meeting, name)),
                        confidence: sentence.confidence,
                    });
                    sentences.push(sentence);
                }
            }
        }
        Self { facts, sentences, units, speakers }
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
        let SpokenMeeting { facts, sentences, units, speakers } = spoken;
        let tasks =
            TaskMeeting { units: &units, speakers: &speakers, names: &facts.names, language };
        let verdicts = judged.into_iter().enumerate().map(|(at, judgement)| {
            let parties = if judgement.action.0 >= MAYBE_TASK {
                tasks.parties(models.sentences.parties(), at)
            } else {
                TaskParties::default()
            };
            let responsible = parties.responsible.and_then(|person| facts.names.get(person));
            let (responsible, falls_to) = (responsible.cloned(), parties.sure);
            Verdict { judgement, responsible, falls_to, due: parties.due }
        });
        let beginnings = sentences.iter().map(|one| (one.segments.first().copied(), one.at));
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
