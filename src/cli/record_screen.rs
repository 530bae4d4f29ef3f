//! The full-screen view of a recording: keys go to the recorder, what happens goes to the
//! view. It draws on stderr and leaves the terminal as it was.

use std::io::{Stderr, stderr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{self, Event as Input, KeyEventKind};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use super::error::CliError;
use super::record_view::{KeyAction, View};
use super::record_words::{self as words, Weight};
use crate::recorder::session::RecordingSession;
use referat_core::domain::agenda::Agenda;
use referat_core::domain::mark::MarkKind;

/// How long a key is waited for before the recording is looked after again.
const BEAT: Duration = Duration::from_millis(15);
/// How often the view is drawn.
const FRAME: Duration = Duration::from_millis(100);

/// The terminal in full-screen mode; dropping it brings back what was there.
struct Screen(Terminal<CrosstermBackend<Stderr>>);

impl Screen {
    fn open() -> std::io::Result<Self> {
        enable_raw_mode()?;
        execute!(stderr(), EnterAlternateScreen)?;
        Ok(Self(Terminal::new(CrosstermBackend::new(stderr()))?))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A terminal that is gone needs nothing.
        let _ = disable_raw_mode();
        let _ = execute!(stderr(), LeaveAlternateScreen);
        let _ = self.0.show_cursor();
    }
}

/// Shows the recording until it is over.
pub(super) fn run(
    session: &mut RecordingSession,
    agenda: &Agenda,
    stopped: &AtomicBool,
) -> Result<(), CliError> {
    let mut screen = match Screen::open() {
        Ok(screen) => screen,
        Err(error) => {
            let message = format!("cannot use this terminal: {error}");
            return Err(CliError::failed(message, "record with --no-tui"));
        }
    };
    let mut view = View::new(agenda);
    let mut drawn: Option<Instant> = None;
    while !session.is_over() && !stopped.load(Ordering::Relaxed) {
        for event in session.attend() {
            let (weight, text) = words::event(&event);
            view.tell(weight, text);
        }
        let mut pressed = false;
        match event::poll(BEAT) {
            Ok(true) => {
                // Windows tells of the release of a key as well.
                if let Ok(Input::Key(key)) = event::read()
                    && key.kind != KeyEventKind::Release
                {
                    pressed = true;
                    match view.press(key) {
                        Some(KeyAction::Stop) => break,
                        Some(act) => perform(session, &mut view, act),
                        None => {}
                    }
                }
            }
            Ok(false) => {}
            // Without a keyboard the recording goes on until it is stopped from elsewhere.
            Err(_) => std::thread::sleep(BEAT),
        }
        if pressed || drawn.is_none_or(|drawn| drawn.elapsed() >= FRAME) {
            drawn = Some(Instant::now());
            view.show(session.status());
            // What cannot be drawn now is drawn the next time; the recording goes on.
            let _ = screen.0.draw(|frame| view.draw(frame));
        }
    }
    Ok(())
}

fn perform(session: &mut RecordingSession, view: &mut View, act: KeyAction) {
    let kind = match act {
        KeyAction::Mark(kind) => kind,
        KeyAction::Pause if session.is_held() => MarkKind::Resume,
        KeyAction::Pause => MarkKind::Pause,
        KeyAction::Stop => return,
    };
    match session.mark(kind) {
        Ok(events) => {
            for event in events {
                let (weight, text) = words::event(&event);
                view.tell(weight, text);
            }
        }
        Err(why) => view.tell(Weight::Warning, why),
    }
}
