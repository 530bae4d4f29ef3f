//! How a long stage tells where it is.

use std::path::Path;
use std::time::Duration;

/// Something that shows progress; every call is optional to heed.
pub trait Progress {
    /// A stage of work on `what` begins; `total` is the sound it has to go through.
    fn begin(&self, stage: Stage, what: &Path, total: Option<Duration>);
    /// So much of the sound is done; `resumed` of it was done by an earlier run.
    fn at(&self, done: Duration, resumed: Duration);
    /// The stage has ended.
    fn end(&self);
    /// Something the user should know, without a final period.
    fn tell(&self, what: &Path, text: &str);
    /// Whether the work should end at the next occasion.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// The stages that take long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Finding where there is speech.
    Listening,
    /// Decoding the speech.
    Transcribing,
    /// Telling voices apart.
    Diarizing,
}

/// Shows nothing.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _stage: Stage, _what: &Path, _total: Option<Duration>) {}
    fn at(&self, _done: Duration, _resumed: Duration) {}
    fn end(&self) {}
    fn tell(&self, _what: &Path, _text: &str) {}
}
