//! Fitting: stochastic gradients for hashed models, whole-batch steps for a few dense weights.
//! Everything runs in a fixed order, so that the same lessons give the same bytes.

use referat_core::understanding::people::hashed::{Bag, HashedModel, dot, softmax};

/// One example of a hashed model.
pub(super) struct Example {
    pub(super) bag: Bag,
    pub(super) class: usize,
    pub(super) weight: f32,
}

/// How a hashed model is fitted.
#[derive(Clone, Copy)]
pub(super) struct Recipe {
    pub(super) bits: u32,
    pub(super) classes: usize,
    pub(super) rounds: usize,
    pub(super) rate: f32,
    pub(super) decay: f32,
}

/// Fits a hashed model (AdaGrad).
pub(super) fn hashed(recipe: Recipe, examples: &[Example]) -> HashedModel {
    let size = (1 << recipe.bits) * recipe.classes;
    let mut model =
        HashedModel { bits: recipe.bits, classes: recipe.classes, weights: vec![0.0; size] };
    let mut squares = vec![1e-3_f32; size];
    let mut state = 0x9e37_79b9_u32;
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for _ in 0..recipe.rounds {
        for at in (1..order.len()).rev() {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            order.swap(at, state as usize % (at + 1));
        }
        for at in &order {
            let example = &examples[*at];
            let sure = model.probabilities(&example.bag);
            for feature in &example.bag.0 {
                for (class, place) in model.place(*feature).enumerate() {
                    let wanted = f32::from(u8::from(class == example.class));
                    let step = example.weight * (sure[class] - wanted)
                        + recipe.decay * model.weights[place];
                    squares[place] += step * step;
                    model.weights[place] -= recipe.rate * step / squares[place].sqrt();
                }
            }
        }
    }
    model
}

/// Candidates of which one is right.
pub(crate) struct Choice {
    pub(crate) rows: Vec<Vec<f32>>,
    pub(crate) right: usize,
    pub(crate) weight: f32,
}

/// Fits the weights of a softmax over each choice's candidates (Adam).
pub(crate) fn dense<C: std::borrow::Borrow<Choice>>(
    choices: &[C],
    count: usize,
    steps: usize,
    decay: f32,
) -> Vec<f32> {
    const RATE: f32 = 0.05;
    let mut weights = vec![0.0_f32; count];
    let (mut mean, mut square) = (vec![0.0_f32; count], vec![0.0_f32; count]);
    let choices = || choices.iter().map(std::borrow::Borrow::borrow);
    let all: f32 = choices().map(|choice: &Choice| choice.weight).sum::<f32>().max(1e-6);
    for step in 1..=steps {
        let mut slope = vec![0.0_f32; count];
        for choice in choices() {
            let scores: Vec<f32> = choice.rows.iter().map(|row| dot(&weights, row)).collect();
            for (at, (row, sure)) in choice.rows.iter().zip(softmax(&scores)).enumerate() {
                let wanted = f32::from(u8::from(at == choice.right));
                let off = choice.weight * (sure - wanted) / all;
                slope.iter_mut().zip(row).for_each(|(slope, value)| *slope += off * value);
            }
        }
        let (early, late) = (1.0 - 0.9_f32.powi(step as i32), 1.0 - 0.999_f32.powi(step as i32));
        for at in 0..count {
            let slope = slope[at] + decay * weights[at];
            mean[at] = 0.9 * mean[at] + 0.1 * slope;
            square[at] = 0.999 * square[at] + 0.001 * slope * slope;
            weights[at] -= RATE * (mean[at] / early) / ((square[at] / late).sqrt() + 1e-8);
        }
    }
    weights
}
