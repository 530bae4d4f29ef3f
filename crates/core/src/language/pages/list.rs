//! A list of phrases, and what is asked of a text with it.

use serde::Deserialize;

/// Phrases in lower case, or expressions.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct PhraseList(Vec<String>);

impl PhraseList {
    /// Returns the phrases.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Tells whether a text is one of the phrases.
    pub fn has(&self, text: &str) -> bool {
        self.iter().any(|phrase| phrase == text)
    }

    /// Tells whether a text is one of the phrases, whatever its case.
    pub fn has_in_any_case(&self, text: &str) -> bool {
        self.iter().any(|phrase| phrase.eq_ignore_ascii_case(text))
    }

    /// Tells whether a text begins with one of the phrases.
    pub fn begin(&self, text: &str) -> bool {
        self.iter().any(|phrase| text.starts_with(phrase))
    }

    /// Tells whether a text ends with one of the phrases.
    pub fn end(&self, text: &str) -> bool {
        self.iter().any(|phrase| text.ends_with(phrase))
    }

    /// Tells whether one of the phrases occurs in a text.
    pub fn are_in(&self, text: &str) -> bool {
        self.iter().any(|phrase| text.contains(phrase))
    }

    /// Returns a text without the first of the phrases that it begins with.
    pub fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.iter().find_map(|phrase| text.strip_prefix(phrase))
    }

    /// Returns a text without the first of the phrases that it ends with.
    pub fn strip_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.iter().find_map(|phrase| text.strip_suffix(phrase))
    }

    /// Returns what stands before and behind the first of the phrases that occurs in a text.
    pub fn split<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        self.iter().find_map(|phrase| text.split_once(phrase))
    }

    /// Returns a text up to where any of the phrases occurs.
    pub fn cut<'t>(&self, text: &'t str) -> &'t str {
        let cut = self.iter().filter_map(|phrase| text.find(phrase)).min();
        cut.map_or(text, |at| &text[..at])
    }

    /// Returns the phrases as alternatives of an expression, which fit nothing where there are
    /// none.
    pub(super) fn any(&self) -> String {
        if self.0.is_empty() { "[a&&b]".to_owned() } else { self.0.join("|") }
    }

    /// Returns the phrases without anything between them, for a class of letters.
    pub(super) fn letters(&self) -> String {
        self.0.concat()
    }

    /// Returns the capitals of those.
    pub(super) fn capitals(&self) -> String {
        self.letters().to_uppercase()
    }
}
