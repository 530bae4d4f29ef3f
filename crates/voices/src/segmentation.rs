//! The segmentation network of pyannote (segmentation-3.0): of ten seconds of sound, who of up
//! to three voices speaks in each frame, and where two of them speak at once.

use crate::lstm::{HIDDEN, Lstm};
use crate::matrix::{LANES, Packed, Then, Tile};
use crate::sincnet::{CHANNELS, FRAMES, SincNet, WINDOW};
use referat_weights::tensors::{Refusal, Tensors};

/// The voices of each class, a bit each; none and up to two of three.
pub(crate) const CLASSES: [u8; 7] = [0, 1, 2, 4, 3, 5, 6];

/// Which voices speak in each frame of a window, a bit each.
pub(crate) type WindowVoices = Box<[u8; FRAMES]>;

/// The network.
#[derive(Debug)]
pub(crate) struct Segmentation {
    ear: SincNet,
    memory: Vec<Lstm>,
    linear: [Packed; 2],
    classes: Packed,
}

impl Segmentation {
    /// Takes the network's weights from `tensors`.
    pub(crate) fn new(tensors: &Tensors) -> Result<Self, Refusal> {
        let linear = |name: &str, rows: usize, depth: usize| {
            let values = tensors.get(&format!("{name}.weight"), &[rows, depth])?;
            let bias = tensors.get(&format!("{name}.bias"), &[rows])?.to_vec();
            Ok(Packed::new(values, depth, bias))
        };
        let inputs = [CHANNELS, 2 * HIDDEN, 2 * HIDDEN, 2 * HIDDEN];
        let memory =
            inputs.into_iter().enumerate().map(|(layer, inputs)| Lstm::new(tensors, layer, inputs));
        Ok(Self {
            ear: SincNet::new(tensors)?,
            memory: memory.collect::<Result<_, _>>()?,
            linear: [linear("linear.0", HIDDEN, 2 * HIDDEN)?, linear("linear.1", HIDDEN, HIDDEN)?],
            classes: linear("classifier", CLASSES.len(), HIDDEN)?,
        })
    }

    /// Returns what is heard in each of sixteen windows that begin `hop` samples apart.
    pub(crate) fn hear(&self, samples: &[f32], hop: usize) -> Vec<WindowVoices> {
        debug_assert_eq!(samples.len(), (LANES - 1) * hop + WINDOW);
        let mut values = self.ear.hear(samples, hop);
        for layer in &self.memory {
            values = layer.read(&values);
        }
        let mut width = 2 * HIDDEN;
        for linear in &self.linear {
            values = combine(linear, &values, (width, HIDDEN), Then::LeakyRelu);
            width = HIDDEN;
        }
        let scores = combine(&self.classes, &values, (width, CLASSES.len()), Then::Keep);
        let mut heard = vec![Box::new([0; FRAMES]); LANES];
        for (frame, scores) in scores.chunks_exact(CLASSES.len() * LANES).enumerate() {
            for (lane, heard) in heard.iter_mut().enumerate() {
                let score = |class: &usize| scores[class * LANES + lane];
                // Of equal scores, the first.
                let best = (0..CLASSES.len()).rev().max_by(|a, b| score(a).total_cmp(&score(b)));
                heard[frame] = CLASSES[best.unwrap_or(0)];
            }
        }
        heard
    }
}

fn combine(
    weights: &Packed,
    input: &[f32],
    (inputs, outputs): (usize, usize),
    then: Then,
) -> Vec<f32> {
    let frames = input.len() / inputs / LANES;
    let mut output = vec![0.0; frames * outputs * LANES];
    let places: Vec<usize> = (0..inputs).map(|row| row * LANES).collect();
    let tiles = (0..frames).map(|frame| Tile {
        from: frame * inputs * LANES,
        to: frame * outputs * LANES,
        columns: LANES,
    });
    weights.multiply(input, &places, tiles, (&mut output, LANES), then);
    output
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frames;

    /// A network of the right shape whose weights follow a fixed sequence.
    fn made_up() -> Segmentation {
        let mut tensors = Tensors::default();
        let mut state = 1_u32;
        loop {
            let (name, shape) = match Segmentation::new(&tensors) {
                Ok(network) => return network,
                Err(Refusal::Missing(name)) => (name, Vec::new()),
                Err(Refusal::Shape { name, wanted, .. }) => (name, wanted),
                Err(other) => panic!("{other}"),
            };
            let value = |_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) as f32 / 16_777_216.0 - 0.5
            };
            let values = (0..shape.iter().product()).map(value).collect();
            tensors.put(&name, &shape, values);
        }
    }

    #[test]
    fn each_window_is_heard_alone_and_always_the_same() {
        let network = made_up();
        let hop = 4000;
        let count = (LANES - 1) * hop + WINDOW;
        let samples: Vec<f32> =
            (0..count).map(|i| libm::sinf(i as f32 * i as f32 * 1e-7) * 0.1).collect();
        let heard = network.hear(&samples, hop);
        assert_eq!(heard, network.hear(&samples, hop));
        assert!(heard.iter().any(|window| window != &heard[0]));
        // What comes before a window does not change what is heard in it.
        let mut other = samples;
        other[..15 * hop].fill(0.0);
        assert_eq!(network.hear(&other, hop)[15], heard[15]);
        assert_eq!(frames::windows(count, hop), LANES);
    }
}
