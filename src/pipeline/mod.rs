//! The stages in order, with progress.

pub mod score_gold;
pub mod score_segment;
