//! Language as data: cue phrases, numbers, names, titles, headings, each with its own examples.

pub mod cues;
pub mod dates;
pub mod fillers;
pub mod headings;
pub mod labels;
pub mod lexicon;
pub mod names;
pub mod nearness;
pub mod normalize;
pub mod numbers;
pub mod silence;
pub mod titles;
pub mod acts;
pub mod outcomes;
pub mod reporting;
