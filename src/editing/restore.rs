//! A generation of the texts comes back; what it replaces becomes a generation itself.

use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::history::{self, Generation, GenerationReason};
use crate::store::replace;
use referat_document::merge::Texts;

use super::{base, texts};

/// Brings back the texts of `generation`, with the machine's draft that they went back to: the
/// next `draft` then keeps and replaces what it would have done at that time.
pub fn restore(folder: &MeetingFolder, generation: &Generation) -> Result<(), StoreError> {
    let _texts = texts::hold(folder)?;
    replace::finish(folder)?;
    let text = |path| -> Result<Option<String>, StoreError> {
        let bytes = history::contents(folder, generation, path)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    };
    let texts =
        Texts { open: text("referat.md")?.unwrap_or_default(), closed: text("referat-lukket.md")? };
    texts::replace(folder, &texts, text(base::PATH)?, GenerationReason::Restore(generation.id))
}
