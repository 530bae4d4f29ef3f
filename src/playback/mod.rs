//! A recording for the ear and the eye of whoever edits: a copy that every browser plays, and the
//! outline of its loudness.

pub mod copy;
pub mod peaks;
pub mod sounding;
