//! Why a referat could not be exported.

use std::path::PathBuf;

use referat_document::format::WriteError;
use referat_document::template::TemplateError;

/// An export that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is nothing to export.
    #[error("cannot export: there is no referat `{}`", path.display())]
    NoReferat {
        /// Where it would be.
        path: PathBuf,
    },
    /// No item is closed.
    #[error("cannot export the closed items: there is no `{}`", path.display())]
    NoClosed {
        /// Where they would be.
        path: PathBuf,
    },
    /// The text is the referent's and keeps its layout.
    #[error("cannot lay `{}` out by another profile: it has been edited", path.display())]
    Edited {
        /// The text.
        path: PathBuf,
    },
    /// The file cannot be written in its format.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A template of the user's own.
    #[error(transparent)]
    Template(#[from] TemplateError),
}

impl ExportError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        Some(match self {
            Self::NoReferat { .. } => "make it with `referat draft`".into(),
            Self::NoClosed { .. } => "this meeting has no closed items: leave out --closed".into(),
            Self::Edited { .. } => "export it as it stands, without --profile".into(),
            Self::Write(error) => return error.tip(),
            Self::Template(error) => error.tip(),
        })
    }
}
