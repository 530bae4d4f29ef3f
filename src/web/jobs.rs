//! The work on meetings that takes long: transcribing and drafting, one meeting at a time. Here is
//! what is wanted and how far it is; [`super::worker`] does it. What is wanted stands in
//! `.referat/job.json`, so that a server that is started again goes on with it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::Json;
use axum::extract::{Path, State as Shares};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::sync::broadcast::{self, Receiver, Sender};

use super::error::{ApiError, ApiResult, Sent, apart};
use super::library::MeetingLibrary;
use super::note::EventNote;
use super::state::Shared;
use crate::run::progress::{ReportLine, SoundStep, Stage};
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use referat_core::domain::language::Language;

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    /// Others come first.
    Queued,
    /// It is being done.
    Running,
    /// The referent paused it.
    Paused,
    /// It could not be done.
    Failed,
    /// It is done.
    Done,
    /// The referent gave it up; what was done is kept.
    Cancelled,
}

/// Why a job failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Failure {
    pub(super) message: String,
    pub(super) tip: Option<String>,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Job {
    pub(super) state: State,
    /// The model that was asked for; the best one when absent.
    #[serde(default)]
    pub(super) model: Option<String>,
    #[serde(default, flatten)]
    pub(super) step: JobStep,
    #[serde(default)]
    pub(super) error: Option<Failure>,
    #[serde(default)]
    pub(super) messages: Vec<String>,
    /// How many come before it.
    #[serde(default)]
    pub(super) place: usize,
}

/// Where a job is, as its process tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct JobStep {
    pub(super) stage: Option<Stage>,
    pub(super) recording: Option<String>,
    pub(super) done_ms: u64,
    pub(super) total_ms: Option<u64>,
    pub(super) left_ms: Option<u64>,
}

impl From<ReportLine> for JobStep {
    fn from(line: ReportLine) -> Self {
        let (stage, sound) = line.parts();
        let recording = sound.as_ref().map(|sound| sound.recording.clone());
        let SoundStep { done_ms, total_ms, left_ms, .. } = sound.unwrap_or_default();
        Self { stage: Some(stage), recording, done_ms, total_ms, left_ms }
    }
}

impl Job {
    fn queued(model: Option<String>) -> Self {
        Self {
            state: State::Queued,
            model,
            step: JobStep::default(),
            error: None,
            messages: Vec::new(),
            place: 0,
        }
    }

    /// Returns the state that the list of meetings shows, where the job says more than what is
    /// there.
    pub(super) fn of_meeting(&self) -> Option<&'static str> {
        match self.state {
            State::Queued | State::Running => Some("working"),
            State::Paused => Some("paused"),
            State::Failed => Some("failed"),
            State::Done | State::Cancelled => None,
        }
    }
}

/// All jobs.
#[derive(Debug)]
pub(super) struct Jobs {
    library: MeetingLibrary,
    inner: Mutex<Inner>,
    arrived: Notify,
    notes: Sender<EventNote>,
}

#[derive(Debug, Default)]
struct Inner {
    jobs: HashMap<String, Job>,
    queue: VecDeque<String>,
    running: Option<Running>,
}

/// The job that is being done.
#[derive(Debug)]
struct Running {
    id: String,
    /// What it is to become instead of done.
    wanted: Option<State>,
    stop: std::sync::Arc<Notify>,
}

/// A job to do, and what ends it before its time.
#[derive(Debug)]
pub(super) struct JobTask {
    pub(super) id: String,
    pub(super) folder: MeetingFolder,
    pub(super) model: Option<String>,
    pub(super) stop: std::sync::Arc<Notify>,
}

const FILE: &str = "job.json";

impl Jobs {
    /// Returns no jobs yet.
    pub(super) fn new(library: MeetingLibrary) -> Self {
        let (notes, _) = broadcast::channel(64);
        Self { library, inner: Mutex::default(), arrived: Notify::new(), notes }
    }

