//! A file for each command.

pub(crate) mod agenda;
pub(crate) mod draft;
pub(crate) mod names;
pub(crate) mod segment;
pub(crate) mod train;
pub(crate) mod transcript;
pub(crate) mod understanding;
