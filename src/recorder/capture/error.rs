//! What can go wrong with a device, or with the archive of a recording.

use std::path::PathBuf;

/// A failure to record.
#[derive(Debug, thiserror::Error)]
pub enum CaptureError {
    /// The system's sound cannot be asked.
    #[error("cannot list the inputs: {source}")]
    List {
        /// Why.
        source: cpal::Error,
    },
    /// There is nothing to record from.
    #[error("cannot record: there is no input on this machine")]
    NoInput,
    /// No input has the wanted name.
    #[error("cannot record from `{name}`: there is no input of that name")]
    NoSuchInput {
        /// What was asked for.
        name: String,
    },
    /// The device does not offer what was asked for.
    #[error("cannot record from `{name}`: {why}")]
    Unfit {
        /// The device.
        name: String,
        /// What it does not offer.
        why: String,
    },
    /// The device cannot be opened.
    #[error("cannot record from `{name}`: {source}")]
    Open {
        /// The device.
        name: String,
        /// Why.
        source: cpal::Error,
    },
    /// A recording cannot be archived.
    #[error("cannot archive `{path}`: {source}")]
    Archive {
        /// The recording.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The archive does not hold the samples of the recording.
    #[error("cannot archive `{path}`: the archive differs from it")]
    Differs {
        /// The recording.
        path: PathBuf,
    },
    /// A file of the recording cannot be read or written.
    #[error("cannot mend `{path}`: {source}")]
    Mend {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl CaptureError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        Some(
            match self {
                Self::List { .. } => "check that the system's sound works in another program",
                Self::NoInput => {
                    "connect a microphone, allow this terminal to use it, and run this again"
                }
                Self::NoSuchInput { .. } => "list the inputs with `referat devices`",
                Self::Unfit { .. } => "see what it offers with `referat devices`",
                Self::Open { .. } => {
                    "check that no other program holds it and that this one may use the microphone"
                }
                Self::Archive { .. } => "check that the disk has room; the recording is as it was",
                Self::Differs { .. } => "keep the recording, which is as it was",
                Self::Mend { .. } => "check that you may write there; nothing was changed",
            }
            .into(),
        )
    }
}
