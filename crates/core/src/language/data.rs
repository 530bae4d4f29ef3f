//! One reader for the tables of words: what is written, with what the user lays over it.
//!
//! A table stands in `NAME.toml` of its language's folder, is read when it is first asked for, and
//! knows examples of what its entries do, by which it is checked.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use super::overlay;
use super::table_names::TableName;
use super::words::{Cell, Words};

/// Words of a language, made ready for use.
pub(super) trait Table: Sized + Send + Sync + 'static {
    /// The table as it is written.
    type Raw: DeserializeOwned;

    /// Makes the table ready, or tells what cannot be read in it.
    fn ready(raw: Self::Raw) -> Result<Self, String>;

    /// Tells the first of the table's own examples that it does not live up to. `raw` is the
    /// table as it is written, one of those of `language`.
    fn check(&self, raw: &Self::Raw, language: Words<'_>) -> Result<(), String>;
}

/// A table in every language.
pub(super) struct Data<T> {
    name: TableName,
    read: PhantomData<fn() -> T>,
}

impl<T: Table> Data<T> {
    /// Returns the table called `name`.
    pub(super) const fn new(name: TableName) -> Self {
        Self { name, read: PhantomData }
    }

    /// Returns the table of `language`.
    pub(super) fn of<'v>(&self, language: Words<'v>) -> &'v T {
        #[expect(
            clippy::expect_used,
            reason = "a test reads what is compiled in, and what is laid over it or read beside \
            it is checked before"
        )]
        kept(language.cell(self.name), || {
            self.load(language).expect("the tables of words are well formed")
        })
    }

    /// Reads the table of `language`.
    pub(super) fn load(&self, language: Words<'_>) -> Result<T, String> {
        T::ready(self.raw(language)?)
    }

    fn raw(&self, language: Words<'_>) -> Result<T::Raw, String> {
        if language.changes(self.name).is_none() {
            return read(language.text(self.name));
        }
        let told = |error: toml::de::Error| error.message().to_owned();
        toml::Value::Table(self.written(language)?).try_into().map_err(told)
    }

    /// Returns the table of `language` as it is written, with what the user lays over it.
    pub(super) fn written(&self, language: Words<'_>) -> Result<toml::Table, String> {
        let mut table = read(language.text(self.name))?;
        if let Some(over) = language.changes(self.name) {
            overlay::lay(&mut table, over)?;
        }
        Ok(table)
    }
}

/// Returns what is kept in a cell, made when it is first asked for.
pub(super) fn kept<T: Send + Sync + 'static>(cell: &Cell, make: impl FnOnce() -> T) -> &T {
    #[expect(clippy::expect_used, reason = "a cell belongs to one table, and that to one type")]
    cell.get_or_init(|| Box::new(make())).downcast_ref().expect("one type in each cell")
}

/// Reads a table as it is written, or tells the line that is wrong.
fn read<R: DeserializeOwned>(text: &str) -> Result<R, String> {
    toml::from_str(text)
        .map_err(|error| format!("line {}: {}", overlay::line_of(text, &error), error.message()))
}

/// A table whatever it holds.
pub(super) trait AnyTable: Sync {
    /// Returns its name.
    fn name(&self) -> TableName;

    /// Tells what cannot be read in the table of `language`, or the first example that it does
    /// not live up to.
    fn check(&self, language: Words<'_>) -> Result<(), String>;
}

impl<T: Table> AnyTable for Data<T> {
    fn name(&self) -> TableName {
        self.name
    }

    fn check(&self, language: Words<'_>) -> Result<(), String> {
        self.load(language)?.check(&self.raw(language)?, language)
    }
}

/// Returns what went wrong as a result, for examples: `Err` of `message()` unless `holds`.
pub(super) fn expect(holds: bool, message: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(message()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;
    use crate::language::TABLES;
    use crate::language::words::Vocabulary;

    #[test]
    fn every_entry_lives_up_to_its_examples() {
        for language in Vocabulary::compiled().all() {
            for table in TABLES {
                let checked = table.check(language);
                assert_eq!(checked, Ok(()), "{language:?}: {}.toml", table.name().as_str());
            }
        }
    }

    #[test]
    fn a_key_that_is_missing_or_misspelt_is_told_with_its_line() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Small {
            #[expect(dead_code, reason = "read and not looked at")]
            verbs: crate::language::presence::PresencePhrases,
        }
        let text = include_str!("da/presence.toml");
        let words = text.split_once("[words]").unwrap().1.split_once("[own]").unwrap().0;
        let text = format!("# Words.\n\n[verbs]{words}");
        assert!(read::<Small>(&text).is_ok());
        let misspelt = read::<Small>(&text.replace("leaves", "leavs")).unwrap_err();
        assert!(misspelt.starts_with("line 5: unknown field `leavs`"), "{misspelt}");
        let missing = text.lines().filter(|line| !line.starts_with("leaves"));
        let missing = read::<Small>(&missing.collect::<Vec<_>>().join("\n")).unwrap_err();
        assert_eq!(missing, "line 3: missing field `leaves`");
    }

    #[test]
    fn every_file_of_words_is_a_table_and_every_table_is_checked() {
        for language in Language::ALL {
            let folder = format!("{}/src/language/{language}", env!("CARGO_MANIFEST_DIR"));
            for file in std::fs::read_dir(folder).unwrap() {
                let path = file.unwrap().path();
                let name = path.file_stem().unwrap().to_str().unwrap();
                assert!(TABLES.iter().any(|table| table.name().as_str() == name), "{name}");
            }
        }
        for name in TableName::ALL {
            assert_eq!(TABLES.iter().filter(|table| table.name() == name).count(), 1, "{name:?}");
        }
    }
}
