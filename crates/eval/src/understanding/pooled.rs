//! What an utterance is judged by the sentences that it is made of, and how sure that makes.

use referat_core::understanding::models::Target;
use referat_core::understanding::models::surroundings::Scores;

use super::folds::{CorpusPart, TrainedFolds, TrainingCorpus, holds};
use super::platt::platt;

impl TrainingCorpus {
    /// Fits what turns logits into probabilities on the sets that are not left out.
    pub(super) fn calibration(
        &self,
        folds: &TrainedFolds,
        without: Option<&str>,
    ) -> Vec<(f32, f32)> {
        let mut judged = vec![Vec::new(); Target::COUNT];
        for part in self.parts.iter().filter(|part| Some(self.set(part)) != without) {
            let labels = &self.meetings[part.meeting].utterances;
            for (labels, scores) in labels.iter().zip(pooled(self, part, &folds.second)) {
                let Some(scores) = scores else { continue };
                for target in Target::all() {
                    judged[target.place()].push((scores[target.place()], holds(labels, target)));
                }
            }
        }
        judged.iter().map(|judged| platt(judged)).collect()
    }
}

/// Returns what each utterance of a part is judged: by its strongest sentence where one sentence
/// tells, else by all of them, the long ones counting more. `None` where no sentence belongs to
/// it.
pub(super) fn pooled(
    corpus: &TrainingCorpus,
    part: &CorpusPart,
    scores: &[Scores],
) -> Vec<Option<Scores>> {
    let count = corpus.meetings[part.meeting].utterances.len();
    let mut most = vec![[f32::MIN; Target::COUNT]; count];
    let mut sums = vec![([0.0; Target::COUNT], 0.0_f32); count];
    for (spoken, row) in part.spoken.iter().zip(corpus.rows_of(part)) {
        let weight = (spoken.unit.text.split_whitespace().count() as f32).sqrt();
        let (sum, weights) = &mut sums[spoken.utterance];
        *weights += weight;
        for target in 0..Target::COUNT {
            let logit = scores[row][target];
            most[spoken.utterance][target] = most[spoken.utterance][target].max(logit);
            sum[target] += weight * logit;
        }
    }
    let one = |(most, (sum, weights)): (Scores, (Scores, f32))| {
        let mut pooled = sum.map(|sum| sum / weights.max(1e-6));
        for target in [Target::Decision, Target::Action, Target::Opens] {
            pooled[target.place()] = most[target.place()];
        }
        (weights > 0.0).then_some(pooled)
    };
    most.into_iter().zip(sums).map(one).collect()
}
