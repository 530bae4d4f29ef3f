//! The stages in order, with progress.
