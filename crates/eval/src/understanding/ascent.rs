//! Logistic regression with an L2 penalty, by dual coordinate ascent (Yu, Huang and Lin, 2011: the
//! method of LIBLINEAR's solver 7), written out so that the order of the examples is ours and the
//! weights come out the same each time.

/// Rows of numbers most of which are 0.
#[derive(Debug)]
pub(super) struct SparseRows {
    starts: Vec<usize>,
    places: Vec<u32>,
    values: Vec<f32>,
}

impl SparseRows {
    pub(super) fn new() -> Self {
        Self { starts: vec![0], places: Vec::new(), values: Vec::new() }
    }

    pub(super) fn push(&mut self, row: impl IntoIterator<Item = (u32, f32)>) {
        for (place, value) in row {
            self.places.push(place);
            self.values.push(value);
        }
        self.starts.push(self.places.len());
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn row(&self, at: usize) -> impl Iterator<Item = (usize, f32)> {
        let range = self.starts[at]..self.starts[at + 1];
        let places = self.places[range.clone()].iter().map(|place| *place as usize);
        places.zip(self.values[range].iter().copied())
    }

    /// Returns the product of a row and `weights`.
    pub(super) fn dot(&self, at: usize, weights: &[f32]) -> f32 {
        self.row(at).map(|(place, value)| weights[place] * value).sum()
    }
}

/// A row with its label, and what it costs to get it wrong.
#[derive(Clone, Copy, Debug)]
pub(super) struct TrainingExample {
    pub(super) row: usize,
    pub(super) holds: bool,
    pub(super) cost: f32,
}

/// How long to climb.
#[derive(Clone, Copy, Debug)]
pub(super) struct Climb {
    pub(super) passes: usize,
    /// Stop when no example asks for more than this.
    pub(super) enough: f64,
}

/// Returns weights of `size` places.
pub(super) fn climb(
    rows: &SparseRows,
    examples: &[TrainingExample],
    size: usize,
    how: Climb,
) -> Vec<f32> {
    let mut weights = vec![0.0_f32; size];
    let examples: Vec<_> = examples.iter().filter(|example| example.cost > 0.0).collect();
    // Of each example the pair of its dual variables, which add up to its cost.
    let mut duals: Vec<[f64; 2]> = Vec::with_capacity(examples.len());
    let mut squares: Vec<f64> = Vec::with_capacity(examples.len());
    for example in &examples {
        let cost = f64::from(example.cost);
        let small = (0.001 * cost).min(1e-8);
        duals.push([small, cost - small]);
        squares.push(rows.row(example.row).map(|(_, value)| f64::from(value * value)).sum());
        let step = sign(example.holds) * small;
        rows.row(example.row).for_each(|(place, value)| weights[place] += step as f32 * value);
    }
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut shuffle = Shuffle(0x2545_f491_4f6c_dd1d);
    let mut precise = 1e-2;
    for _ in 0..how.passes {
        shuffle.mix(&mut order);
        let (mut largest, mut steps) = (0.0_f64, 0);
        for &at in &order {
            let example = examples[at];
            let label = sign(example.holds);
            let margin = label * f64::from(rows.dot(example.row, &weights));
            let one = Dual { square: squares[at], margin, cost: f64::from(example.cost) };
            let solved = one.solve(&mut duals[at], precise);
            largest = largest.max(solved.slope);
            steps += solved.steps;
            if solved.steps > 0 {
                let step = (label * solved.change) as f32;
                rows.row(example.row).for_each(|(place, value)| weights[place] += step * value);
            }
        }
        if largest < how.enough {
            break;
        }
        if steps <= examples.len() / 10 {
            precise = (0.1 * precise).max(1e-8);
        }
    }
    weights
}

fn sign(holds: bool) -> f64 {
    if holds { 1.0 } else { -1.0 }
}

/// The problem of one example's dual variables.
struct Dual {
    square: f64,
    margin: f64,
    cost: f64,
}

struct Solved {
    slope: f64,
    steps: usize,
    change: f64,
}

impl Dual {
    /// Solves it by Newton's method on whichever variable is the smaller.
    fn solve(&self, duals: &mut [f64; 2], precise: f64) -> Solved {
        let Self { square, margin, cost } = *self;
        let turned = 0.5 * square * (duals[1] - duals[0]) + margin < 0.0;
        let (own, other, sign) = if turned { (1, 0, -1.0) } else { (0, 1, 1.0) };
        let old = duals[own];
        let slope_at = |z: f64| square * (z - old) + sign * margin + (z / (cost - z)).ln();
        let mut z = if cost - old < 0.5 * cost { 0.1 * old } else { old };
        let mut slope = slope_at(z);
        let first = slope.abs();
        let mut steps = 0;
        while slope.abs() >= precise && steps < 100 {
            let next = z - slope / (square + cost / (cost - z) / z);
            z = if next <= 0.0 { 0.1 * z } else { next };
            slope = slope_at(z);
            steps += 1;
        }
        if steps > 0 {
            duals[own] = z;
            duals[other] = cost - z;
        }
        Solved { slope: first, steps, change: sign * (z - old) }
    }
}

/// Xorshift with a fixed seed: the same order each time.
struct Shuffle(u64);

impl Shuffle {
    fn mix(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            let other = self.0 % (at as u64 + 1);
            order.swap(at, other as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_the_label_gets_the_weight() {
        let mut rows = SparseRows::new();
        let mut examples = Vec::new();
        for at in 0..40 {
            let holds = at % 4 == 0;
            let telling = if holds { Some((1, 1.0)) } else { None };
            rows.push([(0, 1.0), (2, (at % 3) as f32)].into_iter().chain(telling));
            examples.push(TrainingExample { row: at, holds, cost: 1.0 });
        }
        let how = Climb { passes: 200, enough: 1e-3 };
        let weights = climb(&rows, &examples, 3, how);
        assert!(weights[1] > 2.0 && weights[0] < 0.0 && weights[2].abs() < 0.5, "{weights:?}");
        assert_eq!(weights, climb(&rows, &examples, 3, how));
    }
}
