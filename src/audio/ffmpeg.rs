//! Whatever else there is, through the ffmpeg that the user has.

use std::io::Read;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use super::error::AudioError;
use super::pcm;

/// A recording being decoded by a running ffmpeg; it is ended when this is dropped.
pub struct Ffmpeg {
    child: Child,
    stdout: ChildStdout,
    rest: Vec<u8>,
}

/// Tells whether ffmpeg is on the PATH.
pub fn is_installed() -> bool {
    Command::new("ffmpeg")
        .arg("-version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

impl Ffmpeg {
    /// Starts ffmpeg on the file; `why` says what makes it necessary.
    pub fn open(path: &Path, why: &str) -> Result<Self, AudioError> {
        if !is_installed() {
            return Err(AudioError::NeedsFfmpeg { path: path.to_owned(), why: why.to_owned() });
        }
        let failed = |source| AudioError::Read { path: path.to_owned(), source };
        // An absolute path cannot be taken for an option or a protocol.
        let absolute = std::path::absolute(path).map_err(failed)?;
        let mut child = Command::new("ffmpeg")
            .args(["-nostdin", "-v", "error", "-i"])
            .arg(absolute)
            .args(["-map", "0:a:0", "-vn", "-ac", "1", "-ar"])
            .arg(pcm::RATE_HZ.to_string())
            .args(["-f", "f32le", "-"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let missing = || failed(std::io::Error::other("ffmpeg gave no output"));
        let stdout = child.stdout.take().ok_or_else(missing)?;
        Ok(Self { child, stdout, rest: Vec::new() })
    }

    /// Appends the next samples; returns false at the end.
    pub fn read(&mut self, out: &mut Vec<f32>) -> Result<bool, String> {
        let mut buffer = [0; 1 << 16];
        let length = self.stdout.read(&mut buffer).map_err(|error| error.to_string())?;
        if length == 0 {
            return self.finish().map(|()| false);
        }
        self.rest.extend_from_slice(&buffer[..length]);
        let whole = self.rest.len() / 4 * 4;
        let samples = self.rest.drain(..whole).collect::<Vec<u8>>();
        out.extend(samples.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])));
        Ok(true)
    }

    fn finish(&mut self) -> Result<(), String> {
        let mut said = String::new();
        if let Some(stderr) = self.child.stderr.as_mut() {
            // With `-v error` ffmpeg says little; a limit keeps a hostile file from filling memory.
            let _ = stderr.take(1 << 16).read_to_string(&mut said);
        }
        let status = self.child.wait().map_err(|error| error.to_string())?;
        if status.success() {
            return Ok(());
        }
        let last = said.lines().last().unwrap_or("it gave no reason").trim();
        let last = last.rsplit(": ").next().unwrap_or(last);
        Err(format!("ffmpeg cannot decode it either: {last}"))
    }
}

impl Drop for Ffmpeg {
    fn drop(&mut self) {
        // It may have ended already; either way it is gone afterwards.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
