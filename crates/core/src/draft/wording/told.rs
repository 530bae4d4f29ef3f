//! Reported speech: the most telling sentences whose shape is one that is safe.

use crate::domain::referat::StatementKind;
use crate::draft::entry::Entry;
use crate::language::clauses::{Clauses, Reported};
use crate::language::reporting::Reporting;
use crate::names::given::is_given;

use super::{LINE_WORDS, Writer};

/// A sentence that goes on behind a reported one.
enum More {
    /// `…, og at …`
    That(String),
    /// A sentence of its own.
    Free(String),
}

impl Writer<'_> {
    /// Returns whether the word is somebody's name, as far as one can tell.
    pub(super) fn is_name(&self, word: &str) -> bool {
        let capital = word.chars().find(|letter| letter.is_alphabetic());
        self.people.is_name(word) || capital.is_some_and(char::is_uppercase) && is_given(word)
    }

    /// Returns a sentence in reported speech, where that is safe.
    fn report(&self, entry: &Entry, place: usize) -> Option<Reported> {
        let one = entry.sentences.get(place).filter(|one| one.marked == one.text)?;
        let said = self.people.unaddressed(&one.text);
        let is_name = |word: &str| self.is_name(word);
        let is_common = |word: &str| self.common.contains(word);
        let clauses = Clauses::of(self.language);
        let told = clauses.retold(&said, entry.replies, &is_name, &is_common)?;
        // Who `I` is, nobody knows where the speaker is unknown.
        let known = entry.speaker.is_some() || matches!(told, Reported::That(_));
        known.then_some(told)
    }

    /// Returns how the sentence goes on behind the one at `first`.
    fn more(&self, entry: &Entry, first: usize, place: usize) -> Option<More> {
        if let Some(Reported::That(that)) = self.report(entry, place) {
            return Some(More::That(that));
        }
        let one = entry.sentences.get(place).filter(|one| one.marked == one.text)?;
        let clauses = Clauses::of(self.language);
        let begins = one.text.split_whitespace().next().unwrap_or("");
        // What a pronoun stands for is named right before.
        let named = place == first + 1 || !clauses.is_dangling(begins);
        let said = self.people.unaddressed(&one.text);
        let free = clauses.freed(&said, &|word| self.is_name(word));
        free.filter(|_| named && place > first).map(More::Free)
    }

    /// `oplyste, at …, og at …`, `oplyste, at …. Det …`
    pub(super) fn told(&self, entry: &Entry) -> Option<String> {
        let telling = self.most_telling(entry);
        let most = self.telling(&entry.sentences[*telling.first()?]);
        // A sentence that can be told goes before one that cannot and says little more.
        let near = |place: &&usize| self.telling(&entry.sentences[**place]) * 3 >= most * 2;
        let (best, first) = telling
            .iter()
            .filter(near)
            .find_map(|place| Some((*place, self.report(entry, *place)?)))?;
        let name = self.name(entry);
        let reporting = Reporting::of(self.language);
        let room = LINE_WORDS.saturating_sub(entry.sentences[best].len());
        let others = || telling.iter().copied().filter(|place| *place != best);
        let fits = |place: &usize| entry.sentences[*place].len() <= room;
        let more = others().filter(fits).find_map(|place| {
            let more = self.more(entry, best, place)?;
            let fits = place > best && matches!(more, More::Free(_))
                || matches!((&first, &more), (Reported::That(_), More::That(_)));
            fits.then_some((place, more))
        });
        let verb = match &first {
            Reported::That(that) if self.proposes(entry, that) => {
                reporting.phrases.proposal.clone()
            }
            _ => self.said(entry, best, false),
        };
        let that = format!("{verb}{}", reporting.phrases.comma_that);
        let joint = format!(", {} {} ", reporting.phrases.and, reporting.phrases.that);
        let (last, line) = match (first, more) {
            (Reported::Named(told), Some((place, More::Free(more)))) => {
                (place, format!("{name} {told}. {more}"))
            }
            (Reported::Named(told), _) => (best, format!("{name} {told}")),
            (Reported::That(first), Some((place, More::Free(more)))) => {
                (place, format!("{name} {that} {first}. {more}"))
            }
            (Reported::That(first), Some((place, More::That(more)))) if place > best => {
                (place, format!("{name} {that} {first}{joint}{more}"))
            }
            (Reported::That(first), Some((_, More::That(more)))) => {
                (best, format!("{name} {that} {more}{joint}{first}"))
            }
            (Reported::That(first), None) => (best, format!("{name} {that} {first}")),
        };
        Some(self.with_third(entry, line, last))
    }

    /// `foreslog, at man skal …`: what is proposed tells what ought to be.
    fn proposes(&self, entry: &Entry, that: &str) -> bool {
        let verb = that.split_whitespace().nth(1).unwrap_or_default();
        entry.kind == Some(StatementKind::Proposal) && Clauses::of(self.language).is_modal(verb)
    }

    /// Adds the sentence behind the last one told, where it tells as much and there is room.
    fn with_third(&self, entry: &Entry, line: String, last: usize) -> String {
        let next = last + 1;
        let room = LINE_WORDS.saturating_sub(line.split_whitespace().count());
        let told = entry
            .sentences
            .get(next)
            .filter(|one| one.len() <= room && self.is_telling(one) && !one.text.ends_with('?'));
        let free = told.and_then(|one| {
            let heard = one.marked == one.text;
            let said = self.people.unaddressed(&one.text);
            let clauses = Clauses::of(self.language);
            heard.then(|| clauses.freed(&said, &|word| self.is_name(word))).flatten()
        });
        free.map_or(line.clone(), |free| format!("{line}. {free}"))
    }
}
