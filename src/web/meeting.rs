//! One meeting as its page shows it: what is known, what was made of it, who works on it.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;

use super::error::{ApiError, ApiResult, apart};
use super::job::Job;
use super::sections::{SectionAnswer, TurnAnswer, section_answers};
use super::state::{App, Shared, encoded};
use super::summary::Has;
use super::voices::VoicesAnswer;
use super::{audio, record};
use crate::editing::approval::{self, Approval};
use crate::editing::journal::{EditedPart, revision};
use crate::editing::save;
use crate::recorder::status::Reading;
use crate::run::draft;
use crate::store::folder::MeetingFolder;
use crate::store::{artefact, lines};
use referat_core::domain::agenda::Agenda;
use referat_core::domain::language::Language;
use referat_core::domain::mark::Mark;
use referat_core::domain::meeting::{Header, Meeting};
use referat_core::domain::referat::Referat;
use referat_core::domain::review::Review;
use referat_core::domain::speakers::Speakers;
use referat_core::domain::transcript::{Flagged, Removed};
use referat_document::format::{Format, FormatName};
use referat_document::profile::BUILT_IN;

/// Answers with the meeting.
pub(super) async fn show(
    State(app): State<Shared>,
    Path(id): Path<String>,
) -> ApiResult<Json<MeetingAnswer>> {
    let folder = app.library.meeting(&id)?;
    apart(move || Ok(Json(read(&app, &id, &folder)?))).await
}

/// A meeting as its page shows it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Meeting"))]
pub(super) struct MeetingAnswer {
    /// Changes when anything of it does, but for what has events of its own.
    pub(super) revision: String,
    #[serde(flatten)]
    known: KnownMeeting,
    // What changes by the second has events of its own.
    pub(super) documents: DocumentRevisions,
    job: Option<Job>,
    recording: Option<Reading>,
}

/// What is known of a meeting and what was made of it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct KnownMeeting {
    id: String,
    name: Option<String>,
    #[cfg_attr(test, ts(type = "string"))]
    language: Language,
    #[cfg_attr(test, ts(type = "Header"))]
    header: Header,
    #[cfg_attr(test, ts(type = "AgendaItem[]"))]
    agenda: Agenda,
    notes: Vec<String>,
    recordings: Vec<RecordingAnswer>,
    has: Has,
    sections: Vec<SectionAnswer>,
    turns: Vec<TurnAnswer>,
    /// Null where nothing tells voices apart.
    voices: Option<VoicesAnswer>,
    #[cfg_attr(test, ts(type = "Flagged[]"))]
    flagged: Vec<Flagged>,
    #[cfg_attr(test, ts(type = "Removed[]"))]
    removed: Vec<Removed>,
    /// The transcript's revision.
    transcript: Option<String>,
    end_ms: Option<u64>,
    #[cfg_attr(test, ts(type = "Mark[]"))]
    marks: Vec<Mark>,
    #[cfg_attr(test, ts(type = "Review[]"))]
    review: Vec<Review>,
    open_proposals: usize,
    approval: ApprovalAnswer,
    /// The profiles that can be named.
    profiles: Vec<&'static str>,
    /// As what it can be sent.
    #[cfg_attr(test, ts(type = "ExportFormat[]"))]
    formats: [ExportFormat; Format::ALL.len()],
}

/// How far the referat is approved.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct ApprovalAnswer {
    state: ApprovalState,
    /// When it was, where it still holds.
    at: Option<String>,
    /// By whom, where that was said and it still holds.
    by: Option<String>,
}

/// Whether the referat is approved.
#[derive(Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub(super) enum ApprovalState {
    /// Nobody has approved it.
    None,
    /// It was changed after.
    Changed,
    /// It stands as it was approved.
    Approved,
}

impl From<Approval> for ApprovalAnswer {
    fn from(approval: Approval) -> Self {
        match approval {
            Approval::None => Self { state: ApprovalState::None, at: None, by: None },
            Approval::Changed => Self { state: ApprovalState::Changed, at: None, by: None },
            Approval::Approved { at, by } => {
                Self { state: ApprovalState::Approved, at: Some(at), by }
            }
        }
    }
}

impl MeetingAnswer {
    /// Returns the revision of the transcript.
    pub(super) fn transcript(&self) -> Option<&String> {
        self.known.transcript.as_ref()
    }
}

