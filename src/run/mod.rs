//! The stages in order, each skipped when its inputs have not changed, with progress. Knows
//! neither terminal nor HTTP.

pub mod batch;
pub mod draft;
pub mod listen;
pub mod names;
pub mod own_words;
pub mod profile;
pub mod progress;
pub mod prose;
pub mod redraft;
pub mod stage;
pub mod transcribe;
pub mod voices;
pub mod words;
