//! What was asked of the meeting and is settled by assent, and counts of votes.

use super::super::entry::Entry;
use super::{Speech, Talk};
use crate::domain::referat::StatementKind;

/// How sure a vote is of which not all was told.
const UNCOUNTED: f32 = 0.8;

impl Talk<'_> {
    /// Ends what is pending: assent to an approval is a decision; a count of votes that decided
    /// nothing is told as a vote.
    pub(super) fn settle(&mut self, speaker: Option<&str>, certainty: f32) {
        if !self.pending.is_open() {
            return;
        }
        let Some(line) = self.rules.assent(&self.pending) else { return };
        let pending = std::mem::take(&mut self.pending);
        let speech = Speech { speaker, certainty, segments: Vec::new(), voice: None };
        let mut entry = self.outcome(&speech, StatementKind::Decision, line);
        entry.speaker = None;
        entry.cite(&pending.segments);
        self.entries.push(entry);
    }

    /// Tells a count of votes that no decision has taken up.
    pub(super) fn count_votes(&mut self) {
        let Some(line) = self.rules.vote(&self.pending) else { return self.quote_votes() };
        let pending = std::mem::take(&mut self.pending);
        let speech = Speech { speaker: None, certainty: 1.0, segments: Vec::new(), voice: None };
        let mut entry = self.outcome(&speech, StatementKind::Vote, line);
        entry.cite(&pending.segments);
        self.insert(entry);
    }

    /// Quotes what was said of votes where it is too little for a count.
    fn quote_votes(&mut self) {
        let told = std::mem::take(&mut self.pending.told);
        let said: Vec<&str> = told.iter().map(|sentence| sentence.marked.as_str()).collect();
        let Some(line) = self.rules.quoted_decision(&said.join(" ")) else { return };
        let speech =
            Speech { speaker: None, certainty: UNCOUNTED, segments: Vec::new(), voice: None };
        let mut entry = self.outcome(&speech, StatementKind::Vote, line);
        told.into_iter().for_each(|sentence| entry.add(sentence));
        self.insert(entry);
    }

    /// Puts an entry in its place in time.
    fn insert(&mut self, entry: Entry) {
        let first = entry.segments.first().copied();
        let later = |one: &Entry| one.segments.first().copied() > first;
        let place = self.entries.iter().position(later).unwrap_or(self.entries.len());
        self.entries.insert(place, entry);
    }
}
