//! What can go wrong in a run: the failure of one of its edges.

use std::path::PathBuf;

use crate::audio::error::AudioError;
use crate::llm::LlmError;
use crate::recorder::capture::error::CaptureError;
use crate::run::error::RunError;
use crate::speech::error::AsrError;
use crate::store::error::StoreError;
use referat_core::language::overlay::OverlayError;
use referat_document::error::ImportError;
use referat_document::profile::ProfileError;
use referat_weights::error::ModelError;

use crate::export::error::ExportError;

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
    /// The user's own words.
    #[error(transparent)]
    Words(#[from] OverlayError),
    /// A language model that was asked for.
    #[error(transparent)]
    Llm(#[from] LlmError),
    /// A run that cannot begin.
    #[error(transparent)]
    Run(#[from] RunError),
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
            Self::Capture(error) => error.tip(),
            Self::Asr(error) => error.tip(),
            Self::Model(error) => error.tip(),
            Self::Import(error) => error.tip(),
            Self::Profile(error) => error.tip(),
            Self::Words(error) => Some(error.tip()),
            Self::Llm(error) => Some(error.tip()),
            Self::Run(error) => Some(error.tip()),
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
