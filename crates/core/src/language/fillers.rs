//! Cleans a spoken sentence: fillers, openers of the running talk and false starts.
//!
//! Nothing is put in another word's place; what is taken out carries no content.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::data::{Data, Table};
use super::headings::capitalised;
use super::table_names::TableName;
use super::words::Words;

/// The words of one language that a written sentence does without.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fillers {
    anywhere: Vec<String>,
    opening: Vec<String>,
    inner: Vec<String>,
    inner_kept: BTreeMap<String, String>,
    inner_not_before: BTreeMap<String, Vec<String>>,
    /// Words before which a comma stays where a filler between commas went.
    clause_openers: Vec<String>,
    abbreviations: Vec<String>,
    counted: Vec<String>,
    thanks: Vec<String>,
    thanked: Vec<String>,
}

pub(super) static DATA: Data<Fillers> = Data::new(TableName::Fillers);

impl Table for Fillers {
    type Raw = Self;

    fn ready(raw: Self) -> Result<Self, String> {
        Ok(raw)
    }

    fn check(&self, _: &Self, _: Words<'_>) -> Result<(), String> {
        Ok(())
    }
}

impl Fillers {
    /// Returns the words of `language`.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
    }

    /// Returns whether a sentence may end with `words[at]`.
    pub fn ends_sentence(&self, words: &[&str], at: usize) -> bool {
        let word = words[at];
        let Some(stem) = word.strip_suffix('.') else { return word.ends_with(['?', '!', '…']) };
        let number = !stem.is_empty() && stem.chars().all(|letter| letter.is_ascii_digit());
        let short = stem.to_lowercase();
        // An ordinal in digits (`1. maj`) looks like the end of a sentence; years do not.
        let ordinal = number && stem.len() <= 2 && !self.is_count(words, at);
        !ordinal && !self.abbreviations.contains(&short)
    }

    /// Returns whether the number `words[at]` counts an item (`Punkt 1. Dagsordenen er …`) and is
    /// no ordinal of what follows (`den 1. maj`).
    fn is_count(&self, words: &[&str], at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| Word::new(words[before]).bare);
        let next = words.get(at + 1).and_then(|next| next.chars().next());
        before.is_some_and(|before| self.counted.contains(&before))
            && next.is_none_or(char::is_uppercase)
    }

    /// Returns `sentence` without fillers and repeated words, its first letter a capital.
    pub fn clean(&self, sentence: &str) -> String {
        let words: Vec<Word> = sentence.split_whitespace().map(Word::new).collect();
        let words = self.without(&words, &self.anywhere);
        let words = without_repeats(&words);
        let words = self.without_opening(&words);
        let text = self.without_inner(words).join(" ");
        let text = text.trim_start_matches([',', '-', '–', ' ', '.', ';']).trim();
        capitalised(text)
    }

    fn without<'a>(&self, words: &[Word<'a>], phrases: &[String]) -> Vec<Word<'a>> {
        let mut kept: Vec<Word<'a>> = Vec::with_capacity(words.len());
        let mut at = 0;
        while at < words.len() {
            match phrases.iter().filter_map(|phrase| length_at(&words[at..], phrase)).max() {
                Some(length) => {
                    let between = words[at + length - 1].said.ends_with(',');
                    at += length;
                    // `er, øh, under 18`: both commas were the filler's.
                    let opens =
                        words.get(at).is_none_or(|next| self.clause_openers.contains(&next.bare));
                    if between
                        && !opens
                        && let Some(last) = kept.last_mut()
                        && !last.said.trim_end_matches(',').is_empty()
                    {
                        last.said = last.said.trim_end_matches(',');
                    }
                }
                None => {
                    kept.push(words[at].clone());
                    at += 1;
                }
            }
        }
        kept
    }

    /// Drops opening phrases, but never all of a sentence.
    fn without_opening<'w, 'a>(&self, words: &'w [Word<'a>]) -> &'w [Word<'a>] {
        let mut rest = words;
        loop {
            let lengths = self.opening.iter().filter_map(|phrase| length_at(rest, phrase));
            let spare =
                |length: &usize| *length < rest.len() && !self.thanks_somebody(rest, *length);
            match lengths.filter(spare).max() {
                Some(length) => rest = &rest[length..],
                None => return rest,
            }
        }
    }

    /// Returns whether the opening of `length` words says thanks and goes on with whom or what
    /// for: then it is no mere opening.
    fn thanks_somebody(&self, words: &[Word], length: usize) -> bool {
        let opening: Vec<&str> = words[..length].iter().map(|word| word.bare.as_str()).collect();
        self.thanks.contains(&opening.join(" "))
            && words.get(length).is_some_and(|next| self.thanked.contains(&next.bare))
    }

    /// Drops weak words inside a sentence; the first and the last word always stay.
    fn without_inner<'a>(&'a self, words: &[Word<'a>]) -> Vec<&'a str> {
        let mut kept: Vec<&str> = Vec::with_capacity(words.len());
        let mut at = 0;
        while at < words.len() {
            let found = self.inner.iter().find_map(|phrase| {
                let length = length_at(&words[at..], phrase)?;
                let last = words[at + length - 1].said;
                // A word before a comma or at an end closes its clause and is wanted.
                let inside = at > 0 && at + length < words.len() && !last.ends_with([',', '.']);
                let bound = self.inner_not_before.get(phrase).is_some_and(|next| {
                    words.get(at + length).is_some_and(|word| next.contains(&word.bare))
                });
                let inside = inside && !bound;
                inside.then_some((phrase, length))
            });
            match found {
                Some((phrase, length)) => {
                    kept.extend(self.inner_kept.get(phrase).map(String::as_str));
                    at += length;
                }
                None => {
                    kept.push(words[at].said);
                    at += 1;
                }
            }
        }
        kept
    }
}

