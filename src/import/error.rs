//! What can go wrong with a file that came from elsewhere.

/// A failure to read a dagsorden.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is far larger than any dagsorden.
    #[error("cannot read `{file}` as a dagsorden: it is larger than {limit_mb} MB")]
    TooLarge {
        /// The file.
        file: String,
        /// The limit.
        limit_mb: usize,
    },
    /// The file is not text.
    #[error("cannot read `{file}` as a dagsorden: it is not plain text or Markdown")]
    NotText {
        /// The file.
        file: String,
    },
}

impl ImportError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        Some(match self {
            Self::TooLarge { .. } => "check that it is the dagsorden and not its enclosures".into(),
            Self::NotText { .. } => "save it as text, or paste its text into `dagsorden.md`".into(),
        })
    }
}
