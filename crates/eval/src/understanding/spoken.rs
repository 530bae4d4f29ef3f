//! A labelled meeting as units, from its transcript and its voices, in both their forms.

use std::collections::BTreeMap;

use referat_core::domain::transcript::{Segment, Transcript};
use referat_core::language::fillers::Fillers;
use referat_core::language::numbers;
use referat_core::language::words::Words;
use referat_core::understanding::models::SpokenUnit;

use super::labels::{CorpusError, LabelledMeeting, UtteranceLabels, parse, read};

/// A sentence that nothing ends is cut at the end of a segment after so many words.
const LONGEST: usize = 45;

/// Which transcript and which voices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingForm {
    /// What was said, and who spoke when.
    Exact,
    /// What a recogniser heard, and what a diarizer made of it.
    Heard,
}

/// Whose names are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamesKnown {
    /// Nobody's.
    Nobody,
    /// Those of two voices in three.
    Most,
    /// Everybody's.
    Everybody,
}

/// A sentence, and the utterance it belongs to.
#[derive(Clone, Debug)]
pub struct SpokenForm {
    /// The sentence.
    pub unit: SpokenUnit,
    /// Place of its utterance.
    pub utterance: usize,
    /// Who speaks, among the participants, where that is known.
    pub speaker: Option<usize>,
}

struct TimedWord {
    text: String,
    start: f64,
    end: f64,
    confidence: Option<f32>,
    /// Whether its segment ends with it.
    last: bool,
    voice: u32,
}

/// Returns the sentences of a meeting in one of its forms.
pub fn spoken(
    meeting: &LabelledMeeting,
    form: MeetingForm,
    names: NamesKnown,
) -> Result<Vec<SpokenForm>, CorpusError> {
    let (transcript, voices) = match form {
        MeetingForm::Exact => ("transcript.json", "voices.rttm"),
        MeetingForm::Heard => ("transcript-heard.json", "voices-heard.rttm"),
    };
    let transcript: Transcript = parse(&meeting.dir.join(transcript))?;
    let turns = voice_turns(&read(&meeting.dir.join(voices))?);
    let words = timed(&transcript.segments, &turns);
    let mut spoken = sentences(&words, meeting);
    name(&mut spoken, meeting, names);
    Ok(spoken)
}

/// Reads an RTTM file: start, end, voice.
fn voice_turns(rttm: &str) -> Vec<(f64, f64, u32)> {
    let mut voices: BTreeMap<&str, u32> = BTreeMap::new();
    let mut turns: Vec<_> = rttm
        .lines()
        .filter_map(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let start: f64 = fields.get(3)?.parse().ok()?;
            let length: f64 = fields.get(4)?.parse().ok()?;
            let next = voices.len() as u32;
            let voice = *voices.entry(fields.get(7)?).or_insert(next);
            Some((start, start + length, voice))
        })
        .collect();
    turns.sort_by(|a, b| a.0.total_cmp(&b.0));
    turns
}

/// Returns the words with the voice that speaks in their middle, or nearest to it.
fn timed(segments: &[Segment], turns: &[(f64, f64, u32)]) -> Vec<TimedWord> {
    let mut words: Vec<TimedWord> = Vec::new();
    let seconds = |at: referat_core::time::Timestamp| at.as_ms() as f64 / 1000.0;
    for segment in segments {
        let (start, end) = (seconds(segment.span.start()), seconds(segment.span.end()));
        let plain: Vec<&str> = segment.text.split_whitespace().collect();
        let step = (end - start) / plain.len().max(1) as f64;
        if segment.words.is_empty() {
            words.extend(plain.iter().enumerate().map(|(at, text)| TimedWord {
                text: (*text).to_owned(),
                start: start + step * at as f64,
                end: start + step * (at + 1) as f64,
                confidence: None,
                last: false,
                voice: 0,
            }));
        } else {
            words.extend(segment.words.iter().map(|word| TimedWord {
                text: word.text.trim().to_owned(),
                start: seconds(word.span.start()),
                end: seconds(word.span.end()),
                confidence: word.confidence,
                last: false,
                voice: 0,
            }));
        }
        if let Some(last) = words.last_mut() {
            last.last = true;
        }
    }
    for word in &mut words {
        let middle = (word.start + word.end) / 2.0;
        let away = |turn: &(f64, f64, u32)| (turn.0 - middle).max(middle - turn.1).max(0.0);
        let nearest = turns.iter().min_by(|a, b| away(a).total_cmp(&away(b)));
        word.voice = nearest.map_or(0, |turn| turn.2);
    }
    // A single word between two of another voice is that voice's.
    for at in 1..words.len().saturating_sub(1) {
        let (before, after) = (words[at - 1].voice, words[at + 1].voice);
        if before == after && !words[at - 1].last && !words[at].last {
            words[at].voice = before;
        }
    }
    words
}

