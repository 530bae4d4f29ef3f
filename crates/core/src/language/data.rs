//! One reader for the tables of words: what is compiled in, with what the user lays over it.
//!
//! A table stands in `da/NAME.toml` and `en/NAME.toml`, is read when it is first asked for, and
//! knows examples of what its entries do, by which it is checked.

use std::sync::OnceLock;

use serde::de::DeserializeOwned;

use super::overlay::{self, Overlay};
use crate::domain::language::Language;

/// Words of a language, made ready for use.
pub(super) trait Table: Sized + Send + Sync + 'static {
    /// The table as it is written.
    type Raw: DeserializeOwned;

    /// Makes the table ready, or tells what cannot be read in it.
    fn ready(raw: Self::Raw, language: Language) -> Result<Self, String>;

    /// Tells the first of the table's own examples that it does not live up to. `raw` is the
    /// table as it is written.
    fn check(&self, raw: &Self::Raw, language: Language) -> Result<(), String>;
}

/// A table in every language.
pub(super) struct Data<T> {
    name: &'static str,
    texts: [(Language, &'static str); 2],
    ready: [OnceLock<T>; 2],
}

/// Returns the table called by a literal name, whose texts are compiled in.
macro_rules! table {
    ($name:literal) => {
        $crate::language::data::Data::new(
            $name,
            include_str!(concat!("da/", $name, ".toml")),
            include_str!(concat!("en/", $name, ".toml")),
        )
    };
}
pub(super) use table;

impl<T: Table> Data<T> {
    /// Returns the table called `name` of these two texts.
    pub(super) const fn new(name: &'static str, da: &'static str, en: &'static str) -> Self {
        let texts = [(Language::Da, da), (Language::En, en)];
        Self { name, texts, ready: [const { OnceLock::new() }; 2] }
    }

    /// Returns the table of `language`.
    pub(super) fn of(&self, language: Language) -> &T {
        #[expect(
            clippy::expect_used,
            reason = "a test reads what is compiled in, and an overlay \
            is checked before it is laid"
        )]
        self.ready[language as usize].get_or_init(|| {
            self.load(language, overlay::laid()).expect("the tables of words are well formed")
        })
    }

    /// Returns the table of `language` with what `overlay` changes.
    pub(super) fn load(&self, language: Language, overlay: Option<&Overlay>) -> Result<T, String> {
        T::ready(self.raw(language, overlay)?, language)
    }

    fn raw(&self, language: Language, overlay: Option<&Overlay>) -> Result<T::Raw, String> {
        let text = self.texts[language as usize].1;
        let Some(over) = overlay.and_then(|overlay| overlay.table(language, self.name)) else {
            return read(text);
        };
        let mut table: toml::Table = read(text)?;
        overlay::lay(&mut table, over)?;
        let told = |error: toml::de::Error| error.message().to_owned();
        toml::Value::Table(table).try_into().map_err(told)
    }

    /// Returns the table of `language` as it is written, with what `overlay` changes.
    #[cfg(test)]
    pub(super) fn raw_table(&self, language: Language, overlay: Option<&Overlay>) -> toml::Table {
        let mut table: toml::Table = toml::from_str(self.texts[language as usize].1).unwrap();
        if let Some(over) = overlay.and_then(|overlay| overlay.table(language, self.name)) {
            overlay::lay(&mut table, over).unwrap();
        }
        table
    }
}

/// Reads a table as it is written, or tells the line that is wrong.
fn read<R: DeserializeOwned>(text: &str) -> Result<R, String> {
    toml::from_str(text)
        .map_err(|error| format!("line {}: {}", overlay::line_of(text, &error), error.message()))
}

/// A table whatever it holds.
pub(super) trait AnyTable: Sync {
    /// Returns its name.
    fn name(&self) -> &'static str;

    /// Tells what cannot be read in the table with what `overlay` changes, or the first example
    /// that it does not live up to.
    fn check(&self, language: Language, overlay: Option<&Overlay>) -> Result<(), String>;
}

impl<T: Table> AnyTable for Data<T> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn check(&self, language: Language, overlay: Option<&Overlay>) -> Result<(), String> {
        self.load(language, overlay)?.check(&self.raw(language, overlay)?, language)
    }
}

/// Returns what went wrong as a result, for examples: `Err` of `message()` unless `holds`.
pub(super) fn expect(holds: bool, message: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(message()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::TABLES;

    #[test]
    fn every_entry_lives_up_to_its_examples() {
        for language in Language::ALL {
            for table in TABLES {
                let checked = table.check(language, None);
                assert_eq!(checked, Ok(()), "{language}/{}.toml", table.name());
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
    fn every_file_of_words_is_a_table() {
        for language in Language::ALL {
            let folder = format!("{}/src/language/{language}", env!("CARGO_MANIFEST_DIR"));
            for file in std::fs::read_dir(folder).unwrap() {
                let path = file.unwrap().path();
                let name = path.file_stem().unwrap().to_str().unwrap();
                assert!(TABLES.iter().any(|table| table.name() == name), "{name}");
            }
        }
    }
}
