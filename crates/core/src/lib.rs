//! What a meeting is, and how its dagsorden and its transcript become a draft referat: pure
//! functions from values to values. No file, no clock, no chance: the same input gives the same
//! draft on every machine.
//!
//! ```text
//! lines of a dagsorden --agenda--> Meeting --\
//! Transcript, marks, review ------------------+--understanding--> Structure --draft--> Referat
//! ```
//! What is uncertain is told in a [`remark::Remark`]; nothing is guessed in silence. The words of
//! a language are data ([`language`]).

pub mod domain;
pub mod remark;
pub mod time;

pub mod language;

pub mod agenda;
pub mod draft;
pub mod names;
pub mod understanding;

#[cfg(test)]
mod typescript;
