//! The list of meetings, and a new one: what a dagsorden says is shown before anything is made.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use super::error::{ApiError, ApiResult, Sent, apart};
use super::library::is_plain;
use super::state::{App, Shared};
use super::summary::{self, Has, MeetingState};
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use referat_core::agenda;
use referat_core::domain::agenda::Agenda;
use referat_core::domain::language::Language;
use referat_core::domain::meeting::{ClockTime, Date, Header, Meeting};
use referat_core::language::words::Vocabulary;
use referat_core::remark::Remark;
use referat_document::agenda_text;

/// What is searched for.
#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

/// The meetings of the library.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct MeetingList {
    library: String,
    meetings: Vec<MeetingRow>,
}

/// A meeting in the list.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct MeetingRow {
    id: String,
    title: Option<String>,
    #[cfg_attr(test, ts(type = "string | null"))]
    date: Option<Date>,
    #[cfg_attr(test, ts(type = "string | null"))]
    start: Option<ClockTime>,
    changed_at: Option<String>,
    has: Has,
    duration_ms: Option<u64>,
    state: MeetingState,
    open_proposals: usize,
    /// The line that was searched for.
    snippet: Option<String>,
}

/// Answers with the meetings, the newest first.
pub(super) async fn list(
    State(app): State<Shared>,
    Query(search): Query<Search>,
) -> ApiResult<Json<MeetingList>> {
    apart(move || {
        let words = summary::words(&search.q);
        let mut meetings = Vec::new();
        for (id, folder) in app.library.meetings()? {
            let about = app.summaries.of(&folder, &app.words)?;
            if !about.holds(&words) {
                continue;
            }
            let has = Has::of(&folder);
            let own = summary::state(&folder, has, &about.approval);
            let job = app.jobs.of(&id, &folder).and_then(|job| job.of_meeting());
            let state = job.filter(|_| own != MeetingState::Recording).unwrap_or(own);
            let snippet = if words.is_empty() { None } else { about.snippet(&words) };
            meetings.push(MeetingRow {
                id,
                title: about.title.clone(),
                date: about.date,
                start: about.start,
                changed_at: about.changed_at.clone(),
                has,
                duration_ms: about.duration_ms,
                state,
                open_proposals: about.open_proposals,
                snippet,
            });
        }
        // Those without a date are new, and come first.
        meetings.sort_by_key(|row| {
            let begins = (row.date, row.start.map(|time| time.minutes()));
            (row.date.is_some(), std::cmp::Reverse(begins))
        });
        Ok(Json(MeetingList { library: app.library.name(), meetings }))
    })
    .await
}

/// Answers with what is understood of a dagsorden: pasted, as a file, or as it was understood and
/// then corrected.
pub(super) async fn understand(
    State(app): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<Json<AgendaAnswer>> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if text(CONTENT_TYPE.as_str()).is_some_and(|kind| kind.starts_with("application/json")) {
        let meeting: Meeting = serde_json::from_slice(&body)
            .map_err(|error| ApiError::bad(format!("this is no corrected dagsorden: {error}")))?;
        return apart(move || {
            let words = app.words.vocabulary()?;
            let text = agenda_text::corrected(&meeting, words.of(meeting.language));
            Ok(Json(understood(&text, &words)))
        })
        .await;
    }
    let pasted = text(CONTENT_TYPE.as_str()).is_some_and(|kind| kind.starts_with("text/plain"));
    let name = match text("x-file-name") {
        Some(name) => percent_decode_str(name).decode_utf8_lossy().into_owned(),
        None if pasted => "dagsorden.md".to_owned(),
        None => return Err(ApiError::bad("a file needs its name in the header X-File-Name")),
    };
    apart(move || {
        let markdown = referat_document::read_bytes(&body, &name)?;
        Ok(Json(understood(&markdown, &app.words.vocabulary()?)))
    })
    .await
}

/// What is understood of a dagsorden.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "AgendaReading"))]
pub(super) struct AgendaAnswer {
    markdown: String,
    /// The name of a folder for it.
    name: String,
    #[cfg_attr(test, ts(type = "Header"))]
    header: Header,
    #[cfg_attr(test, ts(type = "AgendaItem[]"))]
    agenda: Agenda,
    #[cfg_attr(test, ts(type = "string"))]
    language: Language,
    #[cfg_attr(test, ts(type = "Remark[]"))]
    remarks: Vec<Remark>,
    /// Whether the draft was made again by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    redrafted: Option<bool>,
}

