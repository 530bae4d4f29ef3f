//! Writes marks, and keeps those that a full disk does not take until it does.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::status::Event;
use crate::store::lines;
use referat_core::domain::mark::Mark;

/// How often it is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// Writes the marks of one recording.
#[derive(Debug)]
pub(super) struct Scribe {
    path: PathBuf,
    waiting: Vec<Mark>,
    tried: Instant,
}

impl Scribe {
    /// Returns the scribe of the file at `path`.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, waiting: Vec::new(), tried: Instant::now() }
    }

    /// Writes a mark; when this returns it is on the disk, or waits for it.
    pub(super) fn write(&mut self, mark: Mark) -> Event {
        if self.waiting.is_empty() {
            match lines::append(&self.path, &mark) {
                Ok(()) => return Event::Marked(mark),
                Err(error) => {
                    self.waiting.push(mark);
                    return Event::MarkWaits(error.to_string());
                }
            }
        }
        self.waiting.push(mark.clone());
        self.tried = Instant::now().checked_sub(AGAIN).unwrap_or(self.tried);
        self.try_again();
        Event::Marked(mark)
    }

    /// Tries to write what waits.
    pub(super) fn try_again(&mut self) {
        if self.waiting.is_empty() || self.tried.elapsed() < AGAIN {
            return;
        }
        self.tried = Instant::now();
        let path = &self.path;
        let written = self.waiting.iter().take_while(|mark| lines::append(path, mark).is_ok());
        let written = written.count();
        self.waiting.drain(..written);
    }

    /// Returns, as JSON, the marks that cannot be written even now.
    pub(super) fn finish(&mut self) -> Vec<String> {
        self.tried = Instant::now().checked_sub(AGAIN).unwrap_or(self.tried);
        self.try_again();
        self.waiting.iter().filter_map(|mark| serde_json::to_string(mark).ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use referat_core::domain::mark::MarkKind;
    use referat_core::time::Timestamp;

    #[test]
    fn a_mark_that_cannot_be_written_is_kept_until_it_can() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("later/marks.jsonl");
        let mark = |ms| {
            let at_ms = Timestamp::from_ms(ms);
            Mark { at_ms, at: None, kind: MarkKind::Decision }
        };
        let mut scribe = Scribe::new(path.clone());
        assert!(matches!(scribe.write(mark(1)), Event::MarkWaits(_)));
        assert_eq!(scribe.finish().len(), 1);
        std::fs::create_dir(path.parent().unwrap()).unwrap();
        scribe.write(mark(2));
        assert!(scribe.finish().is_empty());
        assert_eq!(lines::read::<Mark>(&path).unwrap(), [mark(1), mark(2)]);
    }
}
