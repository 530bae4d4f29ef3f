//! A referat that was edited in Word comes back into `referat.md`.
//!
//! What was edited is found by comparing the file with what would have been exported: of the
//! text as it stands and of every earlier generation, the one that the file is most like. So a
//! file that was sent round for days may come back after the draft has been made again.

use std::collections::HashSet;

use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use crate::store::history::{self, GenerationReason};
use crate::store::replace;
use referat_core::language::headings::Headings;
use referat_core::language::words::Words;
use referat_document::document::Document;
use referat_document::docx::{self, DocxOptions};
use referat_document::markdown;
use referat_document::merge::{self, Draft, Merged, Texts};

use crate::editing::texts;
use crate::error::PipelineError;
use crate::export::error::ExportError;
use crate::purge::receipt;

/// Takes the edited DOCX file `bytes` into the referent's text; `name` is named in errors.
/// Returns the text's path and what the merge came to.
pub fn take_in(
    folder: &MeetingFolder,
    bytes: &[u8],
    name: &str,
    language: Words<'_>,
) -> Result<(String, Merged), PipelineError> {
    let _texts = texts::hold(folder)?;
    replace::finish(folder)?;
    let edited = docx::read(bytes, name)?;
    let closed = is_closed(&edited, language);
    let path = if closed { folder.closed_referat() } else { folder.referat() };
    let relative = folder.relative(&path);
    let Some(now) = artefact::read_if_there(&path)? else {
        return Err(ExportError::NoReferat { path }.into());
    };
    let now = String::from_utf8_lossy(&now).into_owned();
    let edited = markdown::markdown(&edited);
    let mut candidates = vec![now.clone()];
    for generation in history::generations(folder)?.iter().rev() {
        if let Some(bytes) = history::contents(folder, generation, &relative)? {
            candidates.push(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    let mut sent: Option<(usize, String)> = None;
    for text in &candidates {
        for draft in [false, true] {
            let export = exported(text, language, draft)?;
            let alike = alike(&export, &edited);
            if sent.as_ref().is_none_or(|(best, _)| alike > *best) {
                sent = Some((alike, export));
            }
        }
    }
    let side = |open: String| Draft { texts: Texts { open, closed: None }, ..Draft::default() };
    let sent = side(sent.map_or_else(String::new, |(_, export)| export));
    let ours = Texts { open: edited, closed: None };
    let mut merged = merge::merge(&sent, &ours, &side(now), language);
    let mut text = std::mem::take(&mut merged.texts.open);
    if !receipt::all(folder)?.is_empty() {
        // What was deleted does not come back with a file that was exported before.
        text = merge::without_material_beyond(&text, &candidates[0]);
    }
    let mut texts = texts::read(folder)?.unwrap_or_default();
    if closed {
        texts.closed = Some(text);
    } else {
        texts.open = text;
    }
    texts::replace(folder, &texts, None, GenerationReason::Edited(name.to_owned()))?;
    merged.texts = texts;
    Ok((relative, merged))
}

/// Returns whether a document is that of the closed items, as its title says.
fn is_closed(document: &Document, language: Words<'_>) -> bool {
    document
        .title()
        .is_some_and(|title| title.starts_with(&Headings::of(language).closed_referat_of))
}

/// Returns a text as it comes back from Word when nothing was edited there.
fn exported(text: &str, language: Words<'_>, draft: bool) -> Result<String, PipelineError> {
    let text = if draft { text.to_owned() } else { merge::without_proposals(text) };
    let document = markdown::document_in(language.vocabulary(), &text);
    let document = if draft { document } else { document.without_sources() };
    let options = DocxOptions { language, draft, reference: None };
    let bytes =
        docx::docx(&document, &options).map_err(|error| ExportError::Write(error.into()))?;
    Ok(markdown::markdown(&docx::read(&bytes, "referat.docx")?))
}

/// Returns how many lines two texts have in common.
fn alike(one: &str, other: &str) -> usize {
    let lines: HashSet<&str> = one.lines().filter(|line| !line.trim().is_empty()).collect();
    other.lines().filter(|line| lines.contains(line)).count()
}
