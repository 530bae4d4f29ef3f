//! Learning to name voices, and how well it works on meetings that were not learnt from.

pub mod figures;
pub(crate) mod fit;
pub mod lessons;
mod stages;

use std::collections::{BTreeMap, BTreeSet};

use referat_core::understanding::people::hashed::HashedModel;
use referat_core::understanding::people::pairs::Pairs;
use referat_core::understanding::people::presiding;
use referat_core::understanding::people::weights::PeopleModel;

use lessons::Lesson;

/// What was learnt, and what it gives for each lesson from a model that does not know its set.
pub struct Learnt {
    /// Learnt from everything.
    pub model: PeopleModel,
    /// By set, learnt from the others.
    pub without: BTreeMap<String, PeopleModel>,
}

/// Learns from lessons. Each stage is learnt from what the stages before it say of lessons that
/// they do not know, as they will in use.
pub fn learn(lessons: &[Lesson]) -> Learnt {
    let sets: BTreeSet<&str> = lessons.iter().map(|lesson| lesson.set.as_str()).collect();
    let mut school = School { lessons, presiding: BTreeMap::new() };
    let stages: BTreeMap<&str, PeopleModel> =
        sets.iter().map(|set| (*set, school.stages(&[set]))).collect();
    let pairs: Vec<Pairs> =
        lessons.iter().map(|one| Pairs::new(&one.floor, &stages[one.set.as_str()])).collect();
    let weights = |out: Option<&str>| {
        let known = lessons.iter().zip(&pairs).filter(|one| Some(one.0.set.as_str()) != out);
        stages::pair(&known.collect::<Vec<_>>())
    };
    let held: BTreeMap<&str, Vec<f32>> =
        sets.iter().map(|set| (*set, weights(Some(set)))).collect();
    let turns: Vec<Vec<(usize, Vec<f32>)>> = lessons
        .iter()
        .zip(&pairs)
        .map(|(one, pairs)| stages::turns(one, pairs, &held[one.set.as_str()]))
        .collect();
    let certainty = |out: Option<&str>| {
        let known = lessons.iter().zip(&turns).filter(|one| Some(one.0.set.as_str()) != out);
        stages::turn(&known.collect::<Vec<_>>())
    };
    let model = PeopleModel { pair: weights(None), turn: certainty(None), ..school.stages(&[]) };
    let without = stages
        .iter()
        .map(|(set, stages)| {
            let model = PeopleModel {
                pair: held[set].clone(),
                turn: certainty(Some(set)),
                ..stages.clone()
            };
            ((*set).to_owned(), model)
        })
        .collect();
    Learnt { model, without }
}

struct School<'a> {
    lessons: &'a [Lesson],
    /// By the sets left out.
    presiding: BTreeMap<Vec<String>, HashedModel>,
}

impl<'a> School<'a> {
    fn known(&self, out: &[&str]) -> Vec<&'a Lesson> {
        self.lessons.iter().filter(|one| !out.contains(&one.set.as_str())).collect()
    }

    fn presiding(&mut self, out: &[&str]) -> HashedModel {
        let mut key: Vec<String> = out.iter().map(|set| (*set).to_owned()).collect();
        key.sort();
        key.dedup();
        let known = self.known(out);
        self.presiding.entry(key).or_insert_with(|| stages::presiding(&known)).clone()
    }

    /// Learns every stage but the last two, without some sets.
    fn stages(&mut self, out: &[&str]) -> PeopleModel {
        let known = self.known(out);
        let by_turn: Vec<(&Lesson, Vec<f32>)> = known
            .iter()
            .map(|lesson| {
                let out: Vec<&str> = out.iter().copied().chain([lesson.set.as_str()]).collect();
                (*lesson, presiding::by_turn(&lesson.floor, &self.presiding(&out)))
            })
            .collect();
        let chair = stages::chair(&by_turn);
        let chairs: Vec<(&Lesson, Vec<f32>)> = by_turn
            .iter()
            .map(|(lesson, by_turn)| (*lesson, presiding::chairs(&lesson.floor, by_turn, &chair)))
            .collect();
        PeopleModel {
            naming: stages::naming(&chairs),
            presiding: self.presiding(out),
            leads: stages::leads(&known),
            chair,
            ..PeopleModel::default()
        }
    }
}
