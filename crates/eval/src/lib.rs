//! Scores of what `referat` makes against references, for its developers: not shipped.
//!
//! Everything is measured the user's way, from the files as they are through the program's own
//! path.

pub mod citing;
pub mod deadlines;
pub mod gold;
pub mod labelled;
pub mod learnt_folds;
pub mod meeting_files;
pub mod meeting_table;
pub mod misspell;
pub mod run_meeting;
pub mod score_agenda;
pub mod score_dagsorden;
pub mod score_doubt;
pub mod score_draft;
pub mod score_judged;
pub mod score_meeting;
pub mod score_names;
pub mod score_segment;
pub mod score_transcript;
pub mod score_voices;
pub mod train_people;
pub mod train_route;
pub mod understanding;
