//! Why a file cannot be turned into sound.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// A recording that cannot be read at all; what is readable in part gives a note instead.
#[derive(Debug, Error)]
pub enum AudioError {
    /// The file cannot be opened.
    #[error("cannot open recording `{path}`: {source}")]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The path names a directory.
    #[error("cannot read recording `{path}`: it is a directory")]
    Directory {
        /// The directory.
        path: PathBuf,
    },
    /// The file has no bytes.
    #[error("cannot read recording `{path}`: the file is empty")]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The file is understood, but nothing in it is sound.
    #[error("cannot read recording `{path}`: it has no audio track")]
    NoAudioTrack {
        /// The file.
        path: PathBuf,
    },
    /// Neither the built-in decoders nor ffmpeg make sound of the file.
    #[error("cannot decode recording `{path}`: {reason}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the decoders said.
        reason: String,
    },
    /// Only ffmpeg could read the file, and it is not on the PATH.
    #[error("cannot decode recording `{path}`: {reason}, and ffmpeg is not on the PATH")]
    NeedsFfmpeg {
        /// The file.
        path: PathBuf,
        /// Why the built-in decoders do not do.
        reason: String,
    },
    /// The ffmpeg program is there but cannot be run.
    #[error("cannot run ffmpeg on recording `{path}`: {source}")]
    RunFfmpeg {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The system failed while the file was read.
    #[error("cannot read recording `{path}`: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file claims a sample rate that no recording has.
    #[error("cannot decode recording `{path}`: its sample rate is {rate_hz} Hz")]
    SampleRate {
        /// The file.
        path: PathBuf,
        /// The rate, in samples per second.
        rate_hz: u32,
    },
}

impl AudioError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        let tip = match self {
            Self::Open { source, .. } if source.kind() == io::ErrorKind::NotFound => {
                "check the path"
            }
            Self::Directory { .. } => "name a file in it",
            Self::Empty { .. } => "copy the recording from the recorder again",
            Self::NoAudioTrack { .. } => "check that this is the file with the sound",
            Self::Unreadable { .. } | Self::SampleRate { .. } => {
                "check that the file plays in a media player, or convert it to WAV or FLAC"
            }
            Self::NeedsFfmpeg { .. } => {
                "install ffmpeg (Debian/Ubuntu: apt install ffmpeg; Windows: winget install ffmpeg), \
                 or convert the recording to WAV, FLAC or MP3"
            }
            Self::RunFfmpeg { .. } => "check that `ffmpeg -version` works in this terminal",
            Self::Open { .. } | Self::Read { .. } => {
                "check that the file may be read and that its disk or network drive answers"
            }
        };
        Some(tip.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_decoder_names_the_file_and_how_to_get_it() {
        let error = AudioError::NeedsFfmpeg {
            path: PathBuf::from("møde.wma"),
            reason: "the format is not known to the built-in decoders".to_owned(),
        };
        assert_eq!(
            error.to_string(),
            "cannot decode recording `møde.wma`: the format is not known to the built-in \
             decoders, and ffmpeg is not on the PATH"
        );
        assert!(error.tip().is_some_and(|tip| tip.contains("apt install ffmpeg")));
    }
}
