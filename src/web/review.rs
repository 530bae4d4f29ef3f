//! The referent's decisions: noted first, then the draft is made again from them and joined with
//! what she has written.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::error::{ApiError, ApiResult, Sent, apart};
use super::meeting::{DocumentRevisions, documents};
use super::state::{App, Shared};
use crate::editing::{approval, texts};
use crate::run::draft::TextOutcome;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::lines;
use referat_core::domain::review::{Review, ReviewKind};
use referat_core::remark::Remark;

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
) -> ApiResult<Json<TextsAnswer<RedraftOutcome>>> {
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
            false => answer(&folder, RedraftOutcome::not(NotRedrafted::Unchanged)).map(Json),
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
) -> ApiResult<Json<TextsAnswer<RedraftOutcome>>> {
    let folder = app.library.meeting(&id)?;
    apart(move || made_again(&app, &folder).map(Json)).await
}

/// How the meeting's texts stand after what was done.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct TextsAnswer<T> {
    #[serde(flatten)]
    done: T,
    open_proposals: usize,
    documents: DocumentRevisions,
}

/// What became of a draft that was to be made again.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct RedraftOutcome {
    redrafted: bool,
    /// Why it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    why: Option<NotRedrafted>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    text: Option<TextOutcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "Remark[]"))]
    remarks: Option<Vec<Remark>>,
}

/// Why a draft was not made again.
#[derive(Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub(super) enum NotRedrafted {
    /// What was decided changes nothing of it.
    Unchanged,
    /// Whoever works on the meeting makes it at the end.
    Busy,
    /// There is nothing to make it of.
    NoTranscript,
}

impl RedraftOutcome {
    const fn not(why: NotRedrafted) -> Self {
        Self { redrafted: false, why: Some(why), text: None, remarks: None }
    }
}

fn made_again(app: &App, folder: &MeetingFolder) -> ApiResult<TextsAnswer<RedraftOutcome>> {
    let outcome = match app.redraft(folder) {
        Ok(made) => {
            let mut remarks = made.remarks;
            remarks.extend(made.drafted.remarks);
            let (text, remarks) = (Some(made.drafted.text), Some(remarks));
            RedraftOutcome { redrafted: true, why: None, text, remarks }
        }
        // What was decided is noted; whoever works on the meeting makes the draft at the end.
        Err(error) if error.status() == StatusCode::LOCKED => {
            RedraftOutcome::not(NotRedrafted::Busy)
        }
        Err(error) if error.status() == StatusCode::NOT_FOUND => {
            RedraftOutcome::not(NotRedrafted::NoTranscript)
        }
        Err(error) => return Err(error),
    };
    answer(folder, outcome)
}

/// Returns what was `done` with how the meeting's texts stand now.
pub(super) fn answer<T>(folder: &MeetingFolder, done: T) -> ApiResult<TextsAnswer<T>> {
    let open_proposals = approval::open_proposals(folder)?;
    Ok(TextsAnswer { done, open_proposals, documents: documents(folder)? })
}
