//! Any recording as one stream of samples, whatever it is stored in.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::container::Container;
use super::error::AudioError;
use super::ffmpeg::{self, Ffmpeg};
use super::pcm;
use super::resample::Resampler;
use super::wav::Wav;

/// What gives the samples, at the recording's own rate, mixed to one channel.
enum Source {
    Wav(Wav),
    Container(Box<Container>),
    Ffmpeg(Ffmpeg),
}

/// A recording being decoded to 16 kHz mono, piece by piece: memory does not grow with its
/// length.
pub struct AudioReader {
    path: PathBuf,
    source: Source,
    resampler: Option<Resampler>,
    native: Vec<f32>,
    produced: usize,
    ended: bool,
    warning: Option<String>,
}

impl AudioReader {
    /// Opens the recording at `path`. What it is, is told by its first bytes, not its name.
    pub fn open(path: &Path) -> Result<Self, AudioError> {
        let read = |source| AudioError::Read { path: path.to_owned(), source };
        let metadata = std::fs::metadata(path).map_err(read)?;
        if metadata.is_dir() {
            return Err(AudioError::Folder { path: path.to_owned() });
        }
        if metadata.len() == 0 {
            return Err(AudioError::Empty { path: path.to_owned() });
        }
        let mut first = [0; 12];
        let length = File::open(path).and_then(|mut file| file.read(&mut first)).map_err(read)?;
        let is_wav = length == 12 && &first[..4] == b"RIFF" && &first[8..] == b"WAVE";
        let source = match is_wav.then(|| Wav::open(path)).transpose()?.flatten() {
            Some(wav) => Source::Wav(wav),
            None => match Container::open(path)? {
                Ok(container) => Source::Container(Box::new(container)),
                Err(why) => Source::Ffmpeg(Ffmpeg::open(path, &why)?),
            },
        };
        let rate = match &source {
            Source::Wav(wav) => wav.rate_hz(),
            Source::Container(container) => container.rate_hz(),
            Source::Ffmpeg(_) => pcm::RATE_HZ,
        };
        let warning = match &source {
            Source::Wav(wav) => wav.warning().map(str::to_owned),
            _ => None,
        };
        Ok(Self {
            path: path.to_owned(),
            source,
            resampler: (rate != pcm::RATE_HZ).then(|| Resampler::new(rate)),
            native: Vec::new(),
            produced: 0,
            ended: false,
            warning,
        })
    }

    /// Returns the length that the file claims, if it does.
    pub fn claimed_length(&self) -> Option<Duration> {
        match &self.source {
            Source::Wav(wav) => Some(wav.length()),
            Source::Container(container) => container.claimed_length(),
            Source::Ffmpeg(_) => None,
        }
    }

    /// Returns what the user should know of the recording's state, once something is wrong
    /// with it that cost less than the whole.
    pub fn warning(&self) -> Option<&str> {
        self.warning.as_deref()
    }

    /// Appends the next samples to `out`; returns false at the end.
    pub fn read(&mut self, out: &mut Vec<f32>) -> Result<bool, AudioError> {
        if self.ended {
            return Ok(false);
        }
        let before = out.len();
        self.native.clear();
        let target = if self.resampler.is_some() { &mut self.native } else { &mut *out };
        let more = match &mut self.source {
            Source::Wav(wav) => wav.read(target),
            Source::Container(container) => container.read(target),
            Source::Ffmpeg(ffmpeg) => ffmpeg.read(target),
        };
        let more = match more {
            Ok(more) => more,
            Err(why) if self.produced > 0 => {
                let at = pcm::length(self.produced).as_secs();
                self.warning = Some(format!(
                    "the recording is damaged after {:02}:{:02}:{:02}; what comes before is used ({why})",
                    at / 3600,
                    at / 60 % 60,
                    at % 60
                ));
                false
            }
            Err(why) => return Err(AudioError::NotAudio { path: self.path.clone(), why }),
        };
        self.ended = !more;
        if let Some(resampler) = &mut self.resampler {
            resampler.push(&self.native, out);
            if self.ended {
                resampler.finish(out);
            }
        }
        // Whatever a file claims to hold, decoders downstream see finite samples.
        for sample in &mut out[before..] {
            if !sample.is_finite() {
                *sample = 0.0;
            }
        }
        self.produced += out.len() - before;
        Ok(true)
    }
}

/// Tells whether ffmpeg can be used on this machine.
pub fn has_ffmpeg() -> bool {
    ffmpeg::is_installed()
}
