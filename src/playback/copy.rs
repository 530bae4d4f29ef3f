//! A copy of a recording that every browser plays, where the original is of a kind that not all
//! do: WAV of 16 kHz, one channel, in `.referat/playback/`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use hound::{SampleFormat, WavSpec, WavWriter};

use crate::audio::decode::AudioReader;
use crate::audio::error::AudioError;
use crate::audio::pcm;
use crate::error::PipelineError;
use crate::playback::peaks::stamp;
use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;

/// Endings of files that browsers play (Chromium, Firefox, Safari; 2026-11).
const PLAYED: [&str; 10] =
    ["wav", "wave", "flac", "mp3", "m4a", "mp4", "aac", "ogg", "opus", "webm"];

/// Tells whether browsers play the recording at `path` itself, as far as its name tells.
pub fn is_played(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| PLAYED.iter().any(|it| it.eq_ignore_ascii_case(ending)))
}

/// Returns where the copy of the recording at `path`, as it is now, is or will be.
pub fn place(folder: &MeetingFolder, path: &Path) -> Result<PathBuf, StoreError> {
    Ok(folder.internal("playback").join(format!("{}.wav", stamp(path)?)))
}

/// Makes the copy and returns where it is; `at` is told how much is done, 0 to 1, as far as that
/// is known.
pub fn make(
    folder: &MeetingFolder,
    path: &Path,
    at: &dyn Fn(f32),
) -> Result<PathBuf, PipelineError> {
    let target = place(folder, path)?;
    let mut reader = AudioReader::open(path)?;
    let claimed = reader.claimed_length();
    let mut failed: Option<AudioError> = None;
    let written = artefact::write_with(&target, |file| {
        copy(&mut reader, file, claimed, at).map_err(|error| match error {
            Failed::Audio(error) => {
                failed = Some(error);
                std::io::Error::other("the recording cannot be read")
            }
            Failed::Write(error) => error,
        })
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    written?;
    Ok(target)
}

enum Failed {
    Audio(AudioError),
    Write(std::io::Error),
}

impl From<hound::Error> for Failed {
    fn from(error: hound::Error) -> Self {
        Self::Write(match error {
            hound::Error::IoError(error) => error,
            error => std::io::Error::other(error.to_string()),
        })
    }
}

fn copy(
    reader: &mut AudioReader,
    file: &mut std::fs::File,
    claimed: Option<Duration>,
    at: &dyn Fn(f32),
) -> Result<(), Failed> {
    let spec = WavSpec {
        channels: 1,
        sample_rate: pcm::RATE_HZ,
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    };
    let mut wav = WavWriter::new(std::io::BufWriter::new(file), spec)?;
    let mut piece = Vec::new();
    let mut samples = 0;
    while reader.read(&mut piece).map_err(Failed::Audio)? {
        for sample in &piece {
            wav.write_sample((sample.clamp(-1.0, 1.0) * 32_767.0) as i16)?;
        }
        samples += piece.len();
        piece.clear();
        if let Some(claimed) = claimed.filter(|claimed| !claimed.is_zero()) {
            at((pcm::length(samples).as_secs_f32() / claimed.as_secs_f32()).min(1.0));
        }
    }
    Ok(wav.finalize()?)
}
