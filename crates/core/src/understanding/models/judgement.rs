//! The judgement of a sentence: calibrated probabilities, and reasons in words.

use super::clue::{Clue, ClueSource};
use super::clues::{ClueReader, MeetingFacts};
use super::surroundings::{Scores, sigmoid, surroundings};
use super::unit::{ActKind, SpokenUnit, Target};
use super::weights::LinearWeights;
use crate::language::words::Words;

/// Reasons told of a judgement, at most.
const REASONS: usize = 3;

/// How sure a judgement is, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Probability(pub f32);

/// One of the strongest clues of a judgement.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgementReason {
    /// Where it was found.
    pub source: ClueSource,
    /// The words, as the models read them, or the fact's name.
    pub quote: String,
    /// What it adds to the logit.
    pub weight: f32,
}

/// What is judged of one sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// What it most likely does.
    pub act: ActKind,
    /// That it does that.
    pub act_probability: Probability,
    /// Of every act that it does that, by place in `ActKind::ALL`, each judged apart.
    pub acts: [Probability; ActKind::ALL.len()],
    /// That it only conducts the meeting or is small talk.
    pub procedural: Probability,
    /// That something is decided with it.
    pub decision: Probability,
    /// That somebody takes on or is given a task with it.
    pub action: Probability,
    /// That a line of the minutes would rest on it.
    pub matters: Probability,
    /// That an item of the agenda begins with it.
    pub opens: Probability,
}

impl Judgement {
    fn new(scores: &Scores, weights: &LinearWeights<'_>) -> Self {
        let probability = |target: Target| {
            let (slope, shift) = weights.calibration(target);
            Probability(sigmoid(slope * scores[target.place()] + shift))
        };
        let acts = ActKind::ALL.map(|kind| (kind, probability(Target::Act(kind)).0));
        let sum: f32 = acts.iter().map(|(_, probability)| probability).sum();
        let best = acts.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
        let (act, share) = best.unwrap_or_default();
        Self {
            act,
            act_probability: Probability(share / sum.max(1e-6)),
            acts: acts.map(|(_, probability)| Probability(probability)),
            procedural: probability(Target::Procedural),
            decision: probability(Target::Decision),
            action: probability(Target::Action),
            matters: probability(Target::Matters),
            opens: probability(Target::Opens),
        }
    }
}

/// The models of sentences.
#[derive(Debug)]
pub struct Understanding {
    weights: LinearWeights<'static>,
}

static BYTES: &[u8] = include_bytes!("understanding.weights");

impl Understanding {
    /// Returns the models that are compiled in. One table serves every language: words of different languages have
    /// different places in it, and what is known of places, lengths and voices is shared.
    pub fn compiled() -> Self {
        #[expect(clippy::expect_used, reason = "what is compiled in is read by a test")]
        let weights = LinearWeights::read(BYTES).expect("the compiled weights are well formed");
        Self { weights }
    }

    /// Reads models that were trained; `None` where the bytes are none.
    pub fn read(bytes: Vec<u8>) -> Option<Self> {
        Some(Self { weights: LinearWeights::read(bytes)? })
    }

    /// Returns the weights of what tells whom a task falls to.
    pub fn parties(&self) -> &[f32] {
        self.weights.parties()
    }

    /// Judges the sentences of a meeting, which stand in order of time.
    pub fn judge(
        &self,
        units: &[SpokenUnit],
        facts: &MeetingFacts,
        language: Words<'_>,
    ) -> Vec<Judgement> {
        let clues = ClueReader::new(units, facts, language);
        let first: Vec<Scores> =
            (0..units.len()).map(|at| self.weights.first(&clues.clues(at))).collect();
        let second = surroundings(units, &first);
        let second = second.iter().map(|clues| self.weights.second(clues));
        second.map(|scores| Judgement::new(&scores, &self.weights)).collect()
    }

    /// Returns the strongest clues of the sentence at a place for a target, strongest first; each
    /// tells other words than those before it.
    pub fn reasons(
        &self,
        clues: &ClueReader<'_>,
        at: usize,
        target: Target,
    ) -> Vec<JudgementReason> {
        let told = |clue: &Clue| clue.value * self.weights.weight(clue.bucket, target);
        let mut sums: Vec<(ClueSource, f32)> = Vec::new();
        for clue in clues.clues(at) {
            match sums.iter_mut().find(|(source, _)| *source == clue.source) {
                Some((_, sum)) => *sum += told(&clue),
                None => sums.push((clue.source, told(&clue))),
            }
        }
        sums.retain(|(source, sum)| *sum > 0.0 && *source != ClueSource::Turn);
        sums.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut reasons: Vec<JudgementReason> = Vec::new();
        for (source, weight) in sums {
            let quote = clues.quote(at, source);
            let news = !quote.is_empty()
                && reasons
                    .iter()
                    .all(|other| !other.quote.contains(&quote) && !quote.contains(&other.quote));
            if news {
                reasons.push(JudgementReason { source, quote, weight });
            }
            if reasons.len() == REASONS {
                break;
            }
        }
        reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_known_and_says_why() {
        let said = [
            (0, "Er der nogen bemærkninger til dagsordenen?"),
            (1, "Nej."),
            (0, "Så er dagsordenen godkendt."),
            (0, "Vi går videre til punkt 2."),
        ];
        let units = said.iter().enumerate().map(|(at, (voice, text))| SpokenUnit {
            text: (*text).to_owned(),
            turn: at.min(2),
            voice: Some(*voice),
            ..SpokenUnit::default()
        });
        let units: Vec<SpokenUnit> = units.collect();
        let facts = MeetingFacts::default();
        let models = Understanding::compiled();
        let judged = models.judge(&units, &facts, Words::danish());
        assert!(judged[2].decision.0 > 0.5, "{:?}", judged[2]);
        assert!(judged[1].decision.0 < 0.5 && judged[0].decision.0 < 0.5, "{judged:?}");
        assert_eq!(judged[0].act, ActKind::Question);
        let clues = ClueReader::new(&units, &facts, Words::danish());
        let reasons = models.reasons(&clues, 2, Target::Decision);
        assert!(reasons.iter().any(|reason| reason.quote.contains("godkendt")), "{reasons:?}");
    }
}
