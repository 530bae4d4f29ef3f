//! Recordings become voices: who spoke when, on the meeting's axis, by label.

use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use referat_core::domain::transcript::{ModelRef, Transcript};
use referat_core::domain::voices::{HeardTurn, VoiceId, Voices};
use referat_core::time::{Span, Timestamp};
use referat_voices::{Networks, PASSES, Replay, VoiceCount, VoiceTurn};

use super::listen::{self, SpeechDetector};
use super::progress::{Progress, Stage};
use crate::audio::decode::AudioReader;
use crate::audio::pcm;
use crate::error::PipelineError;
use crate::recorder::timeline;
use crate::speech::error::AsrError;
use crate::store::artefact;
use crate::store::folder::MeetingFolder;

/// The stage that writes `voices.json`.
pub const STAGE: &str = "voices";

/// Changes whenever the same sound would be given to other voices by this program.
pub const SETTINGS: u32 = 1;

/// Whose voices are told apart, and how.
#[derive(Clone, Debug)]
pub struct VoicesJob {
    /// The recordings of one meeting, in order, and where they begin on its axis where that is
    /// known; another follows the one before it.
    pub recordings: Vec<(PathBuf, Option<Duration>)>,
    /// The file of the weights, and how it is named in the result.
    pub weights: (PathBuf, ModelRef),
    /// What is known of the number of voices.
    pub count: VoiceCount,
    /// What finds the speech, where the segmentation is not to be asked: half the work.
    pub detector: Option<SpeechDetector>,
}

impl VoicesJob {
    /// Returns the work on a meeting whose recordings lie where `transcript` has them.
    ///
    /// # Errors
    /// The recorder's journal cannot be read.
    pub fn of_meeting(
        folder: &MeetingFolder,
        recordings: Vec<PathBuf>,
        transcript: &Transcript,
        weights: (PathBuf, ModelRef),
    ) -> Result<Self, PipelineError> {
        let offset = |path: &PathBuf| {
            let name = folder.relative(path);
            let known = transcript.audio.iter().find(|audio| audio.path == name);
            known.map(|audio| Duration::from_millis(audio.offset_ms))
        };
        let recordings = timeline::current(folder, recordings)?;
        let recordings = recordings.into_iter().map(|path| (path.clone(), offset(&path))).collect();
        Ok(Self { recordings, weights, count: VoiceCount::default(), detector: None })
    }

    /// Returns a hash of everything that decides the result.
    ///
    /// # Errors
    /// A recording cannot be read.
    pub fn inputs(&self) -> Result<String, PipelineError> {
        let mut audio = Vec::new();
        for (path, offset) in &self.recordings {
            let offset = offset.map(|offset| offset.as_millis() as u64);
            audio.push((artefact::sha256_of_file(path)?, offset));
        }
        let inputs = serde_json::json!([SETTINGS, audio, self.weights.1.sha256]).to_string();
        Ok(artefact::sha256(inputs.as_bytes()))
    }
}

/// Tells the voices of `job` apart. All recordings are heard as one, so that a voice has one
/// label in all of them.
///
/// # Errors
/// A recording or the weights cannot be read, or the user stopped the work.
pub fn voices(job: &VoicesJob, progress: &dyn Progress) -> Result<Voices, PipelineError> {
    let networks = Networks::open(&job.weights.0)?;
    let speech = match &job.detector {
        Some(detector) => Some(speech(job, detector, progress)?),
        None => None,
    };
    let paths: Vec<&PathBuf> = job.recordings.iter().map(|(path, _)| path).collect();
    let mut meeting =
        Meeting { paths, ends: Vec::new(), pass: 0, length: Duration::ZERO, progress };
    let turns = referat_voices::diarize(&networks, &mut meeting, speech.as_deref(), job.count);
    progress.end();
    let places = places(&job.recordings, &meeting.ends);
    let turns = turns?.into_iter().flat_map(|turn| on_the_axis(&turn, &places));
    Ok(Voices::new(Some(job.weights.1.clone()), turns.collect()))
}

