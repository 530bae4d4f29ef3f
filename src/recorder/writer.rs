//! The thread that takes sound from the ring to the disk, and a second one that syncs, because
//! a disk may take seconds for that. In: orders and the device's end of a ring. Out: files,
//! the journal, and a report for whoever shows the recording.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::recorder::capture::clock::Moment;
use crate::recorder::capture::part::Unsynced;
use crate::recorder::capture::ring::Tap;
use crate::recorder::capture::take::{Take, TakePlan};
use crate::store::lines;
use referat_core::domain::recording::{Entry, Hole, Layout};

/// How often what was written is brought to the disk; with a disk that needs half a second
/// for it, still within a second.
const SYNC: Duration = Duration::from_millis(400);
/// How long the thread rests when there is nothing to take.
const REST: Duration = Duration::from_millis(10);
/// How often a journal line that could not be written is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// What the writer is told.
#[derive(Debug)]
pub enum WriterCommand {
    /// A device was opened.
    Attach(Tap),
    /// The device is gone.
    Detach,
    /// Nothing is to be written for this reason.
    Hold(Hole),
    /// Writing goes on.
    Release,
    /// The recording is over.
    Finish,
}

/// What the writer tells.
#[derive(Clone, Debug, Default)]
pub struct WriterReport {
    /// A place on the axis, and when it was reached; `None` before the first sound.
    pub anchor: Option<(Duration, Moment)>,
    /// Deliveries taken from devices.
    pub deliveries: u64,
    /// Highest peak since it was last taken, in dBFS.
    pub peak_dbfs: Option<f32>,
    /// Whether the last second was clipped.
    pub clipping: bool,
    /// Whether most of the last half minute was.
    pub keeps_clipping: bool,
    /// How long it has been silent.
    pub silent: Duration,
    /// Whether a file is under way.
    pub writing: bool,
    /// Why nothing can be written.
    pub trouble: Option<String>,
    /// Frames dropped because the disk was too slow.
    pub lost: u64,
    /// Length of what was written.
    pub recorded: Duration,
    /// The device's layout.
    pub layout: Option<Layout>,
    /// Journal entries since they were last taken.
    pub news: Vec<Entry>,
}

/// A running writer. Dropping it ends the recording as it should.
#[derive(Debug)]
pub struct Writer {
    orders: Sender<WriterCommand>,
    report: Arc<Mutex<WriterReport>>,
    thread: Option<JoinHandle<Vec<Entry>>>,
}

impl Writer {
    /// Starts a writer for `plan` that keeps its journal at `journal`.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(plan: TakePlan, journal: PathBuf) -> std::io::Result<Self> {
        let (orders, inbox) = mpsc::channel();
        let report = Arc::new(Mutex::new(WriterReport::default()));
        let told = Arc::clone(&report);
        let syncer = Syncer::start()?;
        let work = move || {
            let mut desk = Desk {
                take: Take::new(plan),
                tap: None,
                journal,
                unwritten: Vec::new(),
                tried: None,
                report: told,
                deliveries: 0,
                recorded: Duration::ZERO,
                samples: Vec::new(),
                syncer,
                synced: Instant::now(),
            };
            desk.run(&inbox);
            desk.unwritten
        };
        let thread = std::thread::Builder::new().name("recorder".into()).spawn(work)?;
        Ok(Self { orders, report, thread: Some(thread) })
    }

    /// Gives an order.
    pub fn order(&self, order: WriterCommand) {
        // A writer that is gone has ended its files.
        let _ = self.orders.send(order);
    }

    /// Returns the report.
    pub fn report(&self) -> WriterReport {
        self.lock().clone()
    }

    /// Returns the report and takes what is told once: the peak and the news.
    pub fn take_report(&self) -> WriterReport {
        let mut report = self.lock();
        let taken = report.clone();
        report.peak_dbfs = None;
        report.news.clear();
        taken
    }

    fn lock(&self) -> MutexGuard<'_, WriterReport> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells whether the thread died, which it never should.
    pub fn is_dead(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// Ends the recording; returns the journal entries that could not be written.
    pub fn finish(mut self) -> Vec<Entry> {
        self.end()
    }

    fn end(&mut self) -> Vec<Entry> {
        self.order(WriterCommand::Finish);
        self.thread.take().and_then(|thread| thread.join().ok()).unwrap_or_default()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.end();
    }
}

/// What the thread works with.
struct Desk {
    take: Take,
    tap: Option<Tap>,
    journal: PathBuf,
    unwritten: Vec<Entry>,
    tried: Option<Instant>,
    report: Arc<Mutex<WriterReport>>,
    deliveries: u64,
    recorded: Duration,
    samples: Vec<i32>,
    syncer: Syncer,
    synced: Instant,
}

