//! What was said: segments with words, and what the guards removed (`transcript.json`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::guarded::{FlagReason, RemovalReason};
use super::recording::AudioFile;
use crate::time::Span;

/// The whole of what was said at a meeting.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// Version of the file's form; 1.
    pub version: u32,
    /// ISO 639-1 code of the language spoken.
    pub language: String,
    /// The model that heard it; absent in a transcript made elsewhere.
    #[serde(default)]
    pub model: Option<ModelRef>,
    /// The recordings, in order.
    #[serde(default)]
    pub audio: Vec<AudioFile>,
    /// The segments, in order of time.
    pub segments: Vec<Segment>,
    /// What was taken out, and why.
    #[serde(default)]
    pub removed: Vec<Removed>,
    /// Stretches whose words are not to be trusted though they stand.
    #[serde(default)]
    pub flagged: Vec<Flagged>,
    /// How often each guard against invented and repeated words spoke.
    #[serde(default)]
    pub guards: BTreeMap<String, usize>,
}

impl Transcript {
    /// The version of the form that this program writes.
    pub const VERSION: u32 = 1;
}

/// The weights a transcript was made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelRef {
    /// Name in the manifest or of the import.
    pub name: String,
    /// SHA-256 of the weights' file.
    pub sha256: String,
}

/// Name of a segment within its transcript.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(test, derive(ts_rs::TS), ts(as = "u32"))]
#[serde(transparent)]
pub struct SegmentId(pub u32);

/// A decoded stretch of speech.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// Unique in the transcript, ascending with time.
    pub id: SegmentId,
    /// When it was said.
    #[serde(flatten)]
    pub span: Span,
    /// The words as text.
    pub text: String,
    /// Label of the voice; null in files written here, read from files made elsewhere.
    #[serde(default)]
    pub voice: Option<String>,
    /// Name of the speaker; null in files written here, read from files made elsewhere.
    #[serde(default)]
    pub speaker: Option<String>,
    /// Mean probability of the words, 0 to 1; absent when the recogniser gave none.
    #[serde(default)]
    pub confidence: Option<f32>,
    /// The words with their times; empty when unknown.
    #[serde(default)]
    pub words: Vec<Word>,
}

/// One word of a segment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// When it was said.
    #[serde(flatten)]
    pub span: Span,
    /// The word with its punctuation.
    pub text: String,
    /// Probability, 0 to 1; absent when the recogniser gave none.
    #[serde(default)]
    pub confidence: Option<f32>,
    /// What was heard, where a name was corrected to `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<String>,
    /// Whether the time is estimated from the words' lengths, and not told by the recogniser.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub estimated: bool,
}

/// A stretch that a guard took out of the transcript.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Removed {
    /// Where it was.
    #[serde(flatten)]
    pub span: Span,
    /// What the recogniser had written.
    pub text: String,
    /// Why it went: `silence-phrase`, `repetition`, …
    pub reason: RemovalReason,
}

/// A stretch of the transcript that did not come out well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Flagged {
    /// Where it is.
    #[serde(flatten)]
    pub span: Span,
    /// What is wrong: `loop`, `too-few-words`, `lost: …`, …
    pub reason: FlagReason,
}

impl Word {
    /// A word with a lower confidence is more likely wrong than right.
    ///
    /// Tuned 2026-11-25 with base on two synthetic meetings: words below it were wrong 3.5
    /// (English, 9 % of the words) and 3.8 times (Danish, 78 %) as often as the others, 8.1
    /// times over both. At 0.6 it was 2.5 and 2.4.
    pub const DOUBTFUL: f32 = 0.7;

    /// Tells whether the word should be marked as doubtful where it is shown.
    pub fn is_doubtful(&self) -> bool {
        self.confidence.is_some_and(|confidence| confidence < Self::DOUBTFUL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transcript_from_elsewhere_may_lack_what_only_we_write() {
        let text = r#"{"version":1,"language":"da","segments":
            [{"id":0,"start_ms":1200,"end_ms":4300,"text":"Velkommen.","speaker":"A"}]}"#;
        let transcript: Transcript = serde_json::from_str(text).unwrap();
        assert_eq!(transcript.segments[0].span.start().as_ms(), 1200);
        assert_eq!(transcript.segments[0].speaker.as_deref(), Some("A"));
        assert!(transcript.removed.is_empty());
    }
}
