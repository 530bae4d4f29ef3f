//! What was learnt, and how it is kept: a small file of bytes that stands beside this one.

use super::hashed::HashedModel;
use super::presiding::VOICE_VALUES;

/// Number of values of a pair.
pub const PAIR_VALUES: usize = 31;

/// Number of values of a turn.
pub const TURN_VALUES: usize = 16;

/// Everything that was learnt of naming voices.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PeopleModel {
    /// What a naming tells: speaks, next, before, elsewhere.
    pub naming: HashedModel,
    /// Whether a turn is the chair's.
    pub presiding: HashedModel,
    /// Whether a participant leads the meeting.
    pub leads: HashedModel,
    /// Weights of a voice as the chair's.
    pub chair: Vec<f32>,
    /// Weights of a pair.
    pub pair: Vec<f32>,
    /// Weights of a turn's certainty.
    pub turn: Vec<f32>,
}

/// Begins the file.
const MAGIC: &[u8; 8] = b"people01";

impl PeopleModel {
    /// Returns what is compiled in.
    ///
    /// Learnt from `corpus/` by `referat-eval train people`.
    pub fn compiled() -> Self {
        #[expect(clippy::expect_used, reason = "a test reads what is compiled in")]
        Self::read(include_bytes!("people.bin")).expect("the weights are well formed")
    }

    /// Returns the weights without those of words, for a language that nothing was learnt from.
    pub fn without_words(&self) -> Self {
        let silent = |model: &HashedModel| HashedModel {
            bits: model.bits,
            classes: model.classes,
            weights: Vec::new(),
        };
        Self {
            naming: silent(&self.naming),
            presiding: silent(&self.presiding),
            leads: silent(&self.leads),
            chair: self.chair.clone(),
            pair: self.pair.clone(),
            turn: self.turn.clone(),
        }
    }

    /// Writes the weights as bytes: of the hashed ones a byte each and only where there are any.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for model in [&self.naming, &self.presiding, &self.leads] {
            hashed_bytes(model, &mut bytes);
        }
        for weight in self.chair.iter().chain(&self.pair).chain(&self.turn) {
            bytes.extend(weight.to_le_bytes());
        }
        bytes
    }

    /// Reads the weights; none when the bytes are not such a file.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let naming = read_hashed(&mut rest, 4)?;
        let presiding = read_hashed(&mut rest, 2)?;
        let leads = read_hashed(&mut rest, 2)?;
        let mut dense = |count: usize| -> Option<Vec<f32>> {
            (0..count).map(|_| Some(f32::from_le_bytes(take::<4>(&mut rest)?))).collect()
        };
        let (chair, pair, turn) = (dense(VOICE_VALUES)?, dense(PAIR_VALUES)?, dense(TURN_VALUES)?);
        rest.is_empty().then_some(Self { naming, presiding, leads, chair, pair, turn })
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*first)
}

/// Number of bits, the scale, the number of features, and each as the step to it and its weights.
fn hashed_bytes(model: &HashedModel, bytes: &mut Vec<u8>) {
    let most = model.weights.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
    let scale = if most > 0.0 { most / 127.0 } else { 1.0 };
    let rows: Vec<(usize, Vec<i8>)> = model
        .weights
        .chunks(model.classes.max(1))
        .map(|row| row.iter().map(|weight| (weight / scale).round() as i8).collect::<Vec<_>>())
        .enumerate()
        .filter(|(_, row)| row.iter().any(|weight| *weight != 0))
        .collect();
    bytes.push(model.bits as u8);
    bytes.extend(scale.to_le_bytes());
    bytes.extend((rows.len() as u32).to_le_bytes());
    let mut before = 0;
    for (at, row) in rows {
        let mut step = at - before;
        before = at;
        while step >= 128 {
            bytes.push(step as u8 | 128);
            step >>= 7;
        }
        bytes.push(step as u8);
        bytes.extend(row.iter().map(|weight| weight.cast_unsigned()));
    }
}

fn read_hashed(rest: &mut &[u8], classes: usize) -> Option<HashedModel> {
    let bits = u32::from(take::<1>(rest)?[0]);
    if bits > 20 {
        return None;
    }
    let scale = f32::from_le_bytes(take::<4>(rest)?);
    let count = u32::from_le_bytes(take::<4>(rest)?);
    let mut weights = vec![0.0; (1 << bits) * classes];
    let mut at = 0_usize;
    for _ in 0..count {
        let mut shift = 0;
        loop {
            let byte = take::<1>(rest)?[0];
            at = at.checked_add(usize::from(byte & 127).checked_shl(shift)?)?;
            if byte < 128 {
                break;
            }
            shift += 7;
        }
        for weight in weights.get_mut(at * classes..(at + 1) * classes)? {
            *weight = f32::from(take::<1>(rest)?[0].cast_signed()) * scale;
        }
    }
    Some(HashedModel { bits, classes, weights })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compiled_in_reads_and_is_written_as_it_was() {
        let model = PeopleModel::compiled();
        assert_eq!(model.to_bytes(), include_bytes!("people.bin"));
    }

    #[test]
    fn bytes_that_are_no_weights_are_none() {
        let bytes = PeopleModel::compiled().to_bytes();
        assert!(PeopleModel::read(&bytes[..bytes.len() - 1]).is_none());
        assert!(PeopleModel::read(b"people01").is_none());
    }
}
