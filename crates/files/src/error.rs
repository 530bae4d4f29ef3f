//! What can go wrong with the files of a meeting.

use std::path::PathBuf;

/// A failure to read or write a file of ours.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file or folder could not be read.
    #[error("cannot read `{path}`: {source}")]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// Why it could not.
        source: std::io::Error,
    },
    /// A file or folder could not be written.
    #[error("cannot write `{path}`: {source}")]
    Write {
        /// What was to be written.
        path: PathBuf,
        /// Why it could not.
        source: std::io::Error,
    },
    /// A file could not be removed.
    #[error("cannot delete `{path}`: {source}")]
    Erase {
        /// What was to be removed.
        path: PathBuf,
        /// Why it could not.
        source: std::io::Error,
    },
    /// A file of ours does not hold what it should.
    #[error("cannot understand `{path}`: {source}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: serde_json::Error,
    },
    /// The folder is not a meeting.
    #[error(
        "cannot find a recording in `{path}`: there is no audio file in it or in its `audio` folder"
    )]
    NoRecording {
        /// The folder.
        path: PathBuf,
    },
    /// The folder exists already with something in it.
    #[error("cannot make the meeting `{path}`: the folder is not empty")]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// Another process works on the meeting.
    #[error("cannot work on `{path}`: another referat is working on it")]
    Busy {
        /// The folder.
        path: PathBuf,
    },
}

impl StoreError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        Some(match self {
            Self::Read { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
                "check the path".into()
            }
            Self::Read { source, .. } if source.kind() == std::io::ErrorKind::IsADirectory => {
                "this is a folder; name the file in it".into()
            }
            Self::Read { .. } => "check that you may read it".into(),
            Self::Write { .. } => {
                "check that you may write there and that the disk has room".into()
            }
            Self::Erase { .. } => {
                "close the programs that have it open, check that you may delete it, and run the command again".into()
            }
            Self::Parse { path, .. } => {
                format!("move `{}` away and run the command again", path.display())
            }
            Self::NoRecording { path } => {
                format!("put the recording into `{}`", path.join("audio").display())
            }
            Self::NotEmpty { path } => format!(
                "choose another folder, or write the dagsorden to `{}`",
                path.join("dagsorden.md").display()
            ),
            Self::Busy { .. } => "wait until it has ended, or stop it".into(),
        })
    }
}
