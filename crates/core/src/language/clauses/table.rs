//! The words of a language by what they do in a clause, as its table has them.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::language::data::{Data, Table, expect};
use crate::language::pattern::Pattern;
use crate::language::table_names::TableName;
use crate::language::words::Words;

/// The words as they are kept.
#[derive(Debug)]
pub(in crate::language) struct ClauseTable {
    pub(super) words: ClauseWords,
    pub(super) finite: HashSet<String>,
}

/// The smallest words of a language by what they do; a list is empty where it has none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FunctionWords {
    pub(super) it: Vec<String>,
    pub(super) them: Vec<String>,
    pub(super) persons: Vec<String>,
    pub(super) unsure_person: Vec<String>,
    pub(super) of_us: Vec<String>,
    pub(super) there: Vec<String>,
    pub(super) so: Vec<String>,
    pub(super) and: Vec<String>,
    pub(super) joins: Vec<String>,
    pub(super) reason: Vec<String>,
    pub(super) links: Vec<String>,
    pub(super) linking: Vec<String>,
    pub(super) whether: Vec<String>,
    pub(super) conditions: Vec<String>,
    pub(super) what: Vec<String>,
    pub(super) prepositional: Vec<String>,
    pub(super) to: Vec<String>,
    pub(super) not: Vec<String>,
    pub(super) never: Vec<String>,
    pub(super) amounts: Vec<String>,
    pub(super) article_like: Vec<String>,
    pub(super) unclear_alone: Vec<String>,
    pub(super) good: Vec<String>,
    pub(super) yet: Vec<String>,
    pub(super) yet_more: Vec<String>,
    pub(super) before_part: Vec<String>,
    pub(super) may: Vec<String>,
    pub(super) becomes: Vec<String>,
    pub(super) past_endings: Vec<String>,
    pub(super) part_endings: Vec<String>,
    pub(super) infinitive_endings: Vec<String>,
    pub(super) contracted: Vec<String>,
    pub(super) owning: Vec<String>,
    pub(super) called: String,
    pub(super) spoken_to: Vec<String>,
    pub(super) yours: HashMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::language) struct ClauseWords {
    pub(super) function: FunctionWords,
    /// Whether the verb stands second, and a clause behind `at` in another order than alone.
    pub(super) verb_second: bool,
    pub(super) dependent: HashSet<String>,
    pub(super) always_dependent: HashSet<String>,
    pub(super) ede: Vec<String>,
    pub(super) te: Vec<String>,
    pub(super) strong: Vec<[String; 2]>,
    pub(super) passive: Vec<String>,
    pub(super) unsure: HashSet<String>,
    pub(super) sure_behind_subject: HashSet<String>,
    pub(super) no_verbs: HashSet<String>,
    pub(super) proper: HashSet<String>,
    pub(super) nominative: HashSet<String>,
    pub(super) subjects: HashSet<String>,
    pub(super) dangling: HashSet<String>,
    pub(super) first_person: HashSet<String>,
    pub(super) second_person: HashSet<String>,
    pub(super) we: String,
    pub(super) one: String,
    pub(super) me: String,
    pub(super) own: HashSet<String>,
    pub(super) determiners: HashSet<String>,
    pub(super) prepositions: HashSet<String>,
    pub(super) adverbial: HashSet<String>,
    pub(super) particles: HashSet<String>,
    pub(super) adverbs: HashSet<String>,
    pub(super) clause_adverbs: HashSet<String>,
    pub(super) object_pronouns: HashSet<String>,
    pub(super) subordinators: HashSet<String>,
    pub(super) coordinators: HashSet<String>,
    pub(super) tags: HashSet<String>,
    pub(super) interjections: HashSet<String>,
    pub(super) imperatives: HashSet<String>,
    pub(super) infinitives: HashSet<String>,
    pub(super) named: HashMap<String, String>,
    pub(super) named_verbs: HashMap<String, String>,
    pub(super) contractions: HashMap<String, String>,
    pub(super) small: HashSet<String>,
    pub(super) times: Vec<Pattern>,
    pub(super) helping: HashSet<String>,
    #[serde(default)]
    pub(super) busy: HashSet<String>,
    #[serde(default)]
    pub(super) idle: HashSet<String>,
    #[serde(default)]
    pub(super) requests: HashSet<String>,
    #[serde(default)]
    pub(super) opinion: HashSet<String>,
    #[serde(default)]
    pub(super) gets: HashSet<String>,
    #[serde(default)]
    pub(super) is: String,
    #[serde(default)]
    pub(super) became: String,
    #[serde(default)]
    pub(super) settled: HashSet<String>,
    #[serde(default)]
    pub(super) shall: String,
    #[serde(default)]
    pub(super) talk: HashSet<String>,
    #[serde(default)]
    pub(super) held: Vec<Held>,
}

/// A phrase by which a speaker holds something, and how minutes tell it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Held {
    /// Catches what is held: `sub` in the order of a subordinate clause, `main` in its own.
    pub(super) pattern: Pattern,
    pub(super) text: String,
}

pub(in crate::language) static DATA: Data<ClauseTable> = Data::new(TableName::Clauses);

impl Table for ClauseTable {
    type Raw = ClauseWords;

    fn ready(words: ClauseWords) -> Result<Self, String> {
        let mut finite: HashSet<String> = words.strong.iter().flatten().cloned().collect();
        finite.extend(words.passive.iter().cloned());
        finite
            .extend(words.ede.iter().flat_map(|stem| [format!("{stem}er"), format!("{stem}ede")]));
        finite.extend(words.te.iter().flat_map(|stem| [format!("{stem}er"), format!("{stem}te")]));
        Ok(Self { words, finite })
    }

    fn check(&self, _: &ClauseWords, _: Words<'_>) -> Result<(), String> {
        let unknown = self
            .words
            .sure_behind_subject
            .iter()
            .find(|word| !self.words.unsure.contains(*word) || !self.finite.contains(*word));
        expect(unknown.is_none(), || format!("`{unknown:?}` is no unsure verb"))
    }
}
