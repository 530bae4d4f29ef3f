//! A meeting's transcript as columns, which a page of ten thousand segments reads in a moment, and
//! what else of it the pages need. A large transcript is read once and kept as long as it is the
//! same file.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use axum::body::Bytes;
use serde::Serialize;

use super::error::ApiResult;
use crate::run::names::read_transcript;
use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use referat_core::domain::language::Language;
use referat_core::domain::recording::AudioFile;
use referat_core::domain::transcript::{Flagged, Removed, SegmentId, Transcript};

/// What the pages need of a transcript.
#[derive(Debug)]
pub(super) struct KnownTranscript {
    /// Changes with the transcript.
    pub(super) revision: String,
    /// The columns as JSON.
    pub(super) columns: Bytes,
    pub(super) audio: Vec<AudioFile>,
    pub(super) flagged: Vec<Flagged>,
    pub(super) removed: Vec<Removed>,
    /// The voice of each segment that has one.
    pub(super) voices: HashMap<SegmentId, String>,
    /// Where the last segment ends, in milliseconds.
    pub(super) end_ms: u64,
}

/// When a file was last written and how long it is.
pub(super) type Stamp = (Option<SystemTime>, u64);

/// Returns the stamp of the file at `path`; `None` when there is none.
pub(super) fn stamp(path: &Path) -> Option<Stamp> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok(), about.len()))
}

/// Transcripts that are kept in memory at a time.
const KEPT: usize = 4;

/// The transcripts that were read last.
#[derive(Debug, Default)]
pub(super) struct Transcripts(Mutex<Vec<(PathBuf, Stamp, Arc<KnownTranscript>)>>);

impl Transcripts {
    /// Returns the transcript of a meeting; `None` when it has none.
    pub(super) fn of(&self, folder: &MeetingFolder) -> ApiResult<Option<Arc<KnownTranscript>>> {
        let path = folder.transcript();
        let Some(now) = stamp(&path) else { return Ok(None) };
        {
            let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let same = kept.iter().find(|(known, then, _)| *known == path && *then == now);
            if let Some((_, _, heard)) = same {
                return Ok(Some(Arc::clone(heard)));
            }
        }
        // Read outside the lock: another meeting need not wait for it.
        let heard = Arc::new(read(&path)?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, ..)| *known != path);
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push((path, now, Arc::clone(&heard)));
        Ok(Some(heard))
    }
}

#[derive(Default, Serialize)]
struct Columns<'a> {
    revision: &'a str,
    language: &'a str,
    count: usize,
    id: Vec<SegmentId>,
    start_ms: Vec<u64>,
    end_ms: Vec<u64>,
    text: Vec<&'a str>,
    confidence: Vec<Option<f32>>,
    first_word: Vec<usize>,
    words: Words<'a>,
}

#[derive(Default, Serialize)]
struct Words<'a> {
    start_ms: Vec<u64>,
    end_ms: Vec<u64>,
    text: Vec<&'a str>,
    confidence: Vec<Option<u8>>,
    heard: BTreeMap<usize, &'a str>,
}

fn read(path: &Path) -> ApiResult<KnownTranscript> {
    let bytes = artefact::read(path)?;
    let revision = artefact::sha256(&bytes)[..16].to_owned();
    // A transcript from elsewhere is brought into our form by the first draft.
    let transcript: Transcript = match serde_json::from_slice(&bytes) {
        Ok(transcript) => transcript,
        Err(_) => read_transcript(path, Language::default())?.0,
    };
    let mut columns =
        Columns { revision: &revision, language: &transcript.language, ..Columns::default() };
    columns.count = transcript.segments.len();
    for segment in &transcript.segments {
        columns.id.push(segment.id);
        columns.start_ms.push(segment.span.start().as_ms());
        columns.end_ms.push(segment.span.end().as_ms());
        columns.text.push(&segment.text);
        columns.confidence.push(segment.confidence.map(|it| (it * 100.0).round() / 100.0));
        let words = &mut columns.words;
        columns.first_word.push(words.text.len());
        for word in &segment.words {
            if let Some(heard) = &word.heard {
                words.heard.insert(words.text.len(), heard);
            }
            words.start_ms.push(word.span.start().as_ms());
            words.end_ms.push(word.span.end().as_ms());
            words.text.push(&word.text);
            // Rounded down: what is doubtful stays below the mark.
            words.confidence.push(word.confidence.map(|it| (it.clamp(0.0, 1.0) * 100.0) as u8));
        }
    }
    let columns = serde_json::to_vec(&columns)
        .map_err(|source| StoreError::Parse { path: path.to_owned(), source })?;
    let voices = transcript.segments.iter().filter_map(|it| Some((it.id, it.voice.clone()?)));
    Ok(KnownTranscript {
        columns: columns.into(),
        voices: voices.collect(),
        end_ms: transcript.segments.last().map_or(0, |last| last.span.end().as_ms()),
        revision,
        audio: transcript.audio,
        flagged: transcript.flagged,
        removed: transcript.removed,
    })
}
