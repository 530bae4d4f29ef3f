//! A text prepared for looking for phrases: its words, and its letters for approximate search.

use super::nearness::Letters;
use super::normalize::{self, Word};

/// A text prepared for looking for cues.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Its words.
    pub words: Vec<Word>,
    pub(super) letters: Letters,
}

impl Heard {
    /// Prepares a text.
    pub fn new(text: &str) -> Self {
        let words = normalize::words(text);
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        let letters = Letters::new(&folded.join(" "));
        Self { words, letters }
    }

    /// Returns the words that end at letter `end` of the folded text and take `length` letters.
    pub(super) fn words_before(&self, end: usize, length: usize) -> (usize, usize) {
        let from = end.saturating_sub(length);
        let (mut at, mut first, mut last) = (0, None, 0);
        for (index, word) in self.words.iter().enumerate() {
            let next = at + word.folded.chars().count();
            if next > from && first.is_none() {
                first = Some(index);
            }
            if at < end {
                last = index + 1;
            }
            at = next + 1;
        }
        let last = last.max(1).min(self.words.len());
        (first.unwrap_or(0).min(last), last)
    }

    /// Returns the words of `text` in the given range as they stand there.
    pub fn quote<'a>(&self, text: &'a str, words: (usize, usize)) -> &'a str {
        let range = self.words.get(words.0..words.1).unwrap_or_default();
        match (range.first(), range.last()) {
            (Some(first), Some(last)) => text.get(first.start..last.end).unwrap_or_default(),
            _ => "",
        }
    }
}
