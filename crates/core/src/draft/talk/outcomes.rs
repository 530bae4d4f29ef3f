//! Outcomes of the talk: decisions and tasks, by frames and by what was learnt, and with what those
//! of few words answer (`Godt, så er det aftalt` decides what others said before).

use std::iter::Peekable;
use std::vec::IntoIter;

use crate::domain::referat::StatementKind;
use crate::domain::transcript::SegmentId;
use crate::draft::entry::Entry;
use crate::draft::outcome::{Around, LearntDecision, Task};
use crate::draft::sentences::Sentence;

use super::{LEAD_IN, Speech, Talk};

/// Sentences of those who spoke before that are kept in mind.
const KEPT: usize = 8;

impl Talk<'_> {
    /// Takes a sentence that tells of somebody's coming or leaving, gives a task, or decides as those
    /// do that were learnt from; gives any other back. What follows it may be `rest` of it.
    pub(super) fn take_outcome(
        &mut self,
        speech: &Speech<'_>,
        current: &mut Entry,
        sentence: Sentence,
        rest: &mut Peekable<IntoIter<Sentence>>,
        before: usize,
    ) -> Option<Sentence> {
        if let Some(line) = self.rules.movement(&sentence, speech.speaker) {
            self.push(speech, std::mem::take(current));
            let mut entry = self.outcome(speech, StatementKind::Information, line);
            entry.speaker = None;
            entry.add(sentence);
            self.entries.push(entry);
            return None;
        }
        if let Some(mut entry) = self.task(speech, &sentence) {
            let lead = self.lead_in(current, true);
            let around = Around { before: current.sentences.last(), ..self.around() };
            let learnt = self.rules.learnt_decision(&sentence, &around);
            let learnt = learnt.filter(|_| self.rules.rather_decides(&sentence));
            let further: Vec<Entry> = self
                .rules
                .further_tasks(&sentence)
                .into_iter()
                .filter(|task| task.responsible != entry.responsible)
                .map(|task| self.given(speech, task, &sentence))
                .collect();
            self.push(speech, std::mem::take(current));
            entry.cite(&lead);
            if let Some(learnt) = learnt {
                self.add_learnt(speech, learnt, (sentence, None));
            }
            self.add_task(entry, before);
            self.entries.extend(further);
            return None;
        }
        let (said, next) = (current.sentences.last(), rest.peek());
        let around = Around { before: said, next, ..self.around() };
        if let Some(learnt) = self.rules.learnt_decision(&sentence, &around) {
            let short = self.lead_in(current, sentence.len() <= LEAD_IN);
            self.push(speech, std::mem::take(current));
            let next = rest.next_if(|_| learnt.took_next);
            self.add_learnt(speech, learnt, (sentence, next));
            if let Some(entry) = self.entries.last_mut() {
                entry.cite(&short);
            }
            return None;
        }
        Some(sentence)
    }

    /// Takes a short remark that leads to an outcome (`Det noterer vi.`) out of the speech and
    /// returns its sources: they are the outcome's.
    pub(super) fn lead_in(&self, current: &mut Entry, leads: bool) -> Vec<SegmentId> {
        let words: usize = current.sentences.iter().map(Sentence::len).sum();
        if !leads || current.kind.is_some() || words > LEAD_IN {
            return Vec::new();
        }
        std::mem::take(current).segments
    }

    /// Returns the entry of a sentence that decides, with what led to it.
    pub(super) fn decided(
        &mut self,
        speech: &Speech<'_>,
        line: String,
        sentence: Sentence,
        lead: &[SegmentId],
    ) -> Entry {
        let certainty = self.rules.decides(&sentence);
        let mut entry = self.decision(speech, line, sentence);
        entry.certainty = certainty.unwrap_or(entry.certainty);
        entry.cite(lead);
        entry
    }

    fn decision(&mut self, speech: &Speech<'_>, line: String, sentence: Sentence) -> Entry {
        let mut entry = self.outcome(speech, StatementKind::Decision, line);
        entry.speaker = None;
        entry.cite(&std::mem::take(&mut self.pending).segments);
        entry.add(sentence);
        entry
    }

    /// Returns the task that a sentence gives or takes, with the sentence as its source.
    pub(super) fn task(&self, speech: &Speech<'_>, sentence: &Sentence) -> Option<Entry> {
        let framed = self.rules.task(sentence, speech.speaker);
        let framed = framed
            .filter(|task| !self.rules.hardly_a_task(task, sentence))
            .filter(|task| !self.rules.falls_to_another(task, sentence))
            .map(|task| self.rules.with_deadline(task, sentence));
        // By a frame `jeg` is nobody where nobody knows who speaks; likely it is somebody.
        let known = framed.as_ref().is_some_and(|task| task.responsible.is_some());
        let learnt = if known { None } else { self.rules.learnt_task(sentence, &self.said_before) };
        let task = learnt.or(framed)?;
        Some(self.given(speech, task, sentence))
    }

    fn given(&self, speech: &Speech<'_>, task: Task, sentence: &Sentence) -> Entry {
        let mut entry = self.outcome(speech, StatementKind::Action, task.text);
        entry.responsible = task.responsible;
        entry.deadline = task.deadline;
        entry.certainty = task.sure.unwrap_or(entry.certainty);
        if let Some(asked) = &task.answers {
            entry.cite(&asked.segments);
        }
        entry.answers = task.answers;
        entry.add(sentence.clone());
        entry
    }

    /// Adds a task, or joins it with the same person's task of the same speech.
    pub(super) fn add_task(&mut self, task: Entry, before: usize) {
        let same =
            self.entries.get_mut(before..).and_then(|entries| entries.last_mut()).filter(|last| {
                last.kind == task.kind
                    && last.responsible == task.responsible
                    && (last.deadline.is_none() || task.deadline.is_none())
            });
        match same {
            Some(last) => {
                if task.deadline.is_some() {
                    last.text = task.text;
                    last.deadline = task.deadline;
                }
                task.sentences.into_iter().for_each(|sentence| last.add(sentence));
            }
            None => self.entries.push(task),
        }
    }

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

    fn around(&self) -> Around<'_> {
        Around { before: None, next: None, said_before: &self.said_before }
    }
}
