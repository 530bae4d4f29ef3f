//! A file for each command.

pub(crate) mod agenda;
pub(crate) mod meetings;
pub(crate) mod names;
pub(crate) mod people;
pub(crate) mod references;
pub(crate) mod train;
pub(crate) mod transcript;
pub(crate) mod understanding;
pub(crate) mod verify;
pub(crate) mod voices;
