//! How well held-out meetings are understood.

use std::fmt;

use referat_core::domain::language::Language;
use referat_core::understanding::models::surroundings::sigmoid;
use referat_core::understanding::models::{ActKind, Target};

use super::folds::{CorpusPart, TrainedFolds, TrainingCorpus, holds};
use super::pooled::pooled;
use super::spoken::MeetingForm;

/// A judgement from this probability on counts as asserted.
const SURE: f32 = 0.9;

/// Judged against true, for one target.
#[derive(Clone, Debug, Default)]
struct Judged(Vec<(f32, bool)>);

impl Judged {
    /// Returns precision and recall from a probability on, and how many that are.
    fn from(&self, probability: f32) -> (f32, f32, usize) {
        let found = self.0.iter().filter(|(p, _)| *p >= probability);
        let (right, found) = (found.clone().filter(|(_, holds)| *holds).count(), found.count());
        let all = self.0.iter().filter(|(_, holds)| *holds).count();
        (right as f32 / found.max(1) as f32, right as f32 / all.max(1) as f32, found)
    }

    /// Returns the probability that gives the best F1.
    fn best(&self) -> f32 {
        let f1 = |at: u32| {
            let (precision, recall, _) = self.from(at as f32 / 100.0);
            2.0 * precision * recall / (precision + recall).max(1e-6)
        };
        let best = (5..95).max_by(|a, b| f1(*a).total_cmp(&f1(*b)));
        best.unwrap_or(50) as f32 / 100.0
    }
}

/// The figures of one language and form.
#[derive(Clone, Debug)]
pub struct UnderstandingFigures {
    title: String,
    targets: Vec<(&'static str, Judged)>,
    acts: Judged,
    utterances: usize,
}

impl UnderstandingFigures {
    /// Returns the figures of every language and form, by models that had not seen the set.
    pub fn of(corpus: &TrainingCorpus, folds: &TrainedFolds) -> Vec<Self> {
        let mut all = Vec::new();
        for language in Language::ALL {
            for form in [MeetingForm::Exact, MeetingForm::Heard] {
                let wanted = |part: &&CorpusPart| {
                    corpus.meetings[part.meeting].language == language && part.form == form
                };
                let parts: Vec<&CorpusPart> = corpus.parts.iter().filter(wanted).collect();
                if !parts.is_empty() {
                    let text = if form == MeetingForm::Exact { "exact" } else { "heard" };
                    let title = format!("{} {text}", language);
                    all.push(Self::of_parts(title, corpus, folds, &parts));
                }
            }
        }
        all
    }

    fn of_parts(
        title: String,
        corpus: &TrainingCorpus,
        folds: &TrainedFolds,
        parts: &[&CorpusPart],
    ) -> Self {
        let names = ["decision", "action", "procedural", "matters", "opens"];
        let mut figures = Self {
            title,
            targets: names.map(|name| (name, Judged::default())).into(),
            acts: Judged::default(),
            utterances: 0,
        };
        let mut sets: Vec<(&str, Vec<(f32, f32)>)> = Vec::new();
        for part in parts {
            let meeting = &corpus.meetings[part.meeting];
            if sets.last().is_none_or(|(set, _)| *set != meeting.set) {
                sets.push((&meeting.set, corpus.calibration(folds, Some(&meeting.set))));
            }
            let Some((_, calibration)) = sets.last() else { continue };
            let pooled = pooled(corpus, part, &folds.second);
            for (labels, scores) in meeting.utterances.iter().zip(pooled) {
                figures.utterances += 1;
                let probability = |target: Target| {
                    let (slope, shift) = calibration[target.place()];
                    scores.map_or(0.0, |scores| sigmoid(slope * scores[target.place()] + shift))
                };
                for (target, (_, judged)) in Target::all().zip(&mut figures.targets) {
                    judged.0.push((probability(target), holds(labels, target)));
                }
                let acts = ActKind::ALL.map(|kind| probability(Target::Act(kind)));
                let sum: f32 = acts.iter().sum();
                let best = (0..acts.len()).max_by(|a, b| acts[*a].total_cmp(&acts[*b]));
                let best = best.unwrap_or_default();
                figures.acts.0.push((acts[best] / sum.max(1e-6), best == labels.act));
            }
        }
        figures
    }
}

impl fmt::Display for UnderstandingFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "== {} ({} utterances)", self.title, self.utterances)?;
        for (name, judged) in &self.targets {
            let at = judged.best();
            let (precision, recall, _) = judged.from(at);
            let f1 = 2.0 * precision * recall / (precision + recall).max(1e-6);
            let (half_precision, half_recall, _) = judged.from(0.5);
            let (sure, share, count) = judged.from(SURE);
            writeln!(
                f,
                "{name:<11} F1 {f1:.3} P {precision:.3} R {recall:.3} at {at:.2} | at 0.5 P {half_precision:.3} R {half_recall:.3} | p>=0.9: {sure:.3} right, {count}, R {share:.3}"
            )?;
        }
        let right = self.acts.0.iter().filter(|(_, right)| *right).count();
        let (sure, _, count) = self.acts.from(SURE);
        write!(
            f,
            "act         accuracy {:.3} | p>=0.9: {sure:.3} right, {count}",
            right as f32 / self.acts.0.len().max(1) as f32
        )
    }
}
