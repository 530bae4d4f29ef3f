//! Language as data: cue phrases, numbers, names, titles, headings, each with its own examples.

pub mod dates;
pub mod labels;
pub mod silence;
pub mod titles;
