//! Phrases that whisper invents where nobody speaks.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::model::language::Language;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    phrase: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    pattern: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples that the test runs"))]
    yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples that the test runs"))]
    no: Vec<String>,
}

static DANISH: LazyLock<Vec<Regex>> = LazyLock::new(|| read(include_str!("da/silence.toml")));
static ENGLISH: LazyLock<Vec<Regex>> = LazyLock::new(|| read(include_str!("en/silence.toml")));

#[expect(clippy::expect_used, reason = "the file is compiled in and its examples are tested")]
fn read(text: &str) -> Vec<Regex> {
    let file: File = toml::from_str(text).expect("the silence phrases are valid TOML");
    file.phrase
        .iter()
        .map(|entry| Regex::new(&format!("^(?:{})$", entry.pattern)).expect("a valid pattern"))
        .collect()
}

/// Tells whether `text` as a whole is a phrase that stands for silence in `language` or, since
/// whisper strays, in English.
pub fn is_silence_phrase(text: &str, language: Language) -> bool {
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '\'' || c == '_' { c } else { ' ' })
        .collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let own: &[Regex] = match language {
        Language::Da => &DANISH,
        Language::En => &[],
    };
    own.iter().chain(ENGLISH.iter()).any(|pattern| pattern.is_match(&plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_knows_its_examples() {
        let files = [
            (Language::Da, include_str!("da/silence.toml")),
            (Language::En, include_str!("en/silence.toml")),
        ];
        for (language, text) in files {
            for entry in toml::from_str::<File>(text).unwrap().phrase {
                for yes in &entry.yes {
                    assert!(is_silence_phrase(yes, language), "{yes}");
                }
                for no in &entry.no {
                    assert!(!is_silence_phrase(no, language), "{no}");
                }
                assert!(!entry.yes.is_empty() && !entry.no.is_empty(), "{}", entry.pattern);
            }
        }
    }
}
