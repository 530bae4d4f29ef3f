//! Any recording as a stream of 16 kHz mono.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::container::{ContainerSource, Verdict};
use super::error::AudioError;
use super::ffmpeg::{self, FfmpegSource};
use super::mix::Mixer;
use super::note::AudioNote;
use super::pcm;
use super::resample::Resampler;
use super::source::{Declined, ReadStep, SampleBlock};
use super::wav::WavSource;

/// The program, as it is called on the PATH.
const FFMPEG: &str = "ffmpeg";
/// The most notes that are kept of one recording: after these nobody reads on.
const MAX_NOTES: usize = 50;

/// Reads a recording piece by piece; memory does not grow with its length.
pub struct AudioReader {
    path: PathBuf,
    source: SoundSource,
    duration: Option<Duration>,
    piece: SampleBlock,
    mixer: Mixer,
    mono: Vec<f32>,
    resampler: Option<Resampler>,
    /// Frames of silence, at the source's rate, that stand for lost sound.
    silence: u64,
    made: u64,
    notes: Vec<AudioNote>,
    warning: Option<String>,
    ended: bool,
}

/// A recording under the decoder that reads it.
pub(super) enum SoundSource {
    Wav(WavSource),
    Container(Box<ContainerSource>),
    Ffmpeg(FfmpegSource),
}

/// Reads a whole recording into memory, and what there is to say about it.
///
/// # Errors
/// As [`AudioReader::open`] and [`AudioReader::read`].
pub fn decode_all(path: &Path) -> Result<(Vec<f32>, Vec<AudioNote>), AudioError> {
    let mut reader = AudioReader::open(path)?;
    let mut samples = Vec::new();
    while reader.read(&mut samples)? {}
    Ok((samples, reader.notes))
}

impl AudioReader {
    /// Opens a recording of any format that the built-in decoders or an installed ffmpeg read.
    ///
    /// # Errors
    /// When the file cannot be opened or holds no sound that can be decoded.
    pub fn open(path: &Path) -> Result<Self, AudioError> {
        Self::open_with(path, OsStr::new(FFMPEG))
    }

    fn open_with(path: &Path, ffmpeg: &OsStr) -> Result<Self, AudioError> {
        let source = SoundSource::open(path, ffmpeg)?;
        let duration = match &source {
            SoundSource::Wav(wav) => Some(wav.duration()),
            SoundSource::Container(container) => container.duration(),
            SoundSource::Ffmpeg(_) => None,
        };
        Ok(Self {
            path: path.to_owned(),
            source,
            duration,
            piece: SampleBlock::default(),
            mixer: Mixer::default(),
            mono: Vec::new(),
            resampler: None,
            silence: 0,
            made: 0,
            notes: Vec::new(),
            warning: None,
            ended: false,
        })
    }

    /// Returns the length that the file claims, if it does; the sound may turn out shorter.
    pub const fn claimed_length(&self) -> Option<Duration> {
        self.duration
    }

    /// Returns what was found out about the recording so far; complete after the last piece.
    pub fn notes(&self) -> &[AudioNote] {
        &self.notes
    }

    /// Returns the same as one line, `None` when all is well.
    pub fn warning(&self) -> Option<&str> {
        self.warning.as_deref()
    }

    /// Appends the next piece, some hundredths of a second to some seconds and now and then
    /// nothing, to `out`; returns false when the recording is over.
    ///
    /// # Errors
    /// When the system fails, or the recording changes to a sample rate that does not exist.
    /// Damaged sound is no error but a note.
    pub fn read(&mut self, out: &mut Vec<f32>) -> Result<bool, AudioError> {
        if self.ended {
            return Ok(false);
        }
        if self.silence > 0 {
            self.fill_gap(out);
            return Ok(true);
        }
        match self.source.next(&mut self.piece)? {
            ReadStep::Sound => self.take_piece(out)?,
            ReadStep::Gap(frames) => self.begin_gap(frames),
            ReadStep::End => self.finish(out),
            ReadStep::Broken(reason) => {
                self.finish(out);
                self.note(AudioNote::EndsEarly { at: pcm::time(self.made), reason });
            }
            ReadStep::Unfinished => {
                self.finish(out);
                self.note(AudioNote::UnfinishedHeader { at: pcm::time(self.made) });
            }
        }
        // The last samples may come with the end, and the next call tells.
        Ok(true)
    }

    fn take_piece(&mut self, out: &mut Vec<f32>) -> Result<(), AudioError> {
        if self.piece.samples.is_empty() {
            return Ok(());
        }
        self.mono.clear();
        if self.mixer.mix(&self.piece.samples, self.piece.channels, &mut self.mono) {
            self.note(AudioNote::OppositeChannels { at: pcm::time(self.made) });
        }
        let rate_hz = self.piece.rate_hz;
        if self.resampler.as_ref().is_none_or(|resampler| resampler.rate_hz() != rate_hz) {
            self.flush(out);
            let resampler = Resampler::new(rate_hz);
            let path = || self.path.clone();
            self.resampler = Some(resampler.ok_or_else(|| AudioError::NotAudio {
                path: path(),
                why: format!("its sample rate is {rate_hz} Hz"),
            })?);
        }
        self.push(out);
        Ok(())
    }

    /// Sends what was mixed through the resampler.
    fn push(&mut self, out: &mut Vec<f32>) {
        if let Some(resampler) = &mut self.resampler {
            let before = out.len();
            resampler.push(&self.mono, out);
            self.made += (out.len() - before) as u64;
        }
    }

