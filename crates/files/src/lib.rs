//! Files that are written whole, and why one could not be read or written.

pub mod artefact;
pub mod error;
