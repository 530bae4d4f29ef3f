//! The words that a run uses, as a value: the tables of every language, with what the user lays
//! over them ([`Vocabulary`]), and those of one of the languages ([`Words`]).
//!
//! A table is made ready when it is first asked for. What an overlay does not change is shared
//! with the words beneath it, so that a vocabulary of one's own costs what it changes.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};

use super::table_names::{COUNT, TableName, folder};
use crate::domain::language::{Language, every_language};

/// A table that is made ready once; of which type, its reader knows.
pub(super) type Cell = OnceLock<Box<dyn Any + Send + Sync>>;

/// The tables of one language as they are written, in the order of [`TableName::ALL`].
pub(super) type Texts = [Cow<'static, str>; COUNT];

/// The words of every language.
#[derive(Clone)]
pub struct Vocabulary {
    languages: Vec<Arc<Tables>>,
    joined: Arc<[Cell; COUNT]>,
}

/// The words of one language of a vocabulary.
#[derive(Clone, Copy)]
pub struct Words<'v> {
    vocabulary: &'v Vocabulary,
    tables: &'v Tables,
}

struct Tables {
    language: Language,
    texts: Texts,
    /// What the user lays over them, by the tables' names.
    changes: toml::Table,
    /// What they were before the user's changes.
    beneath: Option<Arc<Self>>,
    ready: [Cell; COUNT],
}

macro_rules! folders {
    ($($code:literal)+) => {
        [$((Language::new($code), folder!($code))),+]
    };
}

static COMPILED: LazyLock<Vocabulary> = LazyLock::new(|| {
    let tables = |(language, texts)| Arc::new(Tables::new(language, texts));
    let languages = every_language!(folders).map(tables).into();
    Vocabulary { languages, joined: none_joined() }
});

/// Returns the cells of tables of all languages together, with none ready.
fn none_joined() -> Arc<[Cell; COUNT]> {
    Arc::new([const { Cell::new() }; COUNT])
}

impl Tables {
    fn new(language: Language, texts: Texts) -> Self {
        let changes = toml::Table::new();
        Self { language, texts, changes, beneath: None, ready: [const { Cell::new() }; COUNT] }
    }

    fn cell(&self, table: TableName) -> &Cell {
        match &self.beneath {
            Some(beneath) if !self.changes.contains_key(table.as_str()) => beneath.cell(table),
            _ => &self.ready[table as usize],
        }
    }
}

impl Vocabulary {
    /// Returns the words that are compiled in.
    pub fn compiled() -> &'static Self {
        &COMPILED
    }

    /// Returns the vocabulary with changes laid over it, by the languages' codes.
    pub(super) fn changed(&self, changes: &toml::Table) -> Self {
        let of = |language: Language| changes.get(language.code())?.as_table();
        let changed = |tables: &Arc<Tables>| match of(tables.language) {
            None => Arc::clone(tables),
            Some(changes) => Arc::new(Tables {
                changes: changes.clone(),
                beneath: Some(Arc::clone(tables)),
                ..Tables::new(tables.language, tables.texts.clone())
            }),
        };
        Self { languages: self.languages.iter().map(changed).collect(), joined: none_joined() }
    }

    /// Returns the vocabulary with the tables of one more language, as they are written.
    pub(super) fn with(&self, language: Language, texts: Texts) -> Self {
        let mut languages = self.languages.clone();
        languages.retain(|tables| tables.language != language);
        languages.push(Arc::new(Tables::new(language, texts)));
        Self { languages, joined: none_joined() }
    }

    /// Returns the words of `language`; those of the default language where it has none.
    pub fn of(&self, language: Language) -> Words<'_> {
        let known = self.languages.iter().find(|tables| tables.language == language);
        Words { vocabulary: self, tables: known.unwrap_or(&self.languages[0]) }
    }

    /// Returns the words of each language, the default first.
    pub fn all(&self) -> impl Iterator<Item = Words<'_>> {
        self.languages.iter().map(|tables| Words { vocabulary: self, tables })
    }
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self::compiled().clone()
    }
}

impl fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.all()).finish()
    }
}

impl Words<'static> {
    /// Returns the words of `language` that are compiled in.
    pub fn of(language: Language) -> Self {
        Vocabulary::compiled().of(language)
    }

    /// Returns the Danish words that are compiled in.
    pub fn danish() -> Self {
        Self::of(Language::DA)
    }

    /// Returns the English words that are compiled in.
    pub fn english() -> Self {
        Self::of(Language::EN)
    }
}

impl<'v> Words<'v> {
    /// Returns which language they are of.
    pub fn language(self) -> Language {
        self.tables.language
    }

    /// Returns the vocabulary that they are of.
    pub fn vocabulary(self) -> &'v Vocabulary {
        self.vocabulary
    }

    /// Returns a table as it is written.
    pub(super) fn text(self, table: TableName) -> &'v str {
        &self.tables.texts[table as usize]
    }

    /// Returns what the user lays over a table.
    pub(super) fn changes(self, table: TableName) -> Option<&'v toml::Table> {
        self.tables.changes.get(table.as_str())?.as_table()
    }

    /// Returns where a table is kept when it is ready.
    pub(super) fn cell(self, table: TableName) -> &'v Cell {
        self.tables.cell(table)
    }

    /// Returns where a table of all languages together is kept when it is ready.
    pub(super) fn joined(self, table: TableName) -> &'v Cell {
        &self.vocabulary.joined[table as usize]
    }
}

impl fmt::Debug for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({})", self.language())
    }
}
