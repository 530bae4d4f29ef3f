//! Word's format: a package of XML parts, read as a document or as plain text, and written.

pub mod package;
pub mod read;
pub mod write;

mod opened;

use crate::format::{Export, ExportedFile, Format, FormatName, WriteError};

pub use read::read;
pub use write::{DocxError, DocxOptions, docx};

/// Word's format.
pub const FORMAT: Format = Format {
    ending: "docx",
    name: FormatName::same("Word"),
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    is_text: false,
    write: exported,
};

fn exported(export: &Export<'_>) -> Result<ExportedFile, WriteError> {
    let Export { language, draft, reference, .. } = *export;
    Ok(docx(export.document, &DocxOptions { language, draft, reference })?.into())
}
