//! The connection to the device: notices that it is gone, or gives nothing, and connects it
//! again when it returns. Opening may take seconds and happens on a thread of its own.

use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use super::status::Event;
use super::writer::WriterCommand;
use crate::recorder::capture::device::{self, Input, Wish};
use crate::recorder::capture::error::CaptureError;
use crate::recorder::capture::ring::Tap;

/// A device that has given nothing for so long is taken to be gone.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often a device that is gone is looked for.
const LOOK: Duration = Duration::from_millis(500);

type Opened = Result<(Input, Tap), CaptureError>;

/// The connection to the device that was wished for.
pub(super) struct Wire {
    wish: Wish,
    name: String,
    state: State,
    /// Deliveries counted, and when that last changed.
    deliveries: (u64, Instant),
    overruns: u64,
    /// Whether it was told that the device is gone.
    missed: bool,
}

enum State {
    /// Connected.
    Open(Input),
    /// Not connected; it was tried then.
    Shut(Instant),
    /// Being connected.
    Opening(Receiver<Opened>),
}

impl Wire {
    /// Returns the connection through `input`.
    pub(super) fn new(wish: Wish, input: Input) -> Self {
        let name = input.name().to_owned();
        let deliveries = (0, Instant::now());
        Self { wish, name, state: State::Open(input), deliveries, overruns: 0, missed: false }
    }

    /// Looks after the connection, which is `wanted` or not. Returns what the writer is to be
    /// told.
    pub(super) fn attend(
        &mut self,
        deliveries: u64,
        wanted: bool,
        events: &mut Vec<Event>,
    ) -> Vec<WriterCommand> {
        if deliveries != self.deliveries.0 {
            self.deliveries = (deliveries, Instant::now());
            if std::mem::take(&mut self.missed) {
                events.push(Event::DeviceBack(self.name.clone()));
            }
        }
        if !wanted {
            let was_open = matches!(self.state, State::Open(_));
            self.close();
            self.missed = false;
            return if was_open { vec![WriterCommand::Detach] } else { Vec::new() };
        }
        match &self.state {
            State::Open(input) => {
                if input.overruns() > self.overruns {
                    self.overruns = input.overruns();
                    events.push(Event::Overrun(self.overruns));
                }
                let idle = self.deliveries.1.elapsed() > PATIENCE;
                let fault = input.fault().map(str::to_owned);
                let fault = fault.or_else(|| idle.then(|| "it gives no sound".to_owned()));
                let Some(fault) = fault else { return Vec::new() };
                self.state = State::Shut(Instant::now());
                if !std::mem::replace(&mut self.missed, true) {
                    events.push(Event::DeviceGone(fault));
                }
                vec![WriterCommand::Detach]
            }
            State::Shut(tried) => {
                if tried.elapsed() >= LOOK {
                    self.connect();
                }
                Vec::new()
            }
            State::Opening(result) => match result.try_recv() {
                Ok(Ok((input, tap))) => {
                    self.name = input.name().to_owned();
                    self.overruns = 0;
                    self.state = State::Open(input);
                    self.deliveries.1 = Instant::now();
                    vec![WriterCommand::Attach(tap)]
                }
                Ok(Err(_)) | Err(mpsc::TryRecvError::Disconnected) => {
                    self.state = State::Shut(Instant::now());
                    Vec::new()
                }
                Err(mpsc::TryRecvError::Empty) => Vec::new(),
            },
        }
    }

    fn connect(&mut self) {
        let (sender, result) = mpsc::channel();
        let wish = self.wish.clone();
        let opening = move || {
            // Nobody waits for it any more when the recording has ended.
            let _ = sender.send(device::open(&wish));
        };
        let thread = std::thread::Builder::new().name("recorder-open".into()).spawn(opening);
        self.state = match thread {
            Ok(_) => State::Opening(result),
            Err(_) => State::Shut(Instant::now()),
        };
    }

    /// Closes the device.
    pub(super) fn close(&mut self) {
        self.state = State::Shut(Instant::now().checked_sub(LOOK).unwrap_or_else(Instant::now));
    }

    /// Tells whether the device is being looked for.
    pub(super) fn is_gone(&self) -> bool {
        self.missed
    }

    /// Returns the device's name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}
