//! What the sentences of a meeting do, learnt from meetings with labels: linear models over
//! hashed clues, whose judgement is a sum that can be taken apart again.
//!
//! ```text
//! units --clues--> first judgement of each --surroundings--> second judgement --calibrated--> Judgement
//! ```
//! The first judgement knows the words of a sentence and those beside it; the second one knows
//! what the first said of the sentence and of those around it. The tables of phrases are clues
//! among others. `referat-eval train` makes the weights from `corpus/`.

pub mod clue;
mod clues;
mod judgement;
mod responsible;
pub mod surroundings;
mod tables;
mod tokens;
mod unit;
pub mod weights;

pub use clues::{ClueReader, MeetingFacts, merged};
pub use judgement::{Judgement, JudgementReason, Probability, Understanding};
pub use responsible::{PARTY_VALUES, PartyRows, TaskMeeting, TaskParties};
pub use unit::{ActKind, SpeakerPart, SpokenUnit, Target};
