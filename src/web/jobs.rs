//! The work on meetings that takes long: transcribing and drafting, one meeting at a time. Here is
//! what is wanted and how far it is; [`super::worker`] does it. What is wanted stands in
//! `.referat/job.json`, so that a server that is started again goes on with it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::sync::broadcast::{self, Receiver, Sender};

use super::job::{Failure, Job, JobStep, State};
use super::library::MeetingLibrary;
use super::note::{EventNote, Happening};
use crate::store::artefact;
use crate::store::folder::MeetingFolder;

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

    pub(super) fn enqueue(&self, id: &str, model: Option<String>) {
        let mut inner = self.inner();
        let paused = inner.jobs.get(id).filter(|job| job.state == State::Paused);
        let step = paused.map(|job| job.step.clone()).unwrap_or_default();
        inner.jobs.insert(id.to_owned(), Job { step, ..Job::queued(model) });
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
        self.tell(EventNote::of(folder, Happening::Job(Box::new(job))));
    }

    /// Ends the job that is running: as it was wanted, or as it came out.
    pub(super) fn end(&self, task: &JobTask, outcome: Result<(), Failure>) {
        let wanted = self.inner().running.take().and_then(|running| running.wanted);
        self.change(&task.id, &task.folder, true, |job| {
            match (outcome, wanted) {
                (Ok(()), _) => job.state = State::Done,
                (Err(_), Some(state)) => job.state = state,
                (Err(failure), None) => {
                    job.state = State::Failed;
                    job.error = Some(failure);
                }
            }
            // What is paused goes on from there.
            if job.state != State::Paused {
                job.step = JobStep::default();
            }
        });
    }

    /// Stops a job, which then is `state`; one that is not under way is left as it is.
    pub(super) fn stop(&self, id: &str, folder: &MeetingFolder, state: State) {
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
