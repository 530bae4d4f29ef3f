//! The stages in order, each skipped when its inputs have not changed, with progress. Knows
//! neither terminal nor HTTP.

pub mod batch;
pub mod draft;
pub mod error;
pub mod gold;
pub mod listen;
pub mod progress;
pub mod score_agenda;
pub mod score_doubt;
pub mod score_draft;
pub mod score_gold;
pub mod score_segment;
pub mod score_transcript;
pub mod stage;
pub mod transcribe;
pub mod words;
