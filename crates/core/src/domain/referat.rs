//! The structured draft of a meeting's minutes (`minutes.json`).

use serde::{Deserialize, Serialize};

use super::agenda::Agenda;
use super::meeting::Header;
use super::passage::Reason;
use super::transcript::SegmentId;
use crate::time::{Span, Timestamp};

/// The minutes of one meeting.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Referat {
    /// Version of the file's form; 1.
    pub version: u32,
    /// The facts above the agenda; the title is the document's own, `Referat af …`.
    pub header: Header,
    /// The items, in printed order.
    pub agenda: Agenda,
    /// One section per item in agenda order, before them the opening (without an item).
    pub sections: Vec<Section>,
    /// What the referent should look at in the header, in the referat's language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Name of the model that heard the meeting; absent where another program's words were taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speech_model: Option<String>,
    /// Name of the language model that was asked to word statements; absent when none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_model: Option<String>,
}

impl Referat {
    /// The version of the form that this program writes.
    pub const VERSION: u32 = 1;
}

/// What was said and done under one item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// The item's printed number; null before the first item.
    pub item: Option<String>,
    /// The stretches of the recording that belong here, with reasons.
    pub spans: Vec<SectionSpan>,
    /// The statements, in order of time within each part.
    pub statements: Vec<Statement>,
    /// How sure the recogniser was of the section's words on average, 0 to 1; absent when it did
    /// not say or nothing was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<f32>,
}

/// A stretch of the recording that belongs to a section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SectionSpan {
    /// When.
    #[serde(flatten)]
    pub span: Span,
    /// Why it begins there.
    pub reason: Reason,
    /// How sure the item is, 0 to 1.
    pub confidence: f32,
}

/// Name of a statement that stays through editing and regenerating, as in `s-8f3a90c2d1e4`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(as = "String"))]
#[serde(transparent)]
pub struct StatementId(pub String);

/// One entry of the draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "MachineStatement"))]
pub struct Statement {
    /// Stable name.
    pub id: StatementId,
    /// The kind of act it reports.
    pub kind: StatementKind,
    /// Full name of the participant, null when unknown or when the body acts.
    pub speaker: Option<String>,
    /// The line as it stands in the referat.
    pub text: String,
    /// The line that the rules wrote, where a language model worded `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_text: Option<String>,
    /// The segments it rests on; never empty.
    pub segments: Vec<SegmentId>,
    /// From the first source's start to the last one's end.
    #[serde(flatten)]
    pub span: Span,
    /// How sure the recogniser and the attribution are, 0 to 1.
    pub confidence: f32,
    /// Who is to do it (actions).
    pub responsible: Option<String>,
    /// By when, as said (actions); in drafts before 2026-11-28 an ISO date where it was counted.
    pub deadline: Option<String>,
    /// The sub-item of the agenda that it stands under, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub: Option<usize>,
    /// The speaker's own sentences beneath the line, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub material: Vec<Material>,
}

/// A cleaned sentence of a speaker, as material for the referent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Material {
    /// When it was said.
    pub at_ms: Timestamp,
    /// The sentence; doubtful words carry a `[?]`.
    pub text: String,
}

/// The kind of act that a statement reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it, and they are the contract's own words")]
pub enum StatementKind {
    Opening,
    Welcome,
    Information,
    Answer,
    Question,
    Proposal,
    Concern,
    Thanks,
    Support,
    Objection,
    Remark,
    Decision,
    Vote,
    Action,
    Closing,
    Procedural,
}