/// A word as it was said, and in lower case without what stands around it.
#[derive(Clone)]
struct Word<'a> {
    said: &'a str,
    // Case: Danish `I` (you) must not pass for `i`, so only plain words are folded.
    bare: String,
}

impl<'a> Word<'a> {
    fn new(said: &'a str) -> Self {
        let bare = said.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
        Self { said, bare }
    }
}

/// Returns how many words `phrase` takes at the start of `words`, if it stands there.
fn length_at(words: &[Word], phrase: &str) -> Option<usize> {
    let mut length = 0;
    for part in phrase.split(' ') {
        if words.get(length)?.bare != part {
            return None;
        }
        length += 1;
    }
    Some(length)
}

/// Drops a word or a pair of words that is said twice in a row.
fn without_repeats<'a>(words: &[Word<'a>]) -> Vec<Word<'a>> {
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    let same = |one: &Word, other: &Word| {
        let bare = |word: &str| word.trim_end_matches([',', '-', '–']).to_lowercase();
        // Danish `I i`: you, in.
        let one_letter = one.bare.len() == 1 && one.said != other.said;
        // What differs without all around it differs with some of it.
        one.bare == other.bare && bare(one.said) == bare(other.said) && !one_letter
    };
    for word in words {
        if kept.last().is_some_and(|last| same(last, word) && !last.said.ends_with('.')) {
            kept.pop();
        }
        kept.push(word.clone());
        let count = kept.len();
        if count >= 4
            && same(&kept[count - 1], &kept[count - 3])
            && same(&kept[count - 2], &kept[count - 4])
        {
            kept.truncate(count - 2);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(sentence: &str) -> String {
        Fillers::of(Words::danish()).clean(sentence)
    }

    #[test]
    fn fillers_and_openers_go() {
        assert_eq!(clean("Øh, jamen, altså, taget skal skiftes."), "Taget skal skiftes.");
        assert_eq!(clean("Vi har, øh, to tilbud."), "Vi har to tilbud.");
        assert_eq!(clean("Vi har en pumpe, øh, som virker."), "Vi har en pumpe, som virker.");
        assert_eq!(clean("Vi kan lige så godt lige sige det."), "Vi kan lige så godt sige det.");
    }

    #[test]
    fn false_starts_go() {
        assert_eq!(clean("Vi vi skal skal se på det."), "Vi skal se på det.");
        assert_eq!(clean("Det er det er dyrt."), "Det er dyrt.");
        assert_eq!(clean("Så retter I i det."), "Så retter I i det.");
    }

    #[test]
    fn a_sentence_is_never_cleaned_away() {
        assert_eq!(clean("Tak for det."), "Tak for det.");
    }

    #[test]
    fn an_ordinal_or_a_short_form_ends_no_sentence() {
        let ends = |text: &str, at| {
            let words: Vec<&str> = text.split(' ').collect();
            Fillers::of(Words::danish()).ends_sentence(&words, at)
        };
        assert!(!ends("den 1. maj", 1));
        assert!(!ends("kl. 9", 0));
        assert!(ends("i 2023. Vi", 1));
        assert!(ends("om taget. Vi", 1));
    }

    #[test]
    fn the_number_of_an_item_ends_a_sentence_before_a_capital() {
        let ends = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            Fillers::of(Words::danish()).ends_sentence(&words, 1)
        };
        assert!(ends("Punkt 1. Dagsordenen er godkendt."));
        assert!(!ends("punkt 1. og 2."));
        assert!(!ends("den 1. Maj"));
    }

    #[test]
    fn thanks_to_somebody_are_no_opening() {
        assert_eq!(clean("Tak, taget skal skiftes."), "Taget skal skiftes.");
        assert_eq!(clean("Tak til Torben Hvidt."), "Tak til Torben Hvidt.");
        assert_eq!(clean("Ja, tak for i dag."), "Tak for i dag.");
    }

    #[test]
    fn every_language_reads() {
        assert_eq!(
            Fillers::of(Words::english()).clean("Um, well, the roof leaks."),
            "The roof leaks."
        );
    }
}
