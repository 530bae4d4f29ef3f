//! A sentence as the models read it: its words and stems, names and numbers made alike, and what
//! the tables know of it.

use std::collections::HashSet;

use super::tables;
use crate::language::lexicon::Lexicon;
use crate::language::normalize;
use crate::language::words::Words;

/// A word: as compared, and its stem. Every number is `#`, every participant's name `@`.
pub(super) struct ReadWord {
    pub(super) word: String,
    pub(super) stem: String,
}

/// A sentence that has been read.
pub(super) struct ReadSentence {
    pub(super) words: Vec<ReadWord>,
    /// What is to be said of it as a whole.
    pub(super) facts: Vec<String>,
    /// Largest share of an item's title that stands in it.
    pub(super) title: f32,
}

/// Reads the sentences of one meeting.
pub(super) struct SentenceReader<'a> {
    language: Words<'a>,
    lexicon: &'a Lexicon,
    names: HashSet<String>,
    titles: Vec<HashSet<String>>,
}

impl<'a> SentenceReader<'a> {
    /// Returns a reader that knows the items' titles and the participants' names.
    pub(super) fn new(titles: &[String], names: &[String], language: Words<'a>) -> Self {
        let mut reader = Self {
            language,
            lexicon: Lexicon::of(language),
            names: names
                .iter()
                .flat_map(|name| normalize::words(name))
                .map(|word| word.folded)
                .filter(|word| word.chars().count() > 1)
                .collect(),
            titles: Vec::new(),
        };
        reader.titles = titles.iter().map(|title| reader.content(title)).collect();
        reader.titles.retain(|title| !title.is_empty());
        reader
    }

    fn content(&self, text: &str) -> HashSet<String> {
        let words = normalize::words(text).into_iter().map(|word| word.folded);
        let words = words.filter(|word| !self.lexicon.is_empty_word(word));
        words.map(|word| self.lexicon.stem(&word)).collect()
    }

    /// Reads one sentence.
    pub(super) fn read(&self, text: &str) -> ReadSentence {
        let mut facts = tables::hits(text, self.language);
        let mut words: Vec<ReadWord> = Vec::new();
        let said = normalize::words(text);
        for (at, heard) in said.iter().enumerate() {
            let capital = text[heard.start..].chars().next().is_some_and(char::is_uppercase);
            let number = heard.folded.chars().all(|letter| letter.is_ascii_digit());
            let name = self.names.contains(&heard.folded) && (capital || at == 0);
            if name {
                facts.push("named".to_owned());
                if at == 0 {
                    facts.push("name first".to_owned());
                }
                if at + 1 == said.len() {
                    facts.push("name last".to_owned());
                }
            } else if number {
                facts.push("number".to_owned());
            } else if capital && at > 0 && heard.folded != "i" {
                facts.push("capital".to_owned());
            }
            let sign = if number { "#" } else { "@" };
            if name && words.last().is_some_and(|last| last.word == sign) {
                continue;
            }
            words.push(if number || name {
                ReadWord { word: sign.to_owned(), stem: sign.to_owned() }
            } else {
                let stem = self.lexicon.stem(&heard.folded);
                ReadWord { word: heard.folded.clone(), stem }
            });
        }
        if text.trim_end().ends_with('?') {
            facts.push("?".to_owned());
            words.push(ReadWord { word: "?".to_owned(), stem: "?".to_owned() });
        }
        facts.sort_unstable();
        facts.dedup();
        let content = self.content(text);
        let share = |title: &HashSet<String>| {
            title.intersection(&content).count() as f32 / title.len() as f32
        };
        let title = self.titles.iter().map(share).fold(0.0, f32::max);
        ReadSentence { words, facts, title }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_made_alike() {
        let names = ["Torben Lund".to_owned()];
        let reader = SentenceReader::new(&["Nyt tag".to_owned()], &names, Words::danish());
        let read = reader.read("Torben, du skifter taget inden den 1. maj?");
        let words: Vec<&str> = read.words.iter().map(|word| word.word.as_str()).collect();
        assert_eq!(words, ["@", "du", "skifter", "taget", "inden", "den", "#", "maj", "?"]);
        assert!(read.facts.iter().any(|fact| fact == "name first"));
        assert!(read.title > 0.0);
    }
}
