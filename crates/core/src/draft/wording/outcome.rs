//! The line of a decision, a task, or somebody's coming and leaving: as the rules made it, where
//! nothing is wrong with it, else in the words that were said.

use crate::domain::referat::StatementKind;
use crate::draft::entry::Entry;
use crate::draft::sentences::Sentence;
use crate::language::clauses::{Clauses, Doing, Reported};
use crate::language::reporting::Reporting;

use super::{Writer, ended, whole};

impl Writer<'_> {
    /// Returns the line of an outcome whose words by rule are `text`.
    pub(super) fn outcome(&self, entry: &Entry, text: &str) -> Option<String> {
        let text = text.trim_end_matches(['.', ' ']).to_owned();
        let reporting = Reporting::of(self.language);
        let said: Vec<String> = entry.sentences.iter().map(|one| whole(&one.marked)).collect();
        let said = said.join(" ");
        let said = match &entry.answers {
            Some(answers) => {
                let both = reporting.phrases.answered.replace("{asked}", &whole(&answers.marked));
                both.replace("{said}", &said)
            }
            None => said,
        };
        let quoted = match entry.kind {
            _ if said.is_empty() => None,
            Some(StatementKind::Action) => {
                let name = entry.responsible.as_deref().unwrap_or_else(|| self.name(entry));
                Some(reporting.phrases.task_quoted.replace("{name}", name))
            }
            Some(StatementKind::Decision | StatementKind::Vote) => {
                Some(reporting.phrases.decided_quoted.replace("{body}", self.body))
            }
            _ => None,
        };
        let unclear = match entry.kind {
            Some(StatementKind::Action) => {
                let name = entry.responsible.as_deref().unwrap_or_else(|| self.name(entry));
                Some(reporting.phrases.task_unclear.replace("{name}", name))
            }
            Some(StatementKind::Decision) => {
                Some(reporting.phrases.decided_unclear.replace("{body}", self.body))
            }
            _ => None,
        };
        // `Det skal jeg nok`: which task, was said before, and nothing of it stands here.
        let told = Clauses::of(self.language).telling_words(&said) > 0;
        let taken = entry
            .responsible
            .as_deref()
            .filter(|_| !told && entry.kind == Some(StatementKind::Action));
        let taken = taken.map(|name| reporting.phrases.task_taken.replace("{name}", name));
        let quoted = taken.or_else(|| Some(quoted?.replace("{said}", &said)));
        // A line that only quotes stands behind one that tells.
        let quotes = text.contains(['"', '»', '“']);
        let (sure, text) =
            if quotes { (None, Some(text).filter(|_| told)) } else { (Some(text), None) };
        self.first_right([sure, self.resolved(entry), text, quoted, unclear])
    }

    /// Returns what a sentence decides or gives somebody to do, told by its own clause.
    fn resolved(&self, entry: &Entry) -> Option<String> {
        let heard = |one: &&Sentence| one.marked == one.text && !one.is_unclear();
        let told = entry.sentences.iter().filter(heard);
        let mut told = told.filter_map(|one| match entry.kind? {
            StatementKind::Action => self.task(entry, &one.text),
            StatementKind::Decision => self.decision(&one.text),
            _ => None,
        });
        told.find(|line| self.lint.fault(&ended(line)).is_none())
    }

    /// `Bo Lund sender regnskabet på fredag`.
    fn task(&self, entry: &Entry, said: &str) -> Option<String> {
        let name = entry.responsible.as_deref()?;
        let doing = match entry.speaker.as_deref() == Some(name) {
            true => Doing::Speaker,
            false => Doing::Called,
        };
        let is_name = |word: &str| self.is_name(word);
        let is_doer = |word: &str| {
            let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            name.split_whitespace().any(|part| part == word)
        };
        let done = Clauses::of(self.language).done(said, doing, &is_name, &is_doer);
        let and = &Reporting::of(self.language).phrases.and;
        let parts: Vec<String> =
            done.into_iter().map(|one| format!("{} {}", one.verb, one.rest)).collect();
        let joined = parts.join(&format!(" {and} "));
        (!parts.is_empty()).then(|| format!("{name} {joined}"))
    }

    /// `Bestyrelsen besluttede at købe pumpen`.
    fn decision(&self, said: &str) -> Option<String> {
        let reporting = Reporting::of(self.language);
        let phrases = &reporting.phrases;
        let clauses = Clauses::of(self.language);
        let is_name = |word: &str| self.is_name(word);
        let done = clauses.done(said, Doing::Body, &is_name, &|_| false);
        let to: Option<Vec<String>> = done.iter().map(|one| one.infinitive(reporting)).collect();
        let modal = done.iter().any(|one| clauses.is_modal(&one.verb));
        let to = to.filter(|to| !to.is_empty() && !modal);
        let (frame, passive, rest) = match to {
            Some(to) => {
                let joint = format!(" {} {} ", phrases.and, phrases.to);
                (&phrases.decided_to, &phrases.was_decided_to, to.join(&joint))
            }
            None => {
                let is_common = |word: &str| self.common.contains(word);
                let told = clauses.retold(said, false, &is_name, &is_common)?;
                let Reported::That(that) = told else { return None };
                if let Some(line) = clauses.settled(&that) {
                    return Some(line);
                }
                if !clauses.is_resolve(&that) {
                    return None;
                }
                (&phrases.decided_that, &phrases.was_decided_that, that)
            }
        };
        // Where the body has no name of its own, nobody is named.
        let unnamed = self.body == phrases.body;
        let frame = if unnamed { passive } else { frame };
        Some(frame.replace("{body}", self.body).replace("{rest}", &rest))
    }
}
