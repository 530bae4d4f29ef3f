//! Weights: what exists, where it comes from, how it is imported.
