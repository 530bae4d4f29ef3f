//! Deletion that can be proved: a plan of what goes, carried out with a receipt; an item's words
//! and sound taken out of a meeting; how long a meeting keeps what it was made from.

pub mod carry_out;
pub mod plan;
pub mod receipt;
pub mod retention;
pub mod silence_item;
pub mod silence_recording;
pub mod spoken;
