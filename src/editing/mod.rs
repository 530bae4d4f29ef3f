//! The referent's texts under her hands: an editor takes one as entries ([`entries`]), gives it
//! back many times a minute, and every state is on the disk before it is told so ([`save`]).
//! Whoever else changed the text meanwhile, another window, a text editor, a new draft, is heard
//! too ([`referat_document::merge`]). A journal (`journal`) keeps every state.

pub mod approval;
pub mod base;
pub mod edited;
pub mod entries;
pub mod journal;
pub mod restore;
pub mod save;
pub mod texts;
