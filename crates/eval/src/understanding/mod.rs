//! Training and measuring what is learnt of sentences, on meetings with labels, leaving one set of
//! them out at a time.
//!
//! Labels are of utterances, judgements of sentences: an utterance counts as judged so when one
//! of its sentences is (decision, task, opening), or when its sentences are on average, the long
//! ones counting more (procedural, matters, act). A sentence belongs to the utterance that it
//! shares most time with.

mod ascent;
mod figures;
mod folds;
mod labels;
mod parties;
mod platt;
mod pooled;
mod spoken;
mod tasks;

pub use figures::UnderstandingFigures;
pub use folds::{TrainedFolds, TrainingCorpus};
pub use labels::{ACTS, CorpusError, LabelledMeeting, read_corpus};
pub use spoken::{MeetingForm, NamesKnown, SpokenForm, spoken};
pub use tasks::TaskFigures;
