//! What can go wrong with weights.

use std::path::PathBuf;

use crate::store::error::StoreError;

/// A failure to find, fetch or import a model.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// No model of that name is known.
    #[error("cannot find model `{name}`: it is not in the manifest and not installed")]
    Unknown {
        /// The name asked for.
        name: String,
    },
    /// The model is known but not installed.
    #[error("cannot use model `{name}`: it is not installed")]
    NotInstalled {
        /// The model's name.
        name: String,
    },
    /// No model at all is installed for the language.
    #[error("cannot transcribe: no model for `{language}` is installed")]
    NoneInstalled {
        /// ISO 639-1 code.
        language: String,
    },
    /// The manifest cannot be read.
    #[error("cannot understand the manifest `{path}`: {why}")]
    Manifest {
        /// The file; the built-in one is named so.
        path: PathBuf,
        /// Where and why.
        why: String,
    },
    /// No folder for weights is known.
    #[error("cannot tell where models live: neither REFERAT_MODELS nor a home folder is set")]
    NoHome,
    /// A file of the library.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be read or written.
    #[error("cannot {what} `{path}`: {source}")]
    Io {
        /// `read` or `write`.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// None of a model's sources gave it.
    #[error("cannot get model `{name}`: {why}")]
    NoSource {
        /// The model's name.
        name: String,
        /// What each source said.
        why: String,
    },
    /// A file's bytes are not those that were promised.
    #[error("cannot use `{path}`: its SHA-256 is {found}, not {wanted}")]
    Checksum {
        /// The file.
        path: PathBuf,
        /// The SHA-256 promised.
        wanted: String,
        /// The SHA-256 found.
        found: String,
    },
    /// A file is not the model it should be.
    #[error("cannot import `{path}`: {why}")]
    Form {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

impl ModelError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        Some(match self {
            Self::Unknown { .. } => "see which there are: `referat models list`".into(),
            Self::NotInstalled { name } => format!("get it: `referat models pull {name}`"),
            Self::NoneInstalled { language } if language == "da" => {
                "get the best one for Danish: `referat models pull edda-v0.2`; \
                 or a small one to try: `referat models pull base`"
                    .into()
            }
            Self::NoneInstalled { .. } => "get one: `referat models pull base`".into(),
            Self::Manifest { .. } => "mend the file or move it away".into(),
            Self::NoHome => "set REFERAT_MODELS to the folder that models shall live in".into(),
            Self::Store(error) => return error.tip(),
            Self::Io { .. } => "check the path, the rights and the room on the disk".into(),
            Self::NoSource { .. } => {
                "check the network; a proxy is set with HTTPS_PROXY; what was fetched is kept"
                    .into()
            }
            Self::Checksum { .. } => "get it again: `referat models pull`".into(),
            Self::Form { .. } => "check that the download is whole and is a Whisper model".into(),
        })
    }

    pub(super) fn read(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Io { what: "read", path: path.into(), source }
    }

    pub(super) fn write(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Io { what: "write", path: path.into(), source }
    }
}
