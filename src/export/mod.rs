//! A meeting's `referat.md`, as the referent left it, becomes a file to send.

pub mod error;
pub mod fill_in;

use std::path::PathBuf;

use crate::editing::base::DraftBase;
use crate::error::PipelineError;
use crate::run::draft;
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use referat_core::domain::language::Language;
use referat_core::domain::referat::Referat;
use referat_core::language::headings::Headings;
use referat_core::language::words::{Vocabulary, Words};
use referat_core::remark::Remark;
use referat_document::document::Document;
use referat_document::format::{Export, ExportedFile};
use referat_document::layout::{self, Part};
use referat_document::merge;
use referat_document::profile::Profile;
use referat_document::{markdown, plain};

pub use error::ExportError;
pub use referat_document::format::Format;

/// What is exported, and how.
#[derive(Debug)]
pub struct ExportOptions<'a> {
    /// The kind of file.
    pub format: Format,
    /// Language of the referat. Default: the dagsorden's own.
    pub language: Option<Language>,
    /// The words of the languages. Default: those that are compiled in.
    pub words: &'a Vocabulary,
    /// House rules to lay a draft out by that nobody has edited. Default: as it stands.
    pub profile: Option<&'a Profile>,
    /// The office's own DOCX, whose styles are taken. Default: none.
    pub reference: Option<&'a [u8]>,
    /// Whether times, the speakers' sentences and comments are kept. Default: no.
    pub draft: bool,
    /// Whether the closed items are exported, apart. Default: no.
    pub closed: bool,
}

impl ExportOptions<'_> {
    /// Returns the options that export the referat as it stands.
    pub fn new(format: Format) -> Self {
        let (words, draft, closed) = (Vocabulary::compiled(), false, false);
        Self { format, language: None, words, profile: None, reference: None, draft, closed }
    }

    /// Returns the name of the file in the meeting's folder that the export goes to.
    pub fn file_name(&self) -> String {
        let closed = if self.closed { "-lukket" } else { "" };
        // `referat.md` is the referent's own.
        let kind = match self.draft {
            true => "-udkast",
            false if self.format == markdown::FORMAT => "-endelig",
            false => "",
        };
        format!("referat{closed}{kind}.{}", self.format.ending)
    }
}

/// Returns the exported file.
///
/// # Errors
/// There is no referat, a file cannot be read, or the format cannot be made.
pub fn export(
    folder: &MeetingFolder,
    options: &ExportOptions<'_>,
) -> Result<ExportedFile, PipelineError> {
    let SentDocument { document, referat, language } = sent(folder, options)?;
    let ExportOptions { draft, reference, .. } = *options;
    let export =
        Export { document: &document, referat: referat.as_ref(), language, draft, reference };
    Ok(options.format.write(&export).map_err(ExportError::from)?)
}

/// Returns what is not finished in what is exported, whatever its format: proposals that are not
/// settled, and speakers that are not known.
///
/// # Errors
/// There is no referat, or a file cannot be read.
pub fn unfinished(
    folder: &MeetingFolder,
    options: &ExportOptions<'_>,
) -> Result<Vec<Remark>, PipelineError> {
    let SentDocument { document, language, .. } = sent(folder, options)?;
    let text = artefact::read_if_there(&text_of(folder, options))?.unwrap_or_default();
    let open = merge::open_proposals(&String::from_utf8_lossy(&text));
    let unknown = &Headings::of(language).unknown_speaker;
    let times = plain::plain(&document).matches(unknown.as_str()).count();
    let proposals = match open {
        0 => None,
        1 => Some("1 proposal is not settled and is left out".to_owned()),
        _ => Some(format!("{open} proposals are not settled and are left out")),
    };
    let speakers = match times {
        0 => None,
        1 => Some(format!("`{unknown}` stands in the file")),
        _ => Some(format!("`{unknown}` stands {times} times in the file")),
    };
    Ok([proposals, speakers].into_iter().flatten().map(Remark::on_whole).collect())
}

/// What an export is made of, whatever its format.
pub(super) struct SentDocument<'a> {
    /// The document as it is to be sent.
    pub(super) document: Document,
    /// The draft behind it; none where there is only a text.
    pub(super) referat: Option<Referat>,
    /// The language of the fixed words.
    pub(super) language: Words<'a>,
}

/// Reads what an export is made of.
pub(super) fn sent<'a>(
    folder: &MeetingFolder,
    options: &ExportOptions<'a>,
) -> Result<SentDocument<'a>, PipelineError> {
    let language = language(folder, options)?;
    let referat: Option<Referat> = match artefact::read_if_there(&folder.minutes())? {
        Some(_) => Some(artefact::read_json(&folder.minutes())?),
        None => None,
    };
    let edited = document(folder, options, referat.as_ref(), language)?;
    let document = if options.draft {
        edited
    } else {
        // That the draft is uncertain is told to her who is to mend it.
        let words = Headings::of(language);
        let model = referat.as_ref().and_then(|referat| referat.speech_model.as_deref());
        let notes = [words.heard_badly(model), words.heard_badly_all(model)];
        edited.without_sources().without_notes(&notes.each_ref().map(String::as_str))
    };
    Ok(SentDocument { document, referat, language })
}

/// Returns the language of the referat: the one asked for, or the dagsorden's.
fn language<'a>(
    folder: &MeetingFolder,
    options: &ExportOptions<'a>,
) -> Result<Words<'a>, PipelineError> {
    let words = options.words;
    let language = match options.language {
        Some(language) => language,
        None if folder.agenda().exists() => draft::meeting(folder, None, words)?.0.language,
        None => Language::default(),
    };
    Ok(words.of(language))
}

/// Returns the path of the text that is exported.
fn text_of(folder: &MeetingFolder, options: &ExportOptions<'_>) -> PathBuf {
    if options.closed { folder.closed_referat() } else { folder.referat() }
}

/// Returns the document to export: the text as it stands, or the draft by another profile.
fn document(
    folder: &MeetingFolder,
    options: &ExportOptions<'_>,
    referat: Option<&Referat>,
    language: Words<'_>,
) -> Result<Document, PipelineError> {
    let path = text_of(folder, options);
    let Some(bytes) = artefact::read_if_there(&path)? else {
        return Err(match options.closed && folder.referat().exists() {
            true => ExportError::NoClosed { path },
            false => ExportError::NoReferat { path },
        }
        .into());
    };
    let text = referat_document::read_bytes(&bytes, &folder.relative(&path))?;
    let Some(profile) = options.profile else {
        // What the referent has not settled is hers to see and no part of what is sent.
        let text = if options.draft { text } else { merge::without_proposals(&text) };
        return Ok(markdown::document_in(options.words, &text));
    };
    let base = DraftBase::read(folder, language, &Profile::default())?;
    let machine = base.and_then(|base| if options.closed { base.closed } else { Some(base.open) });
    match referat {
        Some(referat) if machine == Some(text) => {
            let part = if options.closed { Part::Closed } else { Part::Open };
            Ok(layout::document(referat, language, profile, part))
        }
        _ => Err(ExportError::Edited { path }.into()),
    }
}
