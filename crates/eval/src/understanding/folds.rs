//! The models trained with each set left out, and with none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use referat_core::language::words::Words;
use referat_core::understanding::models::clue::BITS;
use referat_core::understanding::models::surroundings::{CLUES, Scores, surroundings};
use referat_core::understanding::models::weights::LinearWeights;
use referat_core::understanding::models::{ClueReader, SpokenUnit, Target};

use super::ascent::{Climb, SparseRows, TrainingExample, climb};
use super::labels::{CorpusError, LabelledMeeting, UtteranceLabels};
use super::spoken::{MeetingForm, NamesKnown, SpokenForm, spoken};

// What an example costs, and how long to climb. Tried on 2026-11-28 on the corpus, leaving one set
// out: first-stage costs of half and twice that give up to 0.01 less F1.
const FIRST_COST: f32 = 3.0;
const SECOND_COST: f32 = 1.0;
const FIRST: Climb = Climb { passes: 12, enough: 0.05 };
const SECOND: Climb = Climb { passes: 25, enough: 0.1 };
/// Forms that each meeting is taken in; together they cost as much as one.
const FORMS: [MeetingForm; 2] = [MeetingForm::Exact, MeetingForm::Heard];
const TABLE: usize = 1 << BITS;

/// A meeting in one form.
#[derive(Debug)]
pub(super) struct CorpusPart {
    pub(super) meeting: usize,
    pub(super) form: MeetingForm,
    pub(super) spoken: Vec<SpokenForm>,
    /// Its first row.
    first: usize,
}

/// Every meeting of a corpus in every form, with its clues.
#[derive(Debug)]
pub struct TrainingCorpus {
    pub(super) meetings: Vec<LabelledMeeting>,
    pub(super) parts: Vec<CorpusPart>,
    rows: SparseRows,
}

/// What the models say of every row that did not train them, and those models.
#[derive(Debug)]
pub struct TrainedFolds {
    first: Vec<Scores>,
    /// By the set left out.
    models: BTreeMap<String, FoldTables>,
    second_rows: SparseRows,
    pub(super) second: Vec<Scores>,
    /// What tells whom a task falls to, by the set left out, and of all sets.
    pub(super) parties: BTreeMap<Option<String>, Vec<f32>>,
}

impl TrainedFolds {
    /// Returns what tells whom a task falls to, learnt without a set.
    pub(super) fn parties(&self, without: &str) -> &[f32] {
        self.parties.get(&Some(without.to_owned())).map_or(&[], Vec::as_slice)
    }
}

/// The weights of both judgements, clue by clue.
#[derive(Clone, Debug)]
struct FoldTables {
    first: Vec<Scores>,
    second: Vec<Scores>,
}

impl TrainingCorpus {
    /// Takes in meetings. Of every third meeting nobody is named, of every third everybody, and of
    /// the rest two voices in three, so that the models can do with names and without.
    pub fn new(meetings: Vec<LabelledMeeting>) -> Result<Self, CorpusError> {
        let names = |at: usize| match at % 3 {
            0 => NamesKnown::Everybody,
            1 => NamesKnown::Most,
            _ => NamesKnown::Nobody,
        };
        let wanted: Vec<(usize, MeetingForm, NamesKnown)> =
            (0..meetings.len()).flat_map(|at| FORMS.map(|form| (at, form, names(at)))).collect();
        let read = side_by_side(wanted.len(), |at| {
            let (meeting, form, names) = wanted[at];
            let meeting = &meetings[meeting];
            let spoken = spoken(meeting, form, names)?;
            let units = units(&spoken);
            let clues = ClueReader::new(&units, &meeting.facts, Words::of(meeting.language));
            let rows: Vec<_> = (0..units.len())
                .map(|at| referat_core::understanding::models::merged(&clues.clues(at)))
                .collect();
            Ok::<_, CorpusError>((spoken, rows))
        });
        let mut corpus = Self { meetings: Vec::new(), parts: Vec::new(), rows: SparseRows::new() };
        for ((meeting, form, _), read) in wanted.into_iter().zip(read) {
            let (spoken, rows) = read?;
            let first = corpus.rows.len();
            rows.into_iter().for_each(|row| corpus.rows.push(row));
            corpus.parts.push(CorpusPart { meeting, form, spoken, first });
        }
        corpus.meetings = meetings;
        Ok(corpus)
    }