/// Reads what is known of a meeting.
pub(super) fn read(app: &App, id: &str, folder: &MeetingFolder) -> ApiResult<MeetingAnswer> {
    let heard = app.transcripts.of(folder)?;
    let heard = heard.as_deref();
    let referat: Option<Referat> = match artefact::read_if_there(&folder.minutes())? {
        Some(_) => Some(artefact::read_json(&folder.minutes())?),
        None => None,
    };
    // A dagsorden that is missing or cannot be read leaves what the draft knows.
    let meeting =
        draft::meeting(folder, None, &app.words.of(folder)?).map(|(meeting, _)| meeting).ok();
    let language = meeting.as_ref().map(|meeting| meeting.language).unwrap_or_default();
    let Meeting { header, agenda, .. } = meeting.unwrap_or_default();
    let Referat { header, agenda, sections, notes, .. } =
        referat.unwrap_or_else(|| Referat { header, agenda, ..Referat::default() });
    let review: Vec<Review> = lines::read(&folder.review())?;
    let speakers: Option<Speakers> = match artefact::read_if_there(&folder.speakers())? {
        Some(_) => Some(artefact::read_json(&folder.speakers())?),
        None => None,
    };
    let Speakers { voices: named, turns, .. } = speakers.unwrap_or_default();
    let known = KnownMeeting {
        id: id.to_owned(),
        name: folder.root().file_name().map(|name| name.to_string_lossy().into_owned()),
        language,
        header,
        agenda,
        notes,
        recordings: recordings(id, folder, heard.map(|heard| heard.audio.as_slice()))?,
        has: Has::of(folder),
        sections: section_answers(sections, &review),
        turns: turns.into_iter().map(|turn| TurnAnswer::of(turn, heard)).collect(),
        voices: heard.and_then(|heard| VoicesAnswer::of(heard, &named)),
        flagged: heard.map(|heard| heard.flagged.clone()).unwrap_or_default(),
        removed: heard.map(|heard| heard.removed.clone()).unwrap_or_default(),
        transcript: heard.map(|heard| heard.revision.clone()),
        end_ms: heard.map(|heard| heard.end_ms),
        marks: draft::marks(folder)?,
        review,
        open_proposals: approval::open_proposals(folder)?,
        approval: approval::approval(folder)?.into(),
        profiles: BUILT_IN.iter().map(|(name, _)| *name).collect(),
        formats: ExportFormat::all(),
    };
    let written = serde_json::to_string(&known)
        .map_err(|error| ApiError::failed(format!("cannot write the answer: {error}")))?;
    Ok(MeetingAnswer {
        revision: revision(&written),
        known,
        documents: documents(folder)?,
        job: app.jobs.of(id, folder),
        recording: record::reading(folder),
    })
}

/// A kind of file that the referat can be sent as.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct ExportFormat {
    ending: &'static str,
    #[cfg_attr(test, ts(type = "{ da: string, en: string }"))]
    name: FormatName,
}

impl ExportFormat {
    fn all() -> [Self; Format::ALL.len()] {
        Format::ALL.map(|Format { ending, name, .. }| Self { ending, name })
    }
}

/// The revisions of a meeting's texts, of those that there are.
#[derive(Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct DocumentRevisions {
    open: Option<String>,
    closed: Option<String>,
}

impl DocumentRevisions {
    /// Returns the revision of one of them.
    pub(super) fn of(&self, part: EditedPart) -> Option<&str> {
        match part {
            EditedPart::Open => self.open.as_deref(),
            EditedPart::Closed => self.closed.as_deref(),
        }
    }
}

/// A recording as a page plays it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Recording"))]
pub(super) struct RecordingAnswer {
    n: usize,
    name: String,
    path: String,
    bytes: u64,
    offset_ms: Option<u64>,
    duration_ms: Option<u64>,
    plays: Plays,
    url: String,
    copy_url: String,
    peaks_url: String,
}

/// What a browser plays of a recording.
#[derive(Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub(super) enum Plays {
    /// The recording itself.
    Original,
    /// A copy that is made for it.
    Copy,
}

/// Returns the revisions of the meeting's texts.
pub(super) fn documents(folder: &MeetingFolder) -> ApiResult<DocumentRevisions> {
    let of = |part| -> ApiResult<Option<String>> {
        Ok(save::read(folder, part)?.map(|text| revision(&text)))
    };
    Ok(DocumentRevisions { open: of(EditedPart::Open)?, closed: of(EditedPart::Closed)? })
}

fn recordings(
    id: &str,
    folder: &MeetingFolder,
    known: Option<&[referat_core::domain::recording::AudioFile]>,
) -> ApiResult<Vec<RecordingAnswer>> {
    let id = encoded(id);
    let mut shown = Vec::new();
    for (n, path) in audio::recordings(folder)?.iter().enumerate() {
        let name = folder.relative(path);
        let placed = known.unwrap_or_default().iter().find(|file| file.path == name);
        let made = crate::playback::peaks::known(folder, path).ok().flatten();
        let length = made.map(|peaks| peaks.duration.as_millis() as u64);
        let url = format!("/api/meetings/{id}/audio/{n}");
        let played = crate::playback::copy::is_played(path);
        shown.push(RecordingAnswer {
            n,
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            bytes: std::fs::metadata(path).map(|about| about.len()).unwrap_or_default(),
            offset_ms: placed.map(|file| file.offset_ms),
            duration_ms: placed.map(|file| file.duration_ms).or(length),
            plays: if played { Plays::Original } else { Plays::Copy },
            copy_url: format!("{url}/copy"),
            peaks_url: format!("{url}/peaks"),
            path: name,
            url,
        });
    }
    Ok(shown)
}
