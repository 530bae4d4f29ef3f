//! Which sentences of a contribution a line is made of.

use crate::draft::entry::Entry;
use crate::draft::ranking;
use crate::draft::sentences::Sentence;
use crate::language::clauses::Clauses;

use super::Writer;

/// A sentence with fewer telling words than this makes no line by itself.
const TELLING: usize = 3;

/// A question with fewer is not told.
const ASKING: usize = 2;

impl Writer<'_> {
    /// Returns how many words of the sentence tell what it is about.
    pub(super) fn telling(&self, sentence: &Sentence) -> usize {
        Clauses::of(self.language).telling_words(&sentence.text)
    }

    /// Returns whether a line may be made of the sentence.
    pub(super) fn is_telling(&self, sentence: &Sentence) -> bool {
        let words: Vec<&str> = sentence.text.split_whitespace().collect();
        let clauses = Clauses::of(self.language);
        let asks = sentence.text.ends_with('?');
        !sentence.is_unclear()
            && !sentence.is_procedural()
            && !clauses.is_call(&words)
            && clauses.has_finite(&sentence.text)
            && !clauses.is_dependent(&sentence.text)
            && self.telling(sentence) >= if asks { ASKING } else { TELLING }
            && !sentence.text.contains('…')
            && !sentence.text.contains("..")
            && !sentence.text.trim_end_matches('.').ends_with(['–', '-'])
    }

    /// Returns the places of the sentences that a line may be made of, the most telling first.
    pub(super) fn most_telling(&self, entry: &Entry) -> Vec<usize> {
        let asks = entry.kind == Some(crate::domain::referat::StatementKind::Question);
        let mut ranked = ranking::most_telling(&entry.sentences, self.item);
        ranked.retain(|place| self.is_telling(&entry.sentences[*place]));
        // A question is told as one, anything else by what it states.
        ranked.sort_by_key(|place| entry.sentences[*place].text.ends_with('?') != asks);
        ranked
    }
}
