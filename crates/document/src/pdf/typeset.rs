//! A document set as pages: tagged for screen readers (PDF/UA-1, checked by the maker),
//! hyphenated in its language, with its fonts inside. Reads nothing of the machine it runs on.
//!
//! The pages are set by typst from `referat.typ`; the text goes to it as data, never as markup.

use std::collections::BTreeSet;

use typst::layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::data;
use super::world::{self, Pages};
use crate::document::Document;
use referat_core::language::words::Words;

/// A PDF, and the characters that its fonts lack and that stand there as a box.
#[derive(Clone, Debug)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// The characters without a shape, each once.
    pub missing: BTreeSet<char>,
}

/// A PDF that cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("cannot make the PDF: {reason}")]
pub struct PdfError {
    /// What the maker says.
    pub reason: String,
}

/// Returns the document as PDF; `draft` marks its pages as one. The same document gives the
/// same bytes.
///
/// # Errors
/// The maker finds that the file would not conform to PDF/UA-1.
pub fn pdf(document: &Document, language: Words<'_>, draft: bool) -> Result<Pdf, PdfError> {
    let mut missing = BTreeSet::new();
    let fonts = world::fonts();
    let value = data::value(document, language, draft, |text| fonts.covered(text, &mut missing));
    let pages = Pages::new(value.to_string(), fonts);
    let failed = |errors: typst::ecow::EcoVec<typst::diag::SourceDiagnostic>| PdfError {
        reason: errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; "),
    };
    let laid_out = typst::compile::<PagedDocument>(&pages).output.map_err(failed)?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|reason| PdfError { reason: reason.to_string() })?;
    let options = PdfOptions { standards, ..PdfOptions::default() };
    let bytes = typst_pdf::pdf(&laid_out, &options).map_err(failed)?;
    // Nothing of this document stays in the maker's cache.
    typst::comemo::evict(0);
    Ok(Pdf { bytes, missing })
}
