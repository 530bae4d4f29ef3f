//! The case is closed: the referat is approved, and what it was made from is deleted with a
//! receipt.

use std::path::Path;

use axum::Json;
use axum::extract::{self, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::error::{ApiError, ApiResult, ErrorDetails, Sent, apart};
use super::state::Shared;
use crate::editing::approval::{self, Approval};
use crate::editing::texts;
use crate::purge::carry_out::{self, PurgeOrder};
use crate::purge::plan::{self, PurgePlan, Scope};
use crate::purge::receipt::{self, Receipt};
use crate::purge::silence_item;
use crate::store::folder::MeetingFolder;
use crate::store::lock::Lock;

/// Who approves.
#[derive(Deserialize)]
pub(super) struct ApproveRequest {
    #[serde(default)]
    by: Option<String>,
}

/// Approves the referat as it stands.
pub(super) async fn approve(
    State(app): State<Shared>,
    extract::Path(id): extract::Path<String>,
    Sent(wanted): Sent<ApproveRequest>,
) -> ApiResult<Json<ApprovedAnswer>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
        let open = approval::open_proposals(&folder)?;
        if open > 0 {
            let message = format!("{open} proposals are not settled");
            return Err(ApiError::new(StatusCode::CONFLICT, "unsettled", message)
                .with(ErrorDetails::Unsettled { open_proposals: open }));
        }
        let sha256 = approval::approve(&folder, wanted.by)?;
        Ok(Json(ApprovedAnswer { sha256 }))
    })
    .await
}

/// Takes the approval back, where there is one.
pub(super) async fn withdraw(
    State(app): State<Shared>,
    extract::Path(id): extract::Path<String>,
) -> ApiResult<StatusCode> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
        approval::withdraw(&folder)?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}

/// A referat that is approved.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct ApprovedAnswer {
    sha256: String,
}

/// What is to be deleted.
#[derive(Deserialize)]
pub(super) struct PurgeRequest {
    #[serde(default)]
    scope: Vec<String>,
    #[serde(default)]
    item: Option<String>,
    #[serde(default)]
    by: Option<String>,
    #[serde(default)]
    dry_run: bool,
    #[serde(default)]
    unapproved: bool,
}

/// Deletes what the referat was made from, or tells what that would be.
pub(super) async fn purge(
    State(app): State<Shared>,
    extract::Path(id): extract::Path<String>,
    Sent(wanted): Sent<PurgeRequest>,
) -> ApiResult<Json<PurgeAnswer>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
        let _texts = texts::hold(&folder)?;
        let approval = approval::approval(&folder)?;
        if !wanted.unapproved && !wanted.dry_run && !matches!(approval, Approval::Approved { .. }) {
            let message = match approval {
                Approval::Changed => "the referat was changed after it was approved",
                _ => "the referat is not approved",
            };
            return Err(ApiError::new(StatusCode::CONFLICT, "not_approved", message)
                .tip("approve it first, or say that it is to be deleted all the same"));
        }
        let plan = match &wanted.item {
            Some(item) => silence_item::plan(&folder, item)?,
            None => plan::plan(&folder, &scopes(&wanted.scope)?)?,
        };
        if wanted.dry_run {
            return Ok(Json(PurgeAnswer::Planned(planned(&folder, &plan))));
        }
        if plan.is_empty() {
            let nothing = CarriedOut { receipt: None, path: None };
            return Ok(Json(PurgeAnswer::Done(Box::new(nothing))));
        }
        let order = PurgeOrder { by: wanted.by, approval };
        let (receipt, path) = carry_out::carry_out(&folder, &plan, &order)?;
        let (receipt, path) = (Some(receipt), Some(folder.relative(&path)));
        Ok(Json(PurgeAnswer::Done(Box::new(CarriedOut { receipt, path }))))
    })
    .await
}

/// Answers with the receipts of what was deleted, the newest first.
pub(super) async fn receipts(
    State(app): State<Shared>,
    extract::Path(id): extract::Path<String>,
) -> ApiResult<Json<Vec<CarriedOut>>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let told = |receipt: Receipt| {
            let path = Some(folder.relative(&receipt.path(&folder)));
            CarriedOut { receipt: Some(receipt), path }
        };
        Ok(Json(receipt::all(&folder)?.into_iter().rev().map(told).collect()))
    })
    .await
}

fn scopes(names: &[String]) -> ApiResult<Vec<Scope>> {
    if names.is_empty() {
        return Err(ApiError::bad("nothing is named that is to be deleted"));
    }
    let one = |name: &String| {
        Scope::ALL
            .into_iter()
            .find(|scope| scope.name() == name)
            .ok_or_else(|| ApiError::bad(format!("`{name}` is none of audio, transcript, voices")))
    };
    names.iter().map(one).collect()
}

/// What was deleted, or would be.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum PurgeAnswer {
    Planned(PlannedPurge),
    Done(Box<CarriedOut>),
}

/// What was deleted; null where there was nothing.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "PurgeReceipt"))]
pub(super) struct CarriedOut {
    receipt: Option<Receipt>,
    /// Where the receipt stands.
    path: Option<String>,
}

/// What would be deleted. Paths are relative to the meeting's folder.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "PurgePlan"))]
pub(super) struct PlannedPurge {
    delete: Vec<PurgedFile>,
    change: Vec<PurgedFile>,
    silence: Vec<String>,
    untouched: Vec<String>,
}

/// A file that goes or loses a part.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct PurgedFile {
    path: String,
    what: String,
}

fn planned(folder: &MeetingFolder, plan: &PurgePlan) -> PlannedPurge {
    let named =
        |path: &Path, what: &String| PurgedFile { path: folder.relative(path), what: what.clone() };
    PlannedPurge {
        delete: plan.delete.iter().map(|(path, what)| named(path, what)).collect(),
        change: plan.change.iter().map(|(path, (what, _))| named(path, what)).collect(),
        silence: plan.silence.keys().map(|path| folder.relative(path)).collect(),
        untouched: plan.untouched.clone(),
    }
}
