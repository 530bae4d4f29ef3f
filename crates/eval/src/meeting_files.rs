//! Labelled meetings as the files that a user would have: a dagsorden, a transcript, voices.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use referat::run::begun::BeginningFiles;
use referat_core::domain::transcript::Transcript;
use referat_core::domain::voices::{HeardTurn, VoiceId, Voices};
use referat_core::language::words::Words;
use referat_document::agenda_text;
use serde_json::Value;

use crate::gold::Gold;
use crate::labelled::{Hardship, Labelled};

/// Which of a meeting's files are taken.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileChoice {
    /// What a recogniser and a diarizer made of it, not what was said.
    pub heard: bool,
    /// Who spoke when, by voice.
    pub voices: bool,
    /// The dagsorden in the project's own layout.
    pub clean: bool,
    /// How a meeting without files of its own is made harder.
    pub hardship: Hardship,
}

/// A labelled meeting and its files.
#[derive(Debug)]
pub struct MeetingFiles {
    /// The folder's name, or the file's.
    pub name: String,
    /// What is true of it.
    pub gold: Gold,
    /// The same, as it stands in the file.
    pub value: Value,
    /// Minutes written by hand, where there are any.
    pub minutes: Option<String>,
    /// What the meeting begins with.
    pub files: BeginningFiles,
}

impl MeetingFiles {
    /// Finds the files of a folder with a `gold.json`, or of a sitting in one file; what it lacks
    /// is made from the gold and written into `scratch`.
    ///
    /// # Errors
    /// A file cannot be read, written or understood.
    #[expect(clippy::disallowed_methods, reason = "files of one measurement, made again each time")]
    pub fn find(path: &Path, choice: FileChoice, scratch: &Path) -> io::Result<Self> {
        let folder = path.is_dir().then_some(path);
        let gold = folder.map_or_else(|| path.to_owned(), |folder| folder.join("gold.json"));
        let text = fs::read_to_string(gold)?;
        let value: Value = serde_json::from_str(&text)?;
        let mut gold: Gold = serde_json::from_value(value.clone())?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let there = |names: &[&str]| -> Option<PathBuf> {
            let paths = names.iter().filter_map(|name| Some(folder?.join(name)));
            paths.into_iter().find(|path| path.is_file())
        };
        let made = made(&mut gold, choice.hardship);
        let write = |name: &str, text: String| -> io::Result<PathBuf> {
            let path = scratch.join(name);
            fs::write(&path, text)?;
            Ok(path)
        };
        let agenda = match choice.clean {
            true => there(&["dagsorden-clean.md"]),
            false => there(&["dagsorden.txt", "dagsorden.md"]),
        };
        let agenda = match agenda {
            Some(path) => path,
            None => write(
                "made-dagsorden.md",
                agenda_text::corrected(&made.meeting, Words::of(made.meeting.language)),
            )?,
        };
        let transcript = match choice.heard {
            true => there(&["transcript-heard.json"]),
            false => there(&["transcript.json"]),
        };
        let transcript = match transcript {
            Some(path) => path,
            None => write("made-transcript.json", serde_json::to_string(&made.transcript)?)?,
        };
        let voices = match choice.heard {
            true => there(&["voices-heard.rttm"]),
            false => there(&["voices.rttm", "reference.rttm"]),
        };
        let voices = match voices.filter(|_| choice.voices) {
            None if choice.voices => {
                let voices = voices_of(&gold, &made.transcript);
                Some(write("made-voices.json", serde_json::to_string(&voices)?)?)
            }
            found => found,
        };
        let minutes = there(&["referat-gold.md"]).map(fs::read_to_string).transpose()?;
        let files = BeginningFiles { agenda: Some(agenda), transcript: Some(transcript), voices };
        Ok(Self { name, gold, value, minutes, files })
    }
}

/// Returns the meeting as labelled; a sitting's gold is left with the utterances that are in it.
fn made(gold: &mut Gold, hardship: Hardship) -> Labelled {
    let made = Labelled::of(gold, hardship);
    if !gold.truths.is_empty() {
        if hardship.drop_headings {
            let said: Vec<bool> = gold.truths.iter().map(|truth| !truth.heading).collect();
            let mut kept = said.iter();
            gold.utterances.retain(|_| kept.next() == Some(&true));
            gold.truths.retain(|truth| !truth.heading);
        }
        for (utterance, segment) in gold.utterances.iter_mut().zip(&made.transcript.segments) {
            utterance.start = Some(segment.span.start().as_ms() as f64 / 1000.0);
            utterance.end = Some(segment.span.end().as_ms() as f64 / 1000.0);
        }
    }
    made
}

/// Returns the utterances' speakers as voices.
fn voices_of(gold: &Gold, transcript: &Transcript) -> Voices {
    let mut labels: Vec<String> = Vec::new();
    let mut turns: Vec<HeardTurn> = Vec::new();
    for (at, segment) in transcript.segments.iter().enumerate() {
        let speaker = match gold.truths.get(at) {
            Some(truth) => truth.speaker.clone(),
            None => gold.utterances.get(at).map(|one| one.speaker.clone()),
        };
        let Some(speaker) = speaker else { continue };
        let place = labels.iter().position(|label| *label == speaker).unwrap_or_else(|| {
            labels.push(speaker);
            labels.len() - 1
        });
        let voice = VoiceId(format!("v{}", place + 1));
        turns.push(HeardTurn { span: segment.span, voice, overlap: false });
    }
    Voices::new(None, turns)
}
