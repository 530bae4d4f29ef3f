//! The voices as the referent has corrected them.
//!
//! In: the voices that were heard, and the lines of `review.jsonl`. Out: the voices as she says
//! they are. The lines are followed in the order in which she wrote them, so that each means the
//! voices that she saw.

use std::borrow::Cow;

use super::review::{Review, ReviewKind, standing};
use super::transcript::Transcript;
use super::voices::{HeardTurn, VoiceId, Voices};
use crate::time::{Span, Timestamp};

/// What is left of a turn when a stretch of it is another's, and is shorter than this, goes along:
/// no word fits in it (the shortest tenth of the words of `tests/data`, 2026-11).
const SLIVER_MS: u64 = 150;

/// Returns the voices as they stand; as they were heard where she has corrected nothing.
pub fn corrected<'a>(heard: &'a Voices, review: &[Review]) -> Cow<'a, Voices> {
    // What was made elsewhere may tell only the turns.
    let untold = heard.voices.is_empty() && !heard.turns.is_empty();
    let mut turns: Option<Vec<HeardTurn>> = untold.then(|| heard.turns.clone());
    for kind in standing(review) {
        match kind {
            ReviewKind::Merge { voice, into, .. } => {
                let turns = turns.get_or_insert_with(|| heard.turns.clone());
                turns.iter_mut().filter(|turn| turn.voice == *voice).for_each(|turn| {
                    turn.voice = into.clone();
                });
            }
            ReviewKind::Split { voice, at_ms, into, .. } => {
                let whole = turns.take().unwrap_or_else(|| heard.turns.clone());
                turns = Some(split(whole, voice, *at_ms, into));
            }
            ReviewKind::Voice { span, voice, .. } => {
                let whole = turns.take().unwrap_or_else(|| heard.turns.clone());
                turns = Some(given(whole, *span, voice));
            }
            _ => {}
        }
    }
    match turns {
        None => Cow::Borrowed(heard),
        Some(turns) => Cow::Owned(Voices::labelled(heard.model.clone(), turns)),
    }
}

/// Returns the voices that a transcript from elsewhere tells of; none when it tells of none.
pub fn told_by(transcript: &Transcript) -> Option<Voices> {
    let turn = |segment: &super::transcript::Segment| {
        let voice = VoiceId(segment.voice.clone()?);
        Some(HeardTurn { span: segment.span, voice, overlap: false })
    };
    let turns: Vec<HeardTurn> = transcript.segments.iter().filter_map(turn).collect();
    (!turns.is_empty()).then(|| Voices::labelled(None, turns))
}

/// Returns a label that no voice has or had, in what was heard as in what she wrote.
pub fn free_label(heard: &Voices, review: &[Review]) -> VoiceId {
    let written = review.iter().filter_map(|line| match &line.kind {
        ReviewKind::Merge { into, .. } | ReviewKind::Split { into, .. } => Some(into),
        ReviewKind::Voice { voice, .. } => Some(voice),
        _ => None,
    });
    let known = heard.turns.iter().map(|turn| &turn.voice).chain(written);
    let number = |voice: &VoiceId| voice.0.strip_prefix('v')?.parse::<u32>().ok();
    let highest = known.filter_map(number).max().unwrap_or_default();
    VoiceId(format!("v{}", highest.saturating_add(1)))
}

/// Gives everything of a voice from `at` on to another.
fn split(turns: Vec<HeardTurn>, voice: &VoiceId, at: Timestamp, into: &VoiceId) -> Vec<HeardTurn> {
    let mut parts = Vec::with_capacity(turns.len() + 1);
    for turn in turns {
        if turn.voice != *voice || turn.span.end() <= at {
            parts.push(turn);
            continue;
        }
        let begins = at.max(turn.span.start());
        let sliver = begins.since(turn.span.start()).as_millis() < u128::from(SLIVER_MS);
        let begins = if sliver { turn.span.start() } else { begins };
        parts.extend(part(&turn, turn.span.start(), begins, voice));
        parts.extend(part(&turn, begins, turn.span.end(), into));
    }
    parts
}

/// Gives a stretch to a voice, whoever had the floor in it. Who talked into it still does.
fn given(turns: Vec<HeardTurn>, span: Span, voice: &VoiceId) -> Vec<HeardTurn> {
    let mut parts = Vec::with_capacity(turns.len() + 2);
    let mut found = false;
    for turn in turns {
        let common = turn.span.intersection(span).filter(|it| !it.duration().is_zero());
        let Some(common) = common.filter(|_| !turn.overlap) else {
            parts.push(turn);
            continue;
        };
        found = true;
        let (begins, ends) = (turn.span.start(), turn.span.end());
        let sliver = |from: Timestamp, to: Timestamp| {
            to.since(from).as_millis() < u128::from(SLIVER_MS) && from < to
        };
        let from = if sliver(begins, common.start()) { begins } else { common.start() };
        let to = if sliver(common.end(), ends) { ends } else { common.end() };
        parts.extend(part(&turn, begins, from, &turn.voice));
        parts.extend(part(&turn, from, to, voice));
        parts.extend(part(&turn, to, ends, &turn.voice));
    }
    if !found {
        parts.push(HeardTurn { span, voice: voice.clone(), overlap: false });
    }
    parts
}

