//! Scores of what a transcript says about itself: whether words marked as doubtful are wrong,
//! and whether what the guards took out was never said.

use serde::Serialize;

use super::score_transcript::normalized;
use referat_core::domain::transcript::{Transcript, Word};
use referat_core::time::Span;

/// How often marked and unmarked words are wrong, and how much speech the guards took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Doubts {
    /// Words marked as doubtful.
    pub marked: usize,
    /// Those of them that were not said there.
    pub marked_wrong: usize,
    /// Words that are not marked.
    pub others: usize,
    /// Those of them that were not said there.
    pub others_wrong: usize,
    /// Words of the reference.
    pub said: usize,
    /// Words that the guards took out though they were said.
    pub wrongly_removed: usize,
}

impl Doubts {
    /// Returns how many times as often a marked word is wrong as another one.
    pub fn ratio(&self) -> f64 {
        let rate = |wrong: usize, all: usize| wrong as f64 / all.max(1) as f64;
        rate(self.marked_wrong, self.marked) / rate(self.others_wrong, self.others).max(1e-9)
    }

    /// Adds another recording's counts.
    pub fn add(&mut self, other: Self) {
        self.marked += other.marked;
        self.marked_wrong += other.marked_wrong;
        self.others += other.others;
        self.others_wrong += other.others_wrong;
        self.said += other.said;
        self.wrongly_removed += other.wrongly_removed;
    }
}

/// Scores `transcript` against what was said: utterances with their times.
///
/// Takes memory for words heard x words said: 25 MB for an hour.
pub fn doubts(transcript: &Transcript, said: &[(Span, String)]) -> Doubts {
    let mut heard: Vec<(String, bool)> = Vec::new();
    for word in transcript.segments.iter().flat_map(|segment| &segment.words) {
        let units = normalized(&word.text);
        heard.extend(units.split_whitespace().map(|unit| (unit.to_owned(), word.is_doubtful())));
    }
    let text = said.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ");
    let reference: Vec<String> = normalized(&text).split_whitespace().map(str::to_owned).collect();
    let mut doubts = Doubts { said: reference.len(), ..Doubts::default() };
    let units: Vec<&str> = heard.iter().map(|(unit, _)| unit.as_str()).collect();
    for ((_, marked), right) in heard.iter().zip(right(&reference, &units)) {
        let (all, wrong) = match marked {
            true => (&mut doubts.marked, &mut doubts.marked_wrong),
            false => (&mut doubts.others, &mut doubts.others_wrong),
        };
        *all += 1;
        *wrong += usize::from(!right);
    }
    doubts.wrongly_removed = transcript
        .removed
        .iter()
        .map(|gone| wrongly(transcript, gone.span, &gone.text, said))
        .sum();
    doubts
}

/// Returns how many words of a removed `text` were said in its time and are not in the
/// transcript there: counted as bags of words.
fn wrongly(transcript: &Transcript, span: Span, text: &str, said: &[(Span, String)]) -> usize {
    let bag = |text: &str| -> Vec<String> {
        normalized(text).split_whitespace().map(str::to_owned).collect()
    };
    let there: Vec<&(Span, String)> =
        said.iter().filter(|(at, _)| !at.overlap(span).is_zero()).collect();
    let mut open: Vec<String> = there.iter().flat_map(|(_, text)| bag(text)).collect();
    let within = |word: &&Word| there.iter().any(|(at, _)| !at.overlap(word.span).is_zero());
    let kept = transcript.segments.iter().flat_map(|segment| &segment.words).filter(within);
    let mut take = |unit: &String| {
        let at = open.iter().position(|other| other == unit);
        at.map(|at| open.swap_remove(at)).is_some()
    };
    for unit in kept.flat_map(|word| bag(&word.text)) {
        take(&unit);
    }
    bag(text).iter().filter(|unit| take(unit)).count()
}

/// Tells of each heard word whether the Levenshtein alignment gives it the same word said.
fn right(said: &[String], heard: &[&str]) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum Step {
        Same,
        Swap,
        Drop,
        Insert,
    }
    let columns = heard.len() + 1;
    let mut steps = vec![Step::Insert; (said.len() + 1) * columns];
    let mut row: Vec<usize> = (0..columns).collect();
    for (line, unit) in said.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        steps[(line + 1) * columns] = Step::Drop;
        for (column, other) in heard.iter().enumerate() {
            let (swap, step) = match unit == other {
                true => (diagonal, Step::Same),
                false => (diagonal + 1, Step::Swap),
            };
            let choices =
                [(swap, step), (row[column + 1] + 1, Step::Drop), (row[column] + 1, Step::Insert)];
            diagonal = row[column + 1];
            let (cost, step) =
                choices.into_iter().min_by_key(|choice| choice.0).unwrap_or((swap, step));
            row[column + 1] = cost;
            steps[(line + 1) * columns + column + 1] = step;
        }
    }
    let mut right = vec![false; heard.len()];
    let (mut line, mut column) = (said.len(), heard.len());
    while column > 0 {
        match steps[line * columns + column] {
            Step::Same => {
                (line, column) = (line - 1, column - 1);
                right[column] = true;
            }
            Step::Swap => (line, column) = (line - 1, column - 1),
            Step::Drop => line -= 1,
            Step::Insert => column -= 1,
        }
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;
    use referat_core::domain::guarded::RemovalReason;
    use referat_core::domain::transcript::{Removed, Segment};
    use referat_core::time::Timestamp;

    fn span(start: u64, end: u64) -> Span {
        Span::new(Timestamp::from_ms(start), Timestamp::from_ms(end)).unwrap()
    }

    fn heard(words: &[(&str, f32)]) -> Transcript {
        let word = |(text, confidence): &(&str, f32)| Word {
            span: span(0, 1000),
            text: (*text).into(),
            confidence: Some(*confidence),
            ..Word::default()
        };
        let words = words.iter().map(word).collect();
        Transcript { segments: vec![Segment { words, ..Segment::default() }], ..Default::default() }
    }

    #[test]
    fn marked_words_that_are_wrong_are_counted_apart() {
        let transcript = heard(&[("Vi", 0.9), ("ser", 0.1), ("på", 0.9), ("sagen.", 0.9)]);
        let said = [(span(0, 1000), "vi går på sagen nu".to_owned())];
        let doubts = doubts(&transcript, &said);
        assert_eq!((doubts.marked, doubts.marked_wrong), (1, 1));
        assert_eq!((doubts.others, doubts.others_wrong), (3, 0));
        assert_eq!(doubts.said, 5);
    }

    #[test]
    fn what_was_said_once_and_stands_once_was_not_wrongly_removed() {
        let mut transcript = heard(&[("så", 0.9), ("videre", 0.9)]);
        let gone = |text: &str| Removed {
            span: span(0, 900),
            text: text.into(),
            reason: RemovalReason::NoSpeech,
        };
        transcript.removed = vec![gone("så så går")];
        let said = [(span(0, 1000), "så går vi videre".to_owned())];
        assert_eq!(doubts(&transcript, &said).wrongly_removed, 1);
    }
}
