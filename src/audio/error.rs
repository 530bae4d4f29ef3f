//! What can go wrong with a recording.

use std::path::PathBuf;

/// A failure to read a recording.
#[derive(Debug, thiserror::Error)]
pub enum AudioError {
    /// The file could not be opened or read.
    #[error("cannot read `{path}`: {source}")]
    Read {
        /// The recording.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The path is a folder.
    #[error("cannot read `{path}` as a recording: it is a folder")]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// The file holds nothing.
    #[error("cannot read `{path}` as a recording: the file is empty")]
    Empty {
        /// The recording.
        path: PathBuf,
    },
    /// The file is no recording that anything here can read.
    #[error("cannot read `{path}` as a recording: {why}")]
    NotAudio {
        /// The recording.
        path: PathBuf,
        /// What the decoder said.
        why: String,
    },
    /// The file needs ffmpeg, which is not installed.
    #[error("cannot read `{path}`: {why}, and ffmpeg is not installed")]
    NeedsFfmpeg {
        /// The recording.
        path: PathBuf,
        /// What is special about it.
        why: String,
    },
    /// The speech detector's weights could not be loaded or failed.
    #[error("cannot detect speech with `{path}`: {source}")]
    Detector {
        /// The weights' file.
        path: PathBuf,
        /// What whisper.cpp said.
        source: whisper_rs::WhisperError,
    },
}

impl AudioError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        Some(
            match self {
                Self::Read { .. } => "check the path and that you may read the file",
                Self::Folder { .. } => "name the recording inside it",
                Self::Empty { .. } => "copy the recording from the recorder once more",
                Self::NotAudio { .. } => {
                    "play the file in another program to see whether it is whole"
                }
                Self::NeedsFfmpeg { .. } => "install ffmpeg, or convert the recording to WAV",
                Self::Detector { .. } => "pull it again: `referat models pull silero-vad`",
            }
            .into(),
        )
    }
}
