//! What a decision is about.

use crate::language::clauses::Clauses;
use crate::language::headings::capitalised;
use crate::language::outcomes::Outcomes;
use crate::language::reporting::Reporting;

use super::Rules;

impl Rules<'_> {
    /// Returns what a decision is about: the words themselves, or what the item's title names
    /// when they are only a pronoun.
    pub(super) fn thing(&self, what: &str) -> String {
        let words = Outcomes::of(self.language);
        let lower = what.to_lowercase();
        // `Det tager vi også til efterretning`: which thing, the words do not tell.
        let clauses = Clauses::of(self.language);
        let tells = !what.split_whitespace().all(|word| clauses.only_links(word));
        if tells && !words.pronouns.contains(&lower) {
            return capitalised(&self.people.in_full(what));
        }
        let title = self.item.map_or("", |item| item.title.as_str());
        if title.to_lowercase().contains(&words.agenda_word) {
            return words.agenda_named.clone();
        }
        let this_item = &Reporting::of(self.language).phrases.this_item;
        capitalised(&words.topic(title).unwrap_or_else(|| this_item.to_owned()))
    }
}
