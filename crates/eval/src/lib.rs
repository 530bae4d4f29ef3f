//! Scores of what `referat` makes against references, for its developers: not shipped.
//!
//! Everything is measured the user's way, from the files as they are through the program's own
//! path.

pub mod gold;
pub mod labelled;
pub mod misspell;
pub mod score_agenda;
pub mod score_dagsorden;
pub mod score_doubt;
pub mod score_draft;
pub mod score_names;
pub mod score_segment;
pub mod score_transcript;
pub mod understanding;
