//! Names that many people have, and the words beside which a name is said.

use std::collections::HashSet;

use serde::Deserialize;

use super::data::{Data, Table};
use super::table_names::TableName;
use super::words::Words;

/// The known names of one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownNames {
    given: HashSet<String>,
    family: HashSet<String>,
    before: HashSet<String>,
    after: Vec<String>,
    elsewhere: Vec<String>,
}

pub(super) static DATA: Data<KnownNames> = Data::new(TableName::KnownNames);

impl Table for KnownNames {
    type Raw = Self;

    fn ready(raw: Self) -> Result<Self, String> {
        Ok(raw)
    }

    fn check(&self, _: &Self, _: Words<'_>) -> Result<(), String> {
        Ok(())
    }
}

impl KnownNames {
    /// Returns the known names of a language.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
    }

    /// Tells whether a lower-case word is a name that many people have.
    pub fn holds(&self, word: &str) -> bool {
        self.given.contains(word) || self.family.contains(word)
    }

    /// Tells whether somebody's name often follows a lower-case word.
    pub fn stands_before(&self, word: &str) -> bool {
        self.before.contains(word)
    }

    /// Tells whether a lower-case word after a name tells where that person comes from: `fra`.
    pub fn tells_where_from(&self, word: &str) -> bool {
        self.elsewhere.iter().any(|known| known == word)
    }

    /// Tells whether somebody's name often goes before a lower-case text.
    pub fn stands_after(&self, text: &str) -> bool {
        let begins = |phrase: &String| {
            text.strip_prefix(phrase.as_str())
                .is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        };
        self.after.iter().any(begins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_a_name_are_known() {
        let danish = KnownNames::of(Words::danish());
        assert!(danish.holds("petersen") && danish.holds("bodil") && !danish.holds("giraldi"));
        assert!(danish.stands_before("hr") && !danish.stands_before("huset"));
        assert!(danish.stands_after("har ordet nu") && !danish.stands_after("har ordets magt"));
        assert!(KnownNames::of(Words::english()).stands_after("please go on"));
    }
}
