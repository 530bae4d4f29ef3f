//! Language as data: cue phrases, numbers, names, titles, headings, each with its own examples.

pub mod acts;
pub mod cues;
pub mod dates;
pub mod fillers;
pub mod headings;
pub mod heard;
pub mod known_names;
pub mod labels;
pub mod lexicon;
pub mod names;
pub mod nearness;
pub mod normalize;
pub mod numbers;
pub mod outcomes;
pub mod presence;
pub mod prose;
pub mod reporting;
pub mod silence;
pub mod sound;
pub mod titles;
