//! Sentences out of phrases: a segment is a sentence where the punctuation allows it.

use std::time::Duration;

use super::recognizer::DecodedPhrase;
use referat_core::domain::transcript::{Segment, SegmentId, Word};

/// A phrase that ends here ends the segment too, even without a full stop.
const LONG: Duration = Duration::from_secs(8);

/// Returns the words of `phrases` as segments, one per sentence; ids are left at 0.
pub fn segments(phrases: Vec<DecodedPhrase>) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut words: Vec<Word> = Vec::new();
    let mut phrases = phrases.into_iter().peekable();
    while let Some(phrase) = phrases.next() {
        let mut rest = phrase.words.into_iter().peekable();
        while let Some(word) = rest.next() {
            words.push(word);
            let next = rest.peek().or_else(|| phrases.peek().and_then(|p| p.words.first()));
            if ends_sentence(&words, next) {
                segments.extend(segment(std::mem::take(&mut words)));
            }
        }
        let length = match (words.first(), words.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span).duration(),
            _ => Duration::ZERO,
        };
        if length >= LONG {
            segments.extend(segment(std::mem::take(&mut words)));
        }
    }
    segments.extend(segment(words));
    segments
}

/// Tells whether the last word closes a sentence: `2.` before `februar` does not.
fn ends_sentence(words: &[Word], next: Option<&Word>) -> bool {
    let Some(word) = words.last() else { return false };
    let bare = word.text.trim_end_matches(['"', '\'', '”', '»', ')']);
    if bare.ends_with(['?', '!', '…']) {
        return true;
    }
    let Some(stem) = bare.strip_suffix('.') else { return false };
    let number_or_letter =
        stem.chars().all(|c| c.is_ascii_digit()) || stem.chars().count() == 1 && stem != "I";
    let next_is_low = next.is_some_and(|next| {
        next.text.chars().next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
    });
    !(next_is_low || number_or_letter && next.is_some() && words.len() > 1)
}

fn segment(words: Vec<Word>) -> Option<Segment> {
    let (first, last) = (words.first()?, words.last()?);
    let span = first.span.cover(last.span);
    let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let known: Vec<f32> = words.iter().filter_map(|word| word.confidence).collect();
    let confidence = (!known.is_empty())
        .then(|| (known.iter().sum::<f32>() / known.len() as f32 * 1000.0).round() / 1000.0);
    Some(Segment { id: SegmentId(0), span, text, confidence, words, ..Segment::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(phrases: &[&str]) -> Vec<String> {
        let phrases = phrases.iter().map(|phrase| DecodedPhrase {
            words: phrase
                .split(' ')
                .map(|text| Word { text: text.into(), ..Word::default() })
                .collect(),
            no_speech: 0.0,
        });
        segments(phrases.collect()).into_iter().map(|segment| segment.text).collect()
    }

    #[test]
    fn a_sentence_runs_over_phrases_and_ends_at_its_full_stop() {
        assert_eq!(
            texts(&["Tak for det. Jamen hvis", "vi starter her. Ja?"]),
            ["Tak for det.", "Jamen hvis vi starter her.", "Ja?"]
        );
    }

    #[test]
    fn an_ordinal_does_not_end_a_sentence() {
        assert_eq!(texts(&["Vi ses den 2. februar. Godt."]), ["Vi ses den 2. februar.", "Godt."]);
        assert_eq!(texts(&["Det var i uge 12."]), ["Det var i uge 12."]);
    }
}
