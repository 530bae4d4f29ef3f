//! Segments cut where the voice changes or an item may be taken up, before anything is understood.

mod openings;

use openings::cut_at_openings;

use crate::domain::passage::Structure;
use crate::domain::referat::Referat;
use crate::domain::transcript::{Segment, SegmentId, Transcript, Word};
use crate::domain::voices::{HeardTurn, Voices};
use crate::language::words::Words;
use crate::time::{Span, Timestamp};

/// A change of voice this near to the end of a sentence happens there: a recogniser's times and
/// a diarizer's differ by a few tenths of a second (corpus, heard: a fifth of all words with a
/// wrong voice stood within 400 ms of a change, 2026-11).
const NEAR_MS: u64 = 600;

/// Returns the transcript with each segment's voice, cut where the voice changes. The pieces of
/// a segment keep its id. Where words have no times they are estimated from their lengths.
pub fn cut_at_voices(transcript: &Transcript, voices: &Voices) -> Transcript {
    if voices.turns.is_empty() {
        return transcript.clone();
    }
    let mut turns: Vec<&HeardTurn> = voices.turns.iter().collect();
    turns.sort_by_key(|turn| (turn.span.start(), turn.span.end()));
    let mut spoken: Vec<Spoken> = Vec::new();
    for (segment, one) in transcript.segments.iter().enumerate() {
        let words = timed(one);
        let last = words.len().saturating_sub(1);
        for (at, (span, text)) in words.into_iter().enumerate() {
            let ends = at == last || text.ends_with(['.', '?', '!', '…']);
            let turn = nearest(&turns, middle(span));
            spoken.push(Spoken { segment, span, turn, ends });
        }
    }
    at_sentences(&mut spoken, &turns);
    let mut pieces = Vec::with_capacity(transcript.segments.len());
    for own in spoken.chunk_by(|one, other| one.segment == other.segment) {
        let Some(segment) = own.first().and_then(|one| transcript.segments.get(one.segment)) else {
            continue;
        };
        let spans: Vec<Span> = own.iter().map(|word| word.span).collect();
        let mut at = 0;
        for run in own.chunk_by(|a, b| turns[a.turn].voice == turns[b.turn].voice) {
            let voice = turns[run[0].turn].voice.0.clone();
            pieces.push(piece(segment, &spans, (at, at + run.len()), Some(voice)));
            at += run.len();
        }
    }
    Transcript { segments: pieces, ..transcript.clone() }
}

/// A transcript cut where the voice changes or an item may be taken up, every piece with an id of its own while it is worked
/// on, and what the pieces were cut from.
#[derive(Clone, Debug)]
pub struct CutTranscript {
    /// The pieces.
    pub transcript: Transcript,
    /// The segment of each piece, by its id; none where nothing was cut.
    originals: Vec<SegmentId>,
}

impl CutTranscript {
    /// Cuts `transcript` where an item may be taken up and, if there are any, at the changes of
    /// `voices`.
    pub(super) fn new(
        transcript: &Transcript,
        voices: Option<&Voices>,
        language: Words<'_>,
    ) -> Self {
        let mut cut = cut_at_openings(transcript, language);
        if let Some(voices) = voices {
            cut = cut_at_voices(&cut, voices);
        }
        let mut originals = Vec::new();
        if cut.segments.len() != transcript.segments.len() {
            originals = cut.segments.iter().map(|piece| piece.id).collect();
            for (number, piece) in cut.segments.iter_mut().enumerate() {
                piece.id = SegmentId(number as u32);
            }
        }
        Self { transcript: cut, originals }
    }

    /// Returns the structure by the segments of the whole transcript.
    pub fn structure(&self, mut structure: Structure) -> Structure {
        structure.passages.iter_mut().for_each(|passage| self.restore(&mut passage.segments));
        structure.turns.iter_mut().for_each(|turn| self.restore(&mut turn.segments));
        structure
    }

    /// Returns the referat by the segments of the whole transcript.
    pub fn referat(&self, mut referat: Referat) -> Referat {
        let sections = referat.sections.iter_mut();
        sections.flat_map(|section| &mut section.statements).for_each(|statement| {
            self.restore(&mut statement.segments);
        });
        referat
    }

    /// Puts the segments of the whole transcript in the place of pieces.
    pub fn restore(&self, ids: &mut Vec<SegmentId>) {
        if !self.originals.is_empty() {
            for id in ids.iter_mut() {
                *id = self.originals.get(id.0 as usize).copied().unwrap_or(*id);
            }
            ids.dedup();
        }
    }
}

/// A word, the turn of a voice it falls in, and whether a sentence may end with it.
struct Spoken {
    segment: usize,
    span: Span,
    turn: usize,
    ends: bool,
}

fn middle(span: Span) -> u64 {
    u64::midpoint(span.start().as_ms(), span.end().as_ms())
}

/// Returns the words with their times; without any, as if each letter took as long.
fn timed(segment: &Segment) -> Vec<(Span, &str)> {
    if !segment.words.is_empty() {
        return segment.words.iter().map(|word| (word.span, word.text.as_str())).collect();
    }
    let words: Vec<&str> = segment.text.split_whitespace().collect();
    let letters = |word: &&str| word.chars().count() as u64 + 1;
    let all = words.iter().map(letters).sum::<u64>().max(1);
    let start = segment.span.start().as_ms();
    let length = segment.span.end().as_ms() - start;
    let mut spoken = 0;
    let mut time = |word: &&str| {
        let from = start + length * spoken / all;
        spoken += letters(word);
        let to = start + length * spoken / all;
        Span::new(Timestamp::from_ms(from), Timestamp::from_ms(to)).unwrap_or_default()
    };
    words.iter().map(|word| (time(word), *word)).collect()
}

