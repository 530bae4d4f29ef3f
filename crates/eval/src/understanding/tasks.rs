//! How well tasks are found with their responsible and their deadline.

use std::fmt;

use referat_core::domain::language::Language;
use referat_core::language::words::Words;
use referat_core::understanding::models::surroundings::sigmoid;
use referat_core::understanding::models::{Target, TaskMeeting};

use crate::deadlines::same_deadline;

use super::folds::{CorpusPart, TrainedFolds, TrainingCorpus, units};
use super::labels::CorpusError;
use super::spoken::{MeetingForm, NamesKnown, spoken};

/// A task is told from this calibrated probability on.
const TOLD: f32 = 0.4;

/// Tasks found in meetings whose voices are all named.
#[derive(Clone, Debug, Default)]
pub struct TaskFigures {
    title: String,
    /// Labelled tasks.
    labelled: usize,
    /// Those found, and those found with their responsible.
    found: usize,
    responsible: usize,
    /// Tasks told, and those of them that are right with their responsible.
    told: usize,
    right: usize,
    /// Of the tasks found: labelled deadlines, those found, deadlines told, those of them right.
    due: usize,
    due_found: usize,
    due_told: usize,
    due_right: usize,
}

impl TaskFigures {
    /// Returns the figures of every language and form, by models that had not seen the set; every
    /// voice is taken to be known, so that the choice among them is what is measured.
    pub fn of(corpus: &TrainingCorpus, folds: &TrainedFolds) -> Result<Vec<Self>, CorpusError> {
        let mut all = Vec::new();
        for language in Language::ALL {
            for form in [MeetingForm::Exact, MeetingForm::Heard] {
                let wanted = |part: &&CorpusPart| {
                    corpus.meetings[part.meeting].language == language && part.form == form
                };
                let text = if form == MeetingForm::Exact { "exact" } else { "heard" };
                let title = format!("{} {text}", language);
                let mut figures = Self { title, ..Self::default() };
                for part in corpus.parts.iter().filter(wanted) {
                    figures.take(corpus, folds, part)?;
                }
                all.push(figures);
            }
        }
        Ok(all)
    }

    fn take(
        &mut self,
        corpus: &TrainingCorpus,
        folds: &TrainedFolds,
        part: &CorpusPart,
    ) -> Result<(), CorpusError> {
        let meeting = &corpus.meetings[part.meeting];
        let (slope, shift) = corpus.calibration(folds, Some(&meeting.set))[Target::Action.place()];
        let named = spoken(meeting, part.form, NamesKnown::Everybody)?;
        let speakers: Vec<Option<usize>> = named.iter().map(|one| one.speaker).collect();
        let names: Vec<String> = meeting.people.iter().map(|(name, _)| name.clone()).collect();
        let units = units(&named);
        let rows = corpus.rows_of(part);
        let tasks = TaskMeeting {
            units: &units,
            speakers: &speakers,
            names: &names,
            language: Words::of(meeting.language),
        };
        let weights = folds.parties(&meeting.set);
        let action = |at: usize| folds.second[rows.start + at][Target::Action.place()];
        for (utterance, labels) in meeting.utterances.iter().enumerate() {
            self.labelled += labels.actions.len();
            let own = (0..named.len()).filter(|at| named[*at].utterance == utterance);
            let best = own.max_by(|a, b| action(*a).total_cmp(&action(*b)));
            let told = |at: &usize| sigmoid(slope * action(*at) + shift) >= TOLD;
            let Some(at) = best.filter(told) else { continue };
            let parties = tasks.parties(weights, at);
            let name = parties.responsible.map(|person| names[person].as_str());
            self.told += 1;
            self.found += labels.actions.len();
            let own: Vec<_> =
                labels.actions.iter().filter(|(who, _)| who.as_deref() == name).collect();
            self.right += usize::from(!own.is_empty());
            self.responsible += own.len();
            let due = labels.actions.iter().find_map(|(_, due)| due.as_deref());
            if !labels.actions.is_empty() {
                let same =
                    |due: &str| parties.due.as_deref().is_some_and(|said| same_deadline(said, due));
                let right = labels.actions.iter().filter_map(|(_, due)| due.as_deref()).any(same);
                self.due += usize::from(due.is_some());
                self.due_told += usize::from(parties.due.is_some());
                self.due_found += usize::from(due.is_some() && right);
                self.due_right += usize::from(right);
            }
        }
        Ok(())
    }
}

impl fmt::Display for TaskFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
        write!(
            f,
            "== {} tasks at {TOLD}: R {:.3}, with responsible R {:.3} P {:.3} ({} told); deadlines found {:.3} of {}, right {:.3} of {}",
            self.title,
            share(self.found, self.labelled),
            share(self.responsible, self.labelled),
            share(self.right, self.told),
            self.told,
            share(self.due_found, self.due),
            self.due,
            share(self.due_right, self.due_told),
            self.due_told,
        )
    }
}
