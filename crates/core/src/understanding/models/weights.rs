//! The weights as they are stored: a table of bytes for the first judgement, small numbers for the
//! second, and what turns its logits into probabilities.
//!
//! ```text
//! "RFUNDER2"  8 bytes
//! scale       COUNT x f32      a byte of the table times this is a weight
//! second      COUNT x CLUES x f32
//! slope, shift COUNT x (f32, f32)  probability = sigmoid(slope x logit + shift)
//! parties     PARTY_VALUES x f32  what tells whom a task falls to
//! table       2^BITS x COUNT x i8, clue by clue
//! ```
//! All numbers are little-endian.

use std::borrow::Cow;

use super::clue::{BITS, Clue};
use super::responsible::PARTY_VALUES;
use super::surroundings::{CLUES, Scores};
use super::unit::Target;

const MAGIC: &[u8; 8] = b"RFUNDER2";
const COUNT: usize = Target::COUNT;
const HEAD: usize = MAGIC.len() + 4 * (COUNT * (1 + CLUES + 2) + PARTY_VALUES);
const LENGTH: usize = HEAD + (COUNT << BITS);

/// Weights that have been read.
#[derive(Debug)]
pub struct LinearWeights<'a> {
    scale: Scores,
    second: Vec<Scores>,
    calibration: Vec<(f32, f32)>,
    parties: Vec<f32>,
    table: Cow<'a, [u8]>,
}

impl<'a> LinearWeights<'a> {
    /// Reads weights; `None` where the bytes are not such a file.
    pub fn read(bytes: impl Into<Cow<'a, [u8]>>) -> Option<Self> {
        let bytes = bytes.into();
        if bytes.len() != LENGTH || !bytes.starts_with(MAGIC) {
            return None;
        }
        let numbers: Vec<f32> = bytes
            .get(MAGIC.len()..HEAD)?
            .chunks_exact(4)
            .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
            .collect();
        let (scale, rest) = numbers.split_at(COUNT);
        let (second, rest) = rest.split_at(COUNT * CLUES);
        let (calibration, parties) = rest.split_at(2 * COUNT);
        let row = |row: &[f32]| Scores::try_from(row).ok();
        Some(Self {
            scale: row(scale)?,
            second: second.chunks_exact(COUNT).map(row).collect::<Option<_>>()?,
            calibration: calibration.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect(),
            parties: parties.to_vec(),
            table: match bytes {
                Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(HEAD..)?),
                Cow::Owned(mut bytes) => Cow::Owned(bytes.split_off(HEAD)),
            },
        })
    }

    /// Writes weights: `first` and `second` clue by clue, the calibration, and what tells whom a
    /// task falls to.
    pub fn write(
        first: &[Scores],
        second: &[Scores],
        calibration: &[(f32, f32)],
        parties: &[f32],
    ) -> Vec<u8> {
        let mut scale = [0.0_f32; COUNT];
        for row in first {
            for (scale, weight) in scale.iter_mut().zip(row) {
                *scale = scale.max(weight.abs() / 127.0);
            }
        }
        let mut bytes = MAGIC.to_vec();
        let pairs = calibration.iter().flat_map(|(slope, shift)| [slope, shift]);
        for number in scale.iter().chain(second.iter().flatten()).chain(pairs).chain(parties) {
            bytes.extend(number.to_le_bytes());
        }
        for row in first {
            let steps = row.iter().zip(scale);
            bytes.extend(steps.map(|(weight, scale)| {
                let step = if scale > 0.0 { (weight / scale).round() } else { 0.0 };
                step as i8 as u8
            }));
        }
        bytes
    }

    /// Returns the first judgement of a sentence with these clues.
    pub fn first(&self, clues: &[Clue]) -> Scores {
        let mut sums = [0.0; COUNT];
        for clue in clues {
            let at = clue.bucket as usize * COUNT;
            if let Some(row) = self.table.get(at..at + COUNT) {
                for (sum, step) in sums.iter_mut().zip(row) {
                    *sum += clue.value * f32::from(*step as i8);
                }
            }
        }
        sums.iter_mut().zip(self.scale).for_each(|(sum, scale)| *sum *= scale);
        sums
    }

    /// Returns the weight of a clue for a target.
    pub fn weight(&self, bucket: u32, target: Target) -> f32 {
        let step = self.table.get(bucket as usize * COUNT + target.place());
        step.map_or(0.0, |step| f32::from(*step as i8) * self.scale[target.place()])
    }

    /// Returns the second judgement, from the surroundings' clues.
    pub fn second(&self, clues: &[(u32, f32)]) -> Scores {
        let mut sums = [0.0; COUNT];
        for (clue, value) in clues {
            if let Some(row) = self.second.get(*clue as usize) {
                for (sum, weight) in sums.iter_mut().zip(row) {
                    *sum += value * weight;
                }
            }
        }
        sums
    }

    /// Returns what tells whom a task falls to.
    pub fn parties(&self) -> &[f32] {
        &self.parties
    }

    /// Returns slope and shift of a target's calibration.
    pub fn calibration(&self, target: Target) -> (f32, f32) {
        self.calibration.get(target.place()).copied().unwrap_or((1.0, 0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::super::clue::ClueSource;
    use super::*;

    #[test]
    fn weights_are_read_as_they_were_written() {
        let mut first = vec![[0.0; COUNT]; 1 << BITS];
        first[7][1] = 2.0;
        first[9][1] = -1.0;
        let mut second = vec![[0.0; COUNT]; CLUES];
        second[3][0] = 0.5;
        let bytes =
            LinearWeights::write(&first, &second, &[(2.0, -1.0); COUNT], &[0.5; PARTY_VALUES]);
        let read = LinearWeights::read(bytes.as_slice()).unwrap();
        let clue = |bucket| Clue { bucket, value: 1.0, source: ClueSource::Turn };
        assert!((read.first(&[clue(7), clue(9)])[1] - 1.0).abs() < 0.02);
        assert_eq!(read.second(&[(3, 2.0)])[0], 1.0);
        assert_eq!(read.calibration(Target::Action), (2.0, -1.0));
        assert!(LinearWeights::read(bytes[1..].to_vec()).is_none());
    }
}
