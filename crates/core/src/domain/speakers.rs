//! Who was found to speak, with the evidence (`speakers.json`): the machine's own file.

use serde::{Deserialize, Serialize};

use super::named_voice::NamedVoice;
use super::passage::{Attribution, Basis, Structure, Turn};
use super::transcript::SegmentId;
use crate::time::Span;

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

/// One turn and who is taken to speak in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
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
