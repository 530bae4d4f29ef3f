//! A job: the work on one meeting that takes long, and how far it is.

use serde::{Deserialize, Serialize};

use super::summary::MeetingState;
use crate::run::progress::{ReportLine, SoundStep, Stage};

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "JobState"))]
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
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "JobFailure"))]
pub(super) struct Failure {
    pub(super) message: String,
    pub(super) tip: Option<String>,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
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
#[cfg_attr(test, derive(ts_rs::TS))]
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
    /// Returns a job that waits.
    pub(super) fn queued(model: Option<String>) -> Self {
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
    pub(super) fn of_meeting(&self) -> Option<MeetingState> {
        match self.state {
            State::Queued | State::Running => Some(MeetingState::Working),
            State::Paused => Some(MeetingState::Paused),
            State::Failed => Some(MeetingState::Failed),
            State::Done | State::Cancelled => None,
        }
    }
}
