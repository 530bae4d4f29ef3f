//! A text as a page is given it.

use serde::Serialize;

use crate::editing::entries::{self, EditorEntry};
use crate::editing::journal::{EditedPart, revision};
use referat_core::language::words::Vocabulary;

/// A text in blocks.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct DocumentAnswer {
    part: EditedPart,
    exists: bool,
    revision: Option<String>,
    #[cfg_attr(test, ts(type = "Block[]"))]
    blocks: Vec<EditorEntry>,
}

/// Returns a text as it is given out; one that cannot be saved has no revision.
pub(super) fn shown(
    part: EditedPart,
    text: Option<&str>,
    current: bool,
    words: &Vocabulary,
) -> DocumentAnswer {
    DocumentAnswer {
        part,
        exists: text.is_some(),
        revision: text.filter(|_| current).map(revision),
        blocks: text.map(|text| entries::read(text, words)).unwrap_or_default(),
    }
}