impl Desk {
    fn run(&mut self, inbox: &Receiver<WriterCommand>) {
        loop {
            let busy = self.drain();
            let more = match inbox.try_recv() {
                Ok(order) => {
                    // What was delivered before the order belongs before it.
                    self.drain();
                    self.obey(order)
                }
                Err(mpsc::TryRecvError::Empty) => {
                    if !busy {
                        std::thread::sleep(REST);
                    }
                    true
                }
                Err(mpsc::TryRecvError::Disconnected) => false,
            };
            self.sync();
            self.note();
            self.tell();
            if !more {
                break;
            }
        }
        self.drain();
        self.take.finish();
        self.tried = None;
        self.note();
        self.tell();
    }

    fn obey(&mut self, order: WriterCommand) -> bool {
        match order {
            WriterCommand::Attach(tap) => {
                self.take.attach(tap.layout());
                self.tap = Some(tap);
            }
            WriterCommand::Detach => {
                self.tap = None;
                self.take.detach();
            }
            WriterCommand::Hold(why) => self.take.hold(why),
            WriterCommand::Release => self.take.release(),
            WriterCommand::Finish => return false,
        }
        true
    }

    /// Takes what has been delivered, at most a second's worth at a time.
    fn drain(&mut self) -> bool {
        const MOST: usize = 256;
        let Some(tap) = &mut self.tap else { return false };
        let mut any = false;
        for _ in 0..MOST {
            let Some(chunk) = tap.pop(&mut self.samples) else { break };
            let before = self.take.frames();
            self.take.push(&chunk, &self.samples);
            let frames = self.take.frames() - before;
            let rate = u64::from(tap.layout().rate_hz.max(1));
            self.recorded += Duration::from_nanos(frames * 1_000_000_000 / rate);
            self.deliveries += 1;
            any = true;
        }
        any
    }

    fn sync(&mut self) {
        for (unsynced, result) in self.syncer.done() {
            self.take.synced(&unsynced, result);
        }
        if self.synced.elapsed() >= SYNC
            && !self.syncer.busy
            && let Some(unsynced) = self.take.unsynced()
        {
            self.synced = Instant::now();
            self.syncer.begin(unsynced);
        }
    }

    /// Writes the journal. What a full disk does not take is kept and tried again.
    fn note(&mut self) {
        let entries = self.take.take_entries();
        if entries.is_empty() && self.tried.is_none_or(|at| at.elapsed() < AGAIN) {
            return;
        }
        let mut report = self.report.lock().unwrap_or_else(PoisonError::into_inner);
        report.news.extend(entries.iter().cloned());
        drop(report);
        self.unwritten.extend(entries);
        let written =
            self.unwritten.iter().take_while(|entry| lines::append(&self.journal, entry).is_ok());
        let written = written.count();
        self.unwritten.drain(..written);
        self.tried = (!self.unwritten.is_empty()).then(Instant::now);
    }

    fn tell(&mut self) {
        let mut report = self.report.lock().unwrap_or_else(PoisonError::into_inner);
        report.anchor = self.take.anchor();
        report.deliveries = self.deliveries;
        report.recorded = self.recorded;
        report.writing = self.take.path().is_some();
        report.trouble = self.take.trouble().map(str::to_owned);
        report.lost = self.take.lost();
        report.layout = self.take.layout();
        if let Some(meter) = self.take.meter() {
            let peak = meter.take_peak_dbfs();
            report.peak_dbfs = Some(report.peak_dbfs.map_or(peak, |before| before.max(peak)));
            report.clipping = meter.is_clipping();
            report.keeps_clipping = meter.keeps_clipping();
            report.silent = meter.silent();
        }
    }
}

/// The thread that syncs. It ends when the writer lets go of it.
struct Syncer {
    work: Sender<Unsynced>,
    results: Receiver<(Unsynced, std::io::Result<()>)>,
    busy: bool,
}

impl Syncer {
    fn start() -> std::io::Result<Self> {
        let (work, inbox) = mpsc::channel::<Unsynced>();
        let (outbox, results) = mpsc::channel();
        std::thread::Builder::new().name("recorder-sync".into()).spawn(move || {
            for unsynced in inbox {
                let result = unsynced.sync();
                if outbox.send((unsynced, result)).is_err() {
                    break;
                }
            }
        })?;
        Ok(Self { work, results, busy: false })
    }

    fn begin(&mut self, unsynced: Unsynced) {
        self.busy = self.work.send(unsynced).is_ok();
    }

    fn done(&mut self) -> Vec<(Unsynced, std::io::Result<()>)> {
        let done: Vec<_> = self.results.try_iter().collect();
        self.busy &= done.is_empty();
        done
    }
}
