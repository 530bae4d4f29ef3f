//! A turn as cleaned sentences, each with its time, its sources and how well it was heard.

use std::collections::HashMap;

use crate::domain::passage::Turn;
use crate::domain::referat::StatementKind;
use crate::domain::transcript::{Segment, SegmentId, Transcript};
use crate::language::acts::{Act, Acts};
use crate::language::fillers::Fillers;
use crate::language::numbers;
use crate::language::words::Words;
use crate::time::{Span, Timestamp};

/// Words heard with less probability than this are marked. Chosen so that the English sample,
/// of which whisper-base mistakes every eleventh word, keeps most sentences unmarked.
const DOUBTFUL: f32 = 0.4;

/// A sentence of this mean probability or less is not put into other words.
pub(super) const POOR: f32 = 0.62;

/// A decision or a task whose sentence holds a doubtful word is put into words above this mean
/// probability only. On 2026-11-25 the decisions and tasks that base heard right in the English
/// sample had 0.89 to 0.96.
const SHAKY: f32 = 0.8;

/// Speech that nothing ends is cut after this many words, at the end of a segment.
const LONGEST: usize = 45;

/// Stands behind a doubtful word until the sentence is written (a private-use character, so that
/// cleaning and numbers treat the word as any other).
const MARK: char = '\u{e000}';

/// One sentence of a turn.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Cleaned, numbers in digits.
    pub(super) text: String,
    /// As `text`, with `[?]` behind doubtful words, or at the end where most are.
    pub(super) marked: String,
    /// As heard, numbers in digits, before it was cleaned.
    pub(super) heard: String,
    /// When it begins.
    pub(super) at: Timestamp,
    /// Segments it comes from, in order.
    pub(super) segments: Vec<SegmentId>,
    /// Mean probability of its words; absent when the recogniser gave none.
    pub(super) confidence: Option<f32>,
    /// What it does, where its words tell.
    pub(super) act: Option<Act>,
}

impl Sentence {
    /// Returns whether it only conducts the meeting or is mere courtesy.
    pub(super) fn is_procedural(&self) -> bool {
        self.act.as_ref().is_some_and(|act| act.kind == StatementKind::Procedural)
    }

    /// Returns whether it was heard too badly to be put into other words.
    pub(super) fn is_poor(&self) -> bool {
        self.confidence.is_some_and(|confidence| confidence <= POOR)
    }

    /// Returns whether it was heard so badly, as a whole or in most of its words, that nothing of
    /// it can be told.
    pub(super) fn is_unclear(&self) -> bool {
        let ended = self.text.ends_with(['.', '!', '?', '…']);
        self.is_poor() || (ended && self.marked.ends_with("[?]"))
    }

    /// Returns whether what it decides or whom it binds cannot be relied on.
    pub(super) fn is_shaky(&self) -> bool {
        let doubtful = self.marked != self.text;
        self.is_poor() || (doubtful && self.confidence.is_some_and(|mean| mean <= SHAKY))
    }

    /// Returns the number of words.
    pub(super) fn len(&self) -> usize {
        self.text.split_whitespace().count()
    }
}

/// A transcript whose segments are found by their name.
pub(super) struct Source<'a> {
    segments: HashMap<SegmentId, &'a Segment>,
    language: Words<'a>,
}

impl<'a> Source<'a> {
    /// Returns the segments of `transcript` by name.
    pub(super) fn new(transcript: &'a Transcript, language: Words<'a>) -> Self {
        let segments = transcript.segments.iter().map(|segment| (segment.id, segment)).collect();
        Self { segments, language }
    }

    /// Returns the time from the first to the last of `ids`; the start of the recording when the
    /// transcript holds none of them.
    pub(super) fn span(&self, ids: &[SegmentId]) -> Span {
        ids.iter()
            .filter_map(|id| self.segments.get(id))
            .map(|segment| segment.span)
            .reduce(Span::cover)
            .unwrap_or_default()
    }

