//! What ends a run before its time: Ctrl-C, a page that pauses the job.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::speech::remote::Engine;

/// Whether the work is to end. What is done is in the journal.
#[derive(Clone, Default)]
pub struct Stop {
    pressed: Arc<AtomicBool>,
    engine: Arc<Mutex<Option<Engine>>>,
}

impl Stop {
    /// Tells whether the work should end.
    pub fn is_pressed(&self) -> bool {
        self.pressed.load(Ordering::SeqCst)
    }

    /// Ends the work, and the engine that does it.
    pub fn press(&self) {
        self.pressed.store(true, Ordering::SeqCst);
        if let Some(engine) = &*self.engine.lock().unwrap_or_else(PoisonError::into_inner) {
            engine.stop();
        }
    }

    /// Makes `engine` the one that is ended.
    pub(super) fn ends(&self, engine: Engine) {
        *self.engine.lock().unwrap_or_else(PoisonError::into_inner) = Some(engine);
    }
}
