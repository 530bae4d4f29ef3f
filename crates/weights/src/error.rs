//! What can go wrong with weights.

use std::path::PathBuf;

use referat_files::error::StoreError;

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
    /// The disk is too full.
    #[error("cannot write {bytes} bytes to `{path}`: only {free} are free")]
    NoRoom {
        /// The folder.
        path: PathBuf,
        /// What is needed.
        bytes: u64,
        /// What there is.
        free: u64,
    },
    /// The model is being used or fetched by another process.
    #[error("cannot change model `{name}`: it is in use")]
    Busy {
        /// The model's name.
        name: String,
    },
    /// The name cannot be a new model's.
    #[error("cannot call a model `{name}`: {why}")]
    Name {
        /// The name.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A repository on the hub does not hold what is asked for.
    #[error("cannot take a model from `{repository}`: {why}")]
    Repository {
        /// Its address or name.
        repository: String,
        /// What is wrong.
        why: String,
    },
    /// A repository holds several models.
    #[error("cannot choose a model from `{repository}`: it holds {}", choices.join(", "))]
    Several {
        /// Its name.
        repository: String,
        /// What can be chosen.
        choices: Vec<String>,
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

/// Why a name that is in use cannot be a new model's.
pub(super) const TAKEN: &str = "there is one already";

impl ModelError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        Some(match self {
            Self::Unknown { .. } => "see which there are: `referat models list`".into(),
            Self::NotInstalled { name } => format!("get it: `referat models pull {name}`"),
            Self::NoneInstalled { language } if language == "da" => {
                "get the best one for Danish that fits this machine: `referat models pull`; \
                 or a small one to try: `referat models pull base`"
                    .into()
            }
            Self::NoneInstalled { .. } => "get one: `referat models pull base`".into(),
            Self::Manifest { .. } => "mend the file or move it away".into(),
            Self::NoHome => "set REFERAT_MODELS to the folder that models shall live in".into(),
            Self::Store(error) => return error.tip(),
            Self::Io { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
                "check the path".into()
            }
            Self::Io { what: "read", .. } => "check that you may read it".into(),
            Self::Io { .. } => "check that you may write there and that the disk has room".into(),
            Self::NoSource { .. } => {
                "check the network; a proxy is set with HTTPS_PROXY; what was fetched is kept"
                    .into()
            }
            Self::Checksum { .. } => "get it again: `referat models pull`".into(),
            Self::NoRoom { .. } => {
                "make room, or set REFERAT_MODELS to a folder on another disk".into()
            }
            Self::Busy { .. } => "wait until the other referat has ended".into(),
            Self::Name { name, why: TAKEN } => {
                format!("choose another with --name, or first: `referat models remove {name}`")
            }
            Self::Name { .. } => "choose another with --name".into(),
            Self::Repository { .. } => {
                "check the name; HF_ENDPOINT and HF_TOKEN choose the hub and open private \
                 repositories"
                    .into()
            }
            Self::Several { .. } => "choose one with --file".into(),
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
