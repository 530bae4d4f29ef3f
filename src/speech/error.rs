//! What can go wrong while decoding speech.

use std::path::PathBuf;

/// A failure of the recognizer.
#[derive(Debug, thiserror::Error)]
pub enum AsrError {
    /// The weights could not be loaded.
    #[error("cannot load model `{path}`: {source}")]
    Load {
        /// The weights' file.
        path: PathBuf,
        /// What whisper.cpp said.
        source: whisper_rs::WhisperError,
    },
    /// Memory for a decoding state could not be had.
    #[error("cannot prepare model `{path}` for decoding: {source}")]
    State {
        /// The weights' file.
        path: PathBuf,
        /// What whisper.cpp said.
        source: whisper_rs::WhisperError,
    },
    /// A window could not be decoded.
    #[error("cannot decode the speech at {at}: {source}")]
    Decode {
        /// Start of the window, `hh:mm:ss`.
        at: String,
        /// What whisper.cpp said.
        source: whisper_rs::WhisperError,
    },
    /// The model knows English only.
    #[error("cannot transcribe `{language}` with `{path}`: the model knows English only")]
    EnglishOnly {
        /// The weights' file.
        path: PathBuf,
        /// The language asked for.
        language: String,
    },
    /// The engine process could not be started.
    #[error("cannot start the engine `{path}`: {source}")]
    Start {
        /// The executable.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The engine process met a failure of its own.
    #[error("{message}")]
    Engine {
        /// What failed, on what, and why.
        message: String,
        /// What the user can do about it.
        tip: Option<String>,
    },
    /// The engine process died of a window, twice.
    #[error("cannot decode the speech at {at}: {why}")]
    Lost {
        /// Start of the window, `hh:mm:ss`.
        at: String,
        /// What became of the process.
        why: String,
    },
    /// The work was stopped from outside.
    #[error("cannot finish: the work was stopped")]
    Stopped,
    /// A worker ended without a result.
    #[error("cannot decode the speech at {at}: the worker stopped unexpectedly")]
    Worker {
        /// Start of the window, `hh:mm:ss`.
        at: String,
    },
}

impl AsrError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        match self {
            Self::Load { .. } => {
                Some("check the file with `referat models verify`, or pull it again".into())
            }
            Self::State { .. } => {
                Some("close other programs to free memory, or choose a smaller model".into())
            }
            Self::EnglishOnly { .. } => {
                Some("choose a multilingual model: `referat models list`".into())
            }
            Self::Start { .. } => Some("install referat again: a file of it is missing".into()),
            Self::Engine { tip, .. } => tip.clone(),
            Self::Decode { .. } | Self::Lost { .. } | Self::Stopped | Self::Worker { .. } => {
                Some("run the command again: it continues where it stopped".into())
            }
        }
    }
}