fn part(turn: &HeardTurn, from: Timestamp, to: Timestamp, voice: &VoiceId) -> Option<HeardTurn> {
    let span = Span::new(from, to).filter(|span| !span.duration().is_zero())?;
    Some(HeardTurn { span, voice: voice.clone(), overlap: turn.overlap })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard() -> Voices {
        let turn = |(start, end, voice, overlap): &(u64, u64, &str, bool)| HeardTurn {
            span: Span::new(Timestamp::from_ms(*start), Timestamp::from_ms(*end)).unwrap(),
            voice: VoiceId((*voice).to_owned()),
            overlap: *overlap,
        };
        let turns = [
            (0, 4000, "v1", false),
            (4000, 9000, "v2", false),
            (5000, 6000, "v3", true),
            (9000, 12_000, "v1", false),
            (12_000, 15_000, "v3", false),
        ];
        Voices::new(None, turns.iter().map(turn).collect())
    }

    /// The voices by their turns after these lines.
    fn after(lines: &[&str]) -> String {
        let review: Vec<Review> = lines
            .iter()
            .map(|line| serde_json::from_str(&format!(r#"{{"at":"","kind":{line}}}"#)).unwrap())
            .collect();
        let heard = heard();
        let turns = corrected(&heard, &review).into_owned().turns;
        let told = |turn: HeardTurn| format!("{}-{}", turn.voice.0, turn.span.end().as_ms());
        turns.into_iter().map(told).collect::<Vec<_>>().join(" ")
    }

    const HEARD: &str = "v1-4000 v2-9000 v3-6000 v1-12000 v3-15000";

    #[test]
    fn voices_that_nobody_corrected_stay_as_they_were_heard() {
        assert_eq!(after(&[]), HEARD);
        assert!(matches!(corrected(&heard(), &[]), Cow::Borrowed(_)));
    }

    #[test]
    fn two_voices_become_one_and_two_again() {
        let merge = r#""merge","voice":"v3","into":"v1""#;
        assert_eq!(after(&[merge]), "v1-4000 v2-9000 v1-6000 v1-12000 v1-15000");
        assert_eq!(after(&[merge, &format!("{merge},\"taken_back\":true")]), HEARD);
    }

    #[test]
    fn a_voice_is_split_where_another_person_begins() {
        let split = r#""split","voice":"v1","at_ms":10000,"into":"v4""#;
        assert_eq!(after(&[split]), "v1-4000 v2-9000 v3-6000 v1-10000 v4-12000 v3-15000");
        let near = r#""split","voice":"v1","at_ms":9100,"into":"v4""#;
        assert_eq!(after(&[near]), "v1-4000 v2-9000 v3-6000 v4-12000 v3-15000");
    }

    #[test]
    fn a_stretch_is_given_to_another_voice_and_who_talked_into_it_still_does() {
        let given = r#""voice","start_ms":4000,"end_ms":7000,"voice":"v1""#;
        assert_eq!(after(&[given]), "v1-4000 v1-7000 v3-6000 v2-9000 v1-12000 v3-15000");
    }

    #[test]
    fn a_stretch_in_which_nobody_was_heard_is_given_too() {
        let given = r#""voice","start_ms":16000,"end_ms":17000,"voice":"v9""#;
        assert_eq!(after(&[given]), format!("{HEARD} v9-17000"));
    }

    #[test]
    fn a_later_line_means_the_voices_that_an_earlier_one_made() {
        let merge = r#""merge","voice":"v3","into":"v1""#;
        let split = r#""split","voice":"v1","at_ms":12000,"into":"v4""#;
        assert_eq!(after(&[merge, split]), "v1-4000 v2-9000 v1-6000 v1-12000 v4-15000");
    }

    #[test]
    fn a_new_voice_has_a_label_that_no_other_had() {
        let line =
            r#"{"at":"","kind":"split","voice":"v1","at_ms":7,"into":"v7","taken_back":true}"#;
        assert_eq!(free_label(&heard(), &[]), VoiceId("v4".into()));
        let review = [serde_json::from_str(line).unwrap()];
        assert_eq!(free_label(&heard(), &review), VoiceId("v8".into()));
    }

    #[test]
    fn voices_of_which_only_the_turns_are_told_are_told_in_full() {
        let bare = Voices { voices: Vec::new(), ..heard() };
        assert_eq!(*corrected(&bare, &[]), heard());
    }

    #[test]
    fn what_there_is_to_tell_of_a_voice_follows_the_corrections() {
        let line = r#"{"at":"","kind":"merge","voice":"v3","into":"v1"}"#;
        let heard = heard();
        let voices = corrected(&heard, &[serde_json::from_str(line).unwrap()]).into_owned().voices;
        let told: Vec<(&str, u64)> =
            voices.iter().map(|voice| (voice.id.0.as_str(), voice.total_ms)).collect();
        assert_eq!(told, [("v1", 11_000), ("v2", 5000)]);
    }
}
