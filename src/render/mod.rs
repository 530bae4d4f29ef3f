//! A referat becomes a document: layout, then Markdown, DOCX, HTML, PDF, plain text.

pub mod docx;
pub mod html;
pub mod jinja;
pub mod json;
pub mod layout;
pub mod markdown;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod plain;
pub mod profile;
pub mod subtitles;
pub mod template;

mod outline;
