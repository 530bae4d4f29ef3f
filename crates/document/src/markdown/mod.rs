//! The Markdown of a referat: what is written can be read again.

pub mod read;
pub mod write;

mod beneath;
mod inline;

use crate::format::{Export, ExportedFile, Format, WriteError};

pub use read::document;
pub use write::{closed_md, markdown, referat_md};

/// Markdown, as the referat itself is.
pub const FORMAT: Format = Format {
    ending: "md",
    media_type: "text/markdown; charset=utf-8",
    is_text: true,
    write: exported,
};

fn exported(export: &Export<'_>) -> Result<ExportedFile, WriteError> {
    let text = match export.draft {
        true => markdown(export.document),
        false => markdown(&export.document.clone().without_ids()),
    };
    Ok(text.into_bytes().into())
}
