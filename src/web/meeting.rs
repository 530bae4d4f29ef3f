//! One meeting as its page shows it: what is known, what was made of it, who works on it.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use serde_json::{Value, json};

use super::error::{ApiResult, apart};
use super::state::{App, Shared, encoded};
use super::summary::Has;
use super::{audio, record};
use crate::editing::approval::{self, Approval};
use crate::editing::journal::{EditedPart, revision};
use crate::editing::save;
use crate::run::draft;
use crate::store::folder::MeetingFolder;
use crate::store::{artefact, lines};
use referat_core::domain::mark::Mark;
use referat_core::domain::meeting::Meeting;
use referat_core::domain::referat::{Referat, StatementId};
use referat_core::domain::review::{Review, ReviewKind};
use referat_core::domain::speakers::Speakers;
use referat_document::format::{Format, FormatName};
use referat_document::profile::BUILT_IN;

/// Answers with the meeting.
pub(super) async fn show(
    State(app): State<Shared>,
    Path(id): Path<String>,
) -> ApiResult<Json<Value>> {
    let folder = app.library.meeting(&id)?;
    apart(move || Ok(Json(read(&app, &id, &folder)?))).await
}

/// Reads what is known of a meeting; `revision` changes when anything of it does.
pub(super) fn read(app: &App, id: &str, folder: &MeetingFolder) -> ApiResult<Value> {
    let heard = app.transcripts.of(folder)?;
    let referat: Option<Referat> = match artefact::read_if_there(&folder.minutes())? {
        Some(_) => Some(artefact::read_json(&folder.minutes())?),
        None => None,
    };
    // A dagsorden that is missing or cannot be read leaves what the draft knows.
    let meeting = draft::meeting(folder, None).map(|(meeting, _)| meeting).ok();
    let language = meeting.as_ref().map(|meeting| meeting.language).unwrap_or_default();
    let Meeting { header, agenda, .. } = meeting.unwrap_or_default();
    let review: Vec<Review> = lines::read(&folder.review())?;
    let marks: Vec<Mark> = draft::marks(folder)?;
    let approval = approval::approval(folder)?;
    let mut known = json!({
        "id": id,
        "name": folder.root().file_name().map(|name| name.to_string_lossy()),
        "language": language,
        "header": referat.as_ref().map_or(&header, |referat| &referat.header),
        "agenda": referat.as_ref().map_or(&agenda, |referat| &referat.agenda),
        "notes": referat.as_ref().map(|referat| referat.notes.clone()).unwrap_or_default(),
        "recordings": recordings(id, folder, heard.as_deref().map(|heard| heard.audio.as_slice()))?,
        "has": Has::of(folder),
        "sections": sections(referat.as_ref(), &review),
        "turns": turns(folder, heard.as_deref())?,
        "flagged": heard.as_ref().map(|heard| heard.flagged.clone()).unwrap_or_default(),
        "removed": heard.as_ref().map(|heard| heard.removed.clone()).unwrap_or_default(),
        "transcript": heard.as_ref().map(|heard| heard.revision.clone()),
        "end_ms": heard.as_ref().map(|heard| heard.end_ms),
        "marks": marks,
        "review": review,
        "open_proposals": approval::open_proposals(folder)?,
        "approval": match &approval {
            Approval::None => json!({"state": "none", "at": null}),
            Approval::Changed => json!({"state": "changed", "at": null}),
            Approval::Approved { at } => json!({"state": "approved", "at": at}),
        },
        "profiles": BUILT_IN.map(|(name, _)| name),
        "formats": ExportFormat::all(),
    });
    known["revision"] = revision(&known.to_string()).into();
    // What changes by the second has events of its own.
    known["documents"] = json!(documents(folder)?);
    known["job"] = json!(app.jobs.of(id, folder));
    known["recording"] = json!(record::reading(folder));
    Ok(known)
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
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct DocumentRevisions {
    open: Option<String>,
    closed: Option<String>,
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

/// Returns the draft's sections, each statement with what the referent decided about it.
fn sections(referat: Option<&Referat>, review: &[Review]) -> Value {
    let mut decided: HashMap<&StatementId, &str> = HashMap::new();
    for line in review {
        match &line.kind {
            ReviewKind::Accept { statement } => decided.insert(statement, "accepted"),
            ReviewKind::Reject { statement } => decided.insert(statement, "rejected"),
            ReviewKind::Reopen { statement } => decided.remove(statement),
            _ => continue,
        };
    }
    let Some(referat) = referat else { return json!([]) };
    let sections = referat.sections.iter().map(|section| {
        let mut shown = json!(section);
        let statements = section.statements.iter().map(|statement| {
            let mut shown = json!(statement);
            shown["reviewed"] = json!(decided.get(&statement.id));
            shown
        });
        shown["statements"] = statements.collect();
        shown
    });
    sections.collect()
}

fn turns(
    folder: &MeetingFolder,
    heard: Option<&super::transcripts::KnownTranscript>,
) -> ApiResult<Value> {
    if artefact::read_if_there(&folder.speakers())?.is_none() {
        return Ok(json!([]));
    }
    let speakers: Speakers = artefact::read_json(&folder.speakers())?;
    let turns = speakers.turns.iter().map(|turn| {
        let mut shown = json!(turn);
        let first = turn.segments.first();
        shown["voice"] = json!(first.zip(heard).and_then(|(id, heard)| heard.voices.get(id)));
        shown
    });
    Ok(turns.collect())
}
