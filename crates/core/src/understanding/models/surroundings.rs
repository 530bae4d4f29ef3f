//! What the first judgements of a sentence and of those around it say together: the clues of the
//! second judgement.

use std::collections::BTreeMap;

use super::unit::{SpeakerPart, SpokenUnit, Target};

/// Sentences of the same turn that count, on either side.
pub(super) const REACH: usize = 4;

/// The first judgements of a unit: for each target a logit.
pub type Scores = [f32; Target::COUNT];

/// Number of clues of the second judgement.
pub const CLUES: usize = 320;

/// A judgement below this probability tells nothing of its surroundings; most are, and leaving
/// them out makes the second judgement cheap.
const SILENT: f32 = 0.02;

/// Targets without those of acts.
const PLAIN: usize = 5;
const DECISION: usize = 0;
const ACTION: usize = 1;
const MATTERS: usize = 3;
const OPENS: usize = 4;
const DECIDES: usize = 7;
const PROPOSES: usize = 9;

/// Where each unit's turn begins and ends.
pub(super) struct Turns(Vec<(usize, usize)>);

impl Turns {
    pub(super) fn new(units: &[SpokenUnit]) -> Self {
        let runs = units.chunk_by(|left, right| left.turn == right.turn);
        let mut turns = Vec::with_capacity(units.len());
        for run in runs {
            let first = turns.len();
            turns.resize(first + run.len(), (first, first + run.len() - 1));
        }
        Self(turns)
    }

    /// Returns the first and the last unit of the turn that the unit at a place stands in.
    pub(super) fn of(&self, at: usize) -> (usize, usize) {
        self.0.get(at).copied().unwrap_or((at, at))
    }
}

/// Returns the voice that speaks most often: whoever leads the meeting, as a rule (in 74 of the
/// corpus' 80 Danish meetings, 2026-11-28).
pub(in crate::understanding) fn leader(units: &[SpokenUnit]) -> Option<u32> {
    let mut turns: BTreeMap<u32, usize> = BTreeMap::new();
    for run in units.chunk_by(|left, right| left.turn == right.turn) {
        if let Some(voice) = run.first().and_then(|unit| unit.voice) {
            *turns.entry(voice).or_default() += 1;
        }
    }
    let most = turns.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
    most.map(|(voice, _)| voice)
}

/// Returns the probability that a logit stands for.
pub fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

/// Writes the clues of one unit in the order of their weights; what is 0 is left out.
#[derive(Default)]
struct Sheet {
    clues: Vec<(u32, f32)>,
    next: u32,
}

impl Sheet {
    fn put(&mut self, value: f32) {
        if value.abs() >= SILENT {
            self.clues.push((self.next, 0.5 * value));
        }
        self.next += 1;
    }

    fn holds(&mut self, holds: bool) {
        self.put(f32::from(u8::from(holds)));
    }
}

/// Returns the clues of the second judgement, unit by unit.
pub fn surroundings(units: &[SpokenUnit], scores: &[Scores]) -> Vec<Vec<(u32, f32)>> {
    let lengths = units.iter().map(|unit| unit.text.split_whitespace().count()).collect();
    let all = Surroundings {
        units,
        scores,
        shares: scores.iter().map(shares).collect(),
        lengths,
        turns: Turns::new(units),
        leader: leader(units),
    };
    (0..units.len().min(scores.len())).map(|at| all.of(at)).collect()
}

/// Turns logits into probabilities; those of the acts add up to 1.
fn shares(scores: &Scores) -> Scores {
    let mut shares = scores.map(sigmoid);
    let sum: f32 = shares[PLAIN..].iter().sum();
    shares[PLAIN..].iter_mut().for_each(|share| *share /= sum.max(1e-6));
    shares
}

struct Surroundings<'a> {
    units: &'a [SpokenUnit],
    scores: &'a [Scores],
    shares: Vec<Scores>,
    lengths: Vec<usize>,
    turns: Turns,
    leader: Option<u32>,
}

