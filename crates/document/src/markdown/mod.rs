//! The Markdown of a referat: what is written can be read again.

pub mod read;
pub mod write;

mod beneath;
mod inline;

pub use read::document;
pub use write::{closed_md, markdown, referat_md};
