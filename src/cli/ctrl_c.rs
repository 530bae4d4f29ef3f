//! Ctrl-C ends long work, keeping what is done: it is in the journal, and the engine ends too.

use std::sync::Mutex;
use std::sync::PoisonError;

use crate::run::error::RunError;
use crate::run::stop::Stop;

/// Lets Ctrl-C press `stop` from now on. A process has one such work.
pub(super) fn watch(stop: &Stop) -> Result<(), RunError> {
    static WATCHED: Mutex<bool> = Mutex::new(false);
    let mut watched = WATCHED.lock().unwrap_or_else(PoisonError::into_inner);
    if *watched {
        return Ok(());
    }
    let pressed = stop.clone();
    ctrlc::set_handler(move || pressed.press())
        .map_err(|error| RunError::Unwatched { why: error.to_string() })?;
    *watched = true;
    Ok(())
}
