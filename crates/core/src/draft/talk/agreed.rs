//! `Så gør vi det`: a decision that tells nothing of itself is that of the proposal before it.

use crate::domain::referat::StatementKind;
use crate::draft::sentences::Sentence;
use crate::language::reporting::Reporting;

use super::Talk;

/// So many entries back a proposal is still spoken of.
const NEAR: usize = 4;

impl Talk<'_> {
    /// Returns the line of a decision in so few words that only the proposal before it tells what
    /// was decided, and how sure it is.
    pub(super) fn agreed(&self, sentence: &Sentence) -> Option<(String, f32)> {
        let sure = self.rules.decides_in_short(sentence)?;
        let near = self.entries.iter().rev().take(NEAR);
        let mut proposals = near.take_while(|one| one.kind != Some(StatementKind::Decision));
        let proposal = proposals.find(|one| one.kind == Some(StatementKind::Proposal))?;
        let words = Reporting::of(self.rules.language);
        let unnamed = self.rules.body == words.words("body");
        let line = match (&proposal.speaker, unnamed) {
            (Some(name), false) => words.words("agreed_to_proposal").replace("{name}", name),
            (Some(name), true) => words.words("proposal_agreed").replace("{name}", name),
            (None, _) => return None,
        };
        Some((line.replace("{body}", &self.rules.body), sure))
    }
}
