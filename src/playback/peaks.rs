//! The outline of a recording's loudness, for the eye: the highest level of every step. It is
//! made once from the whole recording and kept in `.referat/peaks/`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::audio::decode::AudioReader;
use crate::audio::{error::AudioError, pcm};
use crate::error::PipelineError;
use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;

/// The outline of one recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peaks {
    /// Length of the recording.
    pub duration: Duration,
    /// Milliseconds of a step.
    pub step_ms: u32,
    /// The highest level of each step, 255 is full scale.
    pub levels: Vec<u8>,
}

/// A step of a short recording, in milliseconds; its outline is looked at closely.
const FINE_MS: u32 = 20;
/// So many fine steps are one of a long recording.
const COARSE: usize = 5;
/// From this length on a recording is a long one.
const LONG: Duration = Duration::from_secs(20 * 60);
/// No text begins with it: what is deleted with the recordings is told by that.
const MAGIC: &[u8] = b"\xffpeaks1\n";

/// Returns the outline that was made of the recording at `path` as it is now.
pub fn known(folder: &MeetingFolder, path: &Path) -> Result<Option<Peaks>, StoreError> {
    let Some(bytes) = artefact::read_if_there(&file(folder, path)?)? else { return Ok(None) };
    Ok(read(&bytes))
}

fn read(bytes: &[u8]) -> Option<Peaks> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (step, rest) = rest.split_first_chunk::<4>()?;
    let (duration, levels) = rest.split_first_chunk::<8>()?;
    Some(Peaks {
        duration: Duration::from_millis(u64::from_le_bytes(*duration)),
        step_ms: u32::from_le_bytes(*step),
        levels: levels.to_vec(),
    })
}

/// Makes the outline of the recording at `path` and keeps it; `at` is told how much is done, 0 to
/// 1, as far as that is known.
pub fn make(folder: &MeetingFolder, path: &Path, at: &dyn Fn(f32)) -> Result<Peaks, PipelineError> {
    let target = file(folder, path)?;
    let mut reader = AudioReader::open(path)?;
    let claimed = reader.claimed_length();
    let step = (pcm::RATE_HZ * FINE_MS / 1000) as usize;
    let (mut piece, mut levels) = (Vec::new(), Vec::new());
    let (mut samples, mut highest, mut filled) = (0usize, 0.0f32, 0usize);
    while reader.read(&mut piece)? {
        for sample in &piece {
            highest = highest.max(sample.abs());
            filled += 1;
            if filled == step {
                levels.push(level(highest));
                (highest, filled) = (0.0, 0);
            }
        }
        samples += piece.len();
        piece.clear();
        if let Some(claimed) = claimed.filter(|claimed| !claimed.is_zero()) {
            at((pcm::length(samples).as_secs_f32() / claimed.as_secs_f32()).min(1.0));
        }
    }
    if filled > 0 {
        levels.push(level(highest));
    }
    if samples == 0 {
        let why = "there is no sound in it".to_owned();
        return Err(AudioError::NotAudio { path: path.to_owned(), why }.into());
    }
    // As it is written down.
    let duration = Duration::from_millis(pcm::length(samples).as_millis() as u64);
    let mut step_ms = FINE_MS;
    if duration >= LONG {
        let highest = |steps: &[u8]| steps.iter().copied().max().unwrap_or(0);
        levels = levels.chunks(COARSE).map(highest).collect();
        step_ms *= COARSE as u32;
    }
    let peaks = Peaks { duration, step_ms, levels };
    artefact::write(&target, &written(&peaks))?;
    Ok(peaks)
}

fn written(peaks: &Peaks) -> Vec<u8> {
    let duration = (peaks.duration.as_millis() as u64).to_le_bytes();
    [MAGIC, &peaks.step_ms.to_le_bytes(), &duration, &peaks.levels].concat()
}

fn level(highest: f32) -> u8 {
    (highest.clamp(0.0, 1.0) * 255.0).round() as u8
}

fn file(folder: &MeetingFolder, path: &Path) -> Result<PathBuf, StoreError> {
    Ok(folder.internal("peaks").join(format!("{}.peaks", stamp(path)?)))
}

/// Returns a name for what is made of the file at `path`: another file, or the same with other
/// sound in it, has another one.
pub(super) fn stamp(path: &Path) -> Result<String, StoreError> {
    let failed = |source| StoreError::Read { path: path.to_owned(), source };
    let about = std::fs::metadata(path).map_err(failed)?;
    let changed = about.modified().ok();
    let changed = changed.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    let changed = changed.unwrap_or_default().as_millis();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(format!("{name}-{:x}-{changed:x}", about.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_has_the_length_and_the_loud_places_of_its_recording() {
        let root = tempfile::tempdir().unwrap();
        let folder = MeetingFolder::create(root.path()).unwrap();
        let path = root.path().join("audio/a.wav");
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: 16_000,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut wav = hound::WavWriter::create(&path, spec).unwrap();
        for at in 0..16_100 {
            wav.write_sample(if at == 8_000 { -16_384i16 } else { 0 }).unwrap();
        }
        wav.finalize().unwrap();
        assert_eq!(known(&folder, &path).unwrap(), None);
        let peaks = make(&folder, &path, &|_| {}).unwrap();
        assert_eq!((peaks.step_ms, peaks.levels.len()), (20, 51));
        assert_eq!(peaks.levels.iter().position(|level| *level == 128), Some(25));
        assert_eq!(known(&folder, &path).unwrap(), Some(peaks));
        artefact::write(&path, b"other").unwrap();
        assert_eq!(known(&folder, &path).unwrap(), None);
    }
}
