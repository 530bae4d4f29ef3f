//! Which item a stretch of the meeting belongs to and who spoke, with the reasons.

use serde::{Deserialize, Serialize};

use super::agenda::ItemIndex;
use super::named_voice::NamedVoice;
use super::transcript::SegmentId;
use crate::time::Span;

/// A meeting divided by item and by speaker; both lists in order of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Structure {
    /// Stretches per item; together they hold every segment once.
    pub passages: Vec<Passage>,
    /// Unbroken stretches of one speaker; each lies within one passage, together they hold
    /// every segment once.
    pub turns: Vec<Turn>,
    /// Whom each voice was found to belong to; empty where there are no voices.
    #[serde(default)]
    pub voices: Vec<NamedVoice>,
}

/// A stretch that belongs to one agenda item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// The item; absent before the first one.
    pub item: Option<ItemIndex>,
    /// Its segments, in order.
    pub segments: Vec<SegmentId>,
    /// From its first segment's start to its last one's end.
    pub span: Span,
    /// Why it begins where it does.
    pub reason: Reason,
    /// How sure the item is, 0 to 1.
    pub confidence: f32,
}

/// Why a boundary stands where it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Reason {
    /// Kind of evidence.
    pub kind: ReasonKind,
    /// The words that tell it; empty when there are none.
    pub quote: String,
    /// Strength of the evidence, 0 to 1.
    pub score: f32,
}

/// Kinds of evidence for a boundary, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum ReasonKind {
    /// The referent said so: tapped while recording, or moved the boundary since.
    Mark,
    /// A phrase announced it.
    Cue,
    /// The item's own words were spoken.
    Title,
    /// Only the order of the items speaks for it.
    Order,
}

/// One speaker's unbroken stretch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// The item it belongs to; absent before the first one.
    pub item: Option<ItemIndex>,
    /// Its segments, in order.
    pub segments: Vec<SegmentId>,
    /// From its first segment's start to its last one's end.
    pub span: Span,
    /// Who spoke.
    pub attribution: Attribution,
}

/// Who spoke: a participant on stated grounds, or unknown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Attribution {
    /// Nothing tells clearly enough.
    #[default]
    Unknown,
    /// A participant.
    Named {
        /// Full name as in the header.
        name: String,
        /// On what grounds.
        basis: Basis,
        /// How sure, 0 to 1.
        confidence: f32,
    },
}

impl Attribution {
    /// Returns the participant's name, if one is asserted.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Unknown => None,
            Self::Named { name, .. } => Some(name),
        }
    }
}

/// The grounds of an attribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Basis {
    /// Kind of evidence.
    pub kind: BasisKind,
    /// The words that tell it; empty when there are none.
    pub quote: String,
}

/// Kinds of evidence for a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum BasisKind {
    /// Tapped by the referent while recording.
    Mark,
    /// The chair gave the word, or speaks as the chair does.
    Chair,
    /// The speaker said who they are.
    #[serde(rename = "self")]
    Self_,
    /// The item's presenter, as the dagsorden says.
    Presenter,
    /// An answer to the one who asked, or the other way round.
    Reply,
    /// The voice is known from elsewhere in the meeting.
    Voice,
    /// Named by the referent.
    Referent,
}