/// Finds the speech in all recordings, in samples of all of them.
fn speech(
    job: &VoicesJob,
    detector: &SpeechDetector,
    progress: &dyn Progress,
) -> Result<Vec<Range<usize>>, PipelineError> {
    const LONGEST: Duration = Duration::from_secs(28);
    let mut speech = Vec::new();
    let mut before = 0;
    for (path, _) in &job.recordings {
        let sound = listen::listen(path, detector, LONGEST, progress)?;
        let place = |at: Timestamp| before + samples(at.as_ms());
        speech.extend(sound.speech.iter().map(|span| place(span.start())..place(span.end())));
        before += samples(sound.duration.as_millis() as u64);
    }
    Ok(speech)
}

const fn samples(ms: u64) -> usize {
    (ms * pcm::RATE_HZ as u64 / 1000) as usize
}

/// The recordings one after another.
struct Meeting<'a> {
    paths: Vec<&'a PathBuf>,
    /// Where each ends, in samples of all; known after the first pass.
    ends: Vec<usize>,
    pass: u32,
    /// The length of all, as far as it is known.
    length: Duration,
    progress: &'a dyn Progress,
}

impl Replay for Meeting<'_> {
    type Error = PipelineError;

    fn play(&mut self, take: &mut dyn FnMut(&[f32])) -> Result<(), PipelineError> {
        let first = self.pass == 0;
        let mut played = 0;
        for path in &self.paths {
            let mut reader = AudioReader::open(path)?;
            if first {
                let claimed = reader.claimed_length();
                let total = claimed.filter(|_| self.paths.len() == 1).map(|one| one * PASSES);
                self.progress.begin(Stage::Diarizing, path, total);
                self.length += claimed.unwrap_or_default();
            }
            let mut piece = Vec::new();
            while reader.read(&mut piece)? {
                played += piece.len();
                take(&piece);
                piece.clear();
                let done = self.length * self.pass + pcm::length(played);
                self.progress.at(done, Duration::ZERO);
                if self.progress.is_stopped() {
                    self.progress.end();
                    return Err(AsrError::Stopped.into());
                }
            }
            if first {
                self.ends.push(played);
                if let Some(warning) = reader.warning() {
                    self.progress.tell(path, warning);
                }
            }
        }
        self.pass += 1;
        Ok(())
    }
}

/// Where a recording lies in the sound of all, in milliseconds, and where it begins on the axis.
struct RecordingPlace {
    heard: Range<u64>,
    begins: u64,
}

fn places(recordings: &[(PathBuf, Option<Duration>)], ends: &[usize]) -> Vec<RecordingPlace> {
    let mut places: Vec<RecordingPlace> = Vec::new();
    let (mut from, mut follows) = (0, 0);
    for ((_, known), end) in recordings.iter().zip(ends) {
        let to = pcm::time(*end as u64).as_ms();
        let begins = known.map_or(follows, |known| known.as_millis() as u64);
        places.push(RecordingPlace { heard: from..to, begins });
        follows = begins + (to - from);
        from = to;
    }
    places
}

/// Puts a turn on the meeting's axis; one that goes over the end of a recording becomes two.
fn on_the_axis(turn: &VoiceTurn, places: &[RecordingPlace]) -> Vec<HeardTurn> {
    let part = |place: &RecordingPlace| {
        let start = turn.start_ms.max(place.heard.start);
        let end = turn.end_ms.min(place.heard.end);
        let at = |ms: u64| Timestamp::from_ms(ms - place.heard.start + place.begins);
        let span = (start < end).then(|| Span::new(at(start), at(end))).flatten()?;
        let voice = VoiceId(turn.voice.to_string());
        Some(HeardTurn { span, voice, overlap: turn.overlap })
    };
    places.iter().filter_map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_over_the_end_of_a_recording_becomes_two_on_the_axis() {
        let recordings =
            [("a".into(), None), ("b".into(), Some(Duration::from_secs(60))), ("c".into(), None)];
        let places = places(&recordings, &[160_000, 320_000, 480_000]);
        let turn = VoiceTurn { start_ms: 8000, end_ms: 22_000, voice: 0, overlap: false };
        let spans: Vec<(u64, u64)> = on_the_axis(&turn, &places)
            .into_iter()
            .map(|turn| (turn.span.start().as_ms(), turn.span.end().as_ms()))
            .collect();
        assert_eq!(spans, [(8000, 10_000), (60_000, 70_000), (70_000, 72_000)]);
    }
}