fn understood(markdown: &str, words: &Vocabulary) -> AgendaAnswer {
    let (meeting, remarks) = agenda::read_in(words, markdown, None);
    AgendaAnswer {
        markdown: markdown.to_owned(),
        name: name_of(&meeting.header),
        header: meeting.header,
        agenda: meeting.agenda,
        language: meeting.language,
        remarks,
        redrafted: None,
    }
}

/// Returns a folder's name for a meeting: its day and its title, in letters that travel.
fn name_of(header: &Header) -> String {
    let mut name = header.date.map_or(String::new(), |date| format!("{date} "));
    let title = header.title.as_deref().unwrap_or("moede").to_lowercase();
    for letter in title.chars() {
        match letter {
            'æ' => name.push_str("ae"),
            'ø' => name.push_str("oe"),
            'å' => name.push_str("aa"),
            letter if letter.is_ascii_alphanumeric() => name.push(letter),
            _ => name.push(' '),
        }
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join("-").chars().take(60).collect::<String>().trim_end_matches('-').to_owned()
}

/// A meeting to be made.
#[derive(Deserialize)]
pub(super) struct NewMeeting {
    markdown: Option<String>,
    template: Option<String>,
    name: Option<String>,
}

/// A meeting that was made.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct MadeMeeting {
    id: String,
}

/// Makes a meeting.
pub(super) async fn create(
    State(app): State<Shared>,
    Sent(new): Sent<NewMeeting>,
) -> ApiResult<(StatusCode, Json<MadeMeeting>)> {
    apart(move || {
        let markdown = match (&new.markdown, &new.template) {
            (Some(markdown), _) => markdown.clone(),
            (None, Some(id)) => {
                let old = app.library.meeting(id)?;
                let words = app.words.of(&old)?;
                let (meeting, _) = crate::run::draft::meeting(&old, None, &words)?;
                agenda_text::dagsorden(&meeting.header, words.of(meeting.language))
            }
            (None, None) => return Err(ApiError::bad("there is neither markdown nor template")),
        };
        let (meeting, _) = agenda::read_in(&app.words.vocabulary()?, &markdown, None);
        let id = match new.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => name.to_owned(),
            None => free(&app, &name_of(&meeting.header)),
        };
        let place = app.library.place(&id).ok_or_else(|| {
            ApiError::bad("the name is not one that a folder can have")
                .tip("leave out / \\ : * ? \" < > | and do not begin with a full stop")
        })?;
        let folder = MeetingFolder::create(&place)?;
        artefact::write(&folder.agenda(), markdown.as_bytes())?;
        Ok((StatusCode::CREATED, Json(MadeMeeting { id })))
    })
    .await
}

/// Returns the name, or one with a number where it is taken.
fn free(app: &App, name: &str) -> String {
    let taken = |name: &str| app.library.place(name).is_some_and(|place| place.exists());
    let name = if is_plain(name) { name } else { "moede" };
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !taken(name)).unwrap_or_else(|| name.to_owned())
}

/// Answers with what is understood of a meeting's dagsorden.
pub(super) async fn agenda_of(
    State(app): State<Shared>,
    Path(id): Path<String>,
) -> ApiResult<Json<AgendaAnswer>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        let bytes = artefact::read(&folder.agenda())?;
        Ok(Json(understood(
            &referat_document::read_bytes(&bytes, "dagsorden.md")?,
            &app.words.of(&folder)?,
        )))
    })
    .await
}

/// A dagsorden that was corrected.
#[derive(Deserialize)]
pub(super) struct Corrected {
    markdown: String,
}

/// Replaces a meeting's dagsorden, and makes the draft again where there is one.
pub(super) async fn put_agenda(
    State(app): State<Shared>,
    Path(id): Path<String>,
    Sent(corrected): Sent<Corrected>,
) -> ApiResult<Json<AgendaAnswer>> {
    let folder = app.library.meeting(&id)?;
    apart(move || {
        artefact::write(&folder.agenda(), corrected.markdown.as_bytes())?;
        let mut answer = understood(&corrected.markdown, &app.words.of(&folder)?);
        answer.redrafted = Some(folder.minutes().exists() && app.redraft(&folder).is_ok());
        Ok(Json(answer))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_named_after_day_and_title() {
        let header = Header {
            title: Some("Kredsrådsmødet i Sønderfjord / Ærø".into()),
            date: "2023-03-07".parse().ok(),
            ..Header::default()
        };
        assert_eq!(name_of(&header), "2023-03-07-kredsraadsmoedet-i-soenderfjord-aeroe");
        assert_eq!(name_of(&Header::default()), "moede");
    }
}
