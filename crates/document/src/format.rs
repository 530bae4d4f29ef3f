//! The kinds of file that a referat is sent as, each described where it is written: a new one is
//! a file with its [`Format`] and a line in [`Format::ALL`].

use std::str::FromStr;

use referat_core::domain::language::Language;
use referat_core::domain::referat::Referat;
use referat_core::remark::Remark;

use crate::document::Document;
use crate::docx::DocxError;
use crate::{docx, html, json, markdown, pdf, plain};

/// A kind of file that a referat is sent as.
#[derive(Clone, Copy)]
pub struct Format {
    /// The ending of its files, which is its name on the command line.
    pub ending: &'static str,
    /// Its media type, with the character set where it is a text.
    pub media_type: &'static str,
    /// Whether it can be read in a text editor.
    pub is_text: bool,
    /// Writes a file of it.
    pub(crate) write: fn(&Export<'_>) -> Result<ExportedFile, WriteError>,
}

/// What an exported file is made of.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// The document as it is to be sent.
    pub document: &'a Document,
    /// The draft behind it; none where there is only a text.
    pub referat: Option<&'a Referat>,
    /// Language of the fixed words.
    pub language: Language,
    /// Whether times, the speakers' sentences and comments are kept.
    pub draft: bool,
    /// The office's own file of this kind, whose styles are taken where the kind has styles.
    pub reference: Option<&'a [u8]>,
}

/// A file to send.
#[derive(Clone, Debug, Default)]
pub struct ExportedFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What the referent should know of it.
    pub remarks: Vec<Remark>,
}

/// A file that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The DOCX.
    #[error(transparent)]
    Docx(#[from] DocxError),
    /// This program was built without what makes PDF files.
    #[error("cannot make a PDF: this referat was built without PDF")]
    NoPdf,
    /// The PDF.
    #[cfg(feature = "pdf")]
    #[error(transparent)]
    Pdf(#[from] pdf::PdfError),
}

impl WriteError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        Some(match self {
            Self::Docx(error) => return error.tip(),
            Self::NoPdf => "export to docx or html and print that to PDF, or build referat with \
                 `cargo build --release --features pdf`"
                .into(),
            #[cfg(feature = "pdf")]
            Self::Pdf(_) => "export to docx and make the PDF of that".into(),
        })
    }
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 6] =
        [docx::FORMAT, html::FORMAT, pdf::FORMAT, markdown::FORMAT, plain::FORMAT, json::FORMAT];

    /// Writes a file of this kind.
    ///
    /// # Errors
    /// What the kind needs is not there, or the office's own file cannot be used.
    pub fn write(&self, export: &Export<'_>) -> Result<ExportedFile, WriteError> {
        (self.write)(export)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.ending == other.ending
    }
}

impl Eq for Format {}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.ending)
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = || Self::ALL.map(|format| format.ending).join(", ");
        Self::ALL
            .into_iter()
            .find(|format| format.ending.eq_ignore_ascii_case(text))
            .ok_or_else(|| format!("`{text}` is not one of: {}", known()))
    }
}

impl From<Vec<u8>> for ExportedFile {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes, remarks: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_found_by_its_ending_and_what_is_none_is_told() {
        assert_eq!("DOCX".parse::<Format>().unwrap(), docx::FORMAT);
        let told = "odt".parse::<Format>().unwrap_err();
        assert_eq!(told, "`odt` is not one of: docx, html, pdf, md, txt, json");
    }

    #[test]
    fn no_two_formats_share_an_ending() {
        for (index, format) in Format::ALL.iter().enumerate() {
            assert!(!Format::ALL[..index].contains(format), "{format:?}");
        }
    }
}
