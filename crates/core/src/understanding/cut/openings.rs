//! Segments cut before the words that take up an item: `Dagsordenen er godkendt. Punkt 2, budget`
//! decides under one item and opens another.

use super::{piece, timed};
use crate::domain::transcript::Transcript;
use crate::language::cues::{CueKind, Cues, Heard};
use crate::language::fillers::Fillers;
use crate::language::words::Words;
use crate::time::Span;

/// A phrase that tells at least this much takes up an item wherever it stands; a weaker one does
/// at the beginning of a clause only. By the weights of the phrases: those that name a number or
/// a place on the agenda have 5 and more, those that only lead on 2.5 (2026-11-28, read on no
/// meeting: a cut costs nothing where no item begins).
const NAMED: f32 = 4.0;
const LEADS_ON: f32 = 2.5;
/// Most words of a clause before the phrase (`, og så går vi videre til punkt to`).
const LEAD: usize = 6;

/// Returns the transcript with its segments cut where an item may be taken up; the pieces of a
/// segment keep its id.
pub(super) fn cut_at_openings(transcript: &Transcript, language: Words<'_>) -> Transcript {
    let mut pieces = Vec::with_capacity(transcript.segments.len());
    for segment in &transcript.segments {
        let words = timed(segment);
        let texts: Vec<&str> = words.iter().map(|word| word.1.trim()).collect();
        let places = places(&texts, language);
        let spans: Vec<Span> = words.iter().map(|word| word.0).collect();
        let mut from = 0;
        for to in places.into_iter().chain([words.len()]) {
            if from < to || words.is_empty() {
                pieces.push(piece(segment, &spans, (from, to), segment.voice.clone()));
            }
            from = to;
        }
    }
    Transcript { segments: pieces, ..transcript.clone() }
}

/// Returns before which words an item may be taken up, but for the first.
fn places(words: &[&str], language: Words<'_>) -> Vec<usize> {
    let text = words.join(" ");
    let heard = Heard::new(&text);
    let fillers = Fillers::of(language);
    let found = Cues::of(language).find(&heard, 0.0, language);
    if found.iter().any(|cue| matches!(cue.kind, CueKind::Reference | CueKind::Onward)) {
        return Vec::new();
    }
    let mut places: Vec<usize> = Vec::new();
    for cue in &found {
        let named = match cue.kind {
            CueKind::Number | CueKind::Next | CueKind::First | CueKind::Last => true,
            CueKind::Open | CueKind::Back => false,
            _ => continue,
        };
        if cue.strength < if named { NAMED } else { LEADS_ON } {
            continue;
        }
        let Some(first) = heard.words.get(cue.words.0) else { continue };
        let at = text[..first.start].split_whitespace().count();
        let ends = |place: usize| fillers.ends_sentence(words, place);
        let sentence = (1..=at).rev().find(|place| ends(place - 1)).unwrap_or(0);
        let clause = (at.saturating_sub(LEAD).max(sentence + 1)..=at)
            .rev()
            .find(|place| words[place - 1].ends_with([',', ';', ':', '–', '-']));
        match clause {
            Some(clause) if clause > 0 => places.push(clause),
            _ if named || at - sentence <= LEAD => places.push(sentence),
            _ => {}
        }
    }
    places.retain(|place| *place > 0);
    places.sort_unstable();
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::transcript::{Segment, SegmentId};
    use crate::time::Timestamp;

    fn pieces(text: &str) -> Vec<String> {
        let span = Span::new(Timestamp::from_ms(0), Timestamp::from_ms(9000)).unwrap();
        let segment =
            Segment { id: SegmentId(3), span, text: text.to_owned(), ..Segment::default() };
        let transcript = Transcript { segments: vec![segment], ..Transcript::default() };
        let cut = cut_at_openings(&transcript, Words::danish());
        assert!(cut.segments.iter().all(|piece| piece.id == SegmentId(3)));
        cut.segments.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn a_segment_is_cut_before_the_sentence_that_takes_up_an_item() {
        let found = pieces("Regnskabet er godkendt. Punkt 3, ny skurvogn. Ida, værsgo.");
        assert_eq!(found, ["Regnskabet er godkendt.", "Punkt 3, ny skurvogn. Ida, værsgo."]);
    }

    #[test]
    fn a_sentence_is_cut_before_the_clause_that_takes_up_an_item() {
        let found = pieces("Det er enstemmigt vedtaget, og så går vi videre til punkt fire.");
        assert_eq!(found, ["Det er enstemmigt vedtaget,", "og så går vi videre til punkt fire."]);
    }

    #[test]
    fn what_only_speaks_of_an_item_stays_whole() {
        for text in [
            "Det tager vi under punkt fem.",
            "Punkt 2, budgettet. Ida, værsgo.",
            "Vi kom kl. 9. Der var kaffe.",
            "Som nævnt under punkt to er der ikke flere penge, og så er der heller ikke tid.",
        ] {
            assert_eq!(pieces(text), [text]);
        }
    }
}
