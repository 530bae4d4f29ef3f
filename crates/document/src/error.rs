//! Why a file could not be read as a text.

use std::path::PathBuf;

use crate::docx::package::PackageError;
use crate::xml_tree::XmlError;

/// What keeps a file from being read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The file holds nothing.
    #[error("cannot read `{}`: it is empty", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The bytes are no text in any encoding that is known.
    #[error("cannot read `{}`: it is not a text, a DOCX or a PDF", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// The file is of a kind that is not read.
    #[error("cannot read `{}`: {kind} files are not read", path.display())]
    Kind {
        /// The file.
        path: PathBuf,
        /// Name of the kind.
        kind: &'static str,
    },
    /// The file is larger than what is read.
    #[error("cannot read `{}`: {what} is larger than {limit} MiB", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What is too large.
        what: &'static str,
        /// The limit, in mebibytes.
        limit: usize,
    },
    /// The file is no DOCX.
    #[error("cannot read `{}`: it is not a Word file (.docx)", path.display())]
    NoWord {
        /// The file.
        path: PathBuf,
    },
    /// The package of a DOCX is damaged or larger than what is read.
    #[error("cannot open `{}`: {source}", path.display())]
    Package {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: PackageError,
    },
    /// The text inside a DOCX ends before it is whole.
    #[error("cannot read the text of `{}`: it ends in the middle", path.display())]
    Cut {
        /// The file.
        path: PathBuf,
    },
    /// The text inside a DOCX is not well formed.
    #[error("cannot read the text of `{}`: {source}", path.display())]
    Markup {
        /// The file.
        path: PathBuf,
        /// What the XML reader says.
        source: XmlError,
    },
    /// The PDF is damaged or of a make that is not read.
    #[error("cannot read `{}` as PDF: {reason}", path.display())]
    Pdf {
        /// The file.
        path: PathBuf,
        /// What the PDF reader says.
        reason: String,
    },
    /// The file is no transcript of a form that is known.
    #[error("cannot read `{}`: it is no transcript as JSON, SRT or VTT", path.display())]
    NoTranscript {
        /// The file.
        path: PathBuf,
    },
    /// The JSON of a transcript is damaged.
    #[error("cannot read `{}` as a transcript: {source}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What the JSON reader says.
        source: serde_json::Error,
    },
    /// The transcript holds more than is read.
    #[error("cannot read `{}`: it holds more words than a day has", path.display())]
    TooManyWords {
        /// The file.
        path: PathBuf,
    },
    /// The transcript holds no words.
    #[error("cannot use the transcript `{}`: it holds no words", path.display())]
    NoWords {
        /// The file.
        path: PathBuf,
    },
    /// The file does not tell who spoke when in a form that is known.
    #[error("cannot read `{}`: it holds no turns as RTTM or voices.json", path.display())]
    NoVoices {
        /// The file.
        path: PathBuf,
    },
    /// The JSON of turns is damaged.
    #[error("cannot read `{}` as voices.json: {source}", path.display())]
    VoicesJson {
        /// The file.
        path: PathBuf,
        /// What the JSON reader says.
        source: serde_json::Error,
    },
    /// The PDF holds pictures of text only.
    #[error("cannot read `{}`: its pages hold no text", path.display())]
    NoText {
        /// The file.
        path: PathBuf,
    },
}

impl ImportError {
    /// Returns something doable, where there is something.
    pub fn tip(&self) -> Option<String> {
        let tip = match self {
            Self::Empty { .. } => "check that this is the right file and that it was saved",
            Self::NotText { .. } | Self::Kind { .. } | Self::Markup { .. } => {
                "save it as DOCX, PDF or plain text"
            }
            Self::NoWord { .. } => "save it as .docx in the program it was edited in",
            Self::NoTranscript { .. } | Self::Json { .. } => {
                "give transcript.json, the JSON of whisper.cpp or WhisperX, SRT or VTT, saved whole"
            }
            Self::NoVoices { .. } | Self::VoicesJson { .. } => {
                "give RTTM or voices.json; `referat diarize` makes RTTM of a recording"
            }
            Self::TooManyWords { .. } => "give the transcript of one meeting",
            Self::NoWords { .. } => "make the transcript again from the recording",
            Self::TooLarge { .. } => "give the dagsorden alone, without its annexes",
            Self::Package { .. } | Self::Cut { .. } => {
                "open it in the program it was made with and save it again"
            }
            Self::Pdf { .. } | Self::NoText { .. } => "copy the text into a file that ends in .txt",
        };
        Some(tip.to_owned())
    }
}
