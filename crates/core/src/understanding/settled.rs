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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::{Header, Participant};
    use crate::language::words::Words;

    /// Who speaks in the segments of these voices, by what the referent wrote.
    fn speakers_of(voices: &[&str], lines: &[&str]) -> Vec<String> {
        let person = |name: &str| Participant { name: name.to_owned(), ..Participant::default() };
        let present = vec![person("Kim Holm"), person("Lis Dahl")];
        let names = Names::new(&Header { present, ..Header::default() }, Words::danish());
        let segment = |(voice, at): (&&str, u64)| Segment {
            span: Span::new(Timestamp::from_ms(at * 1000), Timestamp::from_ms(at * 1000 + 999))
                .unwrap_or_default(),
            voice: Some((*voice).to_owned()),
            ..Segment::default()
        };
        let segments = voices.iter().zip(0..).map(segment).collect();
        let transcript = Transcript { segments, ..Transcript::default() };
        let review: Vec<Review> = lines
            .iter()
            .map(|line| serde_json::from_str(&format!(r#"{{"at":"","kind":{line}}}"#)).unwrap())
            .collect();
        let (set, _) = speakers(&transcript, &review, &names);
        let name = |set: Option<Attribution>| match set {
            None => "-".to_owned(),
            Some(attribution) => attribution.name().unwrap_or("nobody").to_owned(),
        };
        set.into_iter().map(name).collect()
    }

    const KIM: &str = r#""speaker","start_ms":0,"end_ms":9,"voice":"v1","name":"Kim Holm""#;
    const LIS: &str = r#""speaker","start_ms":0,"end_ms":9,"voice":"v2","name":"Lis Dahl""#;
    const MERGE: &str = r#""merge","voice":"v1","into":"v2""#;

    #[test]
    fn a_voice_is_named_wherever_it_is_heard() {
        assert_eq!(speakers_of(&["v1", "v2", "v1"], &[KIM]), ["Kim Holm", "-", "Kim Holm"]);
    }

    #[test]
    fn a_name_goes_along_into_a_voice_that_has_none() {
        assert_eq!(speakers_of(&["v2", "v3"], &[KIM, MERGE]), ["Kim Holm", "-"]);
        assert_eq!(speakers_of(&["v2", "v3"], &[KIM, LIS, MERGE]), ["Lis Dahl", "-"]);
    }

    #[test]
    fn a_name_that_is_taken_back_is_the_machines_to_give_again() {
        let back = format!("{KIM},\"taken_back\":true");
        assert_eq!(speakers_of(&["v1"], &[KIM, &back]), ["-"]);
    }

    #[test]
    fn the_last_word_about_a_stretch_holds() {
        let stretch = r#""speaker","start_ms":2000,"end_ms":3000,"name":null"#;
        let named = speakers_of(&["v1", "v2", "v1"], &[KIM, stretch]);
        assert_eq!(named, ["Kim Holm", "-", "nobody"]);
    }
}
