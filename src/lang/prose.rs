//! The words around a language model's prose: what it is told, by which words its sentences are
//! checked, and how a draft says that it was used.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::language::Language;

/// The words of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProseWords {
    /// How the model is to answer.
    pub system: String,
    /// Words that deny, folded.
    pub negations: HashSet<String>,
    /// Words of reporting that need not have been said, folded.
    pub reporting: HashSet<String>,
    /// Words of time that must have been said, folded; months and weekdays stand elsewhere.
    pub times: HashSet<String>,
    note: String,
    note_one: String,
    note_none: String,
    own_line: String,
}

impl ProseWords {
    /// Returns the words of `language`.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Da => &DA,
            Language::En => &EN,
        }
    }

    /// Returns what the draft says of a model that worded `count` of its lines.
    pub fn note(&self, model: &str, count: usize) -> String {
        let note = match count {
            0 => &self.note_none,
            1 => &self.note_one,
            _ => &self.note,
        };
        note.replace("{count}", &count.to_string()).replace("{model}", model)
    }

    /// Returns how the draft's own line stands beneath the model's.
    pub fn own_line(&self, line: &str) -> String {
        self.own_line.replace("{line}", line)
    }
}

#[expect(clippy::expect_used, reason = "the data is compiled in, and a test reads it")]
fn parse(text: &str) -> ProseWords {
    toml::from_str(text).expect("prose.toml is compiled in and valid")
}

static DA: LazyLock<ProseWords> = LazyLock::new(|| parse(include_str!("da/prose.toml")));
static EN: LazyLock<ProseWords> = LazyLock::new(|| parse(include_str!("en/prose.toml")));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_tells_how_many_lines_are_the_models() {
        for language in Language::ALL {
            let words = ProseWords::of(language);
            assert!(words.note("gemma", 3).contains('3'));
            assert!([0, 1, 3].iter().all(|count| words.note("gemma", *count).contains("gemma")));
            assert!(words.own_line("X spurgte.").contains("X spurgte."));
        }
    }
}
