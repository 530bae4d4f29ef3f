//! Learning whom a task falls to.

use referat_core::language::words::Words;
use referat_core::understanding::models::{PARTY_VALUES, Target, TaskMeeting};

use super::folds::{TrainedFolds, TrainingCorpus, units};
use super::labels::CorpusError;
use super::spoken::{NamesKnown, spoken};
use crate::train_people::fit::{Choice, dense};

impl TrainingCorpus {
    /// Trains with each set left out.
    ///
    /// # Errors
    /// A meeting's files cannot be read.
    pub fn leave_one_out(&self) -> Result<TrainedFolds, CorpusError> {
        let mut folds = self.judges();
        let choices = choices(self, &folds)?;
        let without = |set: String| (Some(set.clone()), fit(&choices, Some(&set)));
        folds.parties = self.sets().into_iter().map(without).collect();
        folds.parties.insert(None, fit(&choices, None));
        Ok(folds)
    }
}

/// The labelled tasks of a set's meetings, each as a choice among candidates.
struct PartyChoices {
    set: String,
    choices: Vec<Choice>,
}

/// Reads the choices of every meeting in both its forms, every voice named. The sentence of a task is
/// the one of its utterance that most likely gives one.
fn choices(
    corpus: &TrainingCorpus,
    folds: &TrainedFolds,
) -> Result<Vec<PartyChoices>, CorpusError> {
    let mut all = Vec::new();
    for part in &corpus.parts {
        let meeting = &corpus.meetings[part.meeting];
        let named = spoken(meeting, part.form, NamesKnown::Everybody)?;
        let speakers: Vec<Option<usize>> = named.iter().map(|one| one.speaker).collect();
        let names: Vec<String> = meeting.people.iter().map(|(name, _)| name.clone()).collect();
        let units = units(&named);
        let tasks = TaskMeeting {
            units: &units,
            speakers: &speakers,
            names: &names,
            language: Words::of(meeting.language),
        };
        let rows = corpus.rows_of(part);
        let action = |at: usize| folds.second[rows.start + at][Target::Action.place()];
        let mut choices = Vec::new();
        for (utterance, labels) in meeting.utterances.iter().enumerate() {
            let own = (0..named.len()).filter(|at| named[*at].utterance == utterance);
            let best = own.max_by(|a, b| action(*a).total_cmp(&action(*b)));
            let Some(at) = best.filter(|_| !labels.actions.is_empty()) else { continue };
            let candidates = tasks.candidates(at);
            for (who, _) in &labels.actions {
                let is = |person: &Option<usize>| {
                    person.is_some_and(|person| Some(&names[person]) == who.as_ref())
                };
                let Some(right) = candidates.iter().position(|(person, _)| is(person)) else {
                    continue;
                };
                let rows = candidates.iter().map(|(_, row)| row.to_vec()).collect();
                choices.push(Choice { rows, right, weight: 1.0 });
            }
        }
        all.push(PartyChoices { set: meeting.set.clone(), choices });
    }
    Ok(all)
}

/// Fits what tells for somebody on all sets but one.
fn fit(choices: &[PartyChoices], without: Option<&str>) -> Vec<f32> {
    let known = choices.iter().filter(|one| Some(one.set.as_str()) != without);
    let known: Vec<&Choice> = known.flat_map(|one| &one.choices).collect();
    dense(&known, PARTY_VALUES, 300, 1e-3)
}
