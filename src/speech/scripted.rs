//! A recognizer that reads from a script: what the stages around it are tested with.

use super::error::AsrError;
use super::recognizer::{DecodedPhrase, Effort, Hearing, Recognizer, Window};
use referat_core::domain::transcript::Segment;

/// Returns, for each window, the scripted words that begin within it.
pub struct Scripted {
    script: Vec<Segment>,
}

impl Scripted {
    /// Returns a recognizer that hears `script`, whose segments must have words.
    pub fn new(script: Vec<Segment>) -> Self {
        Self { script }
    }
}

impl Recognizer for Scripted {
    fn hear(&mut self, window: &Window, _effort: Effort) -> Result<Hearing, AsrError> {
        let within = |segment: &&Segment| {
            segment.span.start() >= window.span.start() && segment.span.start() < window.span.end()
        };
        let phrase =
            |segment: &Segment| DecodedPhrase { words: segment.words.clone(), no_speech: 0.0 };
        let phrases = self.script.iter().filter(within).map(phrase).collect();
        Ok(Hearing { phrases, complete: true })
    }
}
