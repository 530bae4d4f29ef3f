//! A recording under way, as the terminal and the editor drive it: open it, look after it a
//! few dozen times a second with [`RecordingSession::attend`], mark, stop. It watches the device, the
//! disk and the level, and answers what other processes ask.

use std::path::PathBuf;
use std::time::Duration;

use super::recover::{Recovered, recover};
use super::request::{self, RecorderReply, RecorderRequest};
use super::scribe::Scribe;
use super::status::{Event, Phase, RecordingSummary, Status, wall_clock};
use super::watch::Watch;
use super::wire::Wire;
use super::writer::{Writer, WriterCommand, WriterReport};
use super::{JOURNAL, timeline};
use crate::error::PipelineError;
use crate::recorder::capture::clock::Moment;
use crate::recorder::capture::device::{self, Wish};
use crate::recorder::capture::take::{PART_BYTES, TakePlan, file_number};
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use crate::store::lines;
use crate::store::lock::Lock;
use crate::store::mailbox::Mailbox;
use referat_core::domain::agenda::Agenda;
use referat_core::domain::mark::{Mark, MarkKind};
use referat_core::domain::recording::{Entry, Hole};
use referat_core::time::Timestamp;

/// What to record, and how.
#[derive(Clone, Debug, Default)]
pub struct RecordOptions {
    /// The device and its settings.
    pub wish: Wish,
    /// The items that can be marked; any when there are none.
    pub agenda: Agenda,
    /// Silence after which the recording stops by itself; never when absent.
    pub stop_after_silence: Option<Duration>,
}

/// A recording under way. Dropping it ends the recording as it should.
pub struct RecordingSession {
    folder: MeetingFolder,
    options: RecordOptions,
    writer: Writer,
    wire: Wire,
    watch: Watch,
    scribe: Scribe,
    mailbox: Mailbox,
    held: Option<Hole>,
    item: Option<String>,
    files: Vec<PathBuf>,
    ended: bool,
    _locks: (Lock, Lock),
}

impl RecordingSession {
    /// Begins to record into `folder`, and mends what a crash had left there.
    ///
    /// # Errors
    /// When another process works on the meeting, or there is no device to record from.
    pub fn start(
        folder: MeetingFolder,
        options: RecordOptions,
    ) -> Result<(Self, Vec<Recovered>), PipelineError> {
        let locks = take_locks(&folder)?;
        let mailbox = request::mailbox(&folder);
        mailbox.clear()?;
        let recovered = recover(&folder)?;
        let (input, tap) = device::open(&options.wish)?;
        let audio = folder.root().join("audio");
        let failed = |source| StoreError::Write { path: audio.clone(), source };
        std::fs::create_dir_all(&audio).map_err(failed)?;
        let now = Moment::now();
        let plan = TakePlan {
            number: next_number(&folder)?,
            folder: audio.clone(),
            part_bytes: PART_BYTES,
            start: timeline::start(&timeline::pieces(&folder)?, now),
        };
        let journal = folder.internal(JOURNAL);
        let device = input.name().to_owned();
        lines::append(&journal, &Entry::Started { at: wall_clock(now.wall_ms), device })?;
        let writer = Writer::start(plan, journal).map_err(failed)?;
        writer.order(WriterCommand::Attach(tap));
        let session = Self {
            scribe: Scribe::new(folder.marks()),
            watch: Watch::new(audio, options.stop_after_silence),
            wire: Wire::new(options.wish.clone(), input),
            writer,
            mailbox,
            held: None,
            item: None,
            files: Vec::new(),
            ended: false,
            folder,
            options,
            _locks: locks,
        };
        Ok((session, recovered))
    }

    /// Looks after the recording: to be called at least every 50 ms. Returns what happened.
    pub fn attend(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        self.answer(&mut events);
        let report = self.writer.take_report();
        for entry in &report.news {
            self.hear(entry, &mut events);
        }
        let wanted = self.held != Some(Hole::Closed);
        for order in self.wire.attend(report.deliveries, wanted, &mut events) {
            self.writer.order(order);
        }
        self.watch.look(&report, self.held.is_some(), &mut events);
        self.scribe.try_again();
        self.ended |=
            events.iter().any(|event| matches!(event, Event::StopAsked | Event::SilenceEnds(_)));
        events
    }

