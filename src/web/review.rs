//! The referent's decisions: noted first, then the draft is made again from them and joined with
//! what she has written.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::{ApiError, ApiResult, Sent, apart};
use super::meeting::documents;
use super::state::{App, Shared};
use crate::editing::{approval, texts};
use crate::run::draft::TextOutcome;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::lines;
use referat_core::domain::review::{Review, ReviewKind};

/// Decisions that are made together.
#[derive(Deserialize)]
pub(super) struct Decided {
    lines: Vec<ReviewKind>,
}

/// Notes decisions and makes the draft again where they change it.
pub(super) async fn add(
    State(app): State<Shared>,
    Path(id): Path<String>,
    Sent(decided): Sent<Decided>,
) -> ApiResult<Json<Value>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        if decided.lines.iter().any(|kind| matches!(kind, ReviewKind::Approve { .. })) {
            return Err(ApiError::bad("a referat is approved by itself, not among decisions"));
        }
        let before: Vec<Review> = lines::read(&folder.review())?;
        note(&folder, &decided.lines)?;
        let changes = |kind: &ReviewKind| match kind {
            // It stands as it is, unless it was taken out before.
            ReviewKind::Accept { statement } | ReviewKind::Reopen { statement } => before.iter().rev().any(
                |line| matches!(&line.kind, ReviewKind::Reject { statement: it } if it == statement),
            ),
            _ => true,
        };
        match decided.lines.iter().any(changes) {
            true => made_again(&app, &folder).map(Json),
            false => answer(&folder, json!({"redrafted": false, "why": "unchanged"})).map(Json),
        }
    })
    .await
}

fn note(folder: &MeetingFolder, kinds: &[ReviewKind]) -> Result<(), StoreError> {
    let _texts = texts::hold(folder)?;
    let at = jiff::Timestamp::now().to_string();
    for kind in kinds {
        lines::append(&folder.review(), &Review { at: at.clone(), kind: kind.clone() })?;
    }
    Ok(())
}

/// Makes the draft again.
pub(super) async fn redraft(
    State(app): State<Shared>,
    Path(id): Path<String>,
) -> ApiResult<Json<Value>> {
    let folder = app.library.meeting(&id)?;
    apart(move || made_again(&app, &folder).map(Json)).await
}

fn made_again(app: &App, folder: &MeetingFolder) -> ApiResult<Value> {
    match app.redraft(folder) {
        Ok(made) => {
            let text = match made.drafted.text {
                TextOutcome::Written => "written",
                TextOutcome::Unchanged => "unchanged",
                TextOutcome::Merged => "merged",
            };
            let remarks: Vec<_> = made.remarks.iter().chain(&made.drafted.remarks).collect();
            answer(folder, json!({"redrafted": true, "text": text, "remarks": remarks}))
        }
        // What was decided is noted; whoever works on the meeting makes the draft at the end.
        Err(error) if error.status() == StatusCode::LOCKED => {
            answer(folder, json!({"redrafted": false, "why": "busy"}))
        }
        Err(error) if error.status() == StatusCode::NOT_FOUND => {
            answer(folder, json!({"redrafted": false, "why": "no_transcript"}))
        }
        Err(error) => Err(error),
    }
}

/// Adds to `said` how the meeting's texts stand now.
pub(super) fn answer(folder: &MeetingFolder, mut said: Value) -> ApiResult<Value> {
    said["open_proposals"] = approval::open_proposals(folder)?.into();
    said["documents"] = documents(folder)?;
    Ok(said)
}
