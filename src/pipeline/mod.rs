//! The stages in order, each skipped when its inputs have not changed, with progress. Knows
//! neither terminal nor HTTP.

pub mod draft;
pub mod error;
pub mod export;
pub mod gold;
pub mod listen;
pub mod misspell;
pub mod names;
pub mod profile;
pub mod progress;
pub mod prose;
pub mod recording;
pub mod score_agenda;
pub mod score_draft;
pub mod score_gold;
pub mod score_names;
pub mod score_segment;
pub mod score_transcript;
pub mod stage;
pub mod transcribe;
pub mod words;
