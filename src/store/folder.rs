//! A meeting is a folder: where its files are.

use std::path::{Path, PathBuf};

use super::error::StoreError;

/// The folder of one meeting; its files may or may not be there yet.
#[derive(Clone, Debug)]
pub struct MeetingFolder {
    root: PathBuf,
}

/// Endings of files that are taken for recordings; what we do not decode goes through ffmpeg.
const AUDIO: [&str; 27] = [
    "wav", "wave", "flac", "mp3", "m4a", "m4b", "mp4", "m4v", "aac", "ogg", "oga", "opus", "webm",
    "mka", "mkv", "wma", "wmv", "amr", "aif", "aiff", "caf", "mov", "3gp", "avi", "mpg", "mpeg",
    "mts",
];

/// What a meeting folder may hold before there is a dagsorden.
const EARLY: [&str; 5] = ["audio", ".referat", "marks.jsonl", "notice.jsonl", "transcript.json"];

impl MeetingFolder {
    /// Returns the meeting in the existing folder `root`.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        match std::fs::metadata(root) {
            Ok(found) if found.is_dir() => Ok(Self { root: root.to_owned() }),
            Ok(_) => Err(StoreError::Read {
                path: root.to_owned(),
                source: std::io::Error::new(std::io::ErrorKind::NotADirectory, "not a folder"),
            }),
            Err(source) => Err(StoreError::Read { path: root.to_owned(), source }),
        }
    }

    /// Makes the folder `root` with its `audio` folder; an existing one must be empty.
    pub fn create(root: &Path) -> Result<Self, StoreError> {
        Self::make(root, |_| false)
    }

    /// Makes the folder `root` like [`create`](Self::create), or goes on with one that holds no
    /// more than what was recorded into it and a dagsorden in another form.
    pub fn complete(root: &Path) -> Result<Self, StoreError> {
        Self::make(root, |name| {
            let source = name.starts_with("dagsorden.") && name != "dagsorden.md";
            source || EARLY.contains(&name)
        })
    }

    fn make(root: &Path, may_hold: impl Fn(&str) -> bool) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Write { path: root.to_owned(), source };
        for entry in std::fs::read_dir(root).into_iter().flatten() {
            if !may_hold(&entry.map_err(failed)?.file_name().to_string_lossy()) {
                return Err(StoreError::NotEmpty { path: root.to_owned() });
            }
        }
        std::fs::create_dir_all(root.join("audio")).map_err(failed)?;
        Ok(Self { root: root.to_owned() })
    }

    /// Returns the folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the path of `dagsorden.md`.
    pub fn agenda(&self) -> PathBuf {
        self.root.join("dagsorden.md")
    }

    /// Returns the path of `marks.jsonl`.
    pub fn marks(&self) -> PathBuf {
        self.root.join("marks.jsonl")
    }

    /// Returns the path of `review.jsonl`.
    pub fn review(&self) -> PathBuf {
        self.root.join("review.jsonl")
    }

    /// Returns the path of `speakers.json`.
    pub fn speakers(&self) -> PathBuf {
        self.root.join("speakers.json")
    }

    /// Returns the path of `voices.json`.
    pub fn voices(&self) -> PathBuf {
        self.root.join("voices.json")
    }

    /// Returns the path of `transcript.json`.
    pub fn transcript(&self) -> PathBuf {
        self.root.join("transcript.json")
    }

    /// Returns the path of `minutes.json`.
    pub fn minutes(&self) -> PathBuf {
        self.root.join("minutes.json")
    }

    /// Returns the path of `referat.md`.
    pub fn referat(&self) -> PathBuf {
        self.root.join("referat.md")
    }

    /// Returns the path of `referat-lukket.md`.
    pub fn closed_referat(&self) -> PathBuf {
        self.root.join("referat-lukket.md")
    }

    /// Returns the path of a file of the program's own, as in `journal/x.jsonl`.
    pub fn internal(&self, name: &str) -> PathBuf {
        self.root.join(".referat").join(name)
    }

    /// Returns the recordings in order of name: those of the `audio` folder or, where there
    /// are none, those beside the dagsorden.
    pub fn recordings(&self) -> Result<Vec<PathBuf>, StoreError> {
        for folder in [self.root.join("audio"), self.root.clone()] {
            let found = audio_files(&folder)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Err(StoreError::NoRecording { path: self.root.clone() })
    }

    /// Returns `path` as the transcript names it: relative to the folder, forward slashes.
    pub fn relative(&self, path: &Path) -> String {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        let parts = relative.components().map(|part| part.as_os_str().to_string_lossy());
        parts.collect::<Vec<_>>().join("/")
    }
}

/// Returns the audio files directly in `folder`, in order of name; none when there is no
/// such folder.
pub fn audio_files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let failed = |source| StoreError::Read { path: folder.to_owned(), source };
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_file() && is_audio(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Returns the endings that a recording's name may have, as a list for people.
pub fn audio_endings() -> String {
    AUDIO.join(", ")
}

/// Tells whether a file's name is that of a recording.
pub fn is_audio(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|e| AUDIO.iter().any(|a| a.eq_ignore_ascii_case(e)))
}

/// Returns every file below `folder`, in order of path; links are named and not followed.
pub fn all_files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |source| StoreError::Read { path: folder.clone(), source };
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            match entry.file_type().map_err(failed)?.is_dir() {
                true => folders.push(entry.path()),
                false => found.push(entry.path()),
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recordings_come_in_order_of_name_from_the_audio_folder_first() {
        let root = tempfile::tempdir().unwrap();
        let folder = MeetingFolder::create(root.path()).unwrap();
        assert!(matches!(folder.recordings(), Err(StoreError::NoRecording { .. })));
        for name in ["optagelse.flac", "audio/2.WAV", "audio/1.wav", "audio/noter.txt"] {
            super::super::artefact::write(&root.path().join(name), b"x").unwrap();
        }
        let found = folder.recordings().unwrap();
        let names: Vec<String> = found.iter().map(|path| folder.relative(path)).collect();
        assert_eq!(names, ["audio/1.wav", "audio/2.WAV"]);
    }
}
