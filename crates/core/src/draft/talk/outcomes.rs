//! Outcomes of the talk: decisions and tasks, by frames and by what was learnt, and with what those
//! of few words answer (`Godt, så er det aftalt` decides what others said before).

use std::iter::Peekable;
use std::vec::IntoIter;

use crate::domain::referat::StatementKind;
use crate::domain::transcript::SegmentId;
use crate::draft::deadline::deadline;
use crate::draft::entry::Entry;
use crate::draft::outcome::{Around, LearntDecision, Task};
use crate::draft::sentences::Sentence;
use crate::language::outcomes::Outcomes;

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
        let tasks = self.tasks(speech, &sentence);
        if !tasks.is_empty() {
            let lead = self.lead_in(current, true);
            let others = self.said_by_others(speech);
            let around = Around { before: current.sentences.last(), ..Around::of(&others) };
            let learnt = self.rules.learnt_decision(&sentence, &around);
            let learnt = learnt.filter(|_| self.rules.rather_decides(&sentence));
            self.push(speech, std::mem::take(current));
            if let Some(learnt) = learnt {
                self.add_learnt(speech, learnt, (sentence, None));
            }
            self.add_tasks(tasks, &lead, before);
            return None;
        }
        if self.is_settled_later(&sentence, rest) {
            return Some(sentence);
        }
        let others = self.said_by_others(speech);
        let (said, next) = (current.sentences.last(), rest.peek());
        let around = Around { before: said, next, ..Around::of(&others) };
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

    /// Returns the tasks that a sentence gives or takes, one for each who is turned to, each with its
    /// own words as its source.
    pub(super) fn tasks(&self, speech: &Speech<'_>, sentence: &Sentence) -> Vec<Entry> {
        let parts = self.rules.parts(sentence);
        let [first, others @ ..] = parts.as_slice() else { return Vec::new() };
        let mut tasks: Vec<Entry> = self.task(speech, first).into_iter().collect();
        for part in others {
            let task = self.rules.task(part, None).filter(|task| task.responsible.is_some());
            let task = task.filter(|task| !self.rules.hardly_a_task(task, part));
            let task = task.map(|task| self.rules.with_deadline(task, part));
            tasks.extend(task.map(|task| self.given(speech, task, part)));
        }
        if !others.is_empty() {
            // What is said of when goes with what it is said beside.
            for task in &mut tasks {
                let said =
                    task.sentences.iter().find_map(|one| deadline(&one.text, self.rules.language));
                task.deadline = said;
            }
        }
        tasks
    }

    /// Returns the task that a sentence, or its part, gives or takes.
    fn task(&self, speech: &Speech<'_>, sentence: &Sentence) -> Option<Entry> {
        let framed = self.rules.task(sentence, speech.speaker);
        let framed = framed
            .filter(|task| !self.rules.hardly_a_task(task, sentence))
            .filter(|task| !self.rules.falls_to_another(task, sentence))
            .map(|task| self.rules.with_deadline(task, sentence));
        // By a frame `jeg` is nobody where nobody knows who speaks; likely it is somebody.
        let others = self.said_by_others(speech);
        let known = framed.as_ref().is_some_and(|task| !self.rules.is_of_unknown(task));
        let learnt = if known { None } else { self.rules.learnt_task(sentence, &others) };
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

    /// Adds the tasks of a sentence, or joins them with the same persons' tasks of the same speech;
    /// `lead` leads to them.
    pub(super) fn add_tasks(&mut self, tasks: Vec<Entry>, lead: &[SegmentId], before: usize) {
        for mut task in tasks {
            task.cite(lead);
            let same = self.entries.iter_mut().skip(before).rfind(|last| {
                last.kind == task.kind
                    && last.responsible == task.responsible
                    && (last.deadline.is_none() || task.deadline.is_none())
            });
            let Some(last) = same else {
                self.entries.push(task);
                continue;
            };
            last.cite(&task.segments);
            if task.deadline.is_some() {
                last.text = task.text;
                last.deadline = task.deadline;
                last.answers = task.answers;
                last.certainty = task.certainty;
            }
            task.sentences.into_iter().for_each(|sentence| last.add(sentence));
        }
    }

    /// Takes what the speaker just called a vote on out of what they say: that was decided, and not
    /// what the item is about. Not where votes were counted, which the frame's line tells.
    pub(super) fn voted_on(&self, current: &mut Entry, sentence: &Sentence) -> Option<Sentence> {
        let outcomes = Outcomes::of(self.rules.language);
        let called = current.sentences.last().filter(|last| outcomes.vote_called.is_in(&last.text));
        called
            .filter(|last| !last.is_shaky() && !sentence.is_shaky() && !self.pending.is_open())?;
        current.sentences.pop()
    }

    /// Returns whether a sentence of few words leads to a decision that the speaker makes in so many
    /// words: `Det skriver vi ind. Med den tilføjelse er planen godkendt.`
    fn is_settled_later(&self, sentence: &Sentence, rest: &Peekable<IntoIter<Sentence>>) -> bool {
        let decides = |one: &Sentence| self.rules.tells(one) && self.rules.likely_decides(one);
        !self.rules.tells(sentence) && rest.clone().any(|later| decides(&later))
    }

    /// Keeps in mind what was said, for whoever decides next.
    pub(super) fn keep_in_mind(&mut self, speech: &Speech<'_>, said: Vec<Sentence>) {
        let Some(who) = speech.who() else { return };
        self.said_before.extend(said.into_iter().map(|sentence| (who.to_owned(), sentence)));
        let over = self.said_before.len().saturating_sub(KEPT);
        self.said_before.drain(..over);
    }

    /// Returns what others said before, the latest last; nothing where nobody knows who speaks.
    fn said_by_others(&self, speech: &Speech<'_>) -> Vec<Sentence> {
        let Some(own) = speech.who() else { return Vec::new() };
        let others = self.said_before.iter().filter(|(who, _)| who != own);
        others.map(|(_, sentence)| sentence.clone()).collect()
    }

    /// Adds a decision that no frame knows; with the next sentence where it took that along.
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
}
