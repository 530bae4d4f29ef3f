//! Which contributions make a line of their own.

use crate::domain::agenda::AgendaItem;
use crate::domain::language::Language;
use crate::domain::referat::StatementKind;
use crate::language::clauses::Clauses;

use super::entry::Entry;
use super::people::People;
use super::sentences::Sentence;

/// Judges the contributions under one item.
pub(super) struct Worth<'a> {
    pub(super) language: Language,
    pub(super) people: &'a People<'a>,
    pub(super) item: Option<&'a AgendaItem>,
}

impl Worth<'_> {
    /// Returns whether the contribution makes a line: small talk, one-word answers and words
    /// that only lead the meeting do not.
    pub(super) fn makes_a_line(&self, entry: &Entry) -> bool {
        let frames = matches!(
            entry.kind,
            Some(StatementKind::Welcome | StatementKind::Opening | StatementKind::Closing)
        );
        if entry.text.is_some() || entry.is_outcome() || entry.blurred || frames || entry.is_poor()
        {
            return true;
        }
        let clauses = Clauses::of(self.language);
        let tells = |one: &Sentence| clauses.telling_words(&one.text);
        let most = entry.sentences.iter().map(tells).max().unwrap_or(0);
        let acts = entry.sentences.iter().filter_map(|one| one.act.as_ref());
        if acts.clone().any(|act| act.introduction) {
            return true;
        }
        let framed = acts.clone().any(|act| act.text.is_some());
        let chairs = self.people.chairs(entry.speaker.as_deref());
        let enough = match entry.kind {
            Some(StatementKind::Support) => 0,
            _ if framed => 2,
            Some(StatementKind::Question) if chairs => 5,
            Some(StatementKind::Question) => 2,
            _ if self.item.is_none() => 6,
            _ if chairs => 6,
            _ => 3,
        };
        most >= enough
    }
}
