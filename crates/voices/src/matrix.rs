//! Matrix products with one order of additions, so that every machine gives the same bits.
//!
//! Each sum runs over the depth from first to last with fused multiply-adds, whatever the width
//! of the machine's registers. Packed are packed once; the other side is read where it lies:
//! sixteen neighbouring values of each of `depth` rows, so that a convolution needs no copies.

/// Columns of a tile.
pub(crate) const LANES: usize = 16;
/// Rows of a tile: with twelve sums of eight values each, the sixteen registers of AVX2 are used.
const ROWS: usize = 6;

/// A matrix of weights with the constants that are added to its products.
#[derive(Debug)]
pub(crate) struct Packed {
    rows: usize,
    depth: usize,
    /// Six rows at a time, column by column.
    panels: Vec<f32>,
    bias: Vec<f32>,
}

/// What is done to a sum before it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Then {
    /// Nothing.
    Keep,
    /// Negative values become zero.
    Relu,
    /// Negative values are divided by a hundred.
    LeakyRelu,
}

/// Where a tile's values are read and written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tile {
    /// Added to the place of each row of the input.
    pub(crate) from: usize,
    /// Where the first row's first value goes.
    pub(crate) to: usize,
    /// How many of the columns are wanted.
    pub(crate) columns: usize,
}

impl Packed {
    /// Packs `values`, row by row of `depth`, and a constant for each row.
    pub(crate) fn new(values: &[f32], depth: usize, mut bias: Vec<f32>) -> Self {
        let rows = bias.len();
        let padded = rows.next_multiple_of(ROWS);
        let mut panels = vec![0.0; padded * depth];
        for (row, values) in values.chunks_exact(depth).enumerate() {
            let panel = row / ROWS * ROWS * depth;
            for (column, value) in values.iter().enumerate() {
                panels[panel + column * ROWS + row % ROWS] = *value;
            }
        }
        bias.resize(padded, 0.0);
        Self { rows, depth, panels, bias }
    }

    /// Multiplies: for each tile, the rows of the input lie at `places` from the tile's start,
    /// and the rows of the output `pitch` apart.
    pub(crate) fn multiply(
        &self,
        input: &[f32],
        places: &[usize],
        tiles: impl Iterator<Item = Tile>,
        (output, pitch): (&mut [f32], usize),
        then: Then,
    ) {
        debug_assert_eq!(places.len(), self.depth);
        fastest(Product { weights: self, input, places, tiles, output, pitch, then, onto: false });
    }

    /// As [`Self::multiply`], but adds to what stands in the output instead of the constants.
    pub(crate) fn multiply_onto(
        &self,
        input: &[f32],
        places: &[usize],
        tile: Tile,
        (output, pitch): (&mut [f32], usize),
    ) {
        let tiles = std::iter::once(tile);
        let then = Then::Keep;
        fastest(Product { weights: self, input, places, tiles, output, pitch, then, onto: true });
    }
}

struct Product<'a, T> {
    weights: &'a Packed,
    input: &'a [f32],
    places: &'a [usize],
    tiles: T,
    output: &'a mut [f32],
    pitch: usize,
    then: Then,
    onto: bool,
}

impl<T: Iterator<Item = Tile>> Work for Product<'_, T> {
    #[inline(always)]
    fn run(self) {
        let Packed { rows, depth, panels, bias } = self.weights;
        for tile in self.tiles {
            let input = &self.input[tile.from..];
            for (index, panel) in panels.chunks_exact(depth * ROWS).enumerate() {
                let first = index * ROWS;
                let live = ROWS.min(rows - first);
                let mut sums = [[0.0; LANES]; ROWS];
                for (row, sums) in sums.iter_mut().enumerate().take(live) {
                    if self.onto {
                        let at = tile.to + (first + row) * self.pitch;
                        sums[..tile.columns].copy_from_slice(&self.output[at..at + tile.columns]);
                    } else {
                        *sums = [bias[first + row]; LANES];
                    }
                }
                accumulate(&mut sums, panel, input, self.places);
                for (row, sums) in sums.iter_mut().enumerate().take(live) {
                    match self.then {
                        Then::Keep => {}
                        Then::Relu => sums.iter_mut().for_each(|sum| *sum = sum.max(0.0)),
                        Then::LeakyRelu => {
                            sums.iter_mut().for_each(|sum| *sum = sum.max(0.01 * *sum));
                        }
                    }
                    let at = tile.to + (first + row) * self.pitch;
                    self.output[at..at + tile.columns].copy_from_slice(&sums[..tile.columns]);
                }
            }
        }
    }
}

