//! Where a speech is divided: what opens an entry of its own.

use crate::domain::referat::StatementKind;
use crate::draft::entry::Entry;
use crate::draft::sentences::Sentence;
use crate::language::reporting::Reporting;

use super::{LEAD_IN, Talk};

/// A speech of one voice that nothing divides is cut after this many sentences.
const LONG_SPEECH: usize = 10;

/// After this many sentences on one matter a speech is divided where it names another.
const MANY: usize = 4;

impl Talk<'_> {
    /// Returns whether a sentence opens an entry of its own within a speech.
    pub(super) fn divides(&self, current: &Entry, sentence: &Sentence, sub: Option<usize>) -> bool {
        if current.sentences.is_empty() {
            return false;
        }
        let act = sentence.act.as_ref().map(|act| act.kind);
        let own_segment = current.segments.last() != sentence.segments.first();
        let said: usize = current.sentences.iter().map(Sentence::len).sum();
        let courtesy = matches!(current.kind, Some(StatementKind::Thanks | StatementKind::Support));
        let frames = |kind| {
            matches!(
                kind,
                Some(StatementKind::Welcome | StatementKind::Opening | StatementKind::Closing)
            )
        };
        (sub != current.sub && current.sub.is_some())
            || (act == Some(StatementKind::Closing) && said > LEAD_IN && own_segment)
            || (courtesy && act == Some(StatementKind::Question))
            // Under an item, what follows the welcome is its matter and no part of the opening.
            || (frames(current.kind)
                && !frames(act)
                && self.rules.item.is_some()
                && sentence.len() > LEAD_IN)
            || (current.sentences.len() >= MANY && self.names_topic(sentence))
            || (sentence.is_poor() && frames(act) != frames(current.kind))
            || current.sentences.len() >= LONG_SPEECH
    }

    /// Returns whether a sentence begins by naming what it is about (`med hensyn til taget, så`).
    fn names_topic(&self, sentence: &Sentence) -> bool {
        Reporting::of(self.rules.language).topic_and_main(&sentence.text).is_some()
    }

    /// Returns whether another voice may begin here, where nobody is known to speak: after a
    /// question comes its answer, and a question or a proposal is seldom the end of a report.
    pub(super) fn turns(&self, current: &Entry, sentence: &Sentence) -> bool {
        let Some(last) = current.sentences.last() else { return false };
        let asks = |one: &Sentence| {
            one.text.ends_with('?')
                || one.act.as_ref().is_some_and(|act| act.kind == StatementKind::Question)
        };
        let opens = |one: &Sentence| {
            one.act.as_ref().is_some_and(|act| {
                matches!(
                    act.kind,
                    StatementKind::Proposal
                        | StatementKind::Support
                        | StatementKind::Objection
                        | StatementKind::Concern
                        | StatementKind::Thanks
                )
            })
        };
        !sentence.is_poor() && (asks(last) != asks(sentence) || opens(sentence))
    }
}