    /// Returns the names of the sets, in order.
    pub fn sets(&self) -> Vec<String> {
        let sets: BTreeSet<&String> = self.meetings.iter().map(|meeting| &meeting.set).collect();
        sets.into_iter().cloned().collect()
    }

    pub(super) fn set(&self, part: &CorpusPart) -> &str {
        &self.meetings[part.meeting].set
    }

    /// Trains what judges sentences with each set left out.
    pub(super) fn judges(&self) -> TrainedFolds {
        let (first, first_tables) = self.scores(&self.rows, TABLE, FIRST_COST, FIRST);
        let mut second_rows = SparseRows::new();
        for part in &self.parts {
            let own = &first[part.first..part.first + part.spoken.len()];
            let clues = surroundings(&units(&part.spoken), own);
            clues.into_iter().for_each(|clues| second_rows.push(clues));
        }
        let (second, second_tables) = self.scores(&second_rows, CLUES, SECOND_COST, SECOND);
        let tables = first_tables.into_iter().zip(second_tables);
        let tables = tables.map(|(first, second)| FoldTables { first, second });
        let models = self.sets().into_iter().zip(tables).collect();
        let parties = BTreeMap::new();
        TrainedFolds { first, models, second_rows, second, parties }
    }

    /// Returns what each row is judged by models that have not seen its set, and their tables by
    /// the set left out.
    fn scores(
        &self,
        rows: &SparseRows,
        size: usize,
        cost: f32,
        how: Climb,
    ) -> (Vec<Scores>, Vec<Vec<Scores>>) {
        let sets = self.sets();
        let jobs: Vec<(&String, Target)> =
            sets.iter().flat_map(|set| Target::all().map(move |target| (set, target))).collect();
        let judged = side_by_side(jobs.len(), |job| {
            let (set, target) = jobs[job];
            let weights = self.fit(rows, size, target, Some(set), cost, how);
            let own = self.parts.iter().filter(|part| self.set(part) == set);
            let places = own.flat_map(|part| part.first..part.first + part.spoken.len());
            let judged: Vec<_> = places.map(|row| (row, rows.dot(row, &weights))).collect();
            (judged, weights)
        });
        let mut scores = vec![[0.0; Target::COUNT]; rows.len()];
        let mut tables = Vec::with_capacity(sets.len());
        for ((set, target), (judged, weights)) in jobs.into_iter().zip(judged) {
            judged.into_iter().for_each(|(row, logit)| scores[row][target.place()] = logit);
            if tables.last().is_none_or(|(last, _)| last != set) {
                tables.push((set.clone(), vec![[0.0; Target::COUNT]; size]));
            }
            let Some((_, table)) = tables.last_mut() else { continue };
            for (row, weight) in table.iter_mut().zip(weights) {
                row[target.place()] = weight;
            }
        }
        (scores, tables.into_iter().map(|(_, table)| table).collect())
    }

    /// Trains one target on all sets but one.
    fn fit(
        &self,
        rows: &SparseRows,
        size: usize,
        target: Target,
        without: Option<&str>,
        cost: f32,
        how: Climb,
    ) -> Vec<f32> {
        let cost = cost / FORMS.len() as f32;
        let mut examples: Vec<TrainingExample> = Vec::new();
        let mut utterances: Vec<std::ops::Range<usize>> = Vec::new();
        for part in self.parts.iter().filter(|part| Some(self.set(part)) != without) {
            let labels = &self.meetings[part.meeting].utterances;
            let mut row = part.first;
            for run in part.spoken.chunk_by(|left, right| left.utterance == right.utterance) {
                let holds =
                    labels.get(run[0].utterance).is_some_and(|labels| holds(labels, target));
                let cost = cost / share(target, run.len(), holds);
                let from = examples.len();
                examples.extend((row..row + run.len()).map(|row| TrainingExample {
                    row,
                    holds,
                    cost,
                }));
                utterances.push(from..examples.len());
                row += run.len();
            }
        }
        if !matches!(target, Target::Decision | Target::Action) {
            return climb(rows, &examples, size, how);
        }
        // A rough model is enough to tell which sentence it is.
        let mut weights = climb(rows, &examples, size, Climb { passes: how.passes / 2, ..how });
        // Of the sentences of a deciding utterance one decides, as a rule: twice the model says
        // which, and is trained anew on it.
        for round in 1..=2 {
            for run in &utterances {
                if !examples[run.start].holds {
                    continue;
                }
                let judged: Vec<f32> =
                    examples[run.clone()].iter().map(|one| rows.dot(one.row, &weights)).collect();
                let best = judged.iter().copied().fold(f32::MIN, f32::max);
                for (example, logit) in examples[run.clone()].iter_mut().zip(judged) {
                    let part = if logit >= best {
                        1.0
                    } else if logit > 0.5 {
                        0.5
                    } else {
                        0.0
                    };
                    example.cost = cost * part;
                }
            }
            weights = climb(rows, &examples, size, Climb { passes: how.passes * round / 2, ..how });
        }
        weights
    }

