//! Counts of votes as words of a line.

use crate::language::outcomes::Outcomes;
use crate::language::pattern::Pattern;
use crate::language::reporting::Reporting;

use super::{Pending, Rules, Side};

impl Rules<'_> {
    /// Returns the count of votes as the end of a decision's line, where both sides were told.
    pub(super) fn votes(&self, pending: &Pending, sentence: &str) -> String {
        let outcomes = Outcomes::of(self.language);
        let counted = |pattern: &Pattern, side: Side| {
            let told = pattern.find(sentence);
            let told = told.and_then(|found| pattern.group(&found, "n").map(str::to_owned));
            let told = told.or_else(|| pending.votes[side as usize].clone());
            told.map(|n| n.to_lowercase())
        };
        let for_ = counted(&outcomes.votes_for, Side::For);
        let against = counted(&outcomes.votes_against, Side::Against);
        let (Some(for_), Some(against)) = (for_, against) else { return String::new() };
        let words = &Reporting::of(self.language).phrases.for_against;
        let votes = words.replace("{for}", &for_).replace("{against}", &against);
        format!(" {votes}{}", self.abstained(pending))
    }

    fn abstained(&self, pending: &Pending) -> String {
        let words = &Reporting::of(self.language).phrases.abstained;
        pending.abstained.as_ref().map_or_else(String::new, |n| words.replace("{n}", n))
    }

    /// Returns the count of votes that nothing was decided on, as a line without its full stop.
    pub(in crate::draft) fn vote(&self, pending: &Pending) -> Option<String> {
        let [Some(for_), Some(against)] = &pending.votes else { return None };
        let words = &Reporting::of(self.language).phrases.voted;
        let votes = words.replace("{for}", for_).replace("{against}", against);
        Some(format!("{votes}{}", self.abstained(pending)))
    }
}
