//! What happens is told to the pages as it happens (server-sent events): what this server does,
//! and what others do to the files, which are looked at twice a second.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::path::PathBuf;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use serde::Serialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;

use super::error::{ApiResult, apart};
use super::job::Job;
use super::meeting::DocumentRevisions;
use super::note::{EventNote, Happening};
use super::state::Shared;
use super::transcripts::{Stamp, stamp};
use super::{meeting, record};
use crate::editing::journal::EditedPart;
use crate::store::folder::MeetingFolder;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_millis(500);
/// How often a recording under way is.
const BEAT: Duration = Duration::from_millis(200);
/// A line that says nothing keeps the way open.
const BREATH: Duration = Duration::from_secs(15);

type Told = Sse<axum::response::sse::KeepAliveStream<Events>>;
type Events = std::pin::Pin<Box<dyn Stream<Item = Result<Event, Infallible>> + Send>>;

/// Answers with what happens to one meeting.
pub(super) async fn of_meeting(
    State(app): State<Shared>,
    Path(id): Path<String>,
) -> ApiResult<Told> {
    let folder = app.library.meeting(&id)?;
    let notes = app.jobs.listen();
    let watch = Watch { app, id, folder, seen: BTreeMap::new(), known: Known::default() };
    Ok(told(watch, notes))
}

/// Answers with what happens to the list of meetings.
pub(super) async fn of_all(State(app): State<Shared>) -> Told {
    let notes = app.jobs.listen();
    told(List { app, seen: None }, notes)
}

/// Something that is looked at again and again.
trait Watched: Send + 'static {
    /// Returns what is new, and when to look again.
    fn look(self) -> impl Future<Output = (Self, Vec<Event>, Duration)> + Send
    where
        Self: Sized;
    /// Returns the event of a note, where it is one for this page.
    fn heard(&self, note: &EventNote) -> Option<Event>;
}

/// A page that listens.
struct Page<W> {
    watch: W,
    notes: Receiver<EventNote>,
    /// What it is still to be told.
    waiting: VecDeque<Event>,
    /// When is looked again.
    next: Instant,
}

impl<W: Watched> Page<W> {
    /// Returns the next event; `None` when the server ends.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some((Ok(event), self));
            }
            match tokio::time::timeout_at(self.next, self.notes.recv()).await {
                Ok(Ok(note)) => self.waiting.extend(self.watch.heard(&note)),
                // Some were missed: what is there now is found by looking.
                Ok(Err(RecvError::Lagged(_))) => {}
                Ok(Err(RecvError::Closed)) => return None,
                Err(_) => {
                    let (watch, news, pause) = self.watch.look().await;
                    self.watch = watch;
                    self.waiting.extend(news);
                    self.next = Instant::now() + pause;
                }
            }
        }
    }
}

fn told<W: Watched>(watch: W, notes: Receiver<EventNote>) -> Told {
    let hello = Event::default().event("hello").data("{}");
    let page = Page { watch, notes, waiting: VecDeque::from([hello]), next: Instant::now() };
    let stream: Events = Box::pin(futures_util::stream::unfold(page, Page::next));
    Sse::new(stream).keep_alive(KeepAlive::new().interval(BREATH))
}

/// A text is another.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct DocumentChanged<'a> {
    part: EditedPart,
    revision: Option<&'a str>,
}

/// A meeting or its transcript is another.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct RevisionChanged<'a> {
    revision: Option<&'a str>,
}

/// Something was made of a recording.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct AudioMade {
    n: usize,
}

/// The job of one of the meetings is further.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct MeetingJob<'a> {
    id: &'a str,
    #[serde(flatten)]
    job: &'a Job,
}

/// The list of meetings is another.
#[derive(Serialize)]
struct MeetingsChanged {}

fn event(name: &str, data: &impl Serialize) -> Event {
    // What is sent is plain structs, which can always be written.
    let data = serde_json::to_string(data).unwrap_or_else(|_| "null".to_owned());
    Event::default().event(name).data(data)
}