    /// Returns the voice of a turn, where voices are told apart.
    pub(super) fn voice(&self, turn: &Turn) -> Option<&'a str> {
        let first = self.segments.get(turn.segments.first()?)?;
        first.speaker.as_deref().or(first.voice.as_deref())
    }

    /// Returns how sure the recogniser was of the words of `turns` on average; `None` when it did
    /// not say.
    pub(super) fn heard(&self, turns: &[&Turn]) -> Option<f32> {
        let ids = turns.iter().flat_map(|turn| &turn.segments);
        let segments = ids.filter_map(|id| self.segments.get(id));
        let (mut sum, mut count) = (0.0, 0_u32);
        for word in segments.flat_map(|segment| words(segment)) {
            if let Some(confidence) = word.confidence {
                sum += confidence;
                count += 1;
            }
        }
        (count > 0).then(|| sum / count as f32)
    }

    /// Returns the sentences of the segments `ids`, which belong to one speaker.
    pub(super) fn sentences(&self, ids: &[SegmentId]) -> Vec<Sentence> {
        let fillers = Fillers::of(self.language);
        let mut sentences = Vec::new();
        let mut open = Open::default();
        for segment in ids.iter().filter_map(|id| self.segments.get(id)) {
            let heard = words(segment);
            let texts: Vec<&str> = heard.iter().map(|word| word.text.as_str()).collect();
            for (at, word) in heard.iter().enumerate() {
                open.push(word, segment.id);
                if fillers.ends_sentence(&texts, at) {
                    sentences.extend(open.close(self.language));
                }
            }
            if open.count >= LONGEST {
                sentences.extend(open.close(self.language));
            }
        }
        sentences.extend(open.close(self.language));
        sentences
    }
}

struct Heard {
    text: String,
    at: Timestamp,
    confidence: Option<f32>,
}

/// Returns a segment's words, with times spread evenly where the recogniser gave none.
fn words(segment: &Segment) -> Vec<Heard> {
    if !segment.words.is_empty() {
        return segment
            .words
            .iter()
            .map(|word| Heard {
                text: word.text.trim().to_owned(),
                at: word.span.start(),
                confidence: word.confidence,
            })
            .filter(|word| !word.text.is_empty())
            .collect();
    }
    let texts: Vec<&str> = segment.text.split_whitespace().collect();
    let length = segment.span.duration().as_millis() as u64;
    let step = |place: usize| length * place as u64 / texts.len().max(1) as u64;
    texts
        .iter()
        .enumerate()
        .map(|(place, text)| Heard {
            text: (*text).to_owned(),
            at: Timestamp::from_ms(segment.span.start().as_ms() + step(place)),
            confidence: segment.confidence,
        })
        .collect()
}

/// A sentence that has not ended yet.
#[derive(Default)]
struct Open {
    text: String,
    at: Timestamp,
    count: usize,
    segments: Vec<SegmentId>,
    sum: f32,
    measured: usize,
}

impl Open {
    fn push(&mut self, word: &Heard, segment: SegmentId) {
        if self.count == 0 {
            self.at = word.at;
        } else {
            self.text.push(' ');
        }
        self.text.extend(word.text.chars().filter(|letter| *letter != MARK));
        if let Some(confidence) = word.confidence {
            self.sum += confidence;
            self.measured += 1;
            if confidence < DOUBTFUL {
                self.text.push(MARK);
            }
        }
        self.count += 1;
        if self.segments.last() != Some(&segment) {
            self.segments.push(segment);
        }
    }

    fn close(&mut self, language: Words<'_>) -> Option<Sentence> {
        let mut open = std::mem::take(self);
        // A clause that was cut off the next one (`…, og så går vi til punkt to`) ends here.
        if open.text.ends_with(',') {
            open.text.pop();
            open.text.push('.');
        }
        let fillers = Fillers::of(language);
        let plain = numbers::to_digits(&open.text.replace(MARK, ""), language);
        let text = fillers.clean(&plain);
        if !text.contains(char::is_alphanumeric) {
            return None;
        }
        let confidence = (open.measured > 0).then(|| open.sum / open.measured as f32);
        let marked = if confidence.is_some_and(|confidence| confidence <= POOR) {
            // A mark at every other word would be harder to read than the words.
            format!("{text} [?]")
        } else if open.text.contains(MARK) {
            show_marks(&fillers.clean(&numbers::to_digits(&open.text, language)))
        } else {
            text.clone()
        };
        // Openers such as `tak` may be all that a sentence of courtesy says: the act is read
        // before and after cleaning.
        let acts = Acts::of(language);
        let act = acts.read(&text).or_else(|| (plain != text).then(|| acts.read(&plain))?);
        Some(Sentence {
            text,
            marked,
            heard: plain,
            at: open.at,
            segments: open.segments,
            confidence,
            act,
        })
    }
}

