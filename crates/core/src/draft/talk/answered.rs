//! What a decision of few words answers: `Godt, så er det aftalt` decides what others said before.

use crate::draft::outcome::LearntDecision;
use crate::draft::sentences::Sentence;

use super::{Speech, Talk};

/// Sentences of those who spoke before that are kept in mind.
const KEPT: usize = 8;

impl Talk<'_> {
    /// Keeps in mind what was said, for whoever decides next.
    pub(super) fn keep_in_mind(&mut self, said: &[Sentence]) {
        self.said_before.extend_from_slice(said);
        let over = self.said_before.len().saturating_sub(KEPT);
        self.said_before.drain(..over);
    }

    /// Adds a decision that no frame knows; `lead` leads to it, `next` is the sentence it took along.
    pub(super) fn add_learnt(
        &mut self,
        speech: &Speech<'_>,
        learnt: LearntDecision,
        (sentence, next): (Sentence, Option<Sentence>),
    ) {
        let mut entry = self.decision(speech, learnt.line, sentence);
        entry.certainty = learnt.sure;
        if let Some(answers) = learnt.answers {
            entry.cite(&answers.segments);
            entry.answers = Some(answers);
        }
        if let Some(next) = next {
            entry.add(next);
        }
        self.entries.push(entry);
    }
}
