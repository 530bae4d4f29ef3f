//! What an entry is whose words do not tell: told from its place among the others.

use crate::domain::referat::StatementKind;
use crate::draft::entry::Entry;
use crate::draft::outcome::Rules;
use crate::draft::sentences::Sentence;
use crate::language::outcomes::Outcomes;
use crate::language::reporting::Reporting;

use super::Talk;

/// Who speaks this many words first presents an item that names no presenter.
const PRESENTATION: usize = 10;

impl Talk<'_> {
    /// Tells from its place what an entry is whose words do not tell.
    pub(super) fn place(&mut self, entry: &mut Entry) {
        let asked = self.entries.iter().rev().find(|last| !last.is_outcome());
        entry.replies = asked.is_some_and(|last| {
            last.kind == Some(StatementKind::Question) && last.speaker != entry.speaker
        });
        let presenter = self.rules.item.and_then(|item| item.presenter.clone());
        let words: usize = entry.sentences.iter().map(Sentence::len).sum();
        let at_length = words >= PRESENTATION && self.rules.item.is_some();
        if self.presenter.is_none() && (presenter.is_some() || at_length) {
            let known = presenter.filter(|_| entry.speaker.is_some());
            self.presenter = Some(known.or_else(|| entry.speaker.clone()));
        }
        let is_presenter = self.presenter.as_ref() == Some(&entry.speaker);
        let frames = matches!(entry.kind, Some(StatementKind::Welcome | StatementKind::Opening));
        if !is_presenter && !frames {
            self.others_spoke = true;
        }
        let tells = tells_nothing_of(self.rules);
        let of_self = entry
            .sentences
            .iter()
            .any(|one| Reporting::of(self.rules.language).tells_of_self(&one.text));
        let tells = self.rules.item.is_none() || (tells && !of_self);
        entry.presents = is_presenter && !self.others_spoke && !entry.replies;
        if tells_nothing_of(self.rules) && of_self {
            entry.presents = false;
        }
        if entry.kind.is_none() {
            let asks = entry.sentences.last().is_some_and(|last| last.text.ends_with('?'));
            // Nobody known presents nothing for certain.
            let presents = entry.presents && entry.speaker.is_some();
            entry.kind = Some(if asks && !presents {
                StatementKind::Question
            } else if entry.presents || (tells && !entry.replies) {
                StatementKind::Information
            } else {
                // The seed reports a reply as `bemærkede`.
                StatementKind::Remark
            });
        } else if entry.kind == Some(StatementKind::Information) && entry.replies {
            // Asked, and telling in so many words (`jeg kan oplyse, at …`).
            entry.kind = Some(StatementKind::Answer);
        }
    }
}

/// Returns whether the item's title names no subject (`Eventuelt`), so that anyone may tell
/// something under it.
fn tells_nothing_of(rules: &Rules<'_>) -> bool {
    rules.item.is_none_or(|item| Outcomes::of(rules.language).topic(&item.title).is_none())
}

/// The more telling of two acts within one entry.
pub(super) trait MaxTelling {
    fn max_telling(self, other: Self) -> Self;
}

impl MaxTelling for Option<StatementKind> {
    fn max_telling(self, other: Self) -> Self {
        let weight = |kind: Option<StatementKind>| match kind {
            None => 0,
            Some(StatementKind::Remark) => 1,
            Some(StatementKind::Information) => 2,
            Some(StatementKind::Thanks) => 3,
            Some(StatementKind::Question) => 4,
            Some(StatementKind::Support) => 5,
            Some(StatementKind::Objection) => 6,
            Some(StatementKind::Concern) => 7,
            Some(StatementKind::Proposal) => 8,
            Some(_) => 9,
        };
        if weight(other) > weight(self) { other } else { self }
    }
}
