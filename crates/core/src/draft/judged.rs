//! What the learnt models say of every sentence of a meeting, found by where the sentence begins.

use std::collections::HashMap;

use crate::domain::meeting::Meeting;
use crate::domain::passage::{Structure, Turn};
use crate::domain::transcript::SegmentId;
use crate::time::Timestamp;
use crate::understanding::models::{
    Judgement, MeetingFacts, SpeakerPart, SpokenUnit, TaskParties, Understanding, task_parties,
};

use super::sentences::Source;

/// A task is asked after, whom it falls to and by when, from this probability on.
const MAYBE_TASK: f32 = 0.2;

/// What is said of one sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    /// What it does.
    pub(super) judgement: Judgement,
    /// Name of whoever a task falls to.
    pub(super) responsible: Option<String>,
    /// By when, as said.
    pub(super) due: Option<String>,
}

/// Where a sentence begins: its first segment, and when.
type Beginning = (Option<SegmentId>, Timestamp);

/// What is said of every sentence.
#[derive(Debug, Default)]
pub(super) struct Verdicts(HashMap<Beginning, Verdict>);

impl Verdicts {
    /// Judges the sentences of a meeting as `structure` divides it among speakers.
    pub(super) fn new(meeting: &Meeting, source: &Source<'_>, structure: &Structure) -> Self {
        let names: Vec<String> =
            meeting.header.everybody().map(|person| person.name.clone()).collect();
        let mut turns: Vec<&Turn> = structure.turns.iter().collect();
        turns.sort_by_key(|turn| turn.span.start());
        let same = |left: &&Turn, right: &&Turn| {
            let name = left.attribution.name();
            name.is_some() && name == right.attribution.name()
        };
        let (mut units, mut speakers, mut beginnings) = (Vec::new(), Vec::new(), Vec::new());
        for (turn, run) in turns.chunk_by(same).enumerate() {
            let name = run.first().and_then(|turn| turn.attribution.name());
            let speaker = name.and_then(|name| names.iter().position(|other| other == name));
            // One item's share of a run is a speech of its own: sentences end with it.
            for speech in run.chunk_by(|left, right| left.item == right.item) {
                let segments: Vec<SegmentId> =
                    speech.iter().flat_map(|turn| turn.segments.iter().copied()).collect();
                for sentence in source.sentences(&segments) {
                    beginnings.push((sentence.segments.first().copied(), sentence.at));
                    speakers.push(speaker);
                    units.push(SpokenUnit {
                        text: sentence.heard,
                        turn,
                        voice: speaker.map(|speaker| speaker as u32),
                        part: name.map_or(SpeakerPart::Unknown, |name| part(meeting, name)),
                        confidence: sentence.confidence,
                    });
                }
            }
        }
        let facts = MeetingFacts { titles: titles(meeting), names };
        let judged = Understanding::compiled().judge(&units, &facts, meeting.language);
        let verdicts = judged.into_iter().enumerate().map(|(at, judgement)| {
            let parties = if judgement.action.0 >= MAYBE_TASK {
                task_parties(&units, &speakers, &facts.names, at, meeting.language)
            } else {
                TaskParties::default()
            };
            let responsible = parties.responsible.and_then(|person| facts.names.get(person));
            Verdict { judgement, responsible: responsible.cloned(), due: parties.due }
        });
        Self(beginnings.into_iter().zip(verdicts).collect())
    }

    /// Returns what is said of the sentence that begins here.
    pub(super) fn of(&self, segments: &[SegmentId], at: Timestamp) -> Option<&Verdict> {
        self.0.get(&(segments.first().copied(), at))
    }
}

fn titles(meeting: &Meeting) -> Vec<String> {
    let items = meeting.agenda.items.iter();
    let titles = items.flat_map(|item| {
        let subs = item.sub.iter().map(|sub| sub.title.clone());
        std::iter::once(item.title.clone()).chain(subs)
    });
    titles.collect()
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