    /// Trains on every set and returns the weights as they are stored.
    pub fn weights(&self, folds: &TrainedFolds) -> Vec<u8> {
        let targets: Vec<Target> = Target::all().collect();
        let fitted = side_by_side(2 * targets.len(), |job| {
            let target = targets[job / 2];
            if job % 2 == 0 {
                self.fit(&self.rows, TABLE, target, None, FIRST_COST, FIRST)
            } else {
                self.fit(&folds.second_rows, CLUES, target, None, SECOND_COST, SECOND)
            }
        });
        let mut first = vec![[0.0; Target::COUNT]; TABLE];
        let mut second = vec![[0.0; Target::COUNT]; CLUES];
        for (job, weights) in fitted.iter().enumerate() {
            let table = if job % 2 == 0 { &mut first } else { &mut second };
            for (row, weight) in table.iter_mut().zip(weights) {
                row[job / 2] = *weight;
            }
        }
        let parties = folds.parties.get(&None).map_or(&[][..], Vec::as_slice);
        LinearWeights::write(&first, &second, &self.calibration(folds, None), parties)
    }

    /// Returns the weights that were trained without a set, as they are stored.
    pub fn weights_without(&self, folds: &TrainedFolds, set: &str) -> Option<Vec<u8>> {
        let tables = folds.models.get(set)?;
        let calibration = self.calibration(folds, Some(set));
        let parties = folds.parties(set);
        Some(LinearWeights::write(&tables.first, &tables.second, &calibration, parties))
    }

    pub(super) fn rows_of(&self, part: &CorpusPart) -> std::ops::Range<usize> {
        part.first..part.first + part.spoken.len()
    }

    /// Returns how well the first judgement alone does.
    pub fn first_only(&self, folds: &TrainedFolds) -> TrainedFolds {
        TrainedFolds {
            first: folds.first.clone(),
            models: BTreeMap::new(),
            second_rows: SparseRows::new(),
            second: folds.first.clone(),
            parties: folds.parties.clone(),
        }
    }
}

/// Returns by how much the cost of an utterance's sentence is divided: for what one sentence does
/// they share it, for what an utterance does as a whole a long one counts more.
fn share(target: Target, sentences: usize, holds: bool) -> f32 {
    match target {
        Target::Decision | Target::Action | Target::Opens if holds => sentences as f32,
        Target::Decision | Target::Action | Target::Opens => 1.0,
        _ => (sentences as f32).sqrt(),
    }
}

/// Returns whether a target is labelled.
pub(super) fn holds(labels: &UtteranceLabels, target: Target) -> bool {
    match target {
        Target::Decision => labels.decisions > 0,
        Target::Action => !labels.actions.is_empty(),
        Target::Procedural => labels.procedural,
        Target::Matters => labels.matters,
        Target::Opens => labels.opens,
        Target::Act(kind) => labels.act == kind as usize,
    }
}

pub(super) fn units(spoken: &[SpokenForm]) -> Vec<SpokenUnit> {
    spoken.iter().map(|one| one.unit.clone()).collect()
}

/// Does `count` jobs on two threads and returns what they give, in order.
fn side_by_side<T: Send>(count: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return done;
            }
            done.push((at, job(at)));
        }
    };
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut done = work();
        done.extend(other.join().unwrap_or_default());
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, value)| value).collect()
}
