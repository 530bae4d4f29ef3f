//! Whether a language model's sentences tell only what their statements tell.
//!
//! The checks are plain so that they can be foreseen: every number, every name, every word of
//! time and every negation of a sentence must stand in its statements, a negation beside the same
//! words, and most of its other words too. When in doubt the sentence is refused: what is lost is
//! a nicer wording.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::agenda::AgendaItem;
use crate::domain::meeting::Meeting;
use crate::domain::referat::Statement;
use crate::language::headings::Headings;
use crate::language::lexicon::Lexicon;
use crate::language::normalize;
use crate::language::numbers;
use crate::language::pattern::regex;
use crate::language::prose::ProseWords;
use crate::language::words::Words;

/// Of a sentence's telling words at least these many in ten stand in its statements.
const FROM_SOURCE: usize = 7;

/// A negation stands beside the same word in the statements within so many words.
const BESIDE: usize = 5;

/// Of a source sentence's telling words these many in ten make it the one that was reworded.
const USED: usize = 5;

/// What a group of statements tells.
pub(super) struct Sources<'v> {
    language: Words<'v>,
    /// Who speaks; the words for an unknown speaker where nobody is known.
    speakers: Vec<String>,
    /// The source sentences' words, folded and in order.
    sentences: Vec<Vec<String>>,
    numbers: BTreeSet<String>,
    words: HashSet<String>,
    stems: HashSet<String>,
}

impl<'v> Sources<'v> {
    /// Returns what `statements` tell under `item`.
    pub(super) fn new(
        statements: &[&Statement],
        item: Option<&AgendaItem>,
        meeting: &Meeting,
        language: Words<'v>,
    ) -> Self {
        let unknown = Headings::of(language).unknown_speaker.as_str();
        let speakers: Vec<String> = statements
            .iter()
            .map(|one| one.speaker.as_deref().unwrap_or(unknown).to_owned())
            .collect();
        let said = statements.iter().flat_map(|one| one.material.iter().map(|said| &said.text));
        // A statement without material rests on its own line.
        let bare = statements.iter().filter(|one| one.material.is_empty()).map(|one| &one.text);
        let said: Vec<String> = said.chain(bare).map(|text| text.replace("[?]", "")).collect();
        let sentences: Vec<Vec<String>> = said.iter().map(|text| folded(text)).collect();
        let mut texts: Vec<&str> = said.iter().map(String::as_str).collect();
        texts.extend(speakers.iter().map(String::as_str));
        texts.extend(statements.iter().map(|one| one.text.as_str()));
        texts.extend(item.iter().map(|item| item.title.as_str()));
        texts.extend(item.iter().flat_map(|item| item.sub.iter().map(|sub| sub.title.as_str())));
        let lexicon = Lexicon::of(language);
        let mut words: HashSet<String> = texts.iter().flat_map(|text| folded(text)).collect();
        // Who is spoken of by one name may be written with the whole of it.
        for person in meeting.header.everybody() {
            let parts = folded(&person.name);
            if parts.iter().any(|part| words.contains(part)) {
                words.extend(parts);
            }
        }
        let stems = words.iter().map(|word| lexicon.stem(word)).collect();
        let numbers = texts.iter().flat_map(|text| numbers_of(text, language)).collect();
        Self { language, speakers, sentences, numbers, words, stems }
    }

    /// Returns what is wrong with the sentences, in words; `None` when nothing is.
    pub(super) fn fault(&self, texts: &[String]) -> Option<String> {
        let mut named = false;
        for text in texts {
            let sentences = split(text);
            if sentences.is_empty() {
                return Some("it is empty".to_owned());
            }
            for sentence in sentences {
                let begins = self.speakers.iter().any(|name| sentence.starts_with(name.as_str()));
                // What follows a sentence of the speaker's may go on without the name.
                if !begins && !named {
                    return Some("it does not begin with who spoke".to_owned());
                }
                named = true;
                if let Some(fault) = self.fault_of(sentence, begins) {
                    return Some(fault);
                }
            }
        }
        None
    }

    fn fault_of(&self, sentence: &str, begins: bool) -> Option<String> {
        let all_numbers = numbers_of(sentence, self.language);
        if let Some(number) = all_numbers.iter().find(|number| !self.numbers.contains(*number)) {
            return Some(format!("the number {number} was not said"));
        }
        if let Some(name) = self.strange_name(sentence, begins) {
            return Some(format!("`{name}` was not said"));
        }
        let words = folded(sentence);
        let vocabulary = ProseWords::of(self.language);
        let times = Headings::of(self.language);
        let of_time = |word: &String| {
            vocabulary.times.contains(word)
                || times
                    .months
                    .iter()
                    .chain(&times.weekdays)
                    .any(|name| name.to_lowercase() == *word)
        };
        if let Some(time) = words.iter().find(|word| of_time(word) && !self.words.contains(*word)) {
            return Some(format!("`{time}` was not said"));
        }
        self.denial(&words).or_else(|| self.invention(&words))
    }

