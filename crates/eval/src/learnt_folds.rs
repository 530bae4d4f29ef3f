//! Models that were trained with one set of meetings left out: what a meeting is measured with.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use referat_core::understanding::models::Understanding;
use referat_core::understanding::people::weights::PeopleModel;
use referat_core::understanding::{LearntModels, RouteWeights};

use crate::train_people::{learn, lessons};
use crate::train_route::{self, RouteLesson};
use crate::understanding::{TrainingCorpus, read_corpus};

/// The models by the set that they have not seen.
#[derive(Debug, Default)]
pub struct LearntFolds {
    /// The set of each meeting.
    sets: BTreeMap<String, String>,
    models: BTreeMap<String, LearntModels>,
}

/// Puts a model of a kind among those of a set; `None` where its bytes are none.
fn take(models: &mut LearntModels, kind: &str, bytes: Vec<u8>) -> Option<()> {
    match kind {
        "understanding" => models.sentences = Arc::new(Understanding::read(bytes)?),
        "route" => models.route = Arc::new(RouteWeights::read(&bytes)?),
        "presented" => models.presented = Arc::new(RouteWeights::read(&bytes)?),
        _ => models.people = Arc::new(PeopleModel::read(&bytes)?),
    }
    Some(())
}

impl LearntFolds {
    /// Trains the models of a corpus, whose meetings stand beside `sets` (`sets.tsv`). With `kept`,
    /// a folder, they are read from there, and written where they are missing.
    ///
    /// # Errors
    /// The corpus cannot be read; which file, and why.
    #[expect(clippy::disallowed_methods, reason = "kept between measurements, and made again")]
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
        let mut learnt: BTreeMap<String, LearntModels> =
            names.iter().map(|set| ((*set).clone(), LearntModels::default())).collect();
        for kind in ["understanding", "route", "people", "presented"] {
            let all = match read(kind) {
                Some(all) => all,
                None => {
                    let all = match kind {
                        "understanding" => sentences(corpus)?,
                        "route" => routes(corpus, &sets_of, &learnt, false)?,
                        "presented" => routes(corpus, &sets_of, &learnt, true)?,
                        _ => people(corpus, &sets_of, &learnt)?,
                    };
                    keep(kind, &all)?;
                    all
                }
            };
            for (set, bytes) in all {
                let Some(models) = learnt.get_mut(&set) else { continue };
                take(models, kind, bytes)
                    .ok_or_else(|| format!("the kept models without set {set} are damaged"))?;
            }
        }
        let models = learnt;
        Ok(Self { sets: sets_of, models })
    }

    /// Returns the set of a meeting.
    pub fn set(&self, meeting: &str) -> Option<&str> {
        self.sets.get(meeting).map(String::as_str)
    }

    /// Learns the way through an agenda from every meeting, each as models that have not seen it
    /// understand it; with `speakers` as `train_route::lesson` tells.
    ///
    /// # Errors
    /// A meeting cannot be read, or there are none.
    pub fn route(&self, corpus: &Path, speakers: bool) -> Result<RouteWeights, String> {
        let lessons = route_lessons(corpus, &self.sets, &self.models, speakers)?;
        train_route::fit(&lessons, None).ok_or_else(|| "there is nothing to learn from".to_owned())
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

fn routes(
    corpus: &Path,
    sets: &BTreeMap<String, String>,
    learnt: &BTreeMap<String, LearntModels>,
    speakers: bool,
) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let lessons = route_lessons(corpus, sets, learnt, speakers)?;
    let without = learnt.keys().filter_map(|set| {
        let weights = train_route::fit(&lessons, Some(set))?;
        Some((set.clone(), weights.to_bytes()))
    });
    Ok(without.collect())
}

fn route_lessons(
    corpus: &Path,
    sets: &BTreeMap<String, String>,
    learnt: &BTreeMap<String, LearntModels>,
    speakers: bool,
) -> Result<Vec<RouteLesson>, String> {
    let mut lessons = Vec::new();
    for (meeting, set) in sets {
        let Some(models) = learnt.get(set) else { continue };
        for heard in [false, true] {
            lessons.push(train_route::lesson(&corpus.join(meeting), set, heard, models, speakers)?);
        }
    }
    Ok(lessons)
}

fn people(
    corpus: &Path,
    sets: &BTreeMap<String, String>,
    learnt: &BTreeMap<String, LearntModels>,
) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut all = Vec::new();
    for heard in [false, true] {
        for (meeting, set) in sets {
            let Some(models) = learnt.get(set) else { continue };
            all.push(lessons::read(&corpus.join(meeting), set, heard, models)?);
        }
    }
    let without = learn(&all).without.into_iter();
    Ok(without.map(|(set, model)| (set, model.to_bytes())).collect())
}
