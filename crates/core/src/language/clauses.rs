//! What kind of word stands where in a sentence: finite verbs, persons, words that link clauses.
//!
//! By these the shape of a sentence is known ([`Clauses::reported`]); a word that no list holds
//! leaves the shape unknown, and what is not known is not put into other words.

mod doing;
mod fitting;
mod front;
mod hanging;
mod main_clause;
mod parts;
mod plain;
mod retold;
mod settled;
mod shape;
mod table;
mod tail;

use std::collections::HashSet;

use super::lexicon::Lexicon;
use super::reporting::Reporting;
use super::words::Words;
use table::{ClauseTable, ClauseWords};

pub use doing::{Doing, Done};
pub use fitting::Room;
pub use shape::Reported;
pub(super) use table::DATA;

/// The words of one language by what they do in a clause.
#[derive(Clone, Copy, Debug)]
pub struct Clauses<'v> {
    language: Words<'v>,
    words: &'v ClauseWords,
    finite: &'v HashSet<String>,
}

/// Returns whether a list of small words has this one.
fn has(words: &[String], key: &str) -> bool {
    words.iter().any(|word| word == key)
}

/// Returns the letters of a word in lower case, without punctuation around them.
pub(super) fn bare(word: &str) -> String {
    word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase()
}

impl<'v> Clauses<'v> {
    /// Returns the words of `language`.
    pub fn of(language: Words<'v>) -> Self {
        let ClauseTable { words, finite } = DATA.of(language);
        Self { language, words, finite }
    }

    /// Returns whether `words[place]` is a finite verb there.
    pub fn is_finite(&self, words: &[&str], place: usize) -> bool {
        let Some(word) = words.get(place) else { return false };
        let key = bare(word);
        if !self.finite.contains(&key) || word.chars().next().is_some_and(char::is_numeric) {
            return false;
        }
        let behind = place.checked_sub(1).map(|before| words[before]);
        if self.is_no_verb(words, place) {
            return false;
        }
        if !self.words.unsure.contains(&key) {
            return true;
        }
        let next = words.get(place + 1).map(|next| bare(next)).unwrap_or_default();
        let turned = self.is_person(&next) && !word.ends_with(',');
        self.words.sure_behind_subject.contains(&key)
            && (turned
                || behind.is_some_and(|before| {
                    let before_key = bare(before);
                    (self.words.subjects.contains(&before_key)
                        || self.words.nominative.contains(&before_key)
                        || before.chars().next().is_some_and(char::is_uppercase))
                        && !before.ends_with(',')
                }))
    }

    /// Returns whether `words[place]` looks like a verb and is none: `i går` is yesterday.
    pub(super) fn is_no_verb(&self, words: &[&str], place: usize) -> bool {
        let pair = place.checked_sub(1).and_then(|before| words.get(before..=place));
        pair.is_some_and(|pair| {
            let phrase: Vec<String> = pair.iter().map(|word| bare(word)).collect();
            self.words.no_verbs.contains(&phrase.join(" "))
        })
    }

    /// Returns whether the word is one of the small ones, which are never names.
    pub fn is_small(&self, word: &str) -> bool {
        let key = bare(word);
        [
            &self.words.subjects,
            &self.words.nominative,
            &self.words.dangling,
            &self.words.determiners,
            &self.words.prepositions,
            &self.words.adverbial,
            &self.words.adverbs,
        ]
        .iter()
        .any(|words| words.contains(&key))
    }

    /// Returns whether the text is one clause that belongs to another: `at taget er utæt`.
    pub fn is_dependent(&self, text: &str) -> bool {
        let first = text.split_whitespace().next().map(bare).unwrap_or_default();
        // `At` opens nothing but such a clause, however many follow it.
        let always = self.words.always_dependent.contains(&first);
        (always || self.words.dependent.contains(&first) && !text.contains(','))
            && !text.ends_with('?')
    }

    /// Returns whether some of us are meant by the `we` at a place: `vi to`.
    fn is_some_of_us(&self, words: &[&str], place: usize) -> bool {
        let next = words.get(place + 1).map(|next| bare(next));
        next.is_some_and(|next| has(&self.words.function.of_us, &next))
    }

