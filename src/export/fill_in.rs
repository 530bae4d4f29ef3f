//! A meeting's `referat.md` becomes the text that a template of the office's own makes of it.
//!
//! The template and what it includes are the only files that are read for it, all of them in the
//! template's own folder.

use std::path::{Path, PathBuf};

use crate::error::PipelineError;
use crate::export::error::ExportError;
use crate::export::{ExportOptions, sent};
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use referat_core::agenda;
use referat_document::document::{Block, Document};
use referat_document::markdown;
use referat_document::template::{self, Contents, Load, Template};

/// The longest file that is taken for a template.
const MAX_BYTES: u64 = 1 << 20;

/// Returns what the template at `path` writes, and the name of the file in the meeting's folder
/// that it goes to.
///
/// # Errors
/// As [`crate::export::export`], or when the template cannot be read or carried out.
pub fn fill_in(
    folder: &MeetingFolder,
    options: &ExportOptions<'_>,
    path: &Path,
) -> Result<(String, String), PipelineError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = referat_document::read_bytes(&artefact::read(path)?, &name)?;
    let home = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let load = beside(home.unwrap_or(Path::new(".")).to_owned());
    let sent = sent(folder, options)?;
    // Her text is what counts: names that she put right in the header, items that she renamed.
    // What was said says nothing of them.
    let said = |block: &&Block| matches!(block, Block::Statement(_));
    let rest = sent.document.blocks.iter().filter(|block| !said(block)).cloned().collect();
    let facts = markdown::markdown(&Document { blocks: rest });
    let (meeting, _) = agenda::read_in(options.words, &facts, Some(sent.language.language()));
    let contents = Contents {
        document: &sent.document,
        meeting: &meeting,
        referat: sent.referat.as_ref(),
        language: sent.language,
        draft: options.draft,
    };
    let template = Template { name: &name, text: &text, load };
    let written = template::write(template, &contents).map_err(ExportError::from)?;
    Ok((written, file_name(options, &name)))
}

/// Returns the name that tells the template's texts from the other exports.
fn file_name(options: &ExportOptions<'_>, template: &str) -> String {
    let closed = if options.closed { "-lukket" } else { "" };
    let draft = if options.draft { "-udkast" } else { "" };
    format!("referat{closed}{draft}-{}", template::written_name(template))
}

/// Returns what hands out the files of a folder and of those in it.
fn beside(home: PathBuf) -> Load {
    Box::new(move |name| {
        let inside = name.split('/').all(|part| {
            !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0'])
        });
        if !inside {
            return Err("it does not stand in the template's folder".to_owned());
        }
        let path = home.join(name);
        let Ok(about) = std::fs::metadata(&path) else { return Ok(None) };
        // A link may lead out of the folder.
        let real = |path: &Path| path.canonicalize().map_err(|error| error.to_string());
        if !real(&path)?.starts_with(real(&home)?) {
            return Err("it leads out of the template's folder".to_owned());
        }
        if !about.is_file() || about.len() > MAX_BYTES {
            return Err("it is no file, or longer than a template may be (1 MiB)".to_owned());
        }
        let bytes = artefact::read(&path).map_err(|error| error.to_string())?;
        String::from_utf8(bytes).map(Some).map_err(|_| "it is not UTF-8 text".to_owned())
    })
}
