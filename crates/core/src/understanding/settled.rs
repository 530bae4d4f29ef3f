//! What the referent has settled: boundaries and speakers that nothing said can overrule.
//!
//! In: her marks and the lines of `review.jsonl`. Out: the segments they mean. The last line
//! about a thing holds.

use std::collections::BTreeMap;

use crate::domain::mark::{Mark, MarkKind};
use crate::domain::meeting::Meeting;
use crate::domain::passage::{Attribution, Basis, BasisKind};
use crate::domain::review::{Review, ReviewKind, standing};
use crate::domain::transcript::{Segment, Transcript};
use crate::domain::voices::VoiceId;
use crate::language::names::Names;
use crate::remark::Remark;
use crate::time::{Span, Timestamp};

/// A boundary that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settled {
    /// Place of the segment it stands before.
    pub(super) at: usize,
    /// The item that is dealt with from there; none before the first.
    pub(super) item: Option<usize>,
}

/// Returns the boundaries of marks and reviews in order of time, one per segment.
pub(super) fn boundaries(
    meeting: &Meeting,
    transcript: &Transcript,
    marks: &[Mark],
    review: &[Review],
) -> (Vec<Settled>, Vec<Remark>) {
    let mut remarks = Vec::new();
    let mut places: Vec<(Timestamp, Option<String>)> = Vec::new();
    for mark in marks {
        if let MarkKind::Item { item } = &mark.kind {
            places.push((mark.at_ms, Some(item.clone())));
        }
    }
    for line in review {
        if let ReviewKind::Boundary { at_ms, item, moved_from_ms } = &line.kind {
            places.retain(|(at, _)| at != at_ms && Some(*at) != *moved_from_ms);
            places.push((*at_ms, item.clone()));
        }
    }
    places.sort_by_key(|place| place.0);
    let mut found: Vec<Settled> = Vec::new();
    for (time, number) in places {
        let item = match &number {
            None => None,
            Some(number) => match meeting.agenda.find(number) {
                Some(item) => Some(item.0),
                None => {
                    let text =
                        format!("a boundary at {time} names item {number}, not on the agenda");
                    remarks.push(Remark::on_whole(text));
                    continue;
                }
            },
        };
        // The segment under way then belongs to the side most of it lies on.
        let Some(at) = transcript.segments.iter().position(|one| middle(one) >= time.as_ms())
        else {
            continue;
        };
        found.retain(|other| other.at != at);
        found.push(Settled { at, item });
    }
    (found, remarks)
}

/// Returns per segment the speaker the referent has set, if she has. The labels of the segments
/// are those of the voices as she has corrected them.
pub(super) fn speakers(
    transcript: &Transcript,
    review: &[Review],
    names: &Names,
) -> (Vec<Option<Attribution>>, Vec<Remark>) {
    let mut set: Vec<Option<Attribution>> = vec![None; transcript.segments.len()];
    let mut remarks = Vec::new();
    let mut voices: BTreeMap<&VoiceId, Attribution> = BTreeMap::new();
    for kind in standing(review) {
        let (stretch, attribution) = match kind {
            ReviewKind::Speaker { span, voice, name, .. } => {
                let person = name.as_ref().and_then(|name| names.find(name));
                if let (Some(name), None) = (name, person) {
                    let text =
                        format!("{name} is set as a speaker, and is not among the participants");
                    remarks.push(Remark::on_whole(text));
                }
                let attribution = person.map_or(Attribution::Unknown, |person| {
                    let name = names.people()[person].name.clone();
                    let basis = Basis { kind: BasisKind::Referent, quote: String::new() };
                    Attribution::Named { name, basis, confidence: 1.0 }
                });
                let stretch = match voice {
                    Some(voice) => {
                        voices.insert(voice, attribution.clone());
                        Stretch::Voice(voice)
                    }
                    None => Stretch::Span(*span),
                };
                (stretch, attribution)
            }
            // A voice that has a name keeps it as part of one that has none.
            ReviewKind::Merge { voice, into, .. } if !voices.contains_key(into) => {
                let Some(attribution) = voices.get(voice).cloned() else { continue };
                voices.insert(into, attribution.clone());
                (Stretch::Voice(into), attribution)
            }
            _ => continue,
        };
        for (segment, set) in transcript.segments.iter().zip(&mut set) {
            if stretch.holds(segment) {
                *set = Some(attribution.clone());
            }
        }
    }
    (set, remarks)
}

/// What is given to a speaker.
enum Stretch<'a> {
    Voice(&'a VoiceId),
    Span(Span),
}

impl Stretch<'_> {
    fn holds(&self, segment: &Segment) -> bool {
        match self {
            Self::Voice(voice) => segment.voice.as_ref() == Some(&voice.0),
            Self::Span(span) => {
                (span.start().as_ms()..span.end().as_ms()).contains(&middle(segment))
            }
        }
    }
}

fn middle(segment: &Segment) -> u64 {
    segment.span.start().as_ms() + segment.span.duration().as_millis() as u64 / 2
}
