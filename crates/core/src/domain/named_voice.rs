//! Whom a voice is taken to belong to, and why.

use serde::{Deserialize, Serialize};

use super::voices::VoiceId;
use crate::time::Timestamp;

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
    /// The likeliest name, of either kind; also where it is not clear enough to be asserted.
    #[serde(default)]
    pub suggested: Option<String>,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// The strongest hints for and against.
    #[serde(default)]
    pub evidence: Vec<VoiceHint>,
}

/// Something that tells whose a voice is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
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
#[cfg_attr(test, derive(ts_rs::TS))]
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
