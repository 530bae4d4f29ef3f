//! Messages to the one process that works on a meeting, and its answers: a file for each,
//! renamed into place, so that whoever reads sees it whole. Files work on every system, for
//! every user who may write to the folder, and open no port. Messages are not synced: what
//! they ask for is, before it is answered.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::StoreError;

const ASK: &str = "ask";
const ANSWER: &str = "answer";
/// How often the sender looks for the answer.
const LOOK: Duration = Duration::from_millis(5);

/// The folder that messages lie in.
#[derive(Clone, Debug)]
pub struct Mailbox {
    folder: PathBuf,
}

/// A message that was received and is to be answered.
#[derive(Debug)]
pub struct Letter<T> {
    name: String,
    /// What it says.
    pub message: T,
}

impl Mailbox {
    /// Returns the mailbox in `folder`, which is made when needed.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Removes what an earlier process left.
    pub fn clear(&self) -> Result<(), StoreError> {
        for name in self.names(ASK)?.into_iter().chain(self.names(ANSWER)?) {
            let _ = fs::remove_file(self.folder.join(name));
        }
        Ok(())
    }

    /// Sends a message and waits for its answer; `None` when none came in time, and then the
    /// message is taken back.
    pub fn ask<T: Serialize, A: DeserializeOwned>(
        &self,
        message: &T,
        patience: Duration,
    ) -> Result<Option<A>, StoreError> {
        static SENT: AtomicU32 = AtomicU32::new(0);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let sent = SENT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{now:015}-{}-{sent}", std::process::id());
        let asked = self.folder.join(format!("{name}.{ASK}"));
        let answer = self.folder.join(format!("{name}.{ANSWER}"));
        self.put(&asked, message)?;
        let began = Instant::now();
        while began.elapsed() < patience {
            match fs::read(&answer) {
                Ok(bytes) => {
                    let _ = fs::remove_file(&answer);
                    let parsed = serde_json::from_slice(&bytes);
                    return parsed
                        .map(Some)
                        .map_err(|source| StoreError::Parse { path: answer, source });
                }
                Err(error) if error.kind() == ErrorKind::NotFound => std::thread::sleep(LOOK),
                Err(source) => return Err(StoreError::Read { path: answer, source }),
            }
        }
        let _ = fs::remove_file(&asked);
        Ok(None)
    }

    /// Returns the messages that have come, oldest first; one that cannot be understood is
    /// dropped.
    pub fn receive<T: DeserializeOwned>(&self) -> Result<Vec<Letter<T>>, StoreError> {
        let mut letters = Vec::new();
        for file in self.names(ASK)? {
            let path = self.folder.join(&file);
            let Ok(bytes) = fs::read(&path) else { continue };
            // Only who removes it answers it.
            if fs::remove_file(&path).is_err() {
                continue;
            }
            if let Ok(message) = serde_json::from_slice(&bytes) {
                let name = file.trim_end_matches(ASK).to_owned();
                letters.push(Letter { name, message });
            }
        }
        Ok(letters)
    }

    /// Answers a message.
    pub fn answer<T, A: Serialize>(
        &self,
        letter: &Letter<T>,
        answer: &A,
    ) -> Result<(), StoreError> {
        self.put(&self.folder.join(format!("{}{ANSWER}", letter.name)), answer)
    }

    fn put(&self, path: &Path, value: &impl Serialize) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(value)
            .map_err(|source| StoreError::Parse { path: path.to_owned(), source })?;
        let write = || {
            fs::create_dir_all(&self.folder)?;
            let mut file = tempfile::Builder::new().prefix(".").tempfile_in(&self.folder)?;
            file.write_all(&bytes)?;
            file.persist(path).map_err(|error| error.error).map(drop)
        };
        write().map_err(|source| StoreError::Write { path: path.to_owned(), source })
    }

    fn names(&self, ending: &str) -> Result<Vec<String>, StoreError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(StoreError::Read { path: self.folder.clone(), source }),
        };
        let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let wanted = |name: &String| {
            !name.starts_with('.') && name.rsplit_once('.').is_some_and(|(_, e)| e == ending)
        };
        let mut names: Vec<String> = names.filter(wanted).collect();
        names.sort();
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(10);

    #[test]
    fn a_message_is_answered_and_nothing_is_left() {
        let root = tempfile::tempdir().unwrap();
        let mailbox = Mailbox::new(root.path().join("post"));
        let sender = mailbox.clone();
        let asking = std::thread::spawn(move || sender.ask::<_, u32>(&"item 4", PATIENCE).unwrap());
        let letter = loop {
            if let Some(letter) = mailbox.receive::<String>().unwrap().pop() {
                break letter;
            }
        };
        assert_eq!(letter.message, "item 4");
        mailbox.answer(&letter, &7).unwrap();
        assert_eq!(asking.join().unwrap(), Some(7));
        assert_eq!(fs::read_dir(root.path().join("post")).unwrap().count(), 0);
    }

    #[test]
    fn a_message_that_nobody_answers_is_taken_back() {
        let root = tempfile::tempdir().unwrap();
        let mailbox = Mailbox::new(root.path().join("post"));
        let answer = mailbox.ask::<_, u32>(&"stop", Duration::from_millis(20)).unwrap();
        assert_eq!(answer, None);
        assert!(mailbox.receive::<String>().unwrap().is_empty());
    }
}
