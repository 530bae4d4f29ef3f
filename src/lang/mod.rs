//! Language as data: cue phrases, numbers, names, titles, headings, each with its own examples.
pub mod fillers;
pub mod headings;
