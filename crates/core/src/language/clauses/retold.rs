//! A spoken sentence told by another: in reported speech, as what the speaker holds, or as a
//! sentence of its own.

use super::main_clause::Main;
use super::shape::{LONGEST, Reported};
use super::{Clauses, Room, bare};
use crate::language::headings::capitalised;

impl Clauses<'_> {
    /// As [`Self::reported`], and where its order of words may be kept, so; `is_common` tells
    /// what is no name though a capital begins it.
    pub fn retold(
        &self,
        sentence: &str,
        answer: bool,
        is_name: &dyn Fn(&str) -> bool,
        is_common: &dyn Fn(&str) -> bool,
    ) -> Option<Reported> {
        let text = self.tellable(sentence)?;
        if let Some(held) = self.held(&text, is_name) {
            return Some(held);
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let main = Main { clauses: *self, answer, is_name, is_common };
        let to_somebody = (0..words.len()).any(|place| self.is_second_person(&words, place));
        let strict = || main.reported(&words).or_else(|| main.conditional(&words));
        let strict = if to_somebody { None } else { strict() };
        strict.or_else(|| main.plain(&words))
    }

    /// Returns a sentence told by another that stands alone behind one that was reported.
    pub fn freed(&self, sentence: &str, is_name: &dyn Fn(&str) -> bool) -> Option<String> {
        let text = self.tellable(sentence)?;
        let words: Vec<&str> = text.split_whitespace().collect();
        Main { clauses: *self, answer: true, is_name, is_common: &|_| false }.free(&words)
    }

    /// Returns a sentence's words where it is one that may be told by another.
    pub(super) fn tellable(&self, sentence: &str) -> Option<String> {
        let text = sentence.trim().trim_end_matches(['.', '!', ' ']);
        if text.contains(['?', '…', '"', ':', ';', '[', '(', '–', '”', '“']) || text.contains("..")
        {
            return None;
        }
        let text = self.expanded(text);
        // `For i Ældresagen får vi andre tal` gives a reason; `for` goes.
        let reason = text.strip_prefix("For ").filter(|rest| {
            let next = rest.split(' ').next().map(bare).unwrap_or_default();
            self.words.prepositions.contains(&next)
                || self.words.nominative.contains(&next)
                || self.words.adverbial.contains(&next)
        });
        let text = reason.map_or(text.clone(), capitalised);
        let words: Vec<&str> = text.split_whitespace().collect();
        let whole = words.len() <= LONGEST && !self.has_tag(&text) && !self.is_call(&words);
        whole.then_some(text)
    }

    /// `jeg synes, at …` as `mente, at …`.
    fn held(&self, text: &str, is_name: &dyn Fn(&str) -> bool) -> Option<Reported> {
        self.words.held.iter().find_map(|lead| {
            let found = lead.pattern.find(text)?;
            let that = if let Some(sub) = lead.pattern.group(&found, "sub") {
                self.fitted(sub, Room::Clause, is_name)?
            } else {
                let main = lead.pattern.group(&found, "main")?;
                match self.reported(main, true, is_name)? {
                    Reported::That(that) => that,
                    Reported::Named(_) => return None,
                }
            };
            Some(Reported::Named(format!("{} {that}", lead.text)))
        })
    }
}
