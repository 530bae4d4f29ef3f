//! The words that every part of the reader needs: those of the page's language first, the
//! others' too, as offices mix them.

use crate::language::dates::DateWords;
use crate::language::labels::{Field, Labels};
use crate::language::pages::PagePhrases;
use crate::language::people_words::PeopleWords;
use crate::language::words::Words;

/// The words of a page.
#[derive(Clone, Copy)]
pub(super) struct PageWords<'v> {
    pub(super) main: &'v Labels,
    pub(super) dates: &'v DateWords,
    pub(super) people: &'v PeopleWords,
    pub(super) page: &'v PagePhrases,
    pub(super) language: Words<'v>,
}

impl<'v> PageWords<'v> {
    /// Returns the words for a page in `language`.
    pub(super) fn of(language: Words<'v>) -> Self {
        Self {
            main: Labels::of(language),
            dates: DateWords::of(language),
            people: PeopleWords::all(language),
            page: PagePhrases::all(language),
            language,
        }
    }

    /// Returns the labels of every language, the page's first.
    pub(super) fn labels(self) -> impl Iterator<Item = &'v Labels> {
        let own = self.language.language();
        let others = self.language.vocabulary().all().filter(move |it| it.language() != own);
        std::iter::once(self.main).chain(others.map(Labels::of))
    }

    /// Splits a line at a label that is known in any language.
    pub(super) fn label(self, text: &str) -> Option<(Field, &str)> {
        self.labels().find_map(|labels| labels.split(text))
    }

    /// Tells whether a text says that an item is closed.
    pub(super) fn is_closed(self, text: &str) -> bool {
        self.labels().any(|labels| labels.is_closed(text))
    }

    /// Tells whether a row of a programme is a pause.
    pub(super) fn is_pause(self, text: &str) -> bool {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        self.page.item.pauses.iter().any(|word| {
            text.strip_prefix(word).is_some_and(|rest| {
                !rest.starts_with(char::is_alphabetic) && !self.page.item.no_pauses.are_in(rest)
            })
        })
    }
}
