//! Why a run cannot begin.

use std::path::PathBuf;

/// A run that cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is nothing to make a draft by.
    #[error("cannot find a dagsorden: there is no `{}`", path.display())]
    NoAgenda {
        /// Where it would be.
        path: PathBuf,
        /// The meeting's folder.
        folder: PathBuf,
    },
    /// A draft was asked for without a dagsorden.
    #[error("cannot make a draft: there is no dagsorden `{}`", path.display())]
    NoDraftAgenda {
        /// Where it would be.
        path: PathBuf,
    },
    /// A draft was asked for without a transcript.
    #[error("cannot make a draft: there is no transcript `{}`", path.display())]
    NoTranscript {
        /// Where it would be.
        path: PathBuf,
    },
    /// A purge left nothing to work on.
    #[error("cannot make a draft of `{}`: its transcript was deleted {at}", folder.display())]
    Purged {
        /// The meeting's folder.
        folder: PathBuf,
        /// When that was.
        at: String,
        /// The receipt of it.
        receipt: PathBuf,
        /// The text that is left.
        referat: PathBuf,
    },
    /// The system does not tell where this program is.
    #[error("cannot find the program's own file: {0}")]
    NoProgram(std::io::Error),
    /// Nothing would end the work in time.
    #[error("cannot watch for Ctrl-C: {why}")]
    Unwatched {
        /// As the system says it.
        why: String,
    },
}

impl RunError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> String {
        match self {
            Self::NoAgenda { folder, .. } => format!(
                "write the dagsorden there; `referat new {} --agenda FILE` reads Word and PDF too",
                folder.display()
            ),
            Self::NoDraftAgenda { .. } => {
                "write the dagsorden there, or use `referat new --agenda`".into()
            }
            Self::NoTranscript { .. } => "make it with `referat transcribe`".into(),
            Self::Purged { receipt, referat, .. } => format!(
                "`{}` tells what went; change `{}` itself",
                receipt.display(),
                referat.display()
            ),
            Self::NoProgram(_) => "start referat by its full path".into(),
            Self::Unwatched { .. } => "run one command at a time in this process".into(),
        }
    }
}
