//! Titles before names, and their abbreviations.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::language::Language;

/// The titles of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Titles {
    /// Abbreviations as printed before a presenter's name.
    abbreviations: Vec<String>,
    /// Titles whose last word is written large and so looks like a name.
    capitalised: Vec<String>,
    /// Words that are always a title, however they are written.
    words: Vec<String>,
    /// Endings of words that are titles: `…direktør`.
    endings: Vec<String>,
}

static DANISH: LazyLock<Titles> = LazyLock::new(|| read(include_str!("da/titles.toml")));
static ENGLISH: LazyLock<Titles> = LazyLock::new(|| read(include_str!("en/titles.toml")));

#[expect(clippy::expect_used, reason = "the file is compiled in and read by every test")]
fn read(text: &str) -> Titles {
    toml::from_str(text).expect("the titles are valid TOML")
}

impl Titles {
    /// Returns the titles of `language`.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Da => &DANISH,
            Language::En => &ENGLISH,
        }
    }

    /// Splits `text` into a title, if there is one, and a name. Everything up to the last word
    /// that is a title belongs to it: `formand for Kultur- og Fritidsudvalget Mia Fuglsang`
    /// too, because a body's name is told by its ending.
    pub fn split(&self, text: &str) -> (Option<String>, String) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let last = (0..words.len()).rev().find(|&at| self.belongs(&words, at));
        let split = last.map_or(0, |at| at + 1);
        if split == words.len() && split > 0 && last != Some(0) && !self.is_title(words[split - 1])
        {
            return (None, words.join(" "));
        }
        let title = (split > 0).then(|| words[..split].join(" "));
        (title, words[split..].join(" "))
    }

    /// Tells whether the word at `at` is part of a title.
    fn belongs(&self, words: &[&str], at: usize) -> bool {
        let word = words[at].trim_end_matches(['.', ',']);
        if self.is_title(word) {
            return true;
        }
        // Small words and numbers inside a title: `1. viceborgmester`, `formand for …`.
        let small = word.chars().next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
        let name_particle = matches!(
            word,
            "von" | "van" | "de" | "af" | "du" | "la" | "der" | "den" | "bin" | "al" | "el"
        );
        small && (!name_particle || at == 0)
    }

    fn is_title(&self, word: &str) -> bool {
        let low = word.to_lowercase();
        self.abbreviations.contains(&low)
            || self.words.contains(&low)
            || self.capitalised.contains(&low)
            || self
                .endings
                .iter()
                .any(|ending| low.ends_with(ending.as_str()) && low.len() > ending.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_split_from_names() {
        let cases = [
            (
                Language::Da,
                "Juridisk konsulent Pernille Aagaard",
                Some("Juridisk konsulent"),
                "Pernille Aagaard",
            ),
            (Language::Da, "pd Kim Christiansen", Some("pd"), "Kim Christiansen"),
            (Language::Da, "pd. Kim Christiansen", Some("pd."), "Kim Christiansen"),
            (
                Language::Da,
                "1. viceborgmester Preben Lauge",
                Some("1. viceborgmester"),
                "Preben Lauge",
            ),
            (
                Language::Da,
                "formand for Kultur- og Fritidsudvalget Mia Fuglsang",
                Some("formand for Kultur- og Fritidsudvalget"),
                "Mia Fuglsang",
            ),
            (Language::Da, "SFO-leder Signe Hougaard", Some("SFO-leder"), "Signe Hougaard"),
            (Language::Da, "Jens Ole Brandt", None, "Jens Ole Brandt"),
            (
                Language::En,
                "Highways Officer Robert Kendrick",
                Some("Highways Officer"),
                "Robert Kendrick",
            ),
            (Language::En, "Town Clerk Ellen Lockwood", Some("Town Clerk"), "Ellen Lockwood"),
            (Language::En, "Councillor Joan Ockley", Some("Councillor"), "Joan Ockley"),
        ];
        for (language, text, title, name) in cases {
            let found = Titles::of(language).split(text);
            assert_eq!((found.0.as_deref(), found.1.as_str()), (title, name), "{text}");
        }
    }
}