impl Surroundings<'_> {
    fn leads(&self, at: usize) -> bool {
        let unit = &self.units[at];
        match unit.part {
            SpeakerPart::Chair => true,
            SpeakerPart::Unknown => unit.voice.is_some() && unit.voice == self.leader,
            _ => false,
        }
    }

    fn most(&self, from: usize, to: usize, target: usize) -> f32 {
        let shares = self.shares.get(from..to.min(self.shares.len())).unwrap_or_default();
        shares.iter().map(|shares| shares[target]).fold(0.0, f32::max)
    }

    fn mean(&self, from: usize, to: usize, target: usize) -> f32 {
        let shares = self.shares.get(from..to).unwrap_or_default();
        shares.iter().map(|shares| shares[target]).sum::<f32>() / shares.len().max(1) as f32
    }

    fn of(&self, at: usize) -> Vec<(u32, f32)> {
        let mut sheet = Sheet::default();
        let count = self.units.len();
        let leads = self.leads(at);
        let (first, last) = self.turns.of(at);
        let (low, high) = (first.max(at.saturating_sub(REACH)), (last + 1).min(at + REACH + 1));
        sheet.put(1.0);
        for target in 0..Target::COUNT {
            let logit = (self.scores[at][target] / 3.0).clamp(-2.0, 2.0);
            let share = self.shares[at][target];
            sheet.put(logit);
            sheet.put(share);
            if target < PLAIN {
                sheet.put(if leads { logit } else { 0.0 });
                sheet.put(if leads { share } else { 0.0 });
            }
            sheet.put(self.most(low, at, target));
            sheet.put(self.most(at + 1, high, target));
            sheet.put(self.mean(low, high, target));
        }
        // The turn before and the one before that, the turn after and the one after that.
        let before = first.checked_sub(1).map(|end| (self.turns.of(end).0, end + 1));
        let earlier = before.and_then(|(start, _)| start.checked_sub(1));
        let earlier = earlier.map(|end| (self.turns.of(end).0, end + 1));
        let after = (last + 1 < count).then(|| (last + 1, self.turns.of(last + 1).1 + 1));
        let later = after.map(|(_, end)| end).filter(|end| *end < count);
        let later = later.map(|start| (start, self.turns.of(start).1 + 1));
        for target in 0..Target::COUNT {
            let (start, end) = before.unwrap_or((0, 0));
            sheet.put(self.most(end.saturating_sub(1), end, target));
            sheet.put(self.most(start.max(end.saturating_sub(REACH)), end, target));
            let (start, end) = after.unwrap_or((0, 0));
            sheet.put(self.most(start, end.min(start + 1), target));
            sheet.put(self.most(start, end.min(start + REACH), target));
            let (start, end) = earlier.unwrap_or((0, 0));
            sheet.put(self.most(start.max(end.saturating_sub(REACH)), end, target));
            let (start, end) = later.unwrap_or((0, 0));
            sheet.put(self.most(start, end.min(start + REACH), target));
        }
        for reach in [1, 2, 4, 8, 16] {
            sheet.put(self.most(at + 1, at + 1 + reach, OPENS));
            sheet.put(self.most(at.saturating_sub(reach), at, OPENS));
        }
        for target in [DECISION, ACTION, MATTERS, DECIDES, PROPOSES] {
            for reach in [6, 14] {
                sheet.put(self.most(at.saturating_sub(reach), at, target));
                sheet.put(self.most(at + 1, at + 1 + reach, target));
            }
        }
        for target in [DECISION, ACTION, MATTERS] {
            let others =
                self.most(at.saturating_sub(6), at, target).max(self.most(at + 1, at + 7, target));
            sheet.put(self.shares[at][target] - others);
            sheet.holds(self.shares[at][target] > others);
        }
        sheet.holds(leads);
        sheet.holds(first == at);
        sheet.holds(last == at);
        sheet.put((last - first).min(8) as f32 / 8.0);
        sheet.holds(before.is_some_and(|(_, end)| self.leads(end - 1)));
        sheet.holds(before.is_some_and(|(_, end)| self.units[end - 1].text.ends_with('?')));
        sheet.holds(after.is_some_and(|(start, _)| self.leads(start)));
        let words = after.map(|(start, end)| self.lengths[start..end].iter().sum::<usize>());
        sheet.holds(words.is_some_and(|words| words <= 2));
        sheet.holds(words.is_some_and(|words| words <= 5));
        sheet.put((self.lengths[at] as f32).ln_1p() / 3.0);
        sheet.put((self.lengths[low..high].iter().sum::<usize>() as f32).ln_1p() / 4.0);
        sheet.put(at as f32 / count as f32);
        sheet.holds(at < 4);
        sheet.holds(at + 4 >= count);
        sheet.clues
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clue_has_a_weight() {
        let unit = |turn, voice| SpokenUnit { turn, voice: Some(voice), ..SpokenUnit::default() };
        let units = [unit(0, 0), unit(0, 0), unit(1, 1), unit(2, 0)];
        let scores = [[0.5; Target::COUNT]; 4];
        for clues in surroundings(&units, &scores) {
            assert!(clues.iter().all(|(clue, _)| (*clue as usize) < CLUES));
        }
        assert_eq!(leader(&units), Some(0));
    }
}
