//! A referat as a [`document::Document`], and its forms: Markdown, DOCX, HTML, PDF, plain text,
//! JSON, templates, subtitles; read and written. And other people's files as text: a dagsorden as
//! DOCX or PDF, a transcript of another program.
//!
//! Knows values and bytes, no files.

pub mod document;
pub mod text;

pub mod format;
mod formats;
pub mod layout;
pub mod profile;

pub mod agenda_text;
pub mod docx;
pub mod html;
pub mod json;
pub mod markdown;
pub mod merge;
pub mod pdf;
pub mod plain;
pub mod rttm;
pub mod subtitles;
pub mod template;

pub mod error;
pub mod transcripts;

mod bytes;
mod encoding;
mod html_text;
mod mail;
mod odt_text;
mod outline;
mod pdf_text;
mod rtf_text;
mod xml_tree;

pub use bytes::{MAX_FILE, read_bytes};
pub use error::ImportError;
pub use pdf_text::is_of_pdf;
pub use xml_tree::XmlError;
