//! Other people's files become the domain's types: a dagsorden or an old referat, as bytes of
//! a text, Markdown, LaTeX, DOCX or PDF file, is read into a [`crate::model::meeting::Meeting`],
//! a transcript of another program into a [`crate::model::transcript::Transcript`], the
//! referent's own edited referat, Markdown or DOCX, into [`crate::model::document`] blocks.
//! What is uncertain is told in a [`crate::remark::Remark`]; nothing is guessed in silence.

pub mod agenda;
pub mod error;
pub mod referat;
pub mod transcripts;

mod beneath;
mod bytes;
mod chains;
mod docx;
mod header;
mod inline;
mod items;
mod latex;
mod lines;
mod numbering;
mod parts;
mod pdf;
mod people;
mod presenters;
mod table;
mod titles;
mod unlabelled;
mod unnumbered;
mod when;
pub mod word;

pub use bytes::read_bytes;
pub use error::ImportError;
