//! Who spoke when, by voice (`voices.json`): labels only, neither names nor what a voice is like.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::transcript::ModelRef;
use crate::time::{Span, Timestamp};

/// The voices of a meeting.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Voices {
    /// Version of the file's form; 1.
    #[serde(default)]
    pub version: u32,
    /// The weights that heard them; absent in what was made elsewhere.
    #[serde(default)]
    pub model: Option<ModelRef>,
    /// Who spoke when, by start.
    pub turns: Vec<HeardTurn>,
    /// The voices, in the order in which they are first heard.
    #[serde(default)]
    pub voices: Vec<VoiceSummary>,
}

/// The label of a voice within one meeting, as in `v1`. It is no participant.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(as = "String"))]
#[serde(transparent)]
pub struct VoiceId(pub String);

/// An unbroken stretch of one voice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeardTurn {
    /// When.
    #[serde(flatten)]
    pub span: Span,
    /// Whose.
    pub voice: VoiceId,
    /// Whether another voice has the floor all the while.
    #[serde(default)]
    pub overlap: bool,
}

/// What there is to tell of a voice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct VoiceSummary {
    /// Its label.
    pub id: VoiceId,
    /// How long it speaks in all, in milliseconds.
    pub total_ms: u64,
    /// Stretches to know it by, the best first, at most three.
    #[serde(default)]
    pub samples: Vec<Span>,
}

/// The stretches to know a voice by are at most so many, and so long.
const SAMPLES: usize = 3;
const SAMPLE_MS: u64 = 8_000;

impl Voices {
    /// The version of the form that this program writes.
    pub const VERSION: u32 = 1;

    /// Puts turns with any labels in order, and labels their voices `v1`, `v2` and so on by first
    /// speech. Turns without length are left out.
    pub fn new(model: Option<ModelRef>, mut turns: Vec<HeardTurn>) -> Self {
        turns.retain(|turn| turn.span.start() < turn.span.end());
        turns.sort_by_key(|turn| (turn.span.start(), turn.overlap, turn.span.end()));
        let mut labels: BTreeMap<VoiceId, usize> = BTreeMap::new();
        for turn in &mut turns {
            let next = labels.len();
            turn.voice = label(*labels.entry(turn.voice.clone()).or_insert(next));
        }
        Self::labelled(model, turns)
    }

    /// Puts turns in order and keeps their labels. Turns without length are left out.
    pub fn labelled(model: Option<ModelRef>, mut turns: Vec<HeardTurn>) -> Self {
        turns.retain(|turn| turn.span.start() < turn.span.end());
        turns.sort_by_key(|turn| (turn.span.start(), turn.overlap, turn.span.end()));
        let mut order: Vec<&VoiceId> = Vec::new();
        let mut stretches: BTreeMap<&VoiceId, Vec<(bool, Span)>> = BTreeMap::new();
        for (turn, spoilt) in turns.iter().zip(talked_into(&turns)) {
            let own = stretches.entry(&turn.voice).or_default();
            if own.is_empty() {
                order.push(&turn.voice);
            }
            own.push((spoilt, turn.span));
        }
        let own = |voice: &VoiceId| stretches.get(voice).cloned().unwrap_or_default();
        let voices = order.into_iter().map(|one| VoiceSummary::of(one.clone(), own(one))).collect();
        Self { version: Self::VERSION, model, turns, voices }
    }

    /// Returns the voice that has the floor at `at`: of the turns that hold it, one that is no
    /// overlap.
    pub fn at(&self, at: Timestamp) -> Option<&VoiceId> {
        let holds = |turn: &&HeardTurn| turn.span.start() <= at && at < turn.span.end();
        let turns = self.turns.iter().filter(holds);
        turns.min_by_key(|turn| turn.overlap).map(|turn| &turn.voice)
    }
}

impl VoiceSummary {
    /// Returns what there is to tell of a voice that speaks in `own`, each with whether another
    /// is heard in it too.
    fn of(id: VoiceId, mut own: Vec<(bool, Span)>) -> Self {
        let lengths = own.iter().map(|(_, span)| span.duration().as_millis() as u64);
        let total_ms = lengths.fold(0, u64::saturating_add);
        // Nobody else is heard in the best ones, and they are long.
        own.sort_by_key(|(spoilt, span)| {
            (*spoilt, std::cmp::Reverse(span.duration()), span.start())
        });
        own.truncate(SAMPLES);
        Self { id, total_ms, samples: own.into_iter().map(|(_, span)| middle(span)).collect() }
    }
}

