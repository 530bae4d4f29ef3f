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
use crate::store::lines;
use referat_core::domain::corrected_voices::{corrected, free_label, told_by};
use referat_core::domain::language::Language;
use referat_core::domain::recording::AudioFile;
use referat_core::domain::review::{Review, ReviewKind};
use referat_core::domain::transcript::{Flagged, Removed, SegmentId, Transcript};
use referat_core::domain::voices::{VoiceId, Voices};
use referat_core::time::Timestamp;
use referat_core::understanding::cut_at_voices;

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
    /// The voices as the referent has corrected them; none where nothing tells them apart.
    pub(super) voices: Option<Voices>,
    /// A label for one more voice.
    pub(super) free: VoiceId,
    /// How many words each voice says.
    pub(super) words: BTreeMap<String, usize>,
    /// The voice of each segment, or of each part of one, by where it begins.
    pub(super) voice_at: HashMap<(SegmentId, Timestamp), String>,
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

/// What a transcript is shown by: when it and the voices were last written, and what the referent
/// said of the voices.
#[derive(Clone, Debug, PartialEq)]
struct Sources {
    transcript: Option<Stamp>,
    voices: Option<Stamp>,
    review: Vec<Review>,
}

impl Sources {
    fn of(folder: &MeetingFolder) -> ApiResult<Self> {
        let mut review: Vec<Review> = lines::read(&folder.review())?;
        review.retain(|line| {
            let kind = &line.kind;
            matches!(
                kind,
                ReviewKind::Voice { .. } | ReviewKind::Merge { .. } | ReviewKind::Split { .. }
            )
        });
        let (transcript, voices) = (stamp(&folder.transcript()), stamp(&folder.voices()));
        Ok(Self { transcript, voices, review })
    }
}

/// The transcripts that were read last.
#[derive(Debug, Default)]
pub(super) struct Transcripts(Mutex<Vec<(PathBuf, Sources, Arc<KnownTranscript>)>>);

impl Transcripts {
    /// Returns the transcript of a meeting; `None` when it has none.
    pub(super) fn of(&self, folder: &MeetingFolder) -> ApiResult<Option<Arc<KnownTranscript>>> {
        let path = folder.transcript();
        let now = Sources::of(folder)?;
        if now.transcript.is_none() {
            return Ok(None);
        }
        {
            let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let same = kept.iter().find(|(known, then, _)| *known == path && *then == now);
            if let Some((_, _, heard)) = same {
                return Ok(Some(Arc::clone(heard)));
            }
        }
        // Read outside the lock: another meeting need not wait for it.
        let heard = Arc::new(read(folder, &now.review)?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, ..)| *known != path);
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push((path, now, Arc::clone(&heard)));
        Ok(Some(heard))
    }
}

/// The transcript in columns; the words of segment `i` begin at `first_word[i]`. The parts of a
/// segment in which the voice changes stand apart, and bear the same id.
#[derive(Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "TranscriptColumns"))]
pub(super) struct Columns<'a> {
    revision: &'a str,
    language: &'a str,
    count: usize,
    #[cfg_attr(test, ts(type = "number[]"))]
    id: Vec<SegmentId>,
    start_ms: Vec<u64>,
    end_ms: Vec<u64>,
    text: Vec<&'a str>,
    confidence: Vec<Option<f32>>,
    first_word: Vec<usize>,
    words: Words<'a>,
}

/// The words in columns.
#[derive(Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "WordColumns"))]
pub(super) struct Words<'a> {
    start_ms: Vec<u64>,
    end_ms: Vec<u64>,
    text: Vec<&'a str>,
    /// In whole per cent.
    confidence: Vec<Option<u8>>,
    /// What was heard before a name was put right, by the word's place.
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    heard: BTreeMap<usize, &'a str>,
}

fn read(folder: &MeetingFolder, review: &[Review]) -> ApiResult<KnownTranscript> {
    let path = folder.transcript();
    let bytes = artefact::read(&path)?;
    // A transcript from elsewhere is brought into our form by the first draft.
    let transcript: Transcript = match serde_json::from_slice(&bytes) {
        Ok(transcript) => transcript,
        Err(_) => read_transcript(&path, Language::default())?.0,
    };
    let heard: Option<Voices> = match folder.voices().exists() {
        true => Some(artefact::read_json(&folder.voices())?),
        false => told_by(&transcript),
    };
    let voices = heard.as_ref().map(|heard| corrected(heard, review).into_owned());
    let free = free_label(heard.as_ref().unwrap_or(&Voices::default()), review);
    let shown = match &voices {
        Some(voices) if heard.as_ref() != Some(voices) || folder.voices().exists() => {
            cut_at_voices(&transcript, voices)
        }
        _ => transcript,
    };
    let revision = match &voices {
        Some(voices) => {
            let turns = serde_json::to_vec(&voices.turns)
                .map_err(|source| StoreError::Parse { path: folder.voices(), source })?;
            artefact::sha256(&[bytes, turns].concat())
        }
        None => artefact::sha256(&bytes),
    };
    let revision = revision[..16].to_owned();
    let columns = serde_json::to_vec(&columns(&shown, &revision))
        .map_err(|source| StoreError::Parse { path, source })?;
    let mut words = BTreeMap::new();
    let mut voice_at = HashMap::new();
    for segment in &shown.segments {
        let Some(voice) = &segment.voice else { continue };
        *words.entry(voice.clone()).or_default() += segment.text.split_whitespace().count();
        voice_at.insert((segment.id, segment.span.start()), voice.clone());
    }
    Ok(KnownTranscript {
        columns: columns.into(),
        voices,
        free,
        words,
        voice_at,
        end_ms: shown.segments.last().map_or(0, |last| last.span.end().as_ms()),
        revision,
        audio: shown.audio,
        flagged: shown.flagged,
        removed: shown.removed,
    })
}

fn columns<'a>(transcript: &'a Transcript, revision: &'a str) -> Columns<'a> {
    let mut columns = Columns { revision, language: &transcript.language, ..Columns::default() };
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
    columns
}