/// One meeting.
struct Watch {
    app: Shared,
    id: String,
    folder: MeetingFolder,
    seen: BTreeMap<PathBuf, Option<Stamp>>,
    known: Known,
}

/// What was told of a meeting last.
#[derive(Default)]
struct Known {
    meeting: Option<String>,
    documents: DocumentRevisions,
    transcript: Option<String>,
    recording: bool,
}

impl Watched for Watch {
    async fn look(mut self) -> (Self, Vec<Event>, Duration) {
        let looked = apart(move || {
            let mut events = Vec::new();
            let reading = record::reading(&self.folder);
            let records = reading.is_some();
            if records || self.known.recording {
                events.push(event("recording", &reading));
            }
            self.known.recording = records;
            let files = files(&self.folder);
            if files != self.seen {
                self.seen = files;
                // The first time this tells what there is: a page compares it with what it has.
                // A file that is being replaced can be read the next time.
                match self.news() {
                    Ok(news) => events.extend(news),
                    Err(_) => self.seen.clear(),
                }
            }
            Ok((self, events, if records { BEAT } else { LOOK }))
        });
        match looked.await {
            Ok(looked) => looked,
            // The work broke off with what it worked on: this page begins anew.
            Err(_) => std::future::pending().await,
        }
    }

    fn heard(&self, note: &EventNote) -> Option<Event> {
        (note.root == self.folder.root()).then(|| match &note.happening {
            Happening::Job(job) => event("job", job),
            Happening::Audio(n) => event("audio", &AudioMade { n: *n }),
        })
    }
}

impl Watch {
    /// Returns what is different from what was told last.
    fn news(&mut self) -> ApiResult<Vec<Event>> {
        let now = meeting::read(&self.app, &self.id, &self.folder)?;
        let mut events = Vec::new();
        for part in [EditedPart::Open, EditedPart::Closed] {
            let revision = now.documents.of(part);
            if revision != self.known.documents.of(part) {
                events.push(event("document", &DocumentChanged { part, revision }));
            }
        }
        let (transcript, meeting) = (now.transcript().cloned(), Some(now.revision));
        if transcript != self.known.transcript {
            let revision = transcript.as_deref();
            events.push(event("transcript", &RevisionChanged { revision }));
        }
        if meeting != self.known.meeting {
            events.push(event("meeting", &RevisionChanged { revision: meeting.as_deref() }));
        }
        self.known = Known { meeting, documents: now.documents, transcript, ..self.known };
        Ok(events)
    }
}

/// Returns the stamps of everything that a page shows.
fn files(folder: &MeetingFolder) -> BTreeMap<PathBuf, Option<Stamp>> {
    let mut files = vec![
        folder.agenda(),
        folder.marks(),
        folder.review(),
        folder.speakers(),
        folder.voices(),
        folder.transcript(),
        folder.minutes(),
        folder.referat(),
        folder.closed_referat(),
    ];
    files.extend(super::audio::recordings(folder).unwrap_or_default());
    files.into_iter().map(|path| (path.clone(), stamp(&path))).collect()
}

/// The list of meetings.
struct List {
    app: Shared,
    seen: Option<Vec<Vec<Option<Stamp>>>>,
}

impl Watched for List {
    async fn look(mut self) -> (Self, Vec<Event>, Duration) {
        let looked = apart(move || {
            let mut now = Vec::new();
            for (_, folder) in self.app.library.meetings()? {
                now.push(files(&folder).into_values().collect());
            }
            let changed = self.seen.as_ref() != Some(&now);
            self.seen = Some(now);
            let events =
                if changed { vec![event("meetings", &MeetingsChanged {})] } else { Vec::new() };
            Ok((self, events, LOOK * 4))
        });
        match looked.await {
            Ok(looked) => looked,
            Err(_) => std::future::pending().await,
        }
    }

    fn heard(&self, note: &EventNote) -> Option<Event> {
        let id = note.root.file_name()?.to_string_lossy();
        match &note.happening {
            Happening::Job(job) => Some(event("job", &MeetingJob { id: &id, job })),
            Happening::Audio(_) => None,
        }
    }
}
