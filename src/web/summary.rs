//! A meeting in a line of the list, and the search over all of them. What was found out of a
//! meeting is kept until one of its files changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::error::ApiResult;
use super::transcripts::{Stamp, stamp};
use crate::editing::approval::{self, Approval};
use crate::recorder::request;
use crate::run::draft;
use crate::run::own_words::OwnWords;
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use referat_core::domain::meeting::{ClockTime, Date};
use referat_core::domain::recording::AudioFile;
use referat_core::domain::transcript::Transcript;

/// What a meeting has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Has {
    pub(super) agenda: bool,
    pub(super) audio: bool,
    pub(super) transcript: bool,
    pub(super) draft: bool,
}

impl Has {
    /// Looks at what is there.
    pub(super) fn of(folder: &MeetingFolder) -> Self {
        Self {
            agenda: folder.agenda().exists(),
            audio: folder.recordings().is_ok(),
            transcript: folder.transcript().exists(),
            draft: folder.referat().exists() || folder.closed_referat().exists(),
        }
    }
}

/// What is found out of a meeting by reading it.
#[derive(Debug)]
pub(super) struct MeetingSummary {
    pub(super) title: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) start: Option<ClockTime>,
    pub(super) changed_at: Option<String>,
    pub(super) approval: Approval,
    pub(super) open_proposals: usize,
    pub(super) duration_ms: Option<u64>,
    /// The title and the texts that are searched.
    texts: Vec<String>,
    /// The same, folded.
    folded: String,
}

/// The files that a summary is made of.
type Stamps = [Option<Stamp>; 5];

/// The summaries that were made, by folder.
#[derive(Debug, Default)]
pub(super) struct Summaries(Mutex<HashMap<std::path::PathBuf, (Stamps, Arc<MeetingSummary>)>>);

impl Summaries {
    /// Returns the summary of a meeting.
    pub(super) fn of(
        &self,
        folder: &MeetingFolder,
        words: &OwnWords,
    ) -> ApiResult<Arc<MeetingSummary>> {
        let files = [
            folder.agenda(),
            folder.referat(),
            folder.closed_referat(),
            folder.review(),
            folder.transcript(),
        ];
        let now = files.each_ref().map(|path| stamp(path));
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((then, summary)) = kept.get(folder.root())
            && *then == now
        {
            return Ok(Arc::clone(summary));
        }
        let summary = Arc::new(read(folder, words, &now)?);
        kept.insert(folder.root().to_owned(), (now, Arc::clone(&summary)));
        Ok(summary)
    }
}

fn read(folder: &MeetingFolder, words: &OwnWords, stamps: &Stamps) -> ApiResult<MeetingSummary> {
    // A dagsorden that cannot be read is no reason not to show the meeting.
    let header = draft::meeting(folder, None, &words.of(folder)?)
        .map(|(meeting, _)| meeting.header)
        .unwrap_or_default();
    let mut texts = Vec::new();
    for path in [folder.agenda(), folder.referat(), folder.closed_referat()] {
        if let Some(bytes) = artefact::read_if_there(&path)? {
            texts.push(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    let name = folder.root().file_name().unwrap_or_default().to_string_lossy();
    let folded = fold(&format!("{name}\n{}", texts.join("\n")));
    let latest = stamps.iter().flatten().filter_map(|(at, _)| *at).max();
    Ok(MeetingSummary {
        title: header.title,
        date: header.date,
        start: header.start,
        changed_at: latest
            .and_then(|at| jiff::Timestamp::try_from(at).ok())
            .map(|at| at.to_string()),
        approval: approval::approval(folder)?,
        open_proposals: approval::open_proposals(folder)?,
        duration_ms: duration(folder),
        texts,
        folded,
    })
}

/// Returns the length of the recordings, as the transcript knows it: the file's beginning tells.
fn duration(folder: &MeetingFolder) -> Option<u64> {
    #[derive(serde::Deserialize)]
    struct Audio {
        audio: Vec<AudioFile>,
    }
    let bytes = artefact::read_if_there(&folder.transcript()).ok()??;
    // The list of recordings stands before the segments in files of our own.
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(1 << 16)]);
    let head = text.split("\"segments\"").next()?.trim_end().trim_end_matches(',');
    let audio = match serde_json::from_str::<Audio>(&format!("{head}}}")) {
        Ok(found) => found.audio,
        Err(_) => serde_json::from_slice::<Transcript>(&bytes).ok()?.audio,
    };
    audio.iter().map(|file| file.offset_ms + file.duration_ms).max()
}

impl MeetingSummary {
    /// Tells whether every word stands in the meeting's title or texts.
    pub(super) fn holds(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.folded.contains(word))
    }

    /// Returns the line in which most of the words stand, shortened.
    pub(super) fn snippet(&self, words: &[String]) -> Option<String> {
        let count = |line: &str| {
            let line = fold(line);
            words.iter().filter(|word| line.contains(word.as_str())).count()
        };
        let lines = self.texts.iter().rev().flat_map(|text| text.lines());
        let best = lines.filter(|line| count(line) > 0).rev().max_by_key(|line| count(line))?;
        let plain = best.split("<!--").next().unwrap_or(best);
        let plain = plain.trim_matches(|c: char| c.is_whitespace() || "#-*>".contains(c));
        Some(plain.chars().filter(|c| !matches!(c, '*' | '\\')).take(200).collect())
    }
}