    /// Tells whether the recording is to be stopped: another process asked for it, it was
    /// silent for long enough, or the writer died.
    pub fn is_over(&self) -> bool {
        self.ended || self.writer.is_dead()
    }

    /// Makes a mark here and does what it says.
    ///
    /// # Errors
    /// When it makes no sense here: why, as the second half of a sentence.
    pub fn mark(&mut self, kind: MarkKind) -> Result<Vec<Event>, String> {
        let (marks, order) = self.judge(kind)?;
        let now = Moment::now();
        let at_ms = position(&self.writer.report(), now);
        if let Some(order) = order {
            self.writer.order(order);
        }
        let at = Some(wall_clock(now.wall_ms));
        let write = |kind| self.scribe.write(Mark { at_ms, at: at.clone(), kind });
        Ok(marks.into_iter().map(write).collect())
    }

    /// Returns the marks that `kind` comes to, and the order that goes with them.
    fn judge(&mut self, kind: MarkKind) -> Result<(Vec<MarkKind>, Option<WriterCommand>), String> {
        let mut marks = vec![kind.clone()];
        let order = match kind {
            MarkKind::Item { item } => {
                let agenda = &self.options.agenda;
                let found = agenda.find(&item).and_then(|index| agenda.get(index));
                if found.is_none() && !agenda.items.is_empty() {
                    return Err(format!("the dagsorden has no item {item}"));
                }
                let closed = found.is_some_and(|found| found.closed);
                self.item = Some(item);
                match (closed, self.held) {
                    (true, Some(Hole::Closed)) => None,
                    (true, _) => {
                        marks.push(MarkKind::Closed);
                        self.hold(Hole::Closed)
                    }
                    (false, Some(Hole::Closed)) => {
                        marks.push(MarkKind::Resume);
                        self.release()
                    }
                    (false, _) => None,
                }
            }
            MarkKind::Pause if self.held.is_some() => {
                return Err("nothing is being recorded at the moment".into());
            }
            MarkKind::Resume if self.held.is_none() => {
                return Err("the recording is running".into());
            }
            MarkKind::Closed if self.held == Some(Hole::Closed) => {
                return Err("the doors are closed already".into());
            }
            MarkKind::Pause => self.hold(Hole::Pause),
            MarkKind::Resume => self.release(),
            MarkKind::Closed => self.hold(Hole::Closed),
            MarkKind::Decision | MarkKind::Action | MarkKind::Note { .. } | MarkKind::Gap => None,
        };
        Ok((marks, order))
    }

    fn hold(&mut self, why: Hole) -> Option<WriterCommand> {
        self.held = Some(why);
        Some(WriterCommand::Hold(why))
    }

    fn release(&mut self) -> Option<WriterCommand> {
        self.held = None;
        Some(WriterCommand::Release)
    }

    fn answer(&mut self, events: &mut Vec<Event>) {
        // What cannot be read now is read the next time.
        for letter in self.mailbox.receive::<RecorderRequest>().unwrap_or_default() {
            let at_ms = position(&self.writer.report(), Moment::now());
            let answer = match &letter.message {
                RecorderRequest::Stop => {
                    events.push(Event::StopAsked);
                    RecorderReply::Done { at_ms }
                }
                RecorderRequest::Status => RecorderReply::Reading(self.status().into()),
                RecorderRequest::Mark(kind) => match self.mark(kind.clone()) {
                    Ok(made) => {
                        events.extend(made);
                        RecorderReply::Done { at_ms }
                    }
                    Err(why) => RecorderReply::Refused { why },
                },
            };
            // The mark is made, whether or not the one who asked learns of it.
            let _ = self.mailbox.answer(&letter, &answer);
        }
    }

