//! The meeting folder: every file is written whole and atomically, or append-only. Knows
//! names and bytes, not what the stages compute.

pub mod erase;
pub mod exported;
pub mod folder;
pub mod history;
pub mod incoming;
pub mod journal;
pub mod lines;
pub mod lock;
pub mod mailbox;
pub mod replace;
pub mod secret;
pub mod traces;

pub use referat_files::{artefact, error};
