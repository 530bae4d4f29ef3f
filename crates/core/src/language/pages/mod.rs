//! What stands on pages beside the labels: heads of mails and tables, marks of presenters, notes,
//! sentences about people and days.
//!
//! Offices mix languages, and a page is read before its language is sure, so the phrases of all
//! languages are used together.

mod list;
mod patterns;
mod sections;

pub use list::PhraseList;
pub use patterns::PagePatterns;
pub use sections::{
    ColumnPhrases, DocumentPhrases, HeaderPhrases, ItemPhrases, MailPhrases, PageTable,
    PeoplePhrases, PresenterPhrases, TitlePhrases,
};

use super::data::{Data, Table, kept};
use super::table_names::TableName;
use super::words::Words;

/// The phrases, ready for use.
#[derive(Debug)]
pub struct PagePhrases {
    /// Mails and posts.
    pub mail: MailPhrases,
    /// Heads of columns.
    pub columns: ColumnPhrases,
    /// Titles' lines.
    pub title: TitlePhrases,
    /// Who presents.
    pub presenter: PresenterPhrases,
    /// Under and around items.
    pub item: ItemPhrases,
    /// The page itself.
    pub page: DocumentPhrases,
    /// People.
    pub people: PeoplePhrases,
    /// Day, time and place.
    pub header: HeaderPhrases,
    /// The expressions that the phrases make.
    pub patterns: PagePatterns,
}

pub(super) static DATA: Data<PagePhrases> = Data::new(TableName::Pages);

impl Table for PagePhrases {
    type Raw = PageTable;

    fn ready(raw: PageTable) -> Result<Self, String> {
        let patterns = PagePatterns::of(&raw)?;
        let PageTable { mail, columns, title, presenter, item, page, people, header } = raw;
        Ok(Self { mail, columns, title, presenter, item, page, people, header, patterns })
    }

    fn check(&self, raw: &PageTable, _: Words<'_>) -> Result<(), String> {
        let hours = raw.header.half_hours.iter().count();
        super::data::expect(matches!(hours, 0 | 12), || format!("half_hours has {hours} hours"))
    }
}

impl PagePhrases {
    /// Returns the phrases of every language of the vocabulary that `language` is of.
    pub fn all(language: Words<'_>) -> &Self {
        #[expect(
            clippy::expect_used,
            reason = "a test reads what is compiled in, and what is laid over it or read beside \
            it is checked before"
        )]
        kept(language.joined(TableName::Pages), || {
            let mut all = toml::Table::new();
            for one in language.vocabulary().all() {
                join(&mut all, DATA.written(one).expect("the tables of words are well formed"));
            }
            let raw = toml::Value::Table(all).try_into();
            Self::ready(raw.expect("joined lists are lists")).expect("joined expressions are read")
        })
    }
}

/// Joins the lists of two tables.
fn join(all: &mut toml::Table, one: toml::Table) {
    for (key, value) in one {
        match (all.get_mut(&key), value) {
            (Some(toml::Value::Array(all)), toml::Value::Array(more)) => all.extend(more),
            (Some(toml::Value::Table(all)), toml::Value::Table(more)) => join(all, more),
            (_, value) => {
                all.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phrases_of_all_languages_stand_together() {
        let all = PagePhrases::all(Words::danish());
        assert!(all.mail.from.has("fra") && all.mail.from.has("from"));
        assert!(std::ptr::eq(all, PagePhrases::all(Words::english())));
        assert!(all.patterns.mail_head.is_match("Emne: Mødet"));
        assert!(all.patterns.mail_head.is_match("Subject: The meeting"));
    }

    #[test]
    fn a_list_without_phrases_fits_nothing() {
        let english = DATA.load(Words::english()).unwrap();
        assert!(!english.patterns.day_in_numbers.is_match("d. 10/1"));
        assert!(PagePhrases::all(Words::english()).patterns.day_in_numbers.is_match("d. 10/1"));
    }
}
