//! The referent's text: given out as blocks, taken back many times a minute, on the disk before
//! the answer goes.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};

use super::document_answer::{DocumentAnswer, shown};
use super::error::{ApiError, ApiResult, ErrorDetails, Sent, apart};
use super::state::Shared;
use crate::editing::entries::EditorEntry;
use crate::editing::journal::EditedPart;
use crate::editing::save::{self, SaveError, SavedFrom};
use crate::run::draft;
use crate::store::folder::MeetingFolder;
use referat_core::domain::language::Language;
use referat_core::language::words::Vocabulary;

/// Which text is meant.
#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    pub(super) part: EditedPart,
}

/// Answers with a text.
pub(super) async fn show(
    State(app): State<Shared>,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> ApiResult<Json<DocumentAnswer>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let text = save::read(&folder, which.part)?;
        Ok(Json(shown(which.part, text.as_deref(), true, &app.words.of(&folder)?)))
    })
    .await
}

/// What became of a text that was saved.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct SavedAnswer {
    revision: String,
    /// The name of what was sent, before anything was merged into it.
    yours: String,
    merged: bool,
    conflicts: usize,
    /// The merged text.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "Block[]"))]
    blocks: Option<Vec<EditorEntry>>,
}

/// A text as an editor left it.
#[derive(Deserialize)]
pub(super) struct Left {
    base: Option<String>,
    base_blocks: Option<Vec<EditorEntry>>,
    blocks: Vec<EditorEntry>,
}

/// Saves a text.
pub(super) async fn put(
    State(app): State<Shared>,
    Path(id): Path<String>,
    Query(which): Query<Which>,
    Sent(left): Sent<Left>,
) -> ApiResult<Json<SavedAnswer>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let base = match (&left.base_blocks, &left.base) {
            (Some(blocks), _) => SavedFrom::Text(blocks),
            (None, Some(revision)) => SavedFrom::Revision(revision),
            (None, None) => return Err(ApiError::bad("base is missing")),
        };
        let words = app.words.of(&folder)?;
        let language = words.of(language(&folder, &words));
        match save::save(&folder, which.part, base, &left.blocks, language) {
            Ok(saved) => Ok(Json(SavedAnswer {
                revision: saved.revision,
                yours: saved.yours,
                merged: saved.merged.is_some(),
                conflicts: saved.conflicts,
                blocks: saved.merged,
            })),
            Err(error @ SaveError::UnknownBase) => {
                let now = save::read(&folder, which.part)?;
                let now = shown(which.part, now.as_deref(), true, &words);
                Err(ApiError::from(error).with(ErrorDetails::UnknownBase(now)))
            }
            Err(error) => Err(error.into()),
        }
    })
    .await
}

/// Returns the language of a meeting's texts.
pub(super) fn language(folder: &MeetingFolder, words: &Vocabulary) -> Language {
    draft::meeting(folder, None, words).map(|(meeting, _)| meeting.language).unwrap_or_default()
}
