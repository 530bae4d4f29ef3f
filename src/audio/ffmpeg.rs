//! Whatever the built-in decoders do not know, through the ffmpeg program when it is there.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

use super::error::AudioError;
use super::pcm::RATE_HZ;
use super::source::{ReadStep, SampleBlock};

/// Bytes that are read from the pipe at once.
const PIECE_BYTES: usize = 64 * 1024;
/// Bytes of complaints that are kept.
const MAX_COMPLAINT_BYTES: usize = 16 * 1024;

/// Tells whether `program` can be run.
pub(super) fn is_installed(program: &OsStr) -> bool {
    let silent = Command::new(program)
        .arg("-version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    silent.is_ok_and(|status| status.success())
}

/// A running ffmpeg that writes 16 kHz mono samples to a pipe.
#[derive(Debug)]
pub(super) struct FfmpegSource {
    path: PathBuf,
    child: Child,
    samples: ChildStdout,
    complaints: Option<JoinHandle<Vec<u8>>>,
    bytes: Vec<u8>,
}

impl FfmpegSource {
    /// Starts `program` on `path`; `reason` says why the built-in decoders do not do.
    pub(super) fn open(program: &OsStr, path: &Path, reason: String) -> Result<Self, AudioError> {
        // "file:" so that no name is taken for an address; the whitelist so that nothing inside
        // the file (a playlist) reaches for the network.
        let mut input = OsString::from("file:");
        input.push(path);
        let spawned = Command::new(program)
            .args(["-nostdin", "-hide_banner", "-loglevel", "error"])
            .args(["-protocol_whitelist", "file,pipe"])
            .arg("-i")
            .arg(input)
            .args(["-map", "0:a:0", "-vn", "-sn", "-dn", "-f", "f32le"])
            .args(["-ar", &RATE_HZ.to_string(), "-ac", "1", "pipe:1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = spawned.map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => {
                AudioError::NeedsFfmpeg { path: path.to_owned(), why: reason }
            }
            _ => AudioError::RunFfmpeg { path: path.to_owned(), source },
        })?;
        let pipes = child.stdout.take().zip(child.stderr.take());
        let Some((samples, errors)) = pipes else {
            let source = io::Error::from(io::ErrorKind::BrokenPipe);
            return Err(AudioError::RunFfmpeg { path: path.to_owned(), source });
        };
        let complaints = Some(std::thread::spawn(move || collect(errors)));
        let bytes = Vec::new();
        let mut source = Self { path: path.to_owned(), child, samples, complaints, bytes };
        source.fill()?;
        if source.bytes.is_empty() {
            let path = path.to_owned();
            return match source.verdict()? {
                Some(text) if text.contains("matches no streams") => {
                    Err(AudioError::NoAudioTrack { path })
                }
                Some(reason) => {
                    Err(AudioError::NotAudio { path, why: format!("ffmpeg: {reason}") })
                }
                None => Ok(source),
            };
        }
        Ok(source)
    }

    /// Reads the next piece.
    pub(super) fn next(&mut self, piece: &mut SampleBlock) -> Result<ReadStep, AudioError> {
        if self.bytes.len() < 4 {
            self.fill()?;
        }
        if self.bytes.len() < 4 {
            return Ok(self.verdict()?.map_or(ReadStep::End, ReadStep::Broken));
        }
        let whole = self.bytes.len() / 4 * 4;
        piece.rate_hz = RATE_HZ;
        piece.channels = 1;
        piece.samples.clear();
        piece.samples.extend(
            self.bytes[..whole]
                .chunks_exact(4)
                .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])),
        );
        self.bytes.drain(..whole);
        Ok(ReadStep::Sound)
    }

    fn fill(&mut self) -> Result<(), AudioError> {
        let mut pipe = (&mut self.samples).take(PIECE_BYTES as u64);
        match pipe.read_to_end(&mut self.bytes) {
            Ok(_) => Ok(()),
            Err(source) => Err(AudioError::Read { path: self.path.clone(), source }),
        }
    }

    /// Waits for the end; returns the first complaint, if there is any.
    fn verdict(&mut self) -> Result<Option<String>, AudioError> {
        let status = self.child.wait();
        let status =
            status.map_err(|source| AudioError::RunFfmpeg { path: self.path.clone(), source })?;
        let said = self.complaints.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let complaint = said.lines().map(without_address).find(|line| !line.is_empty());
        Ok(match complaint {
            Some(line) => Some(line.trim_end_matches('.').to_owned()),
            None if status.success() => None,
            None => Some(format!("it stopped with {status}")),
        })
    }
}

impl Drop for FfmpegSource {
    fn drop(&mut self) {
        // Both fail only when the program has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads all of `errors`, so that ffmpeg never waits, and returns the beginning.
fn collect(mut errors: impl Read) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut part = [0; 4096];
    while let Ok(read @ 1..) = errors.read(&mut part) {
        let room = MAX_COMPLAINT_BYTES.saturating_sub(kept.len());
        kept.extend_from_slice(&part[..read.min(room)]);
    }
    kept
}

/// Drops the `[mov,mp4 @ 0x55d0]` that ffmpeg puts before its words.
fn without_address(line: &str) -> &str {
    match line.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
        Some((_, words)) => words.trim(),
        None => line.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_told_with_the_reason_it_was_needed() {
        let program = OsStr::new("no-such-ffmpeg");
        let error = FfmpegSource::open(program, Path::new("møde.wma"), "why".to_owned());
        assert!(matches!(error, Err(AudioError::NeedsFfmpeg { why, .. }) if why == "why"));
    }

    #[test]
    fn complaints_lose_their_addresses() {
        assert_eq!(without_address("[mp3 @ 0x5581] Header missing"), "Header missing");
        assert_eq!(without_address("x: Invalid data"), "x: Invalid data");
    }
}