/// Returns the turn at a time, or the nearest one; of several one that is no
/// overlap, then the one that began first.
fn nearest(turns: &[&HeardTurn], time: u64) -> usize {
    let away = |turn: &HeardTurn| {
        let (start, end) = (turn.span.start().as_ms(), turn.span.end().as_ms());
        start.saturating_sub(time).max(time.saturating_sub(end))
    };
    let after = turns.partition_point(|turn| turn.span.start().as_ms() <= time);
    // Turns overlap a little; one that began far before reaches no further than these.
    let from = after.saturating_sub(8);
    let close = (from..(after + 1).min(turns.len()))
        .min_by_key(|at| (away(turns[*at]), turns[*at].overlap));
    close.unwrap_or_default()
}

/// Moves each change of voice to the end of a sentence that is near.
fn at_sentences(spoken: &mut [Spoken], turns: &[&HeardTurn]) {
    let voice = |spoken: &[Spoken], at: usize| &turns[spoken[at].turn].voice;
    let mut at = 1;
    while at < spoken.len() {
        if voice(spoken, at) == voice(spoken, at - 1) || spoken[at - 1].ends {
            at += 1;
            continue;
        }
        let time = spoken[at].span.start().as_ms();
        let since = |place: usize| time.saturating_sub(spoken[place].span.start().as_ms());
        let until = |place: usize| spoken[place].span.end().as_ms().saturating_sub(time);
        let back = (1..at)
            .rev()
            .take_while(|place| since(*place) <= NEAR_MS)
            .take_while(|place| voice(spoken, place - 1) == voice(spoken, at - 1))
            .find(|place| spoken[place - 1].ends);
        let forth = (at + 1..spoken.len())
            .take_while(|place| until(place - 1) <= NEAR_MS)
            .take_while(|place| voice(spoken, place - 1) == voice(spoken, at))
            .find(|place| spoken[place - 1].ends);
        let nearer = |back: usize| forth.is_none_or(|forth| since(back) <= until(forth - 1));
        match (back.filter(|back| nearer(*back)), forth) {
            (Some(back), _) => {
                let turn = spoken[at].turn;
                spoken[back..at].iter_mut().for_each(|word| word.turn = turn);
            }
            (None, Some(forth)) => {
                let turn = spoken[at - 1].turn;
                spoken[at..forth].iter_mut().for_each(|word| word.turn = turn);
                at = forth;
            }
            (None, None) => {}
        }
        at += 1;
    }
}

/// Returns the words of a segment in the given range as a segment of its own; `spans` are the
/// times of all its words.
fn piece(
    segment: &Segment,
    spans: &[Span],
    words: (usize, usize),
    voice: Option<String>,
) -> Segment {
    if words == (0, spans.len()) {
        return Segment { voice, ..segment.clone() };
    }
    let start = if words.0 == 0 { segment.span.start() } else { spans[words.0].start() };
    let end = if words.1 == spans.len() { segment.span.end() } else { spans[words.1 - 1].end() };
    let timed: Vec<Word> = segment.words.get(words.0..words.1).unwrap_or_default().to_vec();
    let text: Vec<&str> = if timed.is_empty() {
        segment.text.split_whitespace().skip(words.0).take(words.1 - words.0).collect()
    } else {
        timed.iter().map(|word| word.text.trim()).collect()
    };
    Segment {
        id: segment.id,
        span: Span::new(start, end.max(start)).unwrap_or_default(),
        text: text.join(" "),
        voice,
        speaker: segment.speaker.clone(),
        confidence: segment.confidence,
        words: timed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::voices::VoiceId;

    fn span(start: u64, end: u64) -> Span {
        Span::new(Timestamp::from_ms(start), Timestamp::from_ms(end)).unwrap()
    }

    fn pieces(text: &str, length: u64, turns: &[(u64, u64, &str)]) -> Vec<(u32, String, String)> {
        let segment = Segment {
            id: SegmentId(4),
            span: span(0, length),
            text: text.to_owned(),
            ..Segment::default()
        };
        let turn = |(start, end, voice): &(u64, u64, &str)| HeardTurn {
            span: span(*start, *end),
            voice: VoiceId((*voice).to_owned()),
            overlap: false,
        };
        let voices = Voices { turns: turns.iter().map(turn).collect(), ..Voices::default() };
        let transcript = Transcript { segments: vec![segment], ..Transcript::default() };
        let cut = cut_at_voices(&transcript, &voices);
        let piece = |one: Segment| (one.id.0, one.voice.unwrap_or_default(), one.text);
        cut.segments.into_iter().map(piece).collect()
    }

    #[test]
    fn a_segment_of_two_voices_is_cut_where_the_voice_changes() {
        let found = pieces("Er det godt? Ja, det er", 4000, &[(0, 2200, "a"), (2300, 4000, "b")]);
        let want = [(4, "a", "Er det godt?"), (4, "b", "Ja, det er")];
        assert_eq!(found, want.map(|(id, voice, text)| (id, voice.to_owned(), text.to_owned())));
    }

    #[test]
    fn a_change_near_the_end_of_a_sentence_happens_there() {
        let found = pieces("Er det godt? Ja, det er", 3500, &[(0, 2300, "a"), (2300, 3500, "b")]);
        assert_eq!(found[0].2, "Er det godt?");
    }

    #[test]
    fn a_segment_of_one_voice_stays_whole() {
        let found = pieces("Er det  godt?", 900, &[(0, 950, "a")]);
        assert_eq!(found, [(4, "a".to_owned(), "Er det  godt?".to_owned())]);
    }
}
