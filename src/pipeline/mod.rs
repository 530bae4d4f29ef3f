//! The stages in order, each skipped when its inputs have not changed, with progress. Knows
//! neither terminal nor HTTP.

pub mod approval;
pub mod base;
pub mod batch;
pub mod carry_out;
pub mod draft;
pub mod edited;
pub mod error;
pub mod export;
pub mod gold;
pub mod listen;
pub mod misspell;
pub mod names;
pub mod own_words;
pub mod profile;
pub mod progress;
pub mod prose;
pub mod purge;
pub mod receipt;
pub mod recording;
pub mod restore;
pub mod retention;
pub mod score_agenda;
pub mod score_doubt;
pub mod score_draft;
pub mod score_gold;
pub mod score_names;
pub mod score_segment;
pub mod score_transcript;
pub mod silence_item;
pub mod spoken;
pub mod stage;
pub mod texts;
pub mod transcribe;
pub mod words;
