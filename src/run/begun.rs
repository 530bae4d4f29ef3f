//! A meeting begun from files that somebody has: its dagsorden, a transcript and voices made
//! elsewhere. Everything is read before anything is made: a bad path leaves nothing behind.

use std::path::{Path, PathBuf};

use super::{given, names};
use crate::error::PipelineError;
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use referat_core::agenda;
use referat_core::domain::language::Language;
use referat_core::domain::meeting::Meeting;
use referat_core::domain::transcript::Transcript;
use referat_core::domain::voices::Voices;
use referat_core::language::words::Vocabulary;
use referat_core::remark::Remark;
use referat_document::rttm;

/// Files that a meeting begins with.
#[derive(Clone, Debug, Default)]
pub struct BeginningFiles {
    /// Its dagsorden.
    pub agenda: Option<PathBuf>,
    /// A transcript made elsewhere.
    pub transcript: Option<PathBuf>,
    /// Who spoke when, by voice, made elsewhere.
    pub voices: Option<PathBuf>,
}

/// What the files hold.
#[derive(Debug, Default)]
pub struct MeetingBeginning {
    /// The dagsorden's text.
    pub agenda: Option<String>,
    /// What was understood of it.
    pub understood: Option<Meeting>,
    transcript: Option<(Transcript, PathBuf)>,
    voices: Option<Voices>,
    /// What there is to say of them.
    pub remarks: Vec<Remark>,
}

impl MeetingBeginning {
    /// Reads the files; `text` is that of a dagsorden that comes from elsewhere.
    ///
    /// # Errors
    /// A file is missing, damaged or of no known form.
    pub fn read(
        files: &BeginningFiles,
        text: Option<String>,
        words: &Vocabulary,
    ) -> Result<Self, PipelineError> {
        let mut read = Self { agenda: text, ..Self::default() };
        if let Some(path) = &files.agenda {
            read.agenda = Some(given::text(path)?);
        }
        read.understood = read.agenda.as_deref().map(|text| agenda::read_in(words, text, None).0);
        let language = read.understood.as_ref().map_or(Language::default(), |one| one.language);
        if let Some(path) = &files.transcript {
            let (transcript, remarks) = names::read_transcript(path, language)?;
            read.transcript = Some((transcript, path.clone()));
            read.remarks.extend(remarks);
        }
        if let Some(path) = &files.voices {
            let (voices, remarks) = voices(path)?;
            read.voices = Some(voices);
            read.remarks.extend(remarks);
        }
        Ok(read)
    }

    /// Tells whether a transcript came along.
    pub const fn has_transcript(&self) -> bool {
        self.transcript.is_some()
    }

    /// Makes the meeting's folder; with a dagsorden and no transcript, one that was recorded into
    /// may be there already.
    ///
    /// # Errors
    /// It cannot be made or written.
    pub fn make(&self, dir: &Path) -> Result<MeetingFolder, PipelineError> {
        let folder = match self.agenda.is_some() && self.transcript.is_none() {
            true => MeetingFolder::complete(dir)?,
            false => MeetingFolder::create(dir)?,
        };
        if let Some(text) = &self.agenda {
            artefact::write(&folder.agenda(), text.as_bytes())?;
        }
        if let Some((transcript, path)) = &self.transcript {
            artefact::copy(path, &folder.internal(names::ORIGINAL))?;
            artefact::write_json(&folder.transcript(), transcript)?;
        }
        if let Some(voices) = &self.voices {
            artefact::write_json(&folder.voices(), voices)?;
        }
        Ok(folder)
    }
}

/// Reads turns that were made elsewhere.
///
/// # Errors
/// The file is missing, damaged or of no known form.
pub fn voices(path: &Path) -> Result<(Voices, Vec<Remark>), PipelineError> {
    Ok(rttm::read(&given::bytes(path)?, &path.to_string_lossy())?)
}
