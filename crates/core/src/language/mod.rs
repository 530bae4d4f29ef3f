//! Language as data: cue phrases, numbers, names, titles, headings, each with its own examples.
//!
//! The words stand in a folder of tables for each language, as in `da/*.toml`; a user's `ord.toml`
//! adds to them ([`overlay`]). A run's words are a value that is handed on ([`words`]).

pub mod acts;
pub mod clauses;
pub mod cues;
mod data;
pub mod dates;
pub mod fillers;
pub mod folder;
pub mod frames;
pub mod headings;
pub mod heard;
pub mod known_names;
pub mod labels;
pub mod lexicon;
pub mod mentions;
pub mod names;
pub mod nearness;
pub mod normalize;
pub mod numbers;
pub mod outcomes;
pub mod overlay;
pub mod pages;
pub mod pattern;
pub mod people_words;
pub mod presence;
pub mod prose;
pub mod remarks;
pub mod reporting;
pub mod silence;
pub mod sound;
mod table_names;
pub mod tasks;
pub mod titles;
pub mod words;

/// Every table of words.
static TABLES: [&dyn data::AnyTable; 23] = [
    &acts::DATA,
    &clauses::DATA,
    &cues::ITEMS,
    &cues::SPEAKERS,
    &dates::DATA,
    &fillers::DATA,
    &headings::DATA,
    &known_names::DATA,
    &labels::DATA,
    &lexicon::DATA,
    &mentions::DATA,
    &numbers::DATA,
    &outcomes::DATA,
    &pages::DATA,
    &people_words::DATA,
    &presence::DATA,
    &prose::DATA,
    &remarks::DATA,
    &reporting::DATA,
    &silence::DATA,
    &sound::DATA,
    &tasks::DATA,
    &titles::DATA,
];
