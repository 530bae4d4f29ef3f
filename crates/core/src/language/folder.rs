//! A language that is not compiled in: its tables read from wherever they stand, checked like
//! those that are, and laid beside them.

use super::TABLES;
use super::table_names::TableName;
use super::words::Vocabulary;
use crate::domain::language::Language;

/// Why a folder of tables is no language.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum FolderError {
    /// A table is not there.
    #[error("cannot use the words of `{language}`: there is no `{table}.toml`")]
    Missing {
        /// The language.
        language: Language,
        /// The table.
        table: &'static str,
    },
    /// A table cannot be read, or does not live up to its own examples.
    #[error("cannot use the words of `{language}/{table}.toml`: {reason}")]
    Table {
        /// The language.
        language: Language,
        /// The table.
        table: &'static str,
        /// What is wrong, with its line or its entry.
        reason: String,
    },
}

/// Returns `vocabulary` with one more language, whose tables `text_of` gives by their files'
/// names, as in `acts.toml`.
///
/// # Errors
/// A table is missing, cannot be read or does not live up to its own examples.
pub fn beside(
    vocabulary: &Vocabulary,
    language: Language,
    text_of: impl Fn(&str) -> Option<String>,
) -> Result<Vocabulary, FolderError> {
    let mut texts = [const { std::borrow::Cow::Borrowed("") }; TableName::ALL.len()];
    for name in TableName::ALL {
        let table = name.as_str();
        let text = text_of(&format!("{table}.toml"));
        let text = text.ok_or(FolderError::Missing { language, table })?;
        texts[name as usize] = text.into();
    }
    let vocabulary = vocabulary.with(language, texts);
    for table in TABLES {
        table.check(vocabulary.of(language)).map_err(|reason| FolderError::Table {
            language,
            table: table.name().as_str(),
            reason,
        })?;
    }
    Ok(vocabulary)
}
