//! What sentences were judged to do, beside the utterances' labels: procedural or not, the act, and
//! whether a probability means what it says.

use std::ops::AddAssign;

use referat_core::understanding::models::{ActKind, Judgement};

use crate::citing::Citations;
use crate::gold::Gold;
use crate::run_meeting::MeetingArtefacts;
use crate::score_agenda::Count;
use crate::score_draft::{SURE, Share};
use crate::understanding::ACTS;

/// An utterance counts as procedural from this probability on.
const PROCEDURAL: f32 = 0.5;

/// The figures; figures of several meetings add up.
#[derive(Clone, Debug, Default)]
pub struct JudgedScore {
    /// Procedural utterances.
    pub procedural: Count,
    /// Utterances whose act is right.
    pub acts: Share,
    /// Of what is said with a probability of at least `SURE`, what is right: decision, task,
    /// procedural, act.
    pub sure: [Share; 4],
    /// How probable each labelled decision and task was found, one line each.
    pub notes: Vec<String>,
}

impl AddAssign for JudgedScore {
    fn add_assign(&mut self, other: Self) {
        self.procedural.add(other.procedural);
        self.acts += other.acts;
        self.sure.iter_mut().zip(other.sure).for_each(|(sum, one)| *sum += one);
        self.notes.extend(other.notes);
    }
}

/// What the sentences of one utterance add up to.
#[derive(Clone, Default)]
struct Pooled {
    weight: f32,
    procedural: f32,
    acts: [f32; ActKind::ALL.len()],
    decision: f32,
    action: f32,
}

impl Pooled {
    fn add(&mut self, judgement: &Judgement, words: usize) {
        let weight = (words.max(1) as f32).sqrt();
        self.weight += weight;
        self.procedural += weight * logit(judgement.procedural.0);
        for (kind, sum) in ActKind::ALL.into_iter().zip(&mut self.acts) {
            *sum += weight * logit(judgement.acts[kind as usize].0);
        }
        self.decision = self.decision.max(judgement.decision.0);
        self.action = self.action.max(judgement.action.0);
    }
}

fn logit(probability: f32) -> f32 {
    let probability = probability.clamp(1e-4, 1.0 - 1e-4);
    (probability / (1.0 - probability)).ln()
}

fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

impl JudgedScore {
    /// Scores what was judged of a meeting's sentences. A sentence belongs to the utterance under
    /// way when it begins; of an utterance the strongest sentence tells a decision or a task, all
    /// of them, the long ones counting more, tell the rest.
    pub fn of(gold: &Gold, made: &MeetingArtefacts, citations: &Citations) -> Self {
        let mut pooled = vec![Pooled::default(); gold.utterances.len()];
        for sentence in &made.judged {
            let Some(first) = sentence.segments.first() else { continue };
            // A little after it begins: times of words are not exact.
            let at = citations.at(*first, sentence.at.as_ms() + 200);
            if let Some(own) = at.and_then(|at| pooled.get_mut(at)) {
                own.add(&sentence.judgement, sentence.words);
            }
        }
        let mut score = Self::default();
        let here = |start: f64, at: Option<f64>| at.is_some_and(|at| (at - start).abs() < 0.01);
        for (utterance, own) in gold.utterances.iter().zip(&pooled) {
            let mean = |sum: f32| if own.weight > 0.0 { sigmoid(sum / own.weight) } else { 0.0 };
            let procedural = mean(own.procedural);
            let (found, holds) = (procedural >= PROCEDURAL, utterance.procedural);
            score.procedural.add(Count {
                right: usize::from(found && holds),
                missed: usize::from(!found && holds),
                wrong: usize::from(found && !holds),
            });
            let acts = own.acts.map(mean);
            let sum: f32 = acts.iter().sum();
            let best = (0..acts.len()).max_by(|a, b| acts[*a].total_cmp(&acts[*b])).unwrap_or(0);
            let act = ACTS[best] == utterance.act;
            score.acts.count(act);
            let decides = gold.decisions.iter().any(|one| here(one.start, utterance.start));
            let tasks = gold.actions.iter().any(|one| here(one.start, utterance.start));
            if decides || tasks {
                let (decision, action, text) = (own.decision, own.action, &utterance.text);
                score.notes.push(format!("decision {decision:.2} task {action:.2}: {text}"));
            }
            let told = [
                (own.decision, decides),
                (own.action, tasks),
                (procedural, holds),
                (acts[best] / sum.max(1e-6), act),
            ];
            for (sure, (probability, holds)) in score.sure.iter_mut().zip(told) {
                if probability >= SURE {
                    sure.count(holds);
                }
            }
        }
        score
    }
}
