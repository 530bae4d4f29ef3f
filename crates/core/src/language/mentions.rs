//! Classes of words that tell how somebody is spoken of: endings of titles, forms of address,
//! persons.

use serde::Deserialize;

use super::data::{Data, Table, expect};
use super::table_names::TableName;
use super::words::Words;

/// The words of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MentionWords {
    /// Endings that a title takes in speech; the empty one among them.
    pub endings: Vec<String>,
    /// Words before a name, and small words of a title, that name nobody.
    pub honorifics: Vec<String>,
    /// Short forms whose full stop ends no sentence.
    pub short_forms: Vec<String>,
    /// Words for whoever speaks.
    pub first_person: Vec<String>,
    /// Words for whoever is spoken to.
    pub second_person: Vec<String>,
    /// Words for whoever is spoken of.
    pub third_person: Vec<String>,
    /// Words that, as a subject, stand for what nobody has named.
    pub unnamed: Vec<String>,
    /// Beginnings of words that do so wherever they stand.
    pub unnamed_anywhere: Vec<String>,
    example: Vec<Example>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    said: String,
    title: String,
    same: bool,
}

pub(super) static DATA: Data<MentionWords> = Data::new(TableName::Mentions);

impl MentionWords {
    /// Returns the words of `language`.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
    }

    /// Tells whether a word said is a title's word, in any of its forms.
    pub fn is_title(&self, said: &str, title: &str) -> bool {
        said.strip_prefix(title)
            .is_some_and(|rest| self.endings.iter().any(|ending| ending == rest))
    }

    /// Tells whether a word said is the tail of a title's compound: `inspektøren`.
    pub fn is_tail(&self, said: &str, title: &str) -> bool {
        let stem = |ending: &String| said.strip_suffix(ending.as_str());
        let mut stems = self.endings.iter().filter(|ending| !ending.is_empty()).filter_map(stem);
        stems.any(|stem| {
            stem.chars().count() >= 5 && title.len() > stem.len() && title.ends_with(stem)
        })
    }
}

impl Table for MentionWords {
    type Raw = Self;

    fn ready(raw: Self) -> Result<Self, String> {
        Ok(raw)
    }

    fn check(&self, raw: &Self, _: Words<'_>) -> Result<(), String> {
        for example in &raw.example {
            let same = self.is_title(&example.said, &example.title)
                || self.is_tail(&example.said, &example.title);
            expect(same == example.same, || format!("{} / {}", example.said, example.title))?;
        }
        Ok(())
    }
}
