//! The words that every part of the reader needs: those of the page's language first, the
//! others' too, as offices mix them.

use regex::Regex;

use crate::domain::language::Language;
use crate::language::dates::DateWords;
use crate::language::labels::{Field, Labels};

/// The words of a page.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) main: &'static Labels,
    other: &'static Labels,
    pub(super) dates: &'static DateWords,
    pub(super) language: Language,
}

impl Words {
    /// Returns the words for a page in `language`.
    pub(super) fn of(language: Language) -> Self {
        let other = if language == Language::Da { Language::En } else { Language::Da };
        Self {
            main: Labels::of(language),
            other: Labels::of(other),
            dates: DateWords::of(language),
            language,
        }
    }

    /// Returns the labels of both languages.
    pub(super) fn labels(self) -> impl Iterator<Item = &'static Labels> {
        [self.main, self.other].into_iter()
    }

    /// Splits a line at a label that is known in either language.
    pub(super) fn label(self, text: &str) -> Option<(Field, &str)> {
        self.main.split(text).or_else(|| self.other.split(text))
    }

    /// Tells whether a text says that an item is closed.
    pub(super) fn is_closed(self, text: &str) -> bool {
        self.labels().any(|labels| labels.is_closed(text))
    }

    /// Tells whether a row of a programme is a pause.
    pub(super) fn is_pause(self, text: &str) -> bool {
        is_pause_text(text)
    }
}

/// Tells whether a row of a programme is a pause.
pub(super) fn is_pause_text(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    ["pause", "kaffe", "frokost", "coffee", "break", "lunch", "spisning", "middag", "tea"]
        .iter()
        .any(|word| {
            text.strip_prefix(word).is_some_and(|rest| {
                !rest.starts_with(char::is_alphabetic) && !rest.contains("ordning")
            })
        })
}

/// Returns a built-in pattern.
pub(super) fn regex(pattern: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "the patterns are part of the program and tested")]
    Regex::new(pattern).expect("built-in pattern is well formed")
}
