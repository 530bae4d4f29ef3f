//! The draft's sections and the turns of the meeting, with what the referent decided about them.

use std::collections::HashMap;

use serde::Serialize;

use super::transcripts::KnownTranscript;
use referat_core::domain::referat::{Section, SectionSpan, Statement, StatementId};
use referat_core::domain::review::{Review, ReviewKind};
use referat_core::domain::speakers::SpokenTurn;

/// A section of the draft.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Section"))]
pub(super) struct SectionAnswer {
    item: Option<String>,
    #[cfg_attr(test, ts(type = "SectionSpan[]"))]
    spans: Vec<SectionSpan>,
    /// How well its words were heard, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    heard: Option<f32>,
    statements: Vec<StatementAnswer>,
}

/// A statement with what the referent decided about it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(
    test,
    ts(rename = "StatementFact", type = "MachineStatement & { reviewed: Verdict | null }")
)]
pub(super) struct StatementAnswer {
    #[serde(flatten)]
    statement: Statement,
    reviewed: Option<Verdict>,
}

/// What the referent decided about a statement.
#[derive(Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    /// It is right.
    Accepted,
    /// It does not belong in the referat.
    Rejected,
}

/// A turn with the voice that speaks in it, where voices were told apart.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "Turn", type = "SpokenTurn & { voice: string | null }"))]
pub(super) struct TurnAnswer {
    #[serde(flatten)]
    turn: SpokenTurn,
    voice: Option<String>,
}

impl TurnAnswer {
    /// Returns the turn as it is shown.
    pub(super) fn of(turn: SpokenTurn, heard: Option<&KnownTranscript>) -> Self {
        let begins = turn.segments.first().map(|first| (*first, turn.span.start()));
        let voice = begins.zip(heard).and_then(|(begins, heard)| heard.voice_at.get(&begins));
        Self { voice: voice.cloned(), turn }
    }
}

/// Returns the draft's sections as they are shown.
pub(super) fn section_answers(sections: Vec<Section>, review: &[Review]) -> Vec<SectionAnswer> {
    let mut decided: HashMap<&StatementId, Verdict> = HashMap::new();
    for line in review {
        match &line.kind {
            ReviewKind::Accept { statement } => decided.insert(statement, Verdict::Accepted),
            ReviewKind::Reject { statement } => decided.insert(statement, Verdict::Rejected),
            ReviewKind::Reopen { statement } => decided.remove(statement),
            _ => continue,
        };
    }
    let section = |Section { item, spans, statements, heard }: Section| {
        let reviewed = |statement: Statement| {
            let reviewed = decided.get(&statement.id).copied();
            StatementAnswer { statement, reviewed }
        };
        let statements = statements.into_iter().map(reviewed).collect();
        SectionAnswer { item, spans, heard, statements }
    };
    sections.into_iter().map(section).collect()
}
