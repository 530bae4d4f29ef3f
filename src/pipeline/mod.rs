//! The stages in order, with progress.

pub mod score_agenda;
