//! Progress of long work as a bar with the time left, or as lines where there is no terminal.

use std::cell::RefCell;
use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::length::spoken;
use super::{ctrl_c, run_words};
use crate::run::error::RunError;
use crate::run::progress::{Progress, RunEvent, Stage};
use crate::run::stop::Stop;

/// Shows progress on stderr.
#[derive(Default)]
pub(super) struct Bar {
    running: RefCell<Option<Running>>,
    stop: Stop,
    place: Option<BatchPlace>,
}

/// Where a recording stands among several.
#[derive(Clone, Copy)]
pub(super) struct BatchPlace {
    /// Its number, counted from 1.
    pub(super) number: usize,
    /// How many there are.
    pub(super) of: usize,
    /// The sound of those after it.
    pub(super) to_come: Duration,
}

impl Bar {
    /// Returns a bar for a recording that ends where `stop` is pressed.
    pub(super) fn new(stop: Stop, place: Option<BatchPlace>) -> Self {
        Self { running: RefCell::default(), stop, place }
    }
}

struct Running {
    bar: ProgressBar,
    began: Instant,
}

fn style(total: Option<Duration>) -> ProgressStyle {
    let template = match total {
        Some(_) => "{prefix} {wide_bar} {percent:>3} % {msg}",
        None => "{prefix} {spinner} {msg}",
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

impl Progress for Bar {
    fn begin(&self, stage: Stage, what: &Path, total: Option<Duration>) {
        let verb = match stage {
            Stage::Listening => "listening to",
            Stage::Transcribing => "transcribing",
            Stage::Diarizing => "telling voices apart in",
            // It is done in a moment.
            Stage::Drafting => return,
        };
        let name = what.file_name().unwrap_or(what.as_os_str()).to_string_lossy();
        let length = total.map_or(0, |total| total.as_millis() as u64);
        let bar = ProgressBar::new(length).with_style(style(total));
        let place = self.place.map_or(String::new(), |p| format!("[{}/{}] ", p.number, p.of));
        bar.set_prefix(format!("{place}{verb} {name}"));
        if bar.is_hidden() && stage == Stage::Transcribing {
            eprintln!("{place}{verb} {name}: {} of speech", spoken(total.unwrap_or_default()));
        }
        *self.running.borrow_mut() = Some(Running { bar, began: Instant::now() });
    }

    fn at(&self, done: Duration, resumed: Duration) {
        let running = self.running.borrow();
        let Some(Running { bar, began }) = running.as_ref() else { return };
        bar.set_position(done.as_millis() as u64);
        let fresh = done.saturating_sub(resumed).as_secs_f64();
        let left = bar.length().unwrap_or(0).saturating_sub(bar.position()) as f64 / 1000.0;
        if fresh > 0.0 && left > 0.0 {
            let speed = fresh / began.elapsed().as_secs_f64().max(0.001);
            let time = |sound: f64| spoken(Duration::from_secs_f64(sound / speed));
            let to_come = self.place.map_or(0.0, |place| place.to_come.as_secs_f64());
            bar.set_message(match to_come > 0.0 {
                true => format!("{} left, {} in all", time(left), time(left + to_come)),
                false => format!("{} left", time(left)),
            });
        }
    }

    fn happened(&self, event: &RunEvent<'_>) {
        run_words::event(event).iter().for_each(|line| eprintln!("{line}"));
    }

    fn stoppable(&self) -> Result<(), RunError> {
        ctrl_c::watch(&self.stop)
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_pressed()
    }

    fn end(&self) {
        if let Some(running) = self.running.borrow_mut().take() {
            running.bar.finish_and_clear();
        }
    }

    fn tell(&self, what: &Path, text: &str) {
        let line = format!("note: `{}`: {text}", what.display());
        match self.running.borrow().as_ref() {
            Some(running) if !running.bar.is_hidden() => running.bar.println(line),
            _ => eprintln!("{line}"),
        }
    }
}
