//! What can go wrong in a run: the failure of one of its edges.

use crate::asr::error::AsrError;
use crate::audio::capture::error::CaptureError;
use crate::audio::error::AudioError;
use crate::import::error::ImportError;
use crate::llm::LlmError;
use crate::models::error::ModelError;
use crate::render::profile::ProfileError;
use crate::store::error::StoreError;

use super::export::ExportError;

/// A failure of a stage.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// A file of the meeting.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A recording.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// A device, or the files of a recording under way.
    #[error(transparent)]
    Capture(#[from] CaptureError),
    /// The recognizer.
    #[error(transparent)]
    Asr(#[from] AsrError),
    /// The weights.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A file that came from elsewhere.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The house rules of the minutes.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// A language model that was asked for.
    #[error(transparent)]
    Llm(#[from] LlmError),
    /// An export.
    #[error(transparent)]
    Export(#[from] ExportError),
}

impl PipelineError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.tip(),
            Self::Audio(error) => error.tip(),
            Self::Capture(error) => error.tip(),
            Self::Asr(error) => error.tip(),
            Self::Model(error) => error.tip(),
            Self::Import(error) => error.tip(),
            Self::Profile(error) => error.tip(),
            Self::Llm(error) => Some(error.tip()),
            Self::Export(error) => error.tip(),
        }
    }
}
