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
    /// Whether its program ended without a word of why.
    #[serde(default)]
    pub(super) died: bool,
}

impl Failure {
    /// Returns a failure without a tip.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), tip: None, died: false }
    }
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

impl JobStep {
    /// Returns this step, told before anything new was done, as what was known when the work was
    /// paused: how far it is, and how long it takes.
    pub(super) fn after(self, before: &Self) -> Self {
        let same = self.stage == before.stage && self.recording == before.recording;
        if !same || self.left_ms.is_some() {
            return self;
        }
        Self { done_ms: self.done_ms.max(before.done_ms), left_ms: before.left_ms, ..self }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_goes_on_is_as_far_as_it_was_and_takes_as_long() {
        let step = |stage, done_ms, left_ms| JobStep {
            stage: Some(stage),
            recording: Some("a.wav".into()),
            done_ms,
            total_ms: Some(90),
            left_ms,
        };
        let paused = step(Stage::Transcribing, 40, Some(7));
        let begun = step(Stage::Transcribing, 0, None).after(&paused);
        assert_eq!(begun, paused);
        let further = step(Stage::Transcribing, 50, Some(6));
        assert_eq!(further.clone().after(&begun), further);
        let next = step(Stage::Diarizing, 0, None);
        assert_eq!(next.clone().after(&paused), next);
    }
}
