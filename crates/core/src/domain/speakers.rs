//! Who was found to speak, with the evidence (`speakers.json`): the machine's own file.

use serde::{Deserialize, Serialize};

use super::passage::{Attribution, Basis, Structure, Turn};
use super::transcript::SegmentId;
use super::voices::VoiceId;
use crate::time::{Span, Timestamp};

/// The turns of a meeting with their speakers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Speakers {
    /// Version of the file's form; 1.
    pub version: u32,
    /// Whom each voice was found to belong to; empty where there are no voices.
    #[serde(default)]
    pub voices: Vec<NamedVoice>,
    /// The turns, in order of time; together they hold every segment once.
    pub turns: Vec<SpokenTurn>,
}

/// A voice and whom it is taken to belong to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedVoice {
    /// The voice.
    pub voice: VoiceId,
    /// Full name of the participant; null where nothing tells clearly enough.
    pub speaker: Option<String>,
    /// Name of somebody who is not among the participants, as it was said.
    #[serde(default)]
    pub guest: Option<String>,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// The strongest hints for and against.
    #[serde(default)]
    pub evidence: Vec<VoiceHint>,
}

/// Something that tells whose a voice is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VoiceHint {
    /// What kind of hint.
    pub kind: HintKind,
    /// The words that tell it; empty when there are none.
    pub quote: String,
    /// When they were said.
    pub at_ms: Timestamp,
    /// Whether it speaks for the name, or against it.
    #[serde(rename = "for")]
    pub supports: bool,
}

/// Kinds of hints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HintKind {
    /// Leads the meeting.
    Chair,
    /// Says who they are, or speaks of themselves as of another.
    #[serde(rename = "self")]
    Self_,
    /// Was addressed at the end of the turn before.
    Addressed,
    /// Was named by whoever spoke next.
    Thanked,
    /// Speaks most under the items they present.
    Presenter,
    /// Speaks between two turns of one who names them.
    Reply,
    /// A title was used.
    Title,
    /// Set by the referent.
    Referent,
}

/// One turn and who is taken to speak in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpokenTurn {
    /// Its segments, in order.
    pub segments: Vec<SegmentId>,
    /// From its first segment's start to its last one's end.
    #[serde(flatten)]
    pub span: Span,
    /// Full name of the participant; null where nothing tells clearly enough.
    pub speaker: Option<String>,
    /// On what grounds; null when the speaker is.
    pub basis: Option<Basis>,
    /// How sure, 0 to 1; 0 when nobody is named.
    pub confidence: f32,
}

impl Speakers {
    /// The version of the form that this program writes.
    pub const VERSION: u32 = 1;
}

impl From<&Structure> for Speakers {
    fn from(structure: &Structure) -> Self {
        let turns = structure.turns.iter().map(SpokenTurn::from).collect();
        Self { version: Self::VERSION, voices: structure.voices.clone(), turns }
    }
}

impl From<&Turn> for SpokenTurn {
    fn from(turn: &Turn) -> Self {
        let (basis, confidence) = match &turn.attribution {
            Attribution::Unknown => (None, 0.0),
            Attribution::Named { basis, confidence, .. } => (Some(basis.clone()), *confidence),
        };
        Self {
            segments: turn.segments.clone(),
            span: turn.span,
            speaker: turn.attribution.name().map(str::to_owned),
            basis,
            confidence,
        }
    }
}