    /// Returns whether the word is a person as the subject, and surely so: Danish `i` is more often
    /// a preposition.
    fn is_person(&self, key: &str) -> bool {
        self.words.nominative.contains(key) && !has(&self.words.function.unsure_person, key)
    }

    /// Returns whether a noun carries its article, as its ending tells.
    fn is_definite(&self, word: &str) -> bool {
        Reporting::of(self.language).is_definite(word)
    }

    /// Returns whether the text has a finite verb.
    pub fn has_finite(&self, text: &str) -> bool {
        let words: Vec<&str> = text.split_whitespace().collect();
        (0..words.len()).any(|place| {
            self.is_finite(&words, place)
                || self.finite.contains(&bare(words[place]))
                || self.is_contracted(words[place])
        })
    }

    /// Returns whether the word is of the first person and, unless told otherwise, unresolved.
    pub fn is_first_person(&self, word: &str) -> bool {
        self.words.first_person.contains(&bare(word))
    }

    /// Returns whether `words[place]` speaks to somebody.
    pub fn is_second_person(&self, words: &[&str], place: usize) -> bool {
        let Some(word) = words.get(place) else { return false };
        self.words.second_person.contains(&bare(word))
            || Reporting::of(self.language).is_plural_you(words, place)
    }

    /// Returns whether the word stands for something named elsewhere.
    pub fn is_dangling(&self, word: &str) -> bool {
        self.words.dangling.contains(&bare(word))
    }

    /// Returns whether the word names nothing: an adverb, or a pronoun as a subject.
    pub fn only_links(&self, word: &str) -> bool {
        let key = bare(word);
        [&self.words.adverbs, &self.words.subjects, &self.words.particles]
            .iter()
            .any(|words| words.contains(&key))
    }

    /// Returns whether the word tells how things should be.
    pub fn is_opinion(&self, word: &str) -> bool {
        self.words.opinion.contains(word)
    }

    /// Returns whether the word opens a clause inside another: `at`, `om`, `hvor`.
    pub fn opens_clause(&self, word: &str) -> bool {
        let key = bare(word);
        self.words.subordinators.contains(&key) && !self.words.prepositions.contains(&key)
            || has(&self.words.function.whether, &key)
    }

    /// Returns whether the sentence begins with what is only called out, or tells somebody to do
    /// something.
    pub fn is_call(&self, words: &[&str]) -> bool {
        let key = |place: usize| words.get(place).map(|word| bare(word)).unwrap_or_default();
        let so = self.words.particles.contains(&key(0)) && self.words.imperatives.contains(&key(1));
        let (first, words) = if so { (key(1), &words[1..]) } else { (key(0), words) };
        self.words.interjections.contains(&first)
            || (self.words.imperatives.contains(&first) && !self.is_finite(words, 1))
    }

    /// Returns how many different words of a text tell what it is about.
    pub fn telling_words(&self, text: &str) -> usize {
        let lexicon = Lexicon::of(self.language);
        let mut seen: Vec<String> = text
            .split_whitespace()
            .map(bare)
            .filter(|key| {
                key.chars().count() > 1 || key.chars().next().is_some_and(char::is_numeric)
            })
            .filter(|key| !lexicon.is_empty_word(key) && !self.words.small.contains(key))
            .collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finite(text: &str) -> Vec<&str> {
        let words: Vec<&str> = text.split(' ').collect();
        let clauses = Clauses::of(Words::danish());
        let places = (0..words.len()).filter(|place| clauses.is_finite(&words, *place));
        places.map(|place| words[place]).collect()
    }

    #[test]
    fn a_finite_verb_is_told_from_a_noun_by_what_stands_before_it() {
        assert_eq!(finite("vi møder kommunen om to møder"), ["møder"]);
        assert_eq!(finite("de nye priser stiger"), ["stiger"]);
        assert_eq!(finite("Prisen kan ikke købes"), ["kan"]);
        assert_eq!(finite("I går fik vi svar"), ["fik"]);
    }

    #[test]
    fn small_talk_tells_nothing() {
        let clauses = Clauses::of(Words::danish());
        assert_eq!(clauses.telling_words("Ja, det er jo rigtigt."), 0);
        assert!(clauses.telling_words("Affugteren koster 4.200 kr.") >= 3);
    }
}