    /// Returns a word with a capital that was not said. The first word of a sentence has one
    /// anyway, and is a name only when it is no word of the language's own.
    fn strange_name(&self, sentence: &str, begins: bool) -> Option<String> {
        let lexicon = Lexicon::of(self.language);
        let vocabulary = ProseWords::of(self.language);
        let mut first = true;
        for word in normalize::words(sentence) {
            let written = sentence.get(word.start..word.end).unwrap_or_default();
            let opens = std::mem::take(&mut first) && !begins;
            let capital = written.chars().any(char::is_uppercase);
            // The genitive of a name that was said.
            let stem = word.folded.strip_suffix('s').unwrap_or(&word.folded);
            let known = self.words.contains(&word.folded)
                || self.words.contains(stem)
                || lexicon.is_empty_word(&word.folded) && (opens || written.chars().count() == 1)
                || opens && vocabulary.reporting.contains(&word.folded)
                || opens && self.stems.contains(&lexicon.stem(&word.folded));
            if capital && !known {
                return Some(written.to_owned());
            }
        }
        None
    }

    /// Returns how the sentence denies what was not denied, or affirms what was.
    fn denial(&self, words: &[String]) -> Option<String> {
        let negations = &ProseWords::of(self.language).negations;
        let denies = |words: &[String]| words.iter().filter(|w| negations.contains(*w)).count();
        let told = self.telling(words);
        let shared: Vec<usize> = self
            .sentences
            .iter()
            .map(|source| self.telling(source).intersection(&told).count())
            .collect();
        let best = shared.iter().copied().max().unwrap_or_default();
        let used = self.sentences.iter().zip(&shared).filter(|(source, shared)| {
            let all = self.telling(source).len();
            **shared > 0 && (**shared == best || **shared * 10 >= all * USED)
        });
        let used: Vec<&Vec<String>> = used.map(|(source, _)| source).collect();
        let denied: usize = used.iter().map(|source| denies(source)).sum();
        match denies(words).cmp(&denied) {
            std::cmp::Ordering::Less => return Some("a negation was left out".to_owned()),
            std::cmp::Ordering::Greater => return Some("a negation was not said".to_owned()),
            std::cmp::Ordering::Equal => {}
        }
        let lexicon = Lexicon::of(self.language);
        let beside = |words: &[String], at: usize| -> HashSet<String> {
            let near = words.iter().enumerate().filter(|(place, word)| {
                place.abs_diff(at) <= BESIDE && *place != at && !lexicon.is_empty_word(word)
            });
            near.map(|(_, word)| lexicon.stem(word)).collect()
        };
        let places = |words: &[String]| -> Vec<usize> {
            let found = words.iter().enumerate().filter(|(_, word)| negations.contains(*word));
            found.map(|(place, _)| place).collect()
        };
        let moved = places(words).into_iter().any(|at| {
            let here = beside(words, at);
            let same = |source: &&Vec<String>| {
                places(source).into_iter().any(|at| !beside(source, at).is_disjoint(&here))
            };
            !here.is_empty() && !used.iter().any(same)
        });
        moved.then(|| "a negation stands beside other words than it was said of".to_owned())
    }

    /// Returns a fault when too many of the sentence's telling words were not said.
    fn invention(&self, words: &[String]) -> Option<String> {
        let told = self.telling(words);
        let said = told.iter().filter(|stem| self.stems.contains(*stem)).count();
        (said * 10 < told.len() * FROM_SOURCE).then(|| "too much of it was not said".to_owned())
    }

    /// Returns the stems of the words that tell something, words of reporting left out.
    fn telling(&self, words: &[String]) -> HashSet<String> {
        let lexicon = Lexicon::of(self.language);
        let vocabulary = ProseWords::of(self.language);
        words
            .iter()
            .filter(|word| !lexicon.is_empty_word(word) && !vocabulary.reporting.contains(*word))
            .map(|word| lexicon.stem(word))
            .collect()
    }
}

fn folded(text: &str) -> Vec<String> {
    normalize::words(text).into_iter().map(|word| word.folded).collect()
}

/// Returns the sentences of a text, by their full stops before a capital.
fn split(text: &str) -> Vec<&str> {
    static ENDS: LazyLock<Regex> = LazyLock::new(|| regex(r"[\p{L}\])]{2}[.!?] +\p{Lu}"));
    let mut found = Vec::new();
    let mut from = 0;
    for end in ENDS.find_iter(text) {
        let last = text[..end.end()].char_indices().next_back().map_or(end.end(), |(at, _)| at);
        found.push(text[from..last].trim());
        from = last;
    }
    found.push(text[from..].trim());
    found.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
    found
}

/// Returns the numbers of a text, in digits: as written in figures, and the amounts its words
/// tell. One is an article as often as a number and is left out where it stands in words.
fn numbers_of(text: &str, language: Words<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let words = folded(text);
    // A group of thousands (`1.800`) is one number however it is written.
    let mut at = 0;
    while at < words.len() {
        let digits = |at: usize| {
            words.get(at).filter(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))
        };
        if let Some(first) = digits(at) {
            let mut number = first.clone();
            at += 1;
            while let Some(group) = digits(at).filter(|group| group.len() == 3) {
                number += group;
                at += 1;
            }
            found.insert(number);
            continue;
        }
        let rest: Vec<&str> = words[at..].iter().take(12).map(String::as_str).collect();
        match numbers::read(&rest, language) {
            Some(number) => {
                if number.value > 2 || (number.value == 2 && !number.ordinal) {
                    found.insert(number.value.to_string());
                }
                at += number.words.max(1);
            }
            None => at += 1,
        }
    }
    found
}