/// Writes `[?]` behind the last word of every run of doubtful ones.
fn show_marks(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    for (place, word) in words.iter().enumerate() {
        let mut shown = word.replace(MARK, "");
        let next = words.get(place + 1).is_some_and(|next| next.contains(MARK));
        if word.contains(MARK) && !next {
            let end = shown.trim_end_matches(['.', ',', '?', '!', ';', ':']).len();
            shown.insert_str(end, " [?]");
        }
        out.push(shown);
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::transcript::Word;

    fn segment(id: u32, text: &str) -> Segment {
        let start = Timestamp::from_ms(u64::from(id) * 4000);
        let end = Timestamp::from_ms(u64::from(id) * 4000 + 4000);
        let span = Span::new(start, end).unwrap();
        Segment { id: SegmentId(id), span, text: text.to_owned(), ..Segment::default() }
    }

    #[test]
    fn a_sentence_runs_on_over_segments() {
        let segments = vec![segment(0, "Taget er utæt. Det skal"), segment(1, "skiftes til maj.")];
        let transcript = Transcript { segments, ..Transcript::default() };
        let source = Source::new(&transcript, Words::danish());
        let sentences = source.sentences(&[SegmentId(0), SegmentId(1)]);
        let texts: Vec<&str> = sentences.iter().map(|sentence| sentence.text.as_str()).collect();
        assert_eq!(texts, ["Taget er utæt.", "Det skal skiftes til maj."]);
        assert_eq!(sentences[1].segments, [SegmentId(0), SegmentId(1)]);
        assert!(sentences[1].at > sentences[0].at);
    }

    #[test]
    fn doubtful_words_are_marked_once_per_run() {
        let mut heard = segment(0, "");
        heard.words = [("Taget", 0.9), ("over", 0.9), ("os", 0.9), ("ær", 0.3), ("utedt.", 0.3)]
            .map(|(text, confidence)| Word {
                text: text.to_owned(),
                confidence: Some(confidence),
                ..Word::default()
            })
            .to_vec();
        let transcript = Transcript { segments: vec![heard], ..Transcript::default() };
        let sentences = Source::new(&transcript, Words::danish()).sentences(&[SegmentId(0)]);
        assert_eq!(sentences[0].marked, "Taget over os ær utedt [?].");
        assert_eq!(sentences[0].text, "Taget over os ær utedt.");
        assert!(!sentences[0].is_poor());
    }

    #[test]
    fn a_decision_with_a_doubtful_word_is_not_relied_on() {
        let sentence = |confidences: [f32; 4]| {
            let words = ["Så", "sænter", "vi", "hænskabet."].into_iter().zip(confidences);
            let mut heard = segment(0, "");
            heard.words = words
                .map(|(text, confidence)| Word {
                    text: text.to_owned(),
                    confidence: Some(confidence),
                    ..Word::default()
                })
                .collect();
            let transcript = Transcript { segments: vec![heard], ..Transcript::default() };
            Source::new(&transcript, Words::danish()).sentences(&[SegmentId(0)]).remove(0)
        };
        let shaky = sentence([0.9, 0.35, 0.9, 0.6]);
        assert!(shaky.is_shaky() && !shaky.is_poor());
        assert!(!sentence([0.9, 0.5, 0.9, 0.6]).is_shaky());
        assert!(!sentence([0.99, 0.39, 0.99, 0.99]).is_shaky());
    }

    #[test]
    fn a_sentence_heard_badly_as_a_whole_is_marked_once() {
        let mut heard = segment(0, "");
        heard.words = ["Taket", "ær", "utedt."]
            .map(|text| Word { text: text.to_owned(), confidence: Some(0.3), ..Word::default() })
            .to_vec();
        let transcript = Transcript { segments: vec![heard], ..Transcript::default() };
        let sentences = Source::new(&transcript, Words::danish()).sentences(&[SegmentId(0)]);
        assert_eq!(sentences[0].marked, "Taket ær utedt. [?]");
        assert!(sentences[0].is_poor());
    }
}
