//! What can go wrong in a run: the failure of one of its edges.

use std::path::PathBuf;

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
    /// Nothing was said under an item, or there is no such item.
    #[error("cannot find item {item} in the draft of `{path}`: nothing was said under it")]
    NothingSaid {
        /// The meeting's folder.
        path: PathBuf,
        /// The item's number.
        item: String,
    },
    /// A recording that the transcript does not name.
    #[error("cannot silence a part of `{path}`: the transcript does not say when it was recorded")]
    UnknownPlace {
        /// The recording.
        path: PathBuf,
    },
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
            Self::NothingSaid { .. } => {
                Some("give the item's number as the dagsorden prints it".into())
            }
            Self::UnknownPlace { .. } => Some(
                "delete the whole recording with `--audio`, or transcribe it with `referat transcribe`".into(),
            ),
        }
    }
}
