//! Recordings become a transcript: listen, plan windows, decode them, each noted in a journal
//! the moment it is done, so that a run that was killed goes on where it stopped.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::listen::{self, Sound, SpeechDetector};
use super::progress::{Progress, Stage};
use crate::error::PipelineError;
use crate::speech::decode_options::DecodeOptions;
use crate::speech::decoded::DecodedWindow;
use crate::speech::engine;
use crate::speech::error::AsrError;
use crate::speech::order::WindowOrder;
use crate::speech::prompt::Prompt;
use crate::speech::recognizer::Recognizer;
use crate::store::artefact;
use crate::store::journal::Journal;
use referat_core::domain::guarded::{FlagReason, RemovalReason};
use referat_core::domain::language::Language;
use referat_core::domain::recording::AudioFile;
use referat_core::domain::transcript::{
    Flagged, ModelRef, Removed, Segment, SegmentId, Transcript,
};
use referat_core::language::words::Vocabulary;
use referat_core::time::Span;

/// Changes whenever the same sound would be decoded to other words by this program.
pub const SETTINGS: u32 = 3;

/// What is to be transcribed, and how.
#[derive(Clone, Debug)]
pub struct DecodeJob {
    /// The recordings of one meeting, in order, with the names they have in the transcript.
    pub recordings: Vec<(PathBuf, String)>,
    /// Places of recordings on the meeting's axis, by those names; a recording whose place is
    /// not known follows the one before it.
    pub offsets: BTreeMap<String, Duration>,
    /// Folder for the journals.
    pub journals: PathBuf,
    /// The weights, as the transcript names them.
    pub model: ModelRef,
    /// The language spoken.
    pub language: Language,
    /// The words of the languages, with the user's own laid over them.
    pub words: Vocabulary,
    /// How the model is decoded.
    pub decoding: DecodeOptions,
    /// Words to expect; an earlier run's list is kept when the work goes on.
    pub prompt: Prompt,
    /// What finds the speech.
    pub detector: SpeechDetector,
}

/// The first line of a journal: decoding with anything else is other work.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Task {
    settings: u32,
    audio: String,
    model: String,
    language: Language,
    #[serde(default)]
    #[serde(rename = "manner")]
    decoding: DecodeOptions,
    plan: Vec<Span>,
}

/// A line of a journal after the first.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Entry {
    /// What was expected at the first decode.
    Prompt(Prompt),
    /// A window that is done.
    #[serde(rename = "heard")]
    Window(DecodedWindow),
}

/// Transcribes the recordings of `job` on the lanes that `lanes` makes for a word list.
pub fn transcribe<R: Recognizer>(
    job: &DecodeJob,
    lanes: impl Fn(Prompt) -> Result<Vec<R>, PipelineError>,
    progress: &dyn Progress,
) -> Result<Transcript, PipelineError> {
    let mut transcript = Transcript {
        version: Transcript::VERSION,
        language: job.language.to_string(),
        model: Some(job.model.clone()),
        ..Transcript::default()
    };
    let mut end = Duration::ZERO;
    for (path, name) in &job.recordings {
        let offset = place(job.offsets.get(name).copied(), end);
        let sha256 = artefact::sha256_of_file(path)?;
        let sound = listen::listen(path, &job.detector, job.decoding.longest_window, progress)?;
        let heard = decode(job, path, &sha256, &sound, &lanes, progress)?;
        for one in heard {
            for mut segment in one.segments {
                segment.id = SegmentId(transcript.segments.len() as u32);
                segment.span = later(segment.span, offset);
                for word in &mut segment.words {
                    word.span = later(word.span, offset);
                }
                transcript.segments.push(segment);
            }
            transcript.removed.extend(one.removed.into_iter().map(|mut removed| {
                removed.span = later(removed.span, offset);
                removed
            }));
            transcript.flagged.extend(one.flagged.into_iter().map(|mut flagged| {
                flagged.span = later(flagged.span, offset);
                flagged
            }));
            count(&mut transcript, "decoded-again", one.again);
            count(&mut transcript, "passed-over", one.passed_over);
        }
        transcript.audio.push(AudioFile {
            path: name.clone(),
            sha256,
            duration_ms: sound.duration.as_millis() as u64,
            offset_ms: offset.as_millis() as u64,
        });
        end = offset + sound.duration;
    }
    keep_the_last(&mut transcript);
    let reasons: Vec<String> =
        transcript.removed.iter().map(|removed| removed.reason.to_string()).collect();
    for reason in reasons {
        count(&mut transcript, &reason, 1);
    }
    Ok(transcript)
}

/// Returns where a recording begins whose place may be known, after one that ends at `end`.
fn place(known: Option<Duration>, end: Duration) -> Duration {
    // Lengths are rounded; a place further back would mix two recordings.
    const ROUNDING: Duration = Duration::from_millis(100);
    known.filter(|known| *known + ROUNDING >= end).unwrap_or(end)
}

fn count(transcript: &mut Transcript, guard: &str, times: usize) {
    if times > 0 {
        *transcript.guards.entry(guard.to_owned()).or_default() += times;
    }
}

/// Puts back what the guards took where nothing else is left, and flags it: a guard that
/// empties a transcript is more likely wrong than right. What is written where nobody speaks
/// stays out.
fn keep_the_last(transcript: &mut Transcript) {
    if !transcript.segments.is_empty() {
        return;
    }
    let invented = |removed: &Removed| {
        matches!(removed.reason, RemovalReason::SilencePhrase | RemovalReason::NoSpeech)
    };
    let (gone, back) = std::mem::take(&mut transcript.removed).into_iter().partition(invented);
    transcript.removed = gone;
    for Removed { span, text, reason } in back {
        let id = SegmentId(transcript.segments.len() as u32);
        transcript.segments.push(Segment { id, span, text, ..Segment::default() });
        transcript.flagged.push(Flagged { span, reason: FlagReason::Kept(reason) });
        count(transcript, "kept", 1);
    }
}

