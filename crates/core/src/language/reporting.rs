//! Turns what was said into reported speech by rules that are safe without understanding:
//! persons, word order after `at`, and in English the tense.

mod clause;
mod question;
mod written;

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::data::{Data, Table, table};
use super::pattern::Pattern;
use crate::domain::language::Language;

pub(super) use clause::is_definite;

/// The words and rules of one language.
#[derive(Debug)]
pub struct Reporting {
    language: Language,
    words: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    verbs: HashMap<String, String>,
    subject: HashMap<String, String>,
    grammar: Grammar,
    #[serde(default)]
    short: Short,
}

/// Short forms of measures.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Short {
    /// Behind a number.
    of_number: HashMap<String, String>,
    /// Before one.
    before_number: HashMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Grammar {
    plural_you: String,
    pronouns: HashSet<String>,
    finite: HashSet<String>,
    adverbs: HashSet<String>,
    infinitives: HashMap<String, String>,
    openers: HashSet<String>,
    leads: Vec<Pattern>,
    backshift: HashMap<String, String>,
    not_after: HashSet<String>,
    past: HashMap<String, String>,
    first_person: HashSet<String>,
    proposal_words: Vec<String>,
    doer_asked: HashMap<String, String>,
    clefts: HashSet<String>,
}

pub(super) static DATA: Data<Reporting> = table!("reporting");

impl Table for Reporting {
    type Raw = Words;

    fn ready(words: Words, language: Language) -> Result<Self, String> {
        Ok(Self { language, words })
    }

    fn check(&self, _: &Words, _: Language) -> Result<(), String> {
        self.words.grammar.leads.iter().try_for_each(|lead| {
            lead.check().map_err(|reason| format!("`{}`: {reason}", lead.as_str()))
        })
    }
}

impl Reporting {
    /// Returns the rules of `language`.
    pub fn of(language: Language) -> &'static Self {
        DATA.of(language)
    }

    /// Returns the fixed words called `name`, as in `concern`.
    pub fn words(&self, name: &str) -> &str {
        self.words.verbs.get(name).map_or("", String::as_str)
    }

    /// Splits a lead that names the topic (`med hensyn til taget, så …`) from what follows.
    pub fn topic_and_main(&self, sentence: &str) -> Option<(String, String)> {
        self.words.grammar.leads.iter().find_map(|lead| {
            let found = lead.find(sentence)?;
            Some((
                found.name("topic")?.as_str().to_owned(),
                found.name("main")?.as_str().to_owned(),
            ))
        })
    }
}
