//! Progress for another program: a line of JSON on stdout for each step, for `referat run
//! --report`. The work ends, keeping what is done, when standard input does: nobody follows any
//! more.

use std::cell::RefCell;
use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;

use super::decoder::Stop;
use crate::run::progress::{Progress, Stage};

/// How often progress is told.
const BEAT: Duration = Duration::from_millis(250);

/// Tells another program where the work is.
pub(super) struct Report {
    stop: Stop,
    running: RefCell<Option<Running>>,
}

struct Running {
    stage: &'static str,
    recording: String,
    total: Option<Duration>,
    began: Instant,
    told: Option<Instant>,
}

impl Report {
    /// Returns a report of work that `stop` ends, and ends it when standard input does.
    pub(super) fn new(stop: Stop) -> Self {
        let ends = stop.clone();
        std::thread::spawn(move || {
            let mut stdin = std::io::stdin().lock();
            let mut nothing = [0u8; 64];
            while stdin.read(&mut nothing).is_ok_and(|read| read > 0) {}
            ends.press();
        });
        Self { stop, running: RefCell::default() }
    }
}

/// Tells that the draft is being made.
pub(super) fn drafting() {
    line(&json!({"stage": "drafting"}));
}

fn line(value: &serde_json::Value) {
    let mut stdout = std::io::stdout().lock();
    // Whoever read it may be gone.
    let _ = writeln!(stdout, "{value}").and_then(|()| stdout.flush());
}

impl Progress for Report {
    fn begin(&self, stage: Stage, what: &Path, total: Option<Duration>) {
        let stage = match stage {
            Stage::Listening => "listening",
            Stage::Transcribing => "transcribing",
            Stage::Diarizing => "diarizing",
        };
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
        line(&json!({
            "stage": running.stage,
            "recording": running.recording,
            "done_ms": done.as_millis() as u64,
            "total_ms": running.total.map(|total| total.as_millis() as u64),
            "left_ms": left,
        }));
    }

    fn end(&self) {
        *self.running.borrow_mut() = None;
    }

    fn tell(&self, what: &Path, text: &str) {
        // What is told twice is not told wrong; a reader that is gone is no failure.
        let _ = writeln!(std::io::stderr(), "note: `{}`: {text}", what.display());
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_pressed()
    }
}
