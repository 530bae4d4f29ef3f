//! Tasks that a frame puts into words.

use super::super::deadline::deadline;
use super::super::sentences::Sentence;
use super::{Rules, Task};
use crate::language::headings::{Headings, capitalised};
use crate::language::outcomes::{Doer, Outcomes};
use crate::language::reporting::Reporting;
use crate::language::tasks::TaskWords;

/// A sentence that gives several tasks has at least so many words before the second.
const MANY_WORDS: usize = 3;

impl Rules<'_> {
    /// Returns the task that the sentence gives.
    pub(in super::super) fn task(
        &self,
        sentence: &Sentence,
        speaker: Option<&str>,
    ) -> Option<Task> {
        let words = Outcomes::of(self.language);
        let reporting = Reporting::of(self.language);
        let text = sentence.text.trim_end_matches(['.', '!', '?', ' ']);
        if sentence.is_procedural() {
            return None;
        }
        words.action.near(text).find_map(|frame| {
            if !frame.pattern.is_in(text) {
                return None;
            }
            let found = frame.pattern.find(text)?;
            if words.not_task.is_in(text) {
                return None;
            }
            let due = deadline(text, self.language);
            let verb = frame.pattern.group(&found, "verb")?.to_lowercase();
            if words.weak_verbs.contains(&verb) && due.is_none() {
                return None;
            }
            let (who, name) = match frame.who {
                Doer::Named => self.doer(frame.pattern.group(&found, "who")?)?,
                Doer::Speaker => {
                    let unknown = Headings::of(self.language);
                    let name = speaker.unwrap_or(unknown.unknown_speaker.as_str());
                    (speaker, name.to_owned())
                }
            };
            let name = name.as_str();
            let rest = frame.pattern.group(&found, "rest")?;
            let rest = match frame.pattern.group(&found, "obj") {
                Some(object) => format!("{} {rest}", object.to_lowercase()),
                None => rest.to_owned(),
            };
            let rest = reporting.in_the_third_person(rest.trim());
            let text = if sentence.is_shaky() {
                reporting.phrases.task_unclear.replace("{name}", name)
            } else {
                reporting.will(name, &verb, &rest)
            };
            Some(Task {
                text,
                responsible: who.map(str::to_owned),
                deadline: due.clone(),
                sure: None,
                answers: None,
            })
        })
    }

    /// Returns a sentence cut where it turns to another: `…, og Susan, du ringer` is a part of its
    /// own. What was heard badly stays whole.
    pub(in super::super) fn parts(&self, sentence: &Sentence) -> Vec<Sentence> {
        let words = TaskWords::of(self.language);
        let and = &Reporting::of(self.language).phrases.and;
        let said: Vec<&str> = sentence.text.split_whitespace().collect();
        let bare = |at: usize| {
            let word = said.get(at).copied().unwrap_or_default();
            word.trim_matches(|one: char| !one.is_alphanumeric()).to_owned()
        };
        let named = |at: usize| {
            said[at].starts_with(char::is_uppercase) && self.people.named(&bare(at)).is_some()
        };
        let turns = |at: &usize| {
            let (before, next) = (at - 1, bare(at + 1));
            // `Mette og Ismet laver kaffe` gives both the same.
            let joint = said[before] == and && named(before - 1);
            let joined = said[before].ends_with(',') || said[before] == and;
            let does = next != *and
                && (words.does.contains(&next) || words.second_as_written.contains(&next));
            let called = said[*at].ends_with(',') && (does || words.second.contains(&next));
            joined && !joint && named(*at) && (called || does)
        };
        let last = said.len().saturating_sub(1);
        let mut begins: Vec<usize> = (MANY_WORDS..last).filter(turns).collect();
        if begins.is_empty() || sentence.marked != sentence.text || sentence.is_shaky() {
            return vec![sentence.clone()];
        }
        begins.insert(0, 0);
        let ends = begins.iter().skip(1).copied().chain([said.len()]);
        let parts = begins.iter().zip(ends).map(|(from, to)| {
            let to = if said[to - 1] == and { to - 1 } else { to };
            let text = said[*from..to].join(" ").trim_end_matches(',').to_owned();
            Sentence { marked: text.clone(), text, ..sentence.clone() }
        });
        parts.collect()
    }

    /// Returns whether a task falls to a speaker who is not known.
    pub(in super::super) fn is_of_unknown(&self, task: &Task) -> bool {
        let unknown = &Headings::of(self.language).unknown_speaker;
        task.responsible.is_none() && task.text.starts_with(unknown.as_str())
    }

    /// Returns whom a task falls to: a participant, called by name or office, and how the line
    /// begins; an office that nobody present holds is named in the line alone.
    fn doer(&self, who: &str) -> Option<(Option<&str>, String)> {
        if let Some(name) = self.people.named(who).or_else(|| self.people.in_office(who)) {
            return Some((Some(name), name.to_owned()));
        }
        let office = who.chars().next().is_some_and(char::is_lowercase)
            && who.chars().count() > 5
            && Outcomes::of(self.language).names_office(who);
        office.then(|| (None, capitalised(who)))
    }
}
