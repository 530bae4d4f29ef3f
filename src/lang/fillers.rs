//! Cleans a spoken sentence: fillers, openers of the running talk and false starts.
//!
//! Nothing is put in another word's place; what is taken out carries no content.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::lang::headings::capitalised;
use crate::model::language::Language;

/// The words of one language that a written sentence does without.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fillers {
    anywhere: Vec<String>,
    opening: Vec<String>,
    inner: Vec<String>,
    inner_kept: BTreeMap<String, String>,
    abbreviations: Vec<String>,
}

impl Fillers {
    /// Returns the words of `language`.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Da => &DA,
            Language::En => &EN,
        }
    }

    /// Returns whether a sentence may end with this word, which carries a full stop.
    pub fn ends_sentence(&self, word: &str) -> bool {
        let Some(stem) = word.strip_suffix('.') else { return word.ends_with(['?', '!', '…']) };
        let number = !stem.is_empty() && stem.chars().all(|letter| letter.is_ascii_digit());
        let short = stem.to_lowercase();
        // An ordinal in digits (`1. maj`) looks like the end of a sentence; years do not.
        !(self.abbreviations.contains(&short) || number && stem.len() <= 2)
    }

    /// Returns `sentence` without fillers and repeated words, its first letter a capital.
    pub fn clean(&self, sentence: &str) -> String {
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let words = self.without(&words, &self.anywhere);
        let words = without_repeats(&words);
        let words = self.without_opening(&words);
        let words = self.without_inner(&words);
        let text = words.join(" ");
        let text = text.trim_start_matches([',', '-', '–', ' ', '.', ';']).trim();
        capitalised(text)
    }

    fn without<'a>(&self, words: &[&'a str], phrases: &[String]) -> Vec<&'a str> {
        let mut kept = Vec::with_capacity(words.len());
        let mut at = 0;
        while at < words.len() {
            match phrases.iter().filter_map(|phrase| length_at(&words[at..], phrase)).max() {
                Some(length) => at += length,
                None => {
                    kept.push(words[at]);
                    at += 1;
                }
            }
        }
        kept
    }

    /// Drops opening phrases, but never all of a sentence.
    fn without_opening<'a>(&self, words: &[&'a str]) -> Vec<&'a str> {
        let mut rest = words;
        loop {
            let longest = self.opening.iter().filter_map(|phrase| length_at(rest, phrase)).max();
            match longest {
                Some(length) if length < rest.len() => rest = &rest[length..],
                _ => return rest.to_vec(),
            }
        }
    }

    /// Drops weak words inside a sentence; the first and the last word always stay.
    fn without_inner<'a>(&'a self, words: &[&'a str]) -> Vec<&'a str> {
        let mut kept: Vec<&str> = Vec::with_capacity(words.len());
        let mut at = 0;
        while at < words.len() {
            let found = self.inner.iter().find_map(|phrase| {
                let length = length_at(&words[at..], phrase)?;
                let last = words[at + length - 1];
                // A word before a comma or at an end closes its clause and is wanted.
                let inside = at > 0 && at + length < words.len() && !last.ends_with([',', '.']);
                inside.then_some((phrase, length))
            });
            match found {
                Some((phrase, length)) => {
                    kept.extend(self.inner_kept.get(phrase).map(String::as_str));
                    at += length;
                }
                None => {
                    kept.push(words[at]);
                    at += 1;
                }
            }
        }
        kept
    }
}

/// Returns how many words `phrase` takes at the start of `words`, if it stands there.
fn length_at(words: &[&str], phrase: &str) -> Option<usize> {
    let mut length = 0;
    for (place, part) in phrase.split(' ').enumerate() {
        let word = words.get(place)?;
        // Case: Danish `I` (you) must not pass for `i`, so only plain words are folded.
        if word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase() != part {
            return None;
        }
        length += 1;
    }
    Some(length)
}

/// Drops a word or a pair of words that is said twice in a row.
fn without_repeats<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut kept: Vec<&str> = Vec::with_capacity(words.len());
    for word in words {
        let bare = |word: &str| word.trim_end_matches([',', '-', '–']).to_lowercase();
        if kept.last().is_some_and(|last| bare(last) == bare(word) && !last.ends_with('.')) {
            kept.pop();
        }
        kept.push(word);
        let count = kept.len();
        if count >= 4
            && bare(kept[count - 1]) == bare(kept[count - 3])
            && bare(kept[count - 2]) == bare(kept[count - 4])
        {
            kept.truncate(count - 2);
        }
    }
    kept
}

#[expect(clippy::expect_used, reason = "the data is compiled in, and a test reads it")]
fn parse(text: &str) -> Fillers {
    toml::from_str(text).expect("fillers.toml is compiled in and valid")
}

static DA: LazyLock<Fillers> = LazyLock::new(|| parse(include_str!("da/fillers.toml")));
static EN: LazyLock<Fillers> = LazyLock::new(|| parse(include_str!("en/fillers.toml")));

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(sentence: &str) -> String {
        Fillers::of(Language::Da).clean(sentence)
    }

    #[test]
    fn fillers_and_openers_go() {
        assert_eq!(clean("Øh, jamen, altså, taget skal skiftes."), "Taget skal skiftes.");
        assert_eq!(clean("Vi har, øh, to tilbud."), "Vi har, to tilbud.");
    }

    #[test]
    fn false_starts_go() {
        assert_eq!(clean("Vi vi skal skal se på det."), "Vi skal se på det.");
        assert_eq!(clean("Det er det er dyrt."), "Det er dyrt.");
    }

    #[test]
    fn a_sentence_is_never_cleaned_away() {
        assert_eq!(clean("Tak for det."), "Tak for det.");
    }

    #[test]
    fn an_ordinal_or_a_short_form_ends_no_sentence() {
        let words = Fillers::of(Language::Da);
        assert!(!words.ends_sentence("1."));
        assert!(!words.ends_sentence("kl."));
        assert!(words.ends_sentence("2023."));
        assert!(words.ends_sentence("taget."));
    }

    #[test]
    fn every_language_reads() {
        assert_eq!(Fillers::of(Language::En).clean("Um, well, the roof leaks."), "The roof leaks.");
    }
}
