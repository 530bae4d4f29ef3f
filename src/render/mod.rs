//! A referat becomes a document: layout, then Markdown and other forms.

pub mod layout;
pub mod markdown;
pub mod profile;
pub mod subtitles;
