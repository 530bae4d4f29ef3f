//! Language as data: cue phrases, numbers, names, titles, headings, each with its own examples.

pub mod acts;
pub mod fillers;
pub mod headings;
pub mod numbers;
pub mod outcomes;
pub mod reporting;
pub mod silence;
