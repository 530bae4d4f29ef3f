//! The case is closed: the referat is approved, and what it was made from is deleted with a
//! receipt.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::{ApiError, ApiResult, Sent, apart};
use super::state::Shared;
use crate::editing::approval::{self, Approval};
use crate::editing::texts;
use crate::purge::carry_out::{self, PurgeOrder};
use crate::purge::plan::{self, PurgePlan, Scope};
use crate::purge::silence_item;
use crate::store::folder::MeetingFolder;
use crate::store::lock::Lock;

/// Who approves.
#[derive(Deserialize)]
pub(super) struct By {
    #[serde(default)]
    by: Option<String>,
}

/// Approves the referat as it stands.
pub(super) async fn approve(
    State(app): State<Shared>,
    Path(id): Path<String>,
    Sent(by): Sent<By>,
) -> ApiResult<Json<Value>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
        let open = approval::open_proposals(&folder)?;
        if open > 0 {
            let message = format!("{open} proposals are not settled");
            return Err(ApiError::new(StatusCode::CONFLICT, "unsettled", message)
                .with(json!({"open_proposals": open})));
        }
        let sha256 = approval::approve(&folder, by.by)?;
        Ok(Json(json!({"sha256": sha256})))
    })
    .await
}

/// What is to be deleted.
#[derive(Deserialize)]
pub(super) struct ApproveRequest {
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
    Path(id): Path<String>,
    Sent(wanted): Sent<ApproveRequest>,
) -> ApiResult<Json<Value>> {
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
            return Ok(Json(planned(&folder, &plan)));
        }
        if plan.is_empty() {
            return Ok(Json(json!({"receipt": null, "path": null})));
        }
        let order = PurgeOrder { by: wanted.by, approval };
        let (receipt, path) = carry_out::carry_out(&folder, &plan, &order)?;
        Ok(Json(json!({"receipt": receipt, "path": folder.relative(&path)})))
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

fn planned(folder: &MeetingFolder, plan: &PurgePlan) -> Value {
    let named = |path, what: &str| json!({"path": folder.relative(path), "what": what});
    let delete: Vec<Value> = plan.delete.iter().map(|(path, what)| named(path, what)).collect();
    let change: Vec<Value> =
        plan.change.iter().map(|(path, (what, _))| named(path, what)).collect();
    let silence: Vec<String> = plan.silence.keys().map(|path| folder.relative(path)).collect();
    json!({
        "delete": delete, "change": change, "silence": silence, "untouched": plan.untouched,
    })
}
