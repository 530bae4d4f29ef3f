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

    /// Returns the tasks that a sentence gives to others than the first: `…, og Susan, du ringer`.
    pub(in super::super) fn further_tasks(&self, sentence: &Sentence) -> Vec<Task> {
        let words = TaskWords::of(self.language);
        let and = &Reporting::of(self.language).phrases.and;
        let said: Vec<&str> = sentence.text.split_whitespace().collect();
        let bare = |word: &str| word.trim_matches(|one: char| !one.is_alphanumeric()).to_owned();
        let gives = |at: &usize| {
            let joined = said[at - 1].ends_with(',') || said[at - 1] == and;
            let next = said.get(at + 1).map(|word| bare(word)).unwrap_or_default();
            let does = words.does.contains(&next) || words.second_as_written.contains(&next);
            let calls = said[*at].ends_with(',') && (does || words.second.contains(&next));
            let name = said[*at].starts_with(char::is_uppercase);
            joined && name && (calls || does) && self.people.named(&bare(said[*at])).is_some()
        };
        let begins: Vec<usize> = (MANY_WORDS..said.len().saturating_sub(1)).filter(gives).collect();
        let ends = begins.iter().skip(1).copied().chain([said.len()]);
        let parts = begins.iter().zip(ends).map(|(from, to)| said[*from..to].join(" "));
        let tasks = parts.filter_map(|part| {
            let part = part.trim_end_matches([',', ' ']).trim_end_matches(and).trim_end();
            let own =
                Sentence { text: part.to_owned(), marked: part.to_owned(), ..sentence.clone() };
            self.task(&own, None).filter(|task| task.responsible.is_some())
        });
        tasks.collect()
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
