//! What a page asks of a meeting's job, and the models that it may be done with.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::audio::recordings;
use super::error::{ApiError, ApiResult, Sent, apart};
use super::job::{Job, State as JobState};
use super::state::Shared;
use referat_core::domain::language::Language;

/// What is wanted of a job.
#[derive(Deserialize)]
pub(super) struct JobRequest {
    action: Action,
    #[serde(default)]
    model: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Action {
    Start,
    Pause,
    Resume,
    Cancel,
}

/// Answers with a meeting's job.
pub(super) async fn show(
    State(app): State<Shared>,
    Path(id): Path<String>,
) -> ApiResult<Json<Option<Job>>> {
    let folder = app.library.meeting(&id)?;
    apart(move || Ok(Json(app.jobs.of(&id, &folder)))).await
}

/// Starts, pauses, resumes or gives up a meeting's job.
pub(super) async fn act(
    State(app): State<Shared>,
    Path(id): Path<String>,
    Sent(wanted): Sent<JobRequest>,
) -> ApiResult<(StatusCode, Json<Option<Job>>)> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let jobs = &app.jobs;
        let job = jobs.of(&id, &folder);
        let under_way = job
            .as_ref()
            .is_some_and(|job| matches!(job.state, JobState::Queued | JobState::Running));
        match wanted.action {
            Action::Start | Action::Resume if !under_way => {
                if !folder.agenda().exists() {
                    return Err(ApiError::not_found("dagsorden to make a draft by"));
                }
                if recordings(&folder)?.is_empty() && !folder.transcript().exists() {
                    return Err(ApiError::not_found("recording to transcribe"));
                }
                let model = wanted.model.or(job.and_then(|job| job.model));
                jobs.enqueue(&id, model);
                jobs.change(&id, &folder, true, |_| {});
            }
            Action::Start | Action::Resume => {}
            Action::Pause => jobs.stop(&id, &folder, JobState::Paused),
            Action::Cancel => jobs.stop(&id, &folder, JobState::Cancelled),
        }
        Ok((StatusCode::ACCEPTED, Json(jobs.of(&id, &folder))))
    })
    .await
}

/// The models that are installed, and which one is taken for each language.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Models"))]
pub(super) struct ModelsAnswer {
    installed: Vec<ModelRow>,
    /// By the language's code.
    chosen: BTreeMap<&'static str, Option<String>>,
}

/// A model that is installed.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct ModelRow {
    name: String,
    bytes: u64,
}

/// Answers with the models that are installed, and which one is taken for each language.
pub(super) async fn models() -> ApiResult<Json<ModelsAnswer>> {
    apart(|| {
        let failed = |error: referat_weights::error::ModelError| {
            ApiError::failed(error.to_string()).tip(error.tip().unwrap_or_default())
        };
        let library = referat_weights::library::Library::open().map_err(failed)?;
        let installed = library.installed().map_err(failed)?;
        let rows = installed.iter().filter(|model| model.is_whisper());
        let installed = rows
            .map(|model| ModelRow { name: model.name.clone(), bytes: model.size_bytes() })
            .collect();
        let best = |language: Language| {
            let best = library.best_for(language.code()).ok().map(|model| model.name);
            (language.code(), best)
        };
        let chosen = Language::ALL.into_iter().map(best).collect();
        Ok(Json(ModelsAnswer { installed, chosen }))
    })
    .await
}