/// Returns the words that are searched for.
pub(super) fn words(query: &str) -> Vec<String> {
    query.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect()
}

/// Returns a text in small letters without accents; Danish letters stay what they are.
fn fold(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut out = String::with_capacity(lower.len());
    for letter in lower.nfc() {
        match letter {
            'æ' | 'ø' | 'å' => out.push(letter),
            _ if letter.is_ascii() => out.push(letter),
            _ => out.extend(
                letter.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)),
            ),
        }
    }
    out
}

/// How far a meeting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub(super) enum MeetingState {
    /// There is nothing to work on.
    New,
    /// A draft can be made.
    Ready,
    /// Its job is queued or under way.
    Working,
    /// Its job is paused.
    Paused,
    /// Its job failed.
    Failed,
    /// It is being recorded.
    Recording,
    /// There is a draft.
    Draft,
    /// The referat is approved.
    Approved,
    /// The referat was changed after its approval.
    Changed,
}

/// Returns how far a meeting is, where nobody works on it.
pub(super) fn state(folder: &MeetingFolder, has: Has, approval: &Approval) -> MeetingState {
    if request::is_recording(folder) {
        return MeetingState::Recording;
    }
    match (approval, has) {
        (Approval::Approved { .. }, _) => MeetingState::Approved,
        (Approval::Changed, _) => MeetingState::Changed,
        (_, Has { draft: true, .. }) => MeetingState::Draft,
        (_, Has { audio: true, .. } | Has { transcript: true, .. }) => MeetingState::Ready,
        _ => MeetingState::New,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_folds_case_and_accents_and_shows_the_line() {
        let root = tempfile::tempdir().unwrap();
        let folder = MeetingFolder::open(root.path()).unwrap();
        artefact::write(&folder.agenda(), "Dagsorden\n\n1. Cykelstien ved Åvej\n".as_bytes())
            .unwrap();
        let text = "## Referat\n\n- **André** foreslog en cykelsti. <!-- s-1 00:00:01 -->\n";
        artefact::write(&folder.referat(), text.as_bytes()).unwrap();
        let summaries = Summaries::default();
        let summary = summaries.of(&folder, &OwnWords::default()).unwrap();
        assert!(summary.holds(&words("ANDRE cykelsti")));
        assert!(!summary.holds(&words("andre cykelbro")));
        assert!(!summary.holds(&words("avej")) && summary.holds(&words("åvej")));
        let snippet = summary.snippet(&words("andre cykelsti")).unwrap();
        assert_eq!(snippet, "André foreslog en cykelsti.");
    }
}