    /// Takes up what an earlier server had begun or was asked for.
    pub(super) fn take_up(&self) {
        for (id, folder) in self.library.meetings().unwrap_or_default() {
            let wanted =
                stored(&folder).filter(|job| matches!(job.state, State::Queued | State::Running));
            if let Some(job) = wanted {
                self.enqueue(&id, job.model);
            }
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what tells of everything that happens.
    pub(super) fn listen(&self) -> Receiver<EventNote> {
        self.notes.subscribe()
    }

    /// Tells the pages something.
    pub(super) fn tell(&self, note: EventNote) {
        // Nobody may be listening.
        let _ = self.notes.send(note);
    }

    /// Returns the job of a meeting, if it has or had one.
    pub(super) fn of(&self, id: &str, folder: &MeetingFolder) -> Option<Job> {
        let inner = self.inner();
        let mut job = inner.jobs.get(id).cloned().or_else(|| stored(folder))?;
        let queued = inner.queue.iter().position(|other| other == id);
        job.place = queued.map_or(0, |place| place + usize::from(inner.running.is_some()));
        Some(job)
    }

    fn enqueue(&self, id: &str, model: Option<String>) {
        let mut inner = self.inner();
        inner.jobs.insert(id.to_owned(), Job::queued(model));
        inner.queue.push_back(id.to_owned());
        drop(inner);
        self.arrived.notify_one();
    }

    /// Waits for the next job and takes it.
    pub(super) async fn next(&self) -> JobTask {
        loop {
            if let Some(task) = self.take() {
                return task;
            }
            self.arrived.notified().await;
        }
    }

    fn take(&self) -> Option<JobTask> {
        let mut inner = self.inner();
        let id = inner.queue.pop_front()?;
        let folder = self.library.meeting(&id).ok()?;
        let stop = std::sync::Arc::new(Notify::new());
        let model = inner.jobs.get(&id).and_then(|job| job.model.clone());
        let running = Running { id: id.clone(), wanted: None, stop: std::sync::Arc::clone(&stop) };
        inner.running = Some(running);
        Some(JobTask { id, folder, model, stop })
    }

    /// Changes the job of a meeting and tells the pages; `keep` writes it down too.
    pub(super) fn change(
        &self,
        id: &str,
        folder: &MeetingFolder,
        keep: bool,
        change: impl FnOnce(&mut Job),
    ) {
        let mut inner = self.inner();
        let job = inner.jobs.entry(id.to_owned()).or_insert_with(|| Job::queued(None));
        change(job);
        let job = job.clone();
        drop(inner);
        if keep {
            // What cannot be written is lost with the server and nothing else.
            let _ = artefact::write_json(&folder.internal(FILE), &job);
        }
        self.tell(EventNote::of(folder, "job", json!(job)));
    }

    /// Ends the job that is running: as it was wanted, or as it came out.
    pub(super) fn end(&self, task: &JobTask, outcome: Result<(), Failure>) {
        let wanted = self.inner().running.take().and_then(|running| running.wanted);
        self.change(&task.id, &task.folder, true, |job| {
            job.step = JobStep::default();
            match (outcome, wanted) {
                (Ok(()), _) => job.state = State::Done,
                (Err(_), Some(state)) => job.state = state,
                (Err(failure), None) => {
                    job.state = State::Failed;
                    job.error = Some(failure);
                }
            }
        });
    }

    /// Stops a job, which then is `state`; one that is not under way is left as it is.
    fn stop(&self, id: &str, folder: &MeetingFolder, state: State) {
        let mut inner = self.inner();
        if let Some(running) = inner.running.as_mut().filter(|running| running.id == id) {
            running.wanted = Some(state);
            running.stop.notify_one();
            return;
        }
        let queued = inner.queue.iter().position(|other| other == id);
        if let Some(place) = queued {
            inner.queue.remove(place);
        }
        let paused = inner.jobs.get(id).cloned().or_else(|| stored(folder));
        let paused = paused.is_some_and(|job| job.state == State::Paused);
        drop(inner);
        if queued.is_some() || (paused && state == State::Cancelled) {
            self.change(id, folder, true, |job| job.state = state);
        }
    }
}

fn stored(folder: &MeetingFolder) -> Option<Job> {
    let bytes = artefact::read_if_there(&folder.internal(FILE)).ok()??;
    serde_json::from_slice(&bytes).ok()
}

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
    Shares(app): Shares<Shared>,
    Path(id): Path<String>,
) -> ApiResult<Json<Value>> {
    let folder = app.library.meeting(&id)?;
    apart(move || Ok(Json(json!(app.jobs.of(&id, &folder))))).await
}

/// Starts, pauses, resumes or gives up a meeting's job.
pub(super) async fn act(
    Shares(app): Shares<Shared>,
    Path(id): Path<String>,
    Sent(wanted): Sent<JobRequest>,
) -> ApiResult<(StatusCode, Json<Value>)> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let jobs = &app.jobs;
        let job = jobs.of(&id, &folder);
        let under_way =
            job.as_ref().is_some_and(|job| matches!(job.state, State::Queued | State::Running));
        match wanted.action {
            Action::Start | Action::Resume if !under_way => {
                if !folder.agenda().exists() {
                    return Err(ApiError::not_found("dagsorden to make a draft by"));
                }
                if super::audio::recordings(&folder)?.is_empty() && !folder.transcript().exists() {
                    return Err(ApiError::not_found("recording to transcribe"));
                }
                let model = wanted.model.or(job.and_then(|job| job.model));
                jobs.enqueue(&id, model);
                jobs.change(&id, &folder, true, |_| {});
            }
            Action::Start | Action::Resume => {}
            Action::Pause => jobs.stop(&id, &folder, State::Paused),
            Action::Cancel => jobs.stop(&id, &folder, State::Cancelled),
        }
        Ok((StatusCode::ACCEPTED, Json(json!(jobs.of(&id, &folder)))))
    })
    .await
}

/// Answers with the models that are installed, and which one is taken for each language.
pub(super) async fn models() -> ApiResult<Json<Value>> {
    apart(|| {
        let failed = |error: referat_weights::error::ModelError| {
            ApiError::failed(error.to_string()).tip(error.tip().unwrap_or_default())
        };
        let library = referat_weights::library::Library::open().map_err(failed)?;
        let installed = library.installed().map_err(failed)?;
        let names: Vec<Value> = installed
            .iter()
            .filter(|model| model.is_whisper())
            .map(|model| json!({"name": model.name, "bytes": model.size_bytes()}))
            .collect();
        let mut chosen = serde_json::Map::new();
        for language in Language::ALL {
            let best = library.best_for(language.code()).ok().map(|model| model.name);
            chosen.insert(language.code().to_owned(), json!(best));
        }
        Ok(Json(json!({"installed": names, "chosen": chosen})))
    })
    .await
}