fn later(span: Span, offset: Duration) -> Span {
    Span::from_start(span.start() + offset, span.duration())
}

/// Opens the journal of a recording; returns it with what the recognizer is told beforehand, which
/// stays as it was begun, and the windows that were heard.
fn resumed_from(
    job: &DecodeJob,
    sha256: &str,
    sound: &Sound,
) -> Result<(Journal, Prompt, Vec<DecodedWindow>), PipelineError> {
    let task = Task {
        settings: SETTINGS,
        audio: sha256.to_owned(),
        model: job.model.sha256.clone(),
        language: job.language,
        decoding: job.decoding,
        plan: sound.windows.clone(),
    };
    let file = job.journals.join(format!("{}.jsonl", &sha256[..16]));
    let (mut journal, entries) = Journal::open::<_, Entry>(&file, &task)?;
    let mut frozen = None;
    let mut heard: Vec<DecodedWindow> = Vec::new();
    for entry in entries {
        match entry {
            Entry::Prompt(prompt) => frozen = Some(prompt),
            Entry::Window(window) => heard.push(window),
        }
    }
    let prompt = match frozen {
        Some(prompt) => prompt,
        None => {
            journal.append(&Entry::Prompt(job.prompt.clone()))?;
            job.prompt.clone()
        }
    };
    Ok((journal, prompt, heard))
}

/// Returns what every window of the recording came to, in order of time.
fn decode<R: Recognizer>(
    job: &DecodeJob,
    path: &Path,
    sha256: &str,
    sound: &Sound,
    lanes: &impl Fn(Prompt) -> Result<Vec<R>, PipelineError>,
    progress: &dyn Progress,
) -> Result<Vec<DecodedWindow>, PipelineError> {
    let (mut journal, prompt, mut heard) = resumed_from(job, sha256, sound)?;
    let is_done = |index: usize| heard.iter().any(|window| window.window == index);
    let rest: Vec<usize> = (0..sound.windows.len()).filter(|index| !is_done(*index)).collect();
    let lengths = |indices: &mut dyn Iterator<Item = usize>| -> Duration {
        indices.map(|index| sound.windows[index].duration()).sum()
    };
    let total = lengths(&mut (0..sound.windows.len()));
    let resumed = lengths(&mut heard.iter().map(|window| window.window));
    if !rest.is_empty() {
        progress.begin(Stage::Transcribing, path, Some(total));
        progress.at(resumed, resumed);
        let mut done = resumed;
        let windows = listen::windows(path, sound, rest)?;
        let order = match job.decoding.previous_sentence {
            true => WindowOrder::chained(sound.windows.len(), &heard),
            false => WindowOrder::Free,
        };
        engine::decode(lanes(prompt)?, job.words.of(job.language), windows, order, |window| {
            // The next run may have more luck with a window that crashed the engine.
            if !window.lost {
                journal.append(&Entry::Window(window.clone()))?;
            }
            done += sound.windows[window.window].duration();
            progress.at(done, resumed);
            heard.push(window);
            match progress.is_stopped() {
                true => Err(AsrError::Stopped.into()),
                false => Ok::<_, PipelineError>(()),
            }
        })?;
        progress.end();
    }
    if let [first, ..] = &heard[..]
        && heard.iter().all(|window| window.lost)
    {
        let why = first.flagged.first().map_or(String::new(), |flag| flag.reason.to_string());
        let at = sound.windows.first().map_or(String::new(), |span| span.start().to_string());
        return Err(AsrError::Lost { at, why }.into());
    }
    heard.sort_by_key(|window| window.window);
    Ok(heard)
}

#[cfg(test)]
mod tests {
    use super::*;
    use referat_core::time::Timestamp;

    #[test]
    fn a_recording_keeps_its_known_place_unless_it_would_overlap() {
        let ms = Duration::from_millis;
        assert_eq!(place(None, ms(5_000)), ms(5_000));
        assert_eq!(place(Some(ms(9_000)), ms(5_000)), ms(9_000));
        assert_eq!(place(Some(ms(4_990)), ms(5_000)), ms(4_990));
        assert_eq!(place(Some(ms(0)), ms(5_000)), ms(5_000));
    }

    fn removed(reason: RemovalReason) -> Removed {
        let span = Span::from_start(Timestamp::from_ms(1000), Duration::from_secs(2));
        Removed { span, text: "Καλημέρα σας".into(), reason }
    }

    #[test]
    fn a_guard_that_would_empty_a_transcript_keeps_it_and_says_so() {
        let mut transcript = Transcript {
            removed: vec![removed(RemovalReason::WrongScript)],
            ..Transcript::default()
        };
        keep_the_last(&mut transcript);
        assert_eq!(transcript.segments[0].text, "Καλημέρα σας");
        assert_eq!(transcript.flagged[0].reason, FlagReason::Kept(RemovalReason::WrongScript));
        assert!(transcript.removed.is_empty());
    }

    #[test]
    fn what_was_invented_in_silence_stays_out() {
        let mut transcript = Transcript {
            removed: vec![removed(RemovalReason::SilencePhrase)],
            ..Transcript::default()
        };
        keep_the_last(&mut transcript);
        assert!(transcript.segments.is_empty());
        assert_eq!(transcript.removed.len(), 1);
    }
}