fn sentences(words: &[TimedWord], meeting: &LabelledMeeting) -> Vec<SpokenForm> {
    let fillers = Fillers::of(Words::of(meeting.language));
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let mut spoken = Vec::new();
    let (mut from, mut turn) = (0, 0);
    for at in 0..words.len() {
        let voice_ends = words.get(at + 1).is_none_or(|next| next.voice != words[at].voice);
        let low = at.saturating_sub(3);
        let near = &texts[low..(at + 3).min(texts.len())];
        let ends = fillers.ends_sentence(near, at - low)
            || voice_ends
            || (words[at].last && at - from >= LONGEST);
        if ends {
            spoken.push(sentence(&words[from..=at], turn, meeting));
            from = at + 1;
        }
        turn += usize::from(voice_ends);
    }
    spoken
}

fn sentence(words: &[TimedWord], turn: usize, meeting: &LabelledMeeting) -> SpokenForm {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let heard: Vec<f32> = words.iter().filter_map(|word| word.confidence).collect();
    let mean = heard.iter().sum::<f32>() / heard.len().max(1) as f32;
    let first = words.first().map_or((0.0, 0), |word| (word.start, word.voice));
    let end = words.last().map_or(0.0, |word| word.end);
    // Shared time; where there is none, the less lies between the better.
    let shared = |one: &UtteranceLabels| one.end.min(end) - one.start.max(first.0);
    let utterances = meeting.utterances.iter().enumerate();
    let nearest = utterances.max_by(|a, b| shared(a.1).total_cmp(&shared(b.1)).then(b.0.cmp(&a.0)));
    SpokenForm {
        unit: SpokenUnit {
            text: numbers::to_digits(&texts.join(" "), Words::of(meeting.language)),
            turn,
            voice: Some(first.1),
            confidence: (!heard.is_empty()).then_some(mean),
            ..SpokenUnit::default()
        },
        utterance: nearest.map_or(0, |(at, _)| at),
        speaker: None,
    }
}

/// Names the voices: each is the participant whose utterances most of its sentences belong to.
fn name(spoken: &mut [SpokenForm], meeting: &LabelledMeeting, names: NamesKnown) {
    let mut counts: BTreeMap<(u32, usize), usize> = BTreeMap::new();
    for one in spoken.iter() {
        let speaker = meeting.utterances.get(one.utterance).and_then(|labels| labels.speaker);
        if let (Some(voice), Some(speaker)) = (one.unit.voice, speaker) {
            *counts.entry((voice, speaker)).or_default() += one.unit.text.len();
        }
    }
    for one in spoken {
        let voice = one.unit.voice.unwrap_or_default();
        let own = counts.iter().filter(|((other, _), _)| *other == voice);
        let Some(((_, speaker), _)) = own.max_by_key(|(_, count)| **count) else { continue };
        let known = match names {
            NamesKnown::Nobody => false,
            NamesKnown::Most => !(voice as usize + speaker).is_multiple_of(3),
            NamesKnown::Everybody => true,
        };
        if known {
            one.speaker = Some(*speaker);
            one.unit.part = meeting.people[*speaker].1;
        }
    }
}