    fn begin_gap(&mut self, frames: u64) {
        let rate_hz = self.resampler.as_ref().map_or(0, Resampler::rate_hz);
        if let Some(ms) = (frames * 1000).checked_div(u64::from(rate_hz)) {
            let length = Duration::from_millis(ms);
            self.note(AudioNote::Gap { at: pcm::time(self.made), length });
            self.silence = frames;
        }
    }

    /// Puts up to a second of silence where sound was lost.
    fn fill_gap(&mut self, out: &mut Vec<f32>) {
        let second = self.resampler.as_ref().map_or(0, Resampler::rate_hz);
        let frames = self.silence.min(u64::from(second));
        self.silence = if frames == 0 { 0 } else { self.silence - frames };
        self.mono.clear();
        self.mono.resize(frames as usize, 0.0);
        self.push(out);
    }

    fn flush(&mut self, out: &mut Vec<f32>) {
        if let Some(resampler) = self.resampler.take() {
            let before = out.len();
            let kept = resampler.finish(out);
            self.made += (kept - before.min(kept)) as u64;
        }
    }

    fn finish(&mut self, out: &mut Vec<f32>) {
        self.flush(out);
        self.ended = true;
    }

    fn note(&mut self, note: AudioNote) {
        let joined = match (self.notes.last_mut(), &note) {
            (Some(last), AudioNote::Gap { at, length }) => last.absorb_gap(*at, *length),
            _ => false,
        };
        if !joined && self.notes.len() < MAX_NOTES {
            self.notes.push(note);
        }
        let lines: Vec<String> = self.notes.iter().map(AudioNote::to_string).collect();
        self.warning = Some(lines.join("; "));
    }
}

impl SoundSource {
    /// Opens `path` with whatever reads it.
    pub(super) fn of(path: &Path) -> Result<Self, AudioError> {
        Self::open(path, OsStr::new(FFMPEG))
    }

    /// Reads the next piece, at the recording's own rate and channels.
    pub(super) fn next(&mut self, piece: &mut SampleBlock) -> Result<ReadStep, AudioError> {
        match self {
            Self::Wav(wav) => wav.next(piece),
            Self::Container(container) => Ok(container.next(piece)),
            Self::Ffmpeg(ffmpeg) => ffmpeg.next(piece),
        }
    }

    fn open(path: &Path, ffmpeg: &OsStr) -> Result<Self, AudioError> {
        let cannot = |source| AudioError::Read { path: path.to_owned(), source };
        let mut file = File::open(path).map_err(cannot)?;
        let data = file.metadata().map_err(cannot)?;
        if data.is_dir() {
            return Err(AudioError::Folder { path: path.to_owned() });
        }
        if data.is_file() && data.len() == 0 {
            return Err(AudioError::Empty { path: path.to_owned() });
        }
        let mut head = Vec::new();
        let read = (&mut file).take(12).read_to_end(&mut head).and_then(|_| file.rewind());
        read.map_err(|source| AudioError::Read { path: path.to_owned(), source })?;

        let through_ffmpeg = |why: String| FfmpegSource::open(ffmpeg, path, why).map(Self::Ffmpeg);
        // ffmpeg says of text and of damaged sound much the same: both reasons are told.
        let last_resort = |why: String| match through_ffmpeg(why.clone()) {
            Err(AudioError::NotAudio { path, why: more }) => {
                Err(AudioError::NotAudio { path, why: format!("{why}; {more}") })
            }
            other => other,
        };
        if WavSource::knows(&head) {
            match WavSource::open(path, File::open(path).map_err(cannot)?) {
                Ok(wav) => return Ok(Self::Wav(wav)),
                Err(Declined::Failed(error)) => return Err(error),
                Err(Declined::Damaged(why)) => return last_resort(why),
                // Compressed sound in a WAV file is for the others.
                Err(Declined::Unknown(_)) => {}
            }
        }
        match ContainerSource::open(path, file) {
            Ok(Verdict::Whole(container)) => Ok(Self::Container(container)),
            // Without ffmpeg the lower half, which may well be all, is better than nothing.
            Ok(Verdict::PerhapsHalf(container)) => {
                let reason = "it may be HE-AAC".to_owned();
                Ok(through_ffmpeg(reason).unwrap_or(Self::Container(container)))
            }
            Ok(Verdict::Half) => {
                through_ffmpeg("it is HE-AAC, of which half would be lost".to_owned())
            }
            Err(Declined::Failed(error)) => Err(error),
            Err(Declined::Unknown(why) | Declined::Damaged(why)) => last_resort(why),
        }
    }
}

/// Tells whether ffmpeg can be used on this machine.
pub fn has_ffmpeg() -> bool {
    ffmpeg::is_installed(OsStr::new(FFMPEG))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(path: &Path) -> Result<AudioReader, AudioError> {
        AudioReader::open_with(path, OsStr::new("no-such-ffmpeg"))
    }

    #[test]
    fn a_missing_file_a_directory_and_an_empty_file_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let empty = folder.path().join("tom.wav");
        File::create_new(&empty).unwrap();
        let missing = folder.path().join("findes-ikke.wav");
        assert!(matches!(open(&missing), Err(AudioError::Read { .. })));
        assert!(matches!(open(folder.path()), Err(AudioError::Folder { .. })));
        assert!(matches!(open(&empty), Err(AudioError::Empty { .. })));
    }

    #[test]
    fn an_unknown_format_asks_for_ffmpeg() {
        let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("LICENSE-MIT");
        assert!(matches!(open(&readme), Err(AudioError::NeedsFfmpeg { .. })));
    }
}