#[inline(always)]
fn accumulate(sums: &mut [[f32; LANES]; ROWS], panel: &[f32], input: &[f32], places: &[usize]) {
    let (columns, _) = panel.as_chunks::<ROWS>();
    let mut held = *sums;
    for (column, place) in columns.iter().zip(places) {
        let (values, _) = input[*place..].as_chunks::<LANES>();
        let values = &values[0];
        for (weight, held) in column.iter().zip(&mut held) {
            for (value, sum) in values.iter().zip(held) {
                *sum = weight.mul_add(*value, *sum);
            }
        }
    }
    *sums = held;
}

/// A piece of arithmetic that is compiled for more than one kind of processor.
pub(crate) trait Work {
    /// Does it. Implementations are inlined always, or nothing is gained.
    fn run(self);
}

/// Does `work` with the widest instructions that the processor has. The answer is the same.
pub(crate) fn fastest<W: Work>(work: W) {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx2,fma")]
        fn wide<W: Work>(work: W) {
            work.run();
        }
        if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma")
        {
            // SAFETY: the processor has just said that it knows these instructions.
            return unsafe { wide(work) };
        }
    }
    work.run();
}

/// Returns e to the power of `x`, to the last bit but one, with the same bits everywhere.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // Beyond these the result is no ordinary number.
    let x = x.clamp(-87.0, 88.0);
    // Adding and taking away 1.5 · 2^23 rounds to a whole number, which is left in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let shifted = x.mul_add(std::f32::consts::LOG2_E, ROUND);
    let whole = shifted - ROUND;
    // ln 2 in two parts, the first of which has few bits.
    let rest = whole.mul_add(-0.693_359_4, x);
    let rest = whole.mul_add(2.121_944_4e-4, rest);
    let mut sum = 1.987_569_1e-4_f32;
    for term in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_66, 0.5] {
        sum = sum.mul_add(rest, term);
    }
    let sum = (sum * rest).mul_add(rest, rest) + 1.0;
    sum * f32::from_bits((shifted.to_bits() << 23).wrapping_add(0x3f80_0000))
}

/// Returns the logistic function of `x`.
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// Returns the hyperbolic tangent of `x`.
#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    2.0 / (1.0 + exp(-2.0 * x)) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_the_sum_over_the_depth_and_the_constant() {
        let (rows, depth) = (7, 3);
        let values: Vec<f32> = (0..rows * depth).map(|i| i as f32).collect();
        let weights = Packed::new(&values, depth, vec![0.5; rows]);
        let input: Vec<f32> = (0..depth * LANES).map(|i| (i % 5) as f32).collect();
        let mut output = vec![-1.0; rows * LANES];
        let tile = Tile { from: 0, to: 0, columns: 2 };
        let places = [0, LANES, 2 * LANES];
        let tiles = std::iter::once(tile);
        weights.multiply(&input, &places, tiles, (&mut output, LANES), Then::Keep);
        for row in 0..rows {
            for column in 0..2 {
                let sum: f32 =
                    (0..depth).map(|k| values[row * depth + k] * input[k * LANES + column]).sum();
                assert_eq!(output[row * LANES + column], sum + 0.5);
            }
            assert_eq!(output[row * LANES + 2], -1.0);
        }
        weights.multiply_onto(&input, &places, tile, (&mut output, LANES));
        assert_eq!(output[LANES], 2.0 * (0.0 * 3.0 + 1.0 * 4.0 + 2.0 * 5.0) + 0.5);
    }

    #[test]
    fn the_exponential_agrees_with_the_library() {
        for i in -800..=800 {
            let x = i as f32 * 0.1;
            let wanted = f64::from(x).exp();
            assert!((f64::from(exp(x)) / wanted - 1.0).abs() < 3e-7, "{x}");
        }
        assert!((tanh(0.3) - 0.3_f32.tanh()).abs() < 1e-6);
        assert_eq!(sigmoid(0.0), 0.5);
    }
}
