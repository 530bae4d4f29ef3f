//! What a kind of file is that a referat is sent as. Each is described where it is written.

use serde::Serialize;

use referat_core::domain::referat::Referat;
use referat_core::language::words::Words;
use referat_core::remark::Remark;

use crate::document::Document;
use crate::docx::write::DocxError;
#[cfg(feature = "pdf")]
use crate::pdf::typeset::PdfError;

/// A kind of file that a referat is sent as.
#[derive(Clone, Copy)]
pub struct Format {
    /// The ending of its files, which is its name on the command line.
    pub ending: &'static str,
    /// What the editor calls it.
    pub name: FormatName,
    /// Its media type, with the character set where it is a text.
    pub media_type: &'static str,
    /// Whether it can be read in a text editor.
    pub is_text: bool,
    /// Writes a file of it.
    pub(crate) write: fn(&Export<'_>) -> Result<ExportedFile, WriteError>,
}

/// What a kind of file is called in the editor's two languages.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FormatName {
    /// In Danish.
    pub da: &'static str,
    /// In English.
    pub en: &'static str,
}

impl FormatName {
    /// Returns a name that is the same in both.
    pub(crate) const fn same(name: &'static str) -> Self {
        Self { da: name, en: name }
    }
}

/// What an exported file is made of.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// The document as it is to be sent.
    pub document: &'a Document,
    /// The draft behind it; none where there is only a text.
    pub referat: Option<&'a Referat>,
    /// The fixed words.
    pub language: Words<'a>,
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
    Pdf(#[from] PdfError),
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

impl From<Vec<u8>> for ExportedFile {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes, remarks: Vec::new() }
    }
}
