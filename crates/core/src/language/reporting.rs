//! Turns what was said into reported speech by rules that are safe without understanding:
//! persons, word order after `at`, and in English the tense.

mod clause;
mod question;
mod written;

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::data::{Data, Table};
use super::pattern::Pattern;
use super::table_names::TableName;
use super::words::Words;

/// The words and rules of one language.
#[derive(Clone, Copy, Debug)]
pub struct Reporting<'v> {
    language: Words<'v>,
    /// The fixed phrases of a line.
    pub phrases: &'v ReportingPhrases,
    subject: &'v HashMap<String, String>,
    grammar: &'v Grammar,
    short: &'v Short,
}

/// The verbs and the other fixed phrases that lines are made of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the phrase that its name says; the data shows it")]
pub struct ReportingPhrases {
    pub information: String,
    pub answer: String,
    pub reply: String,
    pub question: String,
    pub proposal: String,
    pub concern: String,
    pub thanks: String,
    pub support: String,
    pub agreement: String,
    pub objection: String,
    pub remark: String,
    pub briefed: String,
    pub welcome: String,
    pub opening: String,
    pub closing: String,
    pub comma_that: String,
    pub that: String,
    pub whether: String,
    pub and: String,
    pub agreed_with: String,
    pub seconded: String,
    pub apologies: String,
    pub introduces: String,
    pub introduced: String,
    pub asked_for: String,
    pub spoke: String,
    pub talk_of: String,
    pub talk_opening: String,
    pub talk: String,
    pub talk_goes_on: String,
    pub asked_something: String,
    pub proposed_something: String,
    pub decided_quoted: String,
    pub answered: String,
    pub task_quoted: String,
    pub decided_unclear: String,
    pub task_unclear: String,
    pub talked_of: String,
    pub for_against: String,
    pub voted: String,
    pub abstained: String,
    pub thanked: String,
    pub was: String,
    pub were: String,
    pub plural_ends: Vec<String>,
    pub no_plural_ends: Vec<String>,
    pub infinitive_after: Vec<String>,
    pub votes: Vec<String>,
    pub approved: String,
    pub decided_to: String,
    pub decided_that: String,
    pub briefed_that: String,
    pub task_taken: String,
    pub was_decided_to: String,
    pub was_decided_that: String,
    pub to: String,
    pub does: String,
    pub will: String,
    pub this_item: String,
    pub body: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportingTable {
    verbs: ReportingPhrases,
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
    definite_endings: Vec<String>,
    subject_joints: HashSet<String>,
    articles: HashSet<String>,
    doer_added: String,
    bodies: HashSet<String>,
    body: HashSet<String>,
    pronouns: HashSet<String>,
    finite: HashSet<String>,
    adverbs: HashSet<String>,
    infinitives: HashMap<String, String>,
    openers: HashSet<String>,
    leads: Vec<Pattern>,
    /// Whether the tense steps back in reported speech.
    steps_back: bool,
    backshift: HashMap<String, String>,
    not_after: HashSet<String>,
    past: HashMap<String, String>,
    first_person: HashSet<String>,
    proposal_words: Vec<String>,
    doer_asked: HashMap<String, String>,
    clefts: HashSet<String>,
}

pub(super) static DATA: Data<ReportingTable> = Data::new(TableName::Reporting);

impl Table for ReportingTable {
    type Raw = Self;

    fn ready(raw: Self) -> Result<Self, String> {
        Ok(raw)
    }

    fn check(&self, _: &Self, _: Words<'_>) -> Result<(), String> {
        self.grammar.leads.iter().try_for_each(|lead| {
            lead.check().map_err(|reason| format!("`{}`: {reason}", lead.as_str()))
        })
    }
}

impl<'v> Reporting<'v> {
    /// Returns the rules of `language`.
    pub fn of(language: Words<'v>) -> Self {
        let ReportingTable { verbs: phrases, subject, grammar, short } = DATA.of(language);
        Self { language, phrases, subject, grammar, short }
    }

    /// Returns what was said told of others, a tense back where the language wants it.
    pub fn stepped_back(&self, text: String) -> String {
        if self.grammar.steps_back { self.third_person(&text) } else { text }
    }

    /// Splits a lead that names the topic (`med hensyn til taget, så …`) from what follows.
    pub fn topic_and_main(&self, sentence: &str) -> Option<(String, String)> {
        self.grammar.leads.iter().find_map(|lead| {
            let found = lead.find(sentence)?;
            Some((
                found.name("topic")?.as_str().to_owned(),
                found.name("main")?.as_str().to_owned(),
            ))
        })
    }
}
