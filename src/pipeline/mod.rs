//! The stages in order, with progress.

pub mod gold;
pub mod score_draft;
