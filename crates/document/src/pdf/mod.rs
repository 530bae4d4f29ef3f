//! A document as PDF, where the program was built with what sets its pages.

#[cfg(feature = "pdf")]
mod data;
#[cfg(feature = "pdf")]
pub(crate) mod typeset;
#[cfg(feature = "pdf")]
mod world;

use crate::format::{Export, ExportedFile, Format, FormatName, WriteError};

#[cfg(feature = "pdf")]
pub use typeset::{Pdf, PdfError, pdf};

/// PDF.
pub const FORMAT: Format = Format {
    ending: "pdf",
    name: FormatName::same("PDF"),
    media_type: "application/pdf",
    is_text: false,
    write,
};

#[cfg(feature = "pdf")]
fn write(export: &Export<'_>) -> Result<ExportedFile, WriteError> {
    use referat_core::remark::Remark;

    let made = pdf(export.document, export.language, export.draft)?;
    let missing: String = made.missing.iter().collect();
    let remark = format!("the PDF's fonts lack these characters, a box stands for each: {missing}");
    let remarks = if missing.is_empty() { Vec::new() } else { vec![Remark::on_whole(remark)] };
    Ok(ExportedFile { bytes: made.bytes, remarks })
}

#[cfg(not(feature = "pdf"))]
const fn write(_export: &Export<'_>) -> Result<ExportedFile, WriteError> {
    Err(WriteError::NoPdf)
}
