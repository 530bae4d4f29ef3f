//! Whom a task falls to and by when, as data: the words of persons, and a grammar of times.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::data::{Data, Table, expect};
use super::pattern::Pattern;
use super::table_names::TableName;
use super::words::Words;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TaskFile {
    first: Vec<String>,
    second: Vec<String>,
    second_as_written: Vec<String>,
    beside: Vec<String>,
    does: Vec<String>,
    taken: Pattern,
    classes: BTreeMap<String, Vec<String>>,
    time: Vec<TimePhrase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TimePhrase {
    pattern: String,
    yes: Vec<String>,
    no: Vec<String>,
}

/// The words by which tasks are given and taken.
#[derive(Debug)]
pub struct TaskWords {
    /// By which a speaker means themselves.
    pub first: Vec<String>,
    /// By which a speaker means whoever they speak to.
    pub second: Vec<String>,
    /// The same, where capitals count: not the first word of a sentence.
    pub second_as_written: Vec<String>,
    /// Before the name of somebody who is only spoken of.
    pub beside: Vec<String>,
    /// Beside the name of somebody who is to do it.
    pub does: Vec<String>,
    /// A sentence that is nothing but that a task is taken on.
    pub taken: Pattern,
    times: Vec<Pattern>,
}

pub(super) static DATA: Data<TaskWords> = Data::new(TableName::Tasks);

impl Table for TaskWords {
    type Raw = TaskFile;

    fn ready(file: TaskFile) -> Result<Self, String> {
        let times = file.time.iter().map(|time| whole(&time.pattern, &file.classes));
        Ok(Self {
            times: times.map(|pattern| Pattern::new(&pattern)).collect(),
            first: file.first,
            second: file.second,
            second_as_written: file.second_as_written,
            beside: file.beside,
            does: file.does,
            taken: file.taken,
        })
    }

    fn check(&self, file: &TaskFile, _: Words<'_>) -> Result<(), String> {
        for (time, pattern) in file.time.iter().zip(&self.times) {
            let written = &time.pattern;
            pattern.check().map_err(|reason| format!("`{written}`: {reason}"))?;
            for yes in &time.yes {
                expect(pattern.is_in(yes), || format!("`{written}` should fit `{yes}`"))?;
            }
            for no in &time.no {
                expect(!pattern.is_in(no), || format!("`{written}` should not fit `{no}`"))?;
            }
        }
        self.taken.check()
    }
}

/// Returns a pattern with the classes' words for their names.
fn whole(pattern: &str, classes: &BTreeMap<String, Vec<String>>) -> String {
    let mut whole = pattern.to_owned();
    for (name, words) in classes {
        let mut words = words.clone();
        // The longer first, or `senest` would stop `senest den`.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        whole = whole.replace(&format!("{{{name}}}"), &format!("(?:{})", words.join("|")));
    }
    format!(r"\b(?P<when>{whole})(?:\b|$|\s)")
}

impl TaskWords {
    /// Returns the words of `language`.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
    }

    /// Returns the times that a sentence names, as said, the most particular first.
    pub fn times<'t>(&self, sentence: &'t str) -> Vec<&'t str> {
        let mut found: Vec<&str> = Vec::new();
        for pattern in &self.times {
            let Some(captures) = pattern.find(sentence) else { continue };
            let Some(said) = pattern.group(&captures, "when").map(str::trim) else { continue };
            if !found.iter().any(|other| other.contains(said) || said.contains(other)) {
                found.push(said);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_particular_time_comes_first() {
        let words = TaskWords::of(Words::danish());
        assert_eq!(words.times("Jeg sender den inden den 1. maj."), ["inden den 1. maj"]);
        assert_eq!(words.times("Så ringer jeg til dem i morgen."), ["i morgen"]);
        assert_eq!(words.times("Du har det senest mandag kl. 12."), ["senest mandag kl. 12"]);
        assert!(words.times("Vi skal have 15 skilte.").is_empty());
    }
}
