//! Two passes over a recording: the first finds the speech and plans the windows, the second
//! cuts them out. Neither holds more than a window's sound.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::audio::decode::AudioReader;
use crate::audio::loudness::Loudness;
use crate::audio::{error::AudioError, pcm};
use crate::speech::error::AsrError;
use crate::speech::recognizer::Window;
use crate::speech::vad::{self, Silero};
use crate::speech::windows;
use referat_core::time::Span;

use super::progress::{Progress, Stage};
use crate::error::PipelineError;

/// What finds the speech.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpeechDetector {
    /// Silero with these weights.
    Silero(PathBuf),
    /// Loudness alone.
    Loudness,
}

impl SpeechDetector {
    /// Returns its name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Silero(_) => "silero",
            Self::Loudness => "loudness",
        }
    }
}

/// What the first pass found.
#[derive(Clone, Debug)]
pub struct Sound {
    /// Length of the recording.
    pub duration: Duration,
    /// Where somebody speaks, in order of time.
    pub speech: Vec<Span>,
    /// The windows to decode, in order of time.
    pub windows: Vec<Span>,
}

/// Goes through the recording once and plans its windows.
///
/// No window is longer than `longest`.
pub fn listen(
    path: &Path,
    detector: &SpeechDetector,
    longest: Duration,
    progress: &dyn Progress,
) -> Result<Sound, PipelineError> {
    let mut reader = AudioReader::open(path)?;
    let mut silero = match detector {
        SpeechDetector::Silero(weights) => Some(Silero::load(weights)?),
        SpeechDetector::Loudness => None,
    };
    progress.begin(Stage::Listening, path, reader.claimed_length());
    let mut loudness = Loudness::default();
    let mut piece = Vec::new();
    let mut samples = 0;
    while reader.read(&mut piece)? {
        samples += piece.len();
        loudness.push(&piece);
        if let Some(silero) = &mut silero {
            silero.push(&piece);
        }
        piece.clear();
        progress.at(pcm::length(samples), Duration::ZERO);
        if progress.is_stopped() {
            progress.end();
            return Err(AsrError::Stopped.into());
        }
    }
    progress.end();
    if let Some(warning) = reader.warning() {
        progress.tell(path, warning);
    }
    let speech = match silero {
        Some(silero) => silero.finish()?,
        None => vad::by_loudness(&loudness),
    };
    let windows = windows::plan(&speech, &loudness, longest);
    Ok(Sound { duration: pcm::length(samples), speech, windows })
}

/// Returns the windows of `sound` whose places are in `wanted`, cut out of the recording as
/// they are asked for.
pub fn windows<'a>(
    path: &Path,
    sound: &'a Sound,
    wanted: Vec<usize>,
) -> Result<impl Iterator<Item = Result<Window, PipelineError>> + 'a, AudioError> {
    let mut cutter = Cutter { reader: AudioReader::open(path)?, buffer: Vec::new(), begins: 0 };
    Ok(wanted.into_iter().map(move |index| {
        let span = sound.windows[index];
        let samples = cutter.cut(span)?;
        let first = sound.speech.partition_point(|speech| speech.end() <= span.start());
        let speech =
            sound.speech[first..].iter().map_while(|speech| speech.intersection(span)).collect();
        Ok(Window { index, span, samples, speech, before: String::new() })
    }))
}

struct Cutter {
    reader: AudioReader,
    buffer: Vec<f32>,
    /// The first buffered sample's place in the recording.
    begins: usize,
}

impl Cutter {
    /// Returns the samples of `span`, which must not begin before an earlier one.
    fn cut(&mut self, span: Span) -> Result<Vec<f32>, AudioError> {
        let place = |ms: u64| (ms * u64::from(pcm::RATE_HZ) / 1000) as usize;
        let (start, end) = (place(span.start().as_ms()), place(span.end().as_ms()));
        let mut more = true;
        loop {
            let passed = start.saturating_sub(self.begins).min(self.buffer.len());
            self.buffer.drain(..passed);
            self.begins += passed;
            if !more || self.begins + self.buffer.len() >= end {
                break;
            }
            more = self.reader.read(&mut self.buffer)?;
        }
        let length = end.saturating_sub(self.begins).min(self.buffer.len());
        Ok(self.buffer[..length].to_vec())
    }
}