    /// Takes in what the writer noted in its journal.
    fn hear(&mut self, entry: &Entry, events: &mut Vec<Event>) {
        match entry {
            Entry::Part { path, .. } => {
                self.files.push(self.folder.root().join(path));
                events.push(Event::Part(path.clone()));
            }
            Entry::Gap { from_ms, to_ms, why } => {
                let (from, to) = (Timestamp::from_ms(*from_ms), Timestamp::from_ms(*to_ms));
                if !why.is_wanted() {
                    let mark = Mark { at_ms: from, at: None, kind: MarkKind::Gap };
                    self.scribe.write(mark);
                }
                events.push(Event::Gap { from, to, why: *why });
            }
            Entry::Clock { by_ms, .. } => events.push(Event::ClockSet(*by_ms)),
            Entry::Lost { frames, .. } => events.push(Event::Lost(*frames)),
            _ => {}
        }
    }

    /// Returns what the recording looks like now.
    pub fn status(&mut self) -> Status {
        let report = self.writer.report();
        let phase = match self.held {
            Some(Hole::Closed) => Phase::Closed,
            Some(_) => Phase::Paused,
            None if report.trouble.is_some() => Phase::DiskFull,
            None if self.wire.is_gone() => Phase::DeviceGone,
            None if report.writing => Phase::Recording,
            None => Phase::Waiting,
        };
        Status {
            phase,
            position: position(&report, Moment::now()),
            recorded: report.recorded,
            peak_dbfs: self.watch.take_peak(),
            clipping: report.clipping,
            silent: report.silent,
            left: self.watch.left(),
            device: self.wire.name().to_owned(),
            item: self.item.clone(),
            lost_frames: report.lost,
        }
    }

    /// Tells whether the recording is held: paused, or behind closed doors.
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Ends the recording.
    pub fn stop(mut self) -> RecordingSummary {
        self.wire.close();
        let report = self.writer.take_report();
        let mut unwritten: Vec<Entry> = Vec::new();
        let recorded = {
            let writer = &self.writer;
            writer.order(WriterCommand::Finish);
            let began = std::time::Instant::now();
            while !writer.is_dead() && began.elapsed() < Duration::from_secs(60) {
                std::thread::sleep(Duration::from_millis(5));
            }
            writer.report()
        };
        let mut events = Vec::new();
        for entry in report.news.iter().chain(&recorded.news) {
            self.hear(entry, &mut events);
        }
        let Self { writer, mut scribe, folder, files, .. } = self;
        unwritten.extend(writer.finish());
        let stopped = Entry::Stopped { at: wall_clock(Moment::now().wall_ms) };
        if lines::append(&folder.internal(JOURNAL), &stopped).is_err() {
            unwritten.push(stopped);
        }
        let marks = scribe.finish();
        let json = |entry: &Entry| serde_json::to_string(entry).unwrap_or_default();
        let unwritten = unwritten.iter().map(json).chain(marks).collect();
        RecordingSummary { recorded: recorded.recorded, files, unwritten }
    }
}

/// Returns where the meeting's axis stands `now`.
fn position(report: &WriterReport, now: Moment) -> Timestamp {
    let axis = report.anchor.map_or(Duration::ZERO, |(axis, then)| axis + now.since(then));
    Timestamp::from_ms(axis.as_millis() as u64)
}

/// Takes the recorder's lock and the meeting's. Whoever asks whether a recorder runs holds the
/// first for a moment.
fn take_locks(folder: &MeetingFolder) -> Result<(Lock, Lock), StoreError> {
    let mut tries = 0;
    let recorder = loop {
        match request::hold(folder) {
            Err(StoreError::Busy { .. }) if tries < 5 => tries += 1,
            result => break result?,
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let meeting = Lock::take(&folder.internal("lock"), folder.root())?;
    Ok((recorder, meeting))
}

/// Returns the number of the next file: beyond every one that was ever begun.
fn next_number(folder: &MeetingFolder) -> Result<u32, StoreError> {
    let audio = folder.root().join("audio");
    let failed = |source| StoreError::Read { path: audio.clone(), source };
    let mut highest = 0;
    for entry in std::fs::read_dir(&audio).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
        highest = highest.max(file_number(name.trim_start_matches('.')).unwrap_or(0));
    }
    for piece in timeline::pieces(folder)? {
        let name = piece.path.rsplit('/').next().unwrap_or_default();
        highest = highest.max(file_number(name).unwrap_or(0));
    }
    Ok(highest + 1)
}
