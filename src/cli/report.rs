//! Progress for another program: a line of JSON on stdout for each step, for `referat run
//! --report`. The work ends, keeping what is done, when standard input does: nobody follows any
//! more.

use std::cell::RefCell;
use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::{ctrl_c, run_words};
use crate::run::error::RunError;
use crate::run::progress::{Progress, ReportLine, RunEvent, SoundStep, Stage};
use crate::run::stop::Stop;

/// How often progress is told.
const BEAT: Duration = Duration::from_millis(250);

/// Tells another program where the work is.
pub(super) struct Report {
    stop: Stop,
    running: RefCell<Option<Running>>,
}

struct Running {
    stage: Stage,
    recording: String,
    total: Option<Duration>,
    began: Instant,
    told: Option<Instant>,
}

impl Report {
    /// Returns a report of work that `stop` ends.
    pub(super) fn new(stop: Stop) -> Self {
        Self { stop, running: RefCell::default() }
    }
}

fn line(line: &ReportLine) {
    let Ok(text) = serde_json::to_string(line) else { return };
    let mut stdout = std::io::stdout().lock();
    // Whoever read it may be gone.
    let _ = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
}

/// Says something; a reader that is gone is no failure.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

impl Progress for Report {
    fn begin(&self, stage: Stage, what: &Path, total: Option<Duration>) {
        let recording = what.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let began = Instant::now();
        *self.running.borrow_mut() = Some(Running { stage, recording, total, began, told: None });
        self.at(Duration::ZERO, Duration::ZERO);
    }

    fn at(&self, done: Duration, resumed: Duration) {
        let mut running = self.running.borrow_mut();
        let Some(running) = running.as_mut() else { return };
        if running.told.is_some_and(|told| told.elapsed() < BEAT) {
            return;
        }
        running.told = Some(Instant::now());
        let fresh = done.saturating_sub(resumed).as_secs_f64();
        let left = running.total.filter(|_| fresh > 0.0).map(|total| {
            let each = running.began.elapsed().as_secs_f64() / fresh;
            (total.saturating_sub(done).as_secs_f64() * each * 1000.0) as u64
        });
        let step = SoundStep {
            recording: running.recording.clone(),
            done_ms: done.as_millis() as u64,
            total_ms: running.total.map(|total| total.as_millis() as u64),
            left_ms: left,
        };
        line(&ReportLine::new(running.stage, step));
    }

    fn end(&self) {
        *self.running.borrow_mut() = None;
    }

    fn tell(&self, what: &Path, text: &str) {
        say(&format!("note: `{}`: {text}", what.display()));
    }

    fn happened(&self, event: &RunEvent<'_>) {
        run_words::event(event).iter().for_each(|text| say(text));
    }

    fn stoppable(&self) -> Result<(), RunError> {
        ctrl_c::watch(&self.stop)?;
        let ends = self.stop.clone();
        std::thread::spawn(move || {
            let mut stdin = std::io::stdin().lock();
            let mut nothing = [0u8; 64];
            while stdin.read(&mut nothing).is_ok_and(|read| read > 0) {}
            ends.press();
        });
        Ok(())
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_pressed()
    }
}
