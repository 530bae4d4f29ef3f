//! The generations of the texts: listed, looked at, brought back.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde_json::{Value, json};

use super::document::{Which, shown};
use super::error::{ApiError, ApiResult, apart};
use super::review::answer;
use super::state::Shared;
use crate::editing::journal::EditedPart;
use crate::editing::restore;
use crate::store::folder::MeetingFolder;
use crate::store::history::{self, Generation};
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

/// Answers with the generations, the newest first.
pub(super) async fn list(
    State(app): State<Shared>,
    Path(id): Path<String>,
) -> ApiResult<Json<Value>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let generations: Vec<Value> = history::generations(&folder)?
            .iter()
            .rev()
            .map(|generation| {
                let file = |part| generation.files.iter().find(|file| file.path == path(part));
                let parts: Vec<EditedPart> = [EditedPart::Open, EditedPart::Closed]
                    .into_iter()
                    .filter(|part| file(*part).is_some())
                    .collect();
                json!({
                    "id": generation.id,
                    "at": generation.at,
                    "reason": generation.reason,
                    "parts": parts,
                    "bytes": file(EditedPart::Open).map_or(0, |file| file.bytes),
                    "revision": file(EditedPart::Open).map(|file| file.sha256.get(..16)),
                })
            })
            .collect();
        Ok(Json(json!({"generations": generations})))
    })
    .await
}

/// Answers with a text as it was.
pub(super) async fn show(
    State(app): State<Shared>,
    Path((id, number)): Path<(String, String)>,
    Query(which): Query<Which>,
) -> ApiResult<Json<Value>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let generation = generation(&folder, &number)?;
        let bytes = history::contents(&folder, &generation, path(which.part))?;
        let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Ok(Json(shown(which.part, text.as_deref(), false)))
    })
    .await
}

/// Brings the texts of a generation back.
pub(super) async fn restore(
    State(app): State<Shared>,
    Path((id, number)): Path<(String, String)>,
) -> ApiResult<Json<Value>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let generation = generation(&folder, &number)?;
        let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
        restore::restore(&folder, &generation)?;
        answer(&folder, json!({"restored": generation.id})).map(Json)
    })
    .await
}