/// Returns the label of a voice, counted from 0.
fn label(number: usize) -> VoiceId {
    VoiceId(format!("v{}", number + 1))
}

/// Tells of each turn, in order of start, whether another voice is heard in it.
fn talked_into(turns: &[HeardTurn]) -> Vec<bool> {
    // The next turn of another voice is the first that could.
    let mut next: Vec<usize> = vec![turns.len(); turns.len()];
    for index in (0..turns.len().saturating_sub(1)).rev() {
        let same = turns[index].voice == turns[index + 1].voice;
        next[index] = if same { next[index + 1] } else { index + 1 };
    }
    // Of the turns before, those of two voices that end last.
    let mut last: [Option<&HeardTurn>; 2] = [None, None];
    let mut spoilt = Vec::with_capacity(turns.len());
    for (turn, next) in turns.iter().zip(next) {
        let other = |other: &&&HeardTurn| other.voice != turn.voice;
        let before = last.iter().flatten().find(other);
        let before = before.is_some_and(|before| before.span.end() > turn.span.start());
        let after = turns.get(next).is_some_and(|after| after.span.start() < turn.span.end());
        spoilt.push(before || after);
        let ends = |turn: Option<&HeardTurn>| turn.map(|turn| turn.span.end());
        let end = Some(turn.span.end());
        let same = last[0].is_some_and(|first| first.voice == turn.voice);
        if ends(last[0]) < end {
            last = [Some(turn), if same { last[1] } else { last[0] }];
        } else if !same && ends(last[1]) < end {
            last[1] = Some(turn);
        }
    }
    spoilt
}

/// Returns the middle of `span`, no longer than a sample.
fn middle(span: Span) -> Span {
    let length = span.duration().as_millis() as u64;
    let cut = length.saturating_sub(SAMPLE_MS);
    let start = Timestamp::from_ms(span.start().as_ms() + cut / 2);
    Span::new(start, Timestamp::from_ms(span.end().as_ms() - (cut - cut / 2))).unwrap_or(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(start: u64, end: u64, voice: &str, overlap: bool) -> HeardTurn {
        let span = Span::new(Timestamp::from_ms(start), Timestamp::from_ms(end)).unwrap();
        HeardTurn { span, voice: VoiceId(voice.into()), overlap }
    }

    #[test]
    fn voices_are_labelled_by_first_speech_and_told_by_their_best_stretches() {
        let turns = vec![
            turn(5000, 30_000, "B", false),
            turn(0, 4000, "A", false),
            turn(6000, 7000, "A", true),
            turn(40_000, 42_000, "B", false),
            turn(50_000, 50_000, "C", false),
        ];
        let voices = Voices::new(None, turns);
        let labels: Vec<&str> = voices.turns.iter().map(|turn| turn.voice.0.as_str()).collect();
        assert_eq!(labels, ["v1", "v2", "v1", "v2"]);
        assert_eq!(voices.voices.len(), 2);
        assert_eq!(voices.voices[0].total_ms, 5000);
        let samples: Vec<u64> =
            voices.voices[1].samples.iter().map(|span| span.start().as_ms()).collect();
        // The long one is talked into.
        assert_eq!(samples, [40_000, 13_500]);
        assert_eq!(voices.at(Timestamp::from_ms(6500)), Some(&VoiceId("v2".into())));
        assert_eq!(voices.at(Timestamp::from_ms(4500)), None);
    }

    #[test]
    fn the_form_is_that_of_the_formats_page() {
        let voices = Voices::new(None, vec![turn(1200, 4300, "x", false)]);
        let json = serde_json::to_value(&voices).unwrap();
        assert_eq!(
            json["turns"][0],
            serde_json::json!({"start_ms": 1200, "end_ms": 4300, "voice": "v1", "overlap": false})
        );
        assert_eq!(json["voices"][0]["total_ms"], 3100);
        assert_eq!(serde_json::from_value::<Voices>(json).unwrap(), voices);
    }
}
