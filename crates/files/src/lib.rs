//! Files that are written whole, where the user's own lie, and why one could not be read or
//! written.

pub mod artefact;
pub mod error;
pub mod folders;
