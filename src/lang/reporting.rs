//! Turns what was said into reported speech by rules that are safe without understanding:
//! persons, word order after `at`, and in English the tense.

mod clause;
mod question;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::model::language::Language;

/// The words and rules of one language.
#[derive(Debug)]
pub struct Reporting {
    language: Language,
    verbs: HashMap<String, String>,
    subject: HashMap<String, String>,
    plural_you: String,
    pronouns: HashSet<String>,
    finite: HashSet<String>,
    adverbs: HashSet<String>,
    infinitives: HashMap<String, String>,
    openers: HashSet<String>,
    leads: Vec<Regex>,
    backshift: HashMap<String, String>,
    not_after: HashSet<String>,
    past: HashMap<String, String>,
    personal: HashSet<String>,
    objects: HashSet<String>,
    first_person: HashSet<String>,
    proper: HashSet<String>,
    proposal_words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    verbs: HashMap<String, String>,
    subject: HashMap<String, String>,
    grammar: Grammar,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grammar {
    plural_you: String,
    pronouns: HashSet<String>,
    finite: HashSet<String>,
    adverbs: HashSet<String>,
    infinitives: HashMap<String, String>,
    openers: HashSet<String>,
    leads: Vec<String>,
    backshift: HashMap<String, String>,
    not_after: HashSet<String>,
    past: HashMap<String, String>,
    personal: HashSet<String>,
    objects: HashSet<String>,
    first_person: HashSet<String>,
    proper: HashSet<String>,
    proposal_words: Vec<String>,
}

impl Reporting {
    /// Returns the rules of `language`.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Da => &DA,
            Language::En => &EN,
        }
    }

    /// Returns the fixed words called `name`, as in `concern`.
    pub fn words(&self, name: &str) -> &str {
        self.verbs.get(name).map_or("", String::as_str)
    }

    /// Splits a lead that names the topic (`med hensyn til taget, så …`) from what follows.
    pub fn topic_and_main(&self, sentence: &str) -> Option<(String, String)> {
        self.leads.iter().find_map(|lead| {
            let found = lead.captures(sentence)?;
            Some((
                found.name("topic")?.as_str().to_owned(),
                found.name("main")?.as_str().to_owned(),
            ))
        })
    }
}

#[expect(clippy::expect_used, reason = "the data is compiled in, and a test reads it")]
fn parse(text: &str, language: Language) -> Reporting {
    let Data { verbs, subject, grammar } =
        toml::from_str(text).expect("reporting.toml is compiled in and valid");
    let leads = grammar.leads.iter().map(|lead| {
        Regex::new(&format!("(?i){lead}")).expect("the patterns of reporting.toml are valid")
    });
    Reporting {
        language,
        verbs,
        subject,
        plural_you: grammar.plural_you,
        pronouns: grammar.pronouns,
        finite: grammar.finite,
        adverbs: grammar.adverbs,
        infinitives: grammar.infinitives,
        openers: grammar.openers,
        leads: leads.collect(),
        backshift: grammar.backshift,
        not_after: grammar.not_after,
        past: grammar.past,
        personal: grammar.personal,
        objects: grammar.objects,
        first_person: grammar.first_person,
        proper: grammar.proper,
        proposal_words: grammar.proposal_words,
    }
}

static DA: LazyLock<Reporting> =
    LazyLock::new(|| parse(include_str!("da/reporting.toml"), Language::Da));
static EN: LazyLock<Reporting> =
    LazyLock::new(|| parse(include_str!("en/reporting.toml"), Language::En));
