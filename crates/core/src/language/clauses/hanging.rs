//! What hangs on: a verb behind an apostrophe, a tag behind a statement.

use super::{Clauses, has};

impl Clauses<'_> {
    /// `I'll`, `it's`: a verb hangs on behind the apostrophe.
    pub(super) fn is_contracted(&self, word: &str) -> bool {
        let word = word.trim_end_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
        let Some((stem, verb)) = word.rsplit_once(['\'', '’']) else { return false };
        // `it's` is a verb, `the school's` is none.
        let owns = has(&self.words.function.owning, verb)
            && !self.words.subjects.contains(stem)
            && !self.words.nominative.contains(stem);
        !owns && has(&self.words.function.contracted, verb)
    }

    /// Returns whether a statement ends in a tag (`…, ikke`, `…, vel`), which turned into words
    /// of the minutes would deny or ask.
    pub fn has_tag(&self, text: &str) -> bool {
        let text = text.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        text.rsplit_once(',')
            .is_some_and(|(_, last)| self.words.tags.contains(last.trim().to_lowercase().as_str()))
    }

    /// Returns a statement without the tag it ends in (`…, ikke.`).
    pub fn untagged<'t>(&self, text: &'t str) -> &'t str {
        if !self.has_tag(text) || text.ends_with(['?', ']']) {
            return text;
        }
        text.rsplit_once(',').map_or(text, |(said, _)| said.trim_end_matches([',', ' ']))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Words;

    #[test]
    fn a_contraction_is_a_verb() {
        let clauses = Clauses::of(Words::english());
        assert!(clauses.has_finite("I'll ask them."));
        assert!(clauses.has_finite("It’s in the minutes."));
        assert!(!clauses.has_finite("The school's fence."));
    }

    #[test]
    fn a_tag_is_known() {
        let clauses = Clauses::of(Words::danish());
        assert!(clauses.has_tag("Hun skriver til dem inden jul, ikke."));
        assert!(!clauses.has_tag("Hun skriver ikke til dem."));
        assert_eq!(clauses.untagged("Hun skriver til dem, ikke."), "Hun skriver til dem");
    }
}
