//! Models that were trained with one set of meetings left out: what a meeting is measured with.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use referat_core::understanding::LearntModels;
use referat_core::understanding::models::Understanding;
use referat_core::understanding::people::weights::PeopleModel;

use crate::train_people::{learn, lessons};
use crate::understanding::{TrainingCorpus, read_corpus};

/// The models by the set that they have not seen.
#[derive(Debug, Default)]
pub struct LearntFolds {
    /// The set of each meeting.
    sets: BTreeMap<String, String>,
    models: BTreeMap<String, LearntModels>,
}

impl LearntFolds {
    /// Trains the models of a corpus, whose meetings stand beside `sets` (`sets.tsv`). With `kept`,
    /// a folder, they are read from there, and written where they are missing.
    ///
    /// # Errors
    /// The corpus cannot be read; which file, and why.
    pub fn of(sets: &Path, kept: Option<&Path>) -> Result<Self, String> {
        let told = |path: &Path, error: &dyn Display| format!("{}: {error}", path.display());
        let text = fs::read_to_string(sets).map_err(|error| told(sets, &error))?;
        let rows = text.lines().skip(1).filter_map(|row| row.split_once('\t'));
        let sets_of: BTreeMap<String, String> =
            rows.map(|(meeting, set)| (meeting.to_owned(), set.trim().to_owned())).collect();
        let corpus = sets.parent().unwrap_or(Path::new("."));
        let mut names: Vec<&String> = sets_of.values().collect();
        names.sort();
        names.dedup();
        let file = |kind: &str, set: &str| kept.map(|kept| kept.join(format!("{kind}-{set}.bin")));
        let read = |kind: &str| -> Option<BTreeMap<String, Vec<u8>>> {
            let bytes = |set: &&String| Some(((*set).clone(), fs::read(file(kind, set)?).ok()?));
            names.iter().map(bytes).collect()
        };
        let keep = |kind: &str, all: &BTreeMap<String, Vec<u8>>| -> Result<(), String> {
            for (set, bytes) in all {
                let Some(path) = file(kind, set) else { continue };
                let folder = path.parent().unwrap_or(&path);
                fs::create_dir_all(folder)
                    .and_then(|()| fs::write(&path, bytes))
                    .map_err(|error| told(&path, &error))?;
            }
            Ok(())
        };
        let sentences = match read("understanding") {
            Some(all) => all,
            None => {
                let all = sentences(corpus)?;
                keep("understanding", &all)?;
                all
            }
        };
        let people = match read("people") {
            Some(all) => all,
            None => {
                let all = people(corpus, &sets_of)?;
                keep("people", &all)?;
                all
            }
        };
        let mut models = BTreeMap::new();
        for (set, bytes) in sentences {
            let unread = || format!("the kept models without set {set} are damaged");
            let people = people.get(&set).and_then(|bytes| PeopleModel::read(bytes));
            let people = Arc::new(people.ok_or_else(unread)?);
            let sentences = Arc::new(Understanding::read(bytes).ok_or_else(unread)?);
            models.insert(set, LearntModels { sentences, people });
        }
        Ok(Self { sets: sets_of, models })
    }

    /// Returns the set of a meeting.
    pub fn set(&self, meeting: &str) -> Option<&str> {
        self.sets.get(meeting).map(String::as_str)
    }

    /// Returns the models that have not seen a meeting: without its set, or, where it is of no set,
    /// those that are compiled in.
    pub fn models(&self, meeting: &str) -> LearntModels {
        let own = self.sets.get(meeting).and_then(|set| self.models.get(set));
        own.cloned().unwrap_or_default()
    }
}

fn sentences(corpus: &Path) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let meetings = read_corpus(corpus).map_err(|error| error.to_string())?;
    let corpus = TrainingCorpus::new(meetings).map_err(|error| error.to_string())?;
    let folds = corpus.leave_one_out().map_err(|error| error.to_string())?;
    let sets = corpus.sets().into_iter();
    Ok(sets.filter_map(|set| Some((set.clone(), corpus.weights_without(&folds, &set)?))).collect())
}

fn people(
    corpus: &Path,
    sets: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut all = Vec::new();
    for heard in [false, true] {
        for (meeting, set) in sets {
            all.push(lessons::read(&corpus.join(meeting), set, heard)?);
        }
    }
    let without = learn(&all).without.into_iter();
    Ok(without.map(|(set, model)| (set, model.to_bytes())).collect())
}
