//! A linear model over hashed features: small, fast, and its reasons can be told.

use std::fmt::{self, Write};

/// The features of one example, hashed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bag(pub Vec<u32>);

impl Bag {
    /// Adds a feature by its name.
    pub fn put(&mut self, feature: fmt::Arguments<'_>) {
        let mut hash = Hash(0x811c_9dc5);
        let written = hash.write_fmt(feature);
        debug_assert!(written.is_ok(), "hashing never fails");
        self.0.push(hash.finish());
    }
}

/// FNV-1a, mixed at the end.
struct Hash(u32);

impl Hash {
    fn finish(self) -> u32 {
        let mixed = (self.0 ^ (self.0 >> 15)).wrapping_mul(0x2c1b_3c6d);
        mixed ^ (mixed >> 12)
    }
}

impl Write for Hash {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        Ok(())
    }
}

/// Weights per class for each of `2^bits` features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HashedModel {
    /// Binary logarithm of the number of features.
    pub bits: u32,
    /// Number of classes.
    pub classes: usize,
    /// By feature, then class.
    pub weights: Vec<f32>,
}

impl HashedModel {
    /// Returns the places of a feature's weights.
    pub fn place(&self, feature: u32) -> std::ops::Range<usize> {
        let at = (feature & ((1 << self.bits) - 1)) as usize * self.classes;
        at..at + self.classes
    }

    /// Returns the sum of the weights by class.
    pub fn scores(&self, bag: &Bag) -> Vec<f32> {
        let mut sums = vec![0.0; self.classes];
        for feature in &bag.0 {
            let weights = self.weights.get(self.place(*feature)).unwrap_or_default();
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += weight;
            }
        }
        sums
    }

    /// Returns how probable each class is.
    pub fn probabilities(&self, bag: &Bag) -> Vec<f32> {
        softmax(&self.scores(bag))
    }
}

/// Turns scores into probabilities.
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let odds: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
    let all: f32 = odds.iter().sum();
    odds.iter().map(|odds| odds / all).collect()
}

/// Returns the sum of weighted values.
pub fn dot(weights: &[f32], row: &[f32]) -> f32 {
    weights.iter().zip(row).map(|(weight, value)| weight * value).sum()
}
