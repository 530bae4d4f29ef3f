//! Turns and who speaks in them: by the labels of the transcript ([`labels`]), by the voices that
//! were told apart ([`people`]), or by what is said ([`CueFloor`]); what the referent has set
//! stands.

use std::borrow::Cow;

use super::cue_floor::CueFloor;
use super::evidence::{Evidence, Place};
use super::labels;
use super::learnt::LearntModels;
use super::passages::hull;
use super::people;
use super::settled;
use super::signals::{Signal, signal};
use crate::domain::meeting::Meeting;
use crate::domain::named_voice::NamedVoice;
use crate::domain::passage::{Attribution, Passage, Turn};
use crate::domain::review::Review;
use crate::domain::transcript::Transcript;
use crate::language::names::Names;
use crate::language::words::Words;
use crate::remark::Remark;

/// Divides passages into turns and names their speakers where that is clear.
pub(super) fn turns(
    models: &LearntModels,
    meeting: &Meeting,
    language: Words<'_>,
    transcript: &Transcript,
    evidence: &Evidence,
    passages: &[Passage],
    review: &[Review],
) -> (Vec<Turn>, Vec<NamedVoice>, Vec<Remark>) {
    let names = Names::new(&meeting.header, language);
    let (set, remarks) = settled::speakers(transcript, review, &names);
    let mut voices = Vec::new();
    let by_cue = || {
        let opens = |place: &Place| place.begins.max(place.next).max(place.named());
        let said = transcript.segments.iter().zip(&evidence.segments);
        let signals: Vec<Signal> = said
            .map(|(segment, place)| {
                signal(&segment.text, &names, language, evidence.damage, opens(place))
            })
            .collect();
        CueFloor::new(meeting, &names, &signals, evidence).run(passages)
    };
    let mut given: Vec<(usize, Attribution)> =
        if transcript.segments.iter().any(|s| s.speaker.is_some()) {
            labels::followed(&transcript.segments, &names, by_cue)
        } else if transcript.segments.iter().any(|s| s.voice.is_some()) {
            // Where voices alternate is as telling in every language.
            let model = if models.know(language) {
                Cow::Borrowed(models.people.as_ref())
            } else {
                Cow::Owned(models.people.without_words())
            };
            let (given, named) =
                people::name(&model, meeting, language, &transcript.segments, passages, &set);
            voices = named;
            given
        } else {
            by_cue()
        };
    overrule(&mut given, set);
    (cut(transcript, passages, &given), voices, remarks)
}

/// Puts the speakers that the referent has set in place of those that were found.
fn overrule(given: &mut [(usize, Attribution)], set: Vec<Option<Attribution>>) {
    let mut turn = 0;
    let mut before: Option<(usize, bool, Attribution)> = None;
    for ((found, attribution), set) in given.iter_mut().zip(set) {
        let hers = set.is_some();
        if let Some(set) = set {
            *attribution = set;
        }
        let same = before.as_ref().is_none_or(|(number, was_hers, was)| {
            *was == *attribution && (*was_hers == hers) && (hers || number == found)
        });
        turn += usize::from(!same);
        before = Some((*found, hers, attribution.clone()));
        *found = turn;
    }
}

/// Groups segments of one turn and one passage.
fn cut(transcript: &Transcript, passages: &[Passage], given: &[(usize, Attribution)]) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut at = 0;
    for passage in passages {
        let end = (at + passage.segments.len()).min(transcript.segments.len()).min(given.len());
        while at < end {
            let same = |other: &usize| given[*other].0 == given[at].0;
            let length = (at..end).take_while(same).count();
            let segments = &transcript.segments[at..at + length];
            turns.push(Turn {
                item: passage.item,
                segments: segments.iter().map(|segment| segment.id).collect(),
                span: hull(segments),
                attribution: given[at].1.clone(),
            });
            at += length;
        }
    }
    turns
}
