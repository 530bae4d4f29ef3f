//! The words around a language model's prose: what it is told, by which words its sentences are
//! checked, and how a draft says that it was used.

use std::collections::HashSet;

use serde::Deserialize;

use super::data::{Data, Table};
use super::table_names::TableName;
use super::words::Words;

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

pub(super) static DATA: Data<ProseWords> = Data::new(TableName::Prose);

impl Table for ProseWords {
    type Raw = Self;

    fn ready(raw: Self) -> Result<Self, String> {
        Ok(raw)
    }

    fn check(&self, _: &Self, _: Words<'_>) -> Result<(), String> {
        Ok(())
    }
}

impl ProseWords {
    /// Returns the words of `language`.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Vocabulary;

    #[test]
    fn the_note_tells_how_many_lines_are_the_models() {
        for language in Vocabulary::compiled().all() {
            let words = ProseWords::of(language);
            assert!(words.note("gemma", 3).contains('3'));
            assert!([0, 1, 3].iter().all(|count| words.note("gemma", *count).contains("gemma")));
            assert!(words.own_line("X spurgte.").contains("X spurgte."));
        }
    }
}
