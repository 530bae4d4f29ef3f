//! The Markdown of a referat: one grammar, what is written can be read again.
//!
//! A text is divided into units that keep its very lines (`units`); a merge works on those and
//! writes them back as they were (`lossless`). The blocks of a document are what the units say
//! ([`read`]), and are written afresh ([`mod@write`]).
//!
//! The crate `pulldown-cmark` reads CommonMark, and a referat is not that: a line all in bold is
//! a label, a short line ended on purpose, `4.1.` and `4a)` number entries, no indented line is
//! code and no `<b>` a block of HTML. What it would read otherwise outweighs what it would save;
//! the tests ask it whether what we write shows in a reader of CommonMark as we mean it.

pub mod read;
pub mod write;

mod beneath;
mod inline;
mod lines;
pub(crate) mod lossless;
pub(crate) mod quoted;
pub(crate) mod units;

use crate::format::{Export, ExportedFile, Format, FormatName, WriteError};

pub use read::{document, document_in};
pub use write::{closed_md, markdown, referat_md};

/// Markdown, as the referat itself is.
pub const FORMAT: Format = Format {
    ending: "md",
    name: FormatName::same("Markdown"),
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
