//! Word's format: a package of XML parts, read as a document or as plain text, and written.

pub mod package;
pub mod read;
pub mod write;

pub(crate) mod plain;

pub use read::read;
pub use write::{DocxError, DocxOptions, docx};
