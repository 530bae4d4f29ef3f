//! Whether a file that came from elsewhere is a recording: it is when it gives sound.

use std::path::Path;
use std::time::Duration;

use crate::audio::decode::AudioReader;
use crate::audio::error::AudioError;
use crate::error::PipelineError;

/// So many samples of 16 kHz sound are proof enough: half a second.
const ENOUGH: usize = 8_000;

/// Reads the beginning of the file and returns the length that it claims, if it does.
///
/// # Errors
/// When it holds no sound that can be decoded.
pub fn check(path: &Path) -> Result<Option<Duration>, PipelineError> {
    let mut reader = AudioReader::open(path)?;
    let mut samples = Vec::new();
    while samples.len() < ENOUGH && reader.read(&mut samples)? {}
    if samples.is_empty() {
        let why = "there is no sound in it".to_owned();
        return Err(AudioError::NotAudio { path: path.to_owned(), why }.into());
    }
    Ok(reader.claimed_length())
}
