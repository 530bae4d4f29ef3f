//! A layer of long short-term memory that reads sixteen sequences at once, from both ends.

use crate::matrix::{LANES, Packed, Then, Tile, Work, fastest, sigmoid, tanh};
use referat_weights::tensors::{Refusal, Tensors};

/// Numbers that each direction remembers.
pub(crate) const HIDDEN: usize = 128;
const GATES: usize = 4 * HIDDEN;
/// Moments whose inputs are multiplied together, so that weights are read once for all.
const CHUNK: usize = 16;

/// Both directions of a layer.
#[derive(Debug)]
pub(crate) struct Lstm {
    inputs: usize,
    /// What comes in, and what is remembered, of either direction.
    directions: [(Packed, Packed); 2],
}

impl Lstm {
    /// Takes layer `layer` of the weights called `lstm`.
    pub(crate) fn new(tensors: &Tensors, layer: usize, inputs: usize) -> Result<Self, Refusal> {
        let direction = |suffix: &str| {
            let get = |name: &str, shape: &[usize]| {
                tensors.get(&format!("lstm.{name}_l{layer}{suffix}"), shape)
            };
            let bias = get("bias_ih", &[GATES])?.iter().zip(get("bias_hh", &[GATES])?);
            let bias = bias.map(|(input, hidden)| input + hidden).collect();
            let input = Packed::new(get("weight_ih", &[GATES, inputs])?, inputs, bias);
            let hidden = get("weight_hh", &[GATES, HIDDEN])?;
            Ok((input, Packed::new(hidden, HIDDEN, vec![0.0; GATES])))
        };
        Ok(Self { inputs, directions: [direction("")?, direction("_reverse")?] })
    }

    /// Returns, for each moment, what both directions remember: values of sixteen sequences
    /// side by side.
    pub(crate) fn read(&self, input: &[f32]) -> Vec<f32> {
        let moments = input.len() / self.inputs / LANES;
        let mut output = vec![0.0; moments * 2 * HIDDEN * LANES];
        let places = |rows: usize| (0..rows).map(|row| row * LANES).collect::<Vec<_>>();
        let (input_places, hidden_places) = (places(self.inputs), places(HIDDEN));
        let mut gates = vec![0.0; CHUNK * GATES * LANES];
        for (backward, (from_input, from_hidden)) in self.directions.iter().enumerate() {
            let mut cell = [0.0; HIDDEN * LANES];
            let mut hidden = [0.0; HIDDEN * LANES];
            for first in (0..moments).step_by(CHUNK) {
                let count = CHUNK.min(moments - first);
                let moment = |step: usize| {
                    if backward == 1 { moments - 1 - first - step } else { first + step }
                };
                let tiles = (0..count).map(|step| Tile {
                    from: moment(step) * self.inputs * LANES,
                    to: step * GATES * LANES,
                    columns: LANES,
                });
                let target = (&mut gates[..], LANES);
                from_input.multiply(input, &input_places, tiles, target, Then::Keep);
                for step in 0..count {
                    let gates = &mut gates[step * GATES * LANES..][..GATES * LANES];
                    let tile = Tile { from: 0, to: 0, columns: LANES };
                    from_hidden.multiply_onto(&hidden, &hidden_places, tile, (gates, LANES));
                    let (cell, hidden) = (&mut cell[..], &mut hidden[..]);
                    fastest(Remember { gates, cell, hidden });
                    let at = (moment(step) * 2 + backward) * HIDDEN * LANES;
                    output[at..at + HIDDEN * LANES].copy_from_slice(hidden);
                }
            }
        }
        output
    }
}

/// One moment: forgets, takes in and gives out.
struct Remember<'a> {
    gates: &'a [f32],
    cell: &'a mut [f32],
    hidden: &'a mut [f32],
}

impl Work for Remember<'_> {
    #[inline(always)]
    fn run(self) {
        let size = HIDDEN * LANES;
        let (take, rest) = self.gates.split_at(size);
        let (forget, rest) = rest.split_at(size);
        let (new, give) = rest.split_at(size);
        let (cell, hidden) = (&mut self.cell[..size], &mut self.hidden[..size]);
        for i in 0..size {
            cell[i] = sigmoid(forget[i]) * cell[i] + sigmoid(take[i]) * tanh(new[i]);
            hidden[i] = sigmoid(give[i]) * tanh(cell[i]);
        }
    }
}
