//! What can go wrong in a run: the failure of one of its edges.

use crate::asr::error::AsrError;
use crate::audio::error::AudioError;
use crate::import::error::ImportError;
use crate::models::error::ModelError;
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
    /// The recognizer.
    #[error(transparent)]
    Asr(#[from] AsrError),
    /// The weights.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A file that came from elsewhere.
    #[error(transparent)]
    Import(#[from] ImportError),
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
            Self::Asr(error) => error.tip(),
            Self::Model(error) => error.tip(),
            Self::Import(error) => error.tip(),
            Self::Export(error) => error.tip(),
        }
    }
}
