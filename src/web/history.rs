//! The generations of the texts: listed, looked at, brought back.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Serialize;

use super::changed_lines::ChangedLines;
use super::document::Which;
use super::document_answer::{DocumentAnswer, shown};
use super::error::{ApiError, ApiResult, apart};
use super::review::{TextsAnswer, answer};
use super::state::Shared;
use crate::editing::journal::EditedPart;
use crate::editing::{restore, save};
use crate::store::folder::MeetingFolder;
use crate::store::history::{self, Generation, GenerationReason};
use crate::store::lock::Lock;

const fn path(part: EditedPart) -> &'static str {
    match part {
        EditedPart::Open => "referat.md",
        EditedPart::Closed => "referat-lukket.md",
    }
}

fn generation(folder: &MeetingFolder, id: &str) -> ApiResult<Generation> {
    let missing = || ApiError::not_found("such generation");
    let id: u32 = id.parse().map_err(|_| missing())?;
    history::generations(folder)?.into_iter().find(|it| it.id == id).ok_or_else(missing)
}

/// The generations of a meeting's texts.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct GenerationList {
    generations: Vec<GenerationRow>,
}

/// A generation of a meeting's texts.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Generation"))]
pub(super) struct GenerationRow {
    id: u32,
    at: String,
    reason: GenerationReason,
    parts: Vec<EditedPart>,
    /// Length of the open text.
    bytes: u64,
    /// Revision of the open text.
    revision: Option<String>,
    /// What the open text lost or gained when it was replaced.
    changed: ChangedLines,
}

impl GenerationRow {
    fn of(generation: Generation, changed: ChangedLines) -> Self {
        let file = |part| generation.files.iter().find(|file| file.path == path(part));
        let parts = [EditedPart::Open, EditedPart::Closed];
        let open = file(EditedPart::Open);
        Self {
            id: generation.id,
            parts: parts.into_iter().filter(|part| file(*part).is_some()).collect(),
            bytes: open.map_or(0, |file| file.bytes),
            revision: open.and_then(|file| file.sha256.get(..16)).map(str::to_owned),
            at: generation.at,
            reason: generation.reason,
            changed,
        }
    }
}

/// A generation that was brought back.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Restored {
    restored: u32,
}

/// Answers with the generations, the newest first.
pub(super) async fn list(
    State(app): State<Shared>,
    Path(id): Path<String>,
) -> ApiResult<Json<GenerationList>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        // The newest was replaced by what stands there now.
        let mut after = save::read(&folder, EditedPart::Open)?.unwrap_or_default();
        let mut generations = Vec::new();
        for generation in history::generations(&folder)?.into_iter().rev() {
            let bytes = history::contents(&folder, &generation, path(EditedPart::Open))?;
            let text = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
            let changed = ChangedLines::between(&text, &after);
            after = text;
            generations.push(GenerationRow::of(generation, changed));
        }
        Ok(Json(GenerationList { generations }))
    })
    .await
}

/// Answers with a text as it was.
pub(super) async fn show(
    State(app): State<Shared>,
    Path((id, number)): Path<(String, String)>,
    Query(which): Query<Which>,
) -> ApiResult<Json<DocumentAnswer>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let generation = generation(&folder, &number)?;
        let bytes = history::contents(&folder, &generation, path(which.part))?;
        let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Ok(Json(shown(which.part, text.as_deref(), false, &app.words.of(&folder)?)))
    })
    .await
}

/// Brings the texts of a generation back.
pub(super) async fn restore(
    State(app): State<Shared>,
    Path((id, number)): Path<(String, String)>,
) -> ApiResult<Json<TextsAnswer<Restored>>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let generation = generation(&folder, &number)?;
        let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
        restore::restore(&folder, &generation)?;
        answer(&folder, Restored { restored: generation.id }).map(Json)
    })
    .await
}
