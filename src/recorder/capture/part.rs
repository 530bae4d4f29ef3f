//! One WAV file under way. Its header counts only samples that are in the file, and is brought
//! up to date while the file grows, so that whatever stops the program leaves a file that
//! every other program opens. The format is hound's; hound's own writer neither syncs nor
//! knows when a length no longer fits.

use std::fs::{File, OpenOptions};
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use hound::{SampleFormat, WavSpec};

use referat_core::domain::recording::Layout;

/// A file that samples are added to.
#[derive(Debug)]
pub struct WavPart {
    path: PathBuf,
    file: File,
    layout: Layout,
    header: Vec<u8>,
    /// Frames written, and those of them that the header counts.
    frames: u64,
    counted: u64,
    bytes: Vec<u8>,
}

/// Samples that are to be brought to the disk.
#[derive(Debug)]
pub struct Unsynced {
    file: File,
    path: PathBuf,
    frames: u64,
}

impl Unsynced {
    /// Brings them there, however long it takes.
    pub fn sync(&self) -> Result<()> {
        self.file.sync_data()
    }

    /// Returns the file, and how many frames of it this is about.
    pub fn what(&self) -> (&Path, u64) {
        (&self.path, self.frames)
    }
}

/// Returns the bytes of a frame.
fn frame_bytes(layout: Layout) -> u64 {
    u64::from(layout.channels) * u64::from(layout.bits / 8)
}

/// Returns the header of a file with no samples yet.
fn header(layout: Layout) -> Vec<u8> {
    let spec = WavSpec {
        channels: layout.channels,
        sample_rate: layout.rate_hz,
        bits_per_sample: layout.bits,
        sample_format: SampleFormat::Int,
    };
    let mut header = spec.into_header_for_infinite_file();
    count(&mut header, 0);
    header
}

/// Writes the length of the samples into the header.
fn count(header: &mut [u8], bytes: u64) {
    let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
    let end = header.len();
    let riff = bytes.saturating_add(end as u32 - 8);
    header[4..8].copy_from_slice(&riff.to_le_bytes());
    header[end - 4..].copy_from_slice(&bytes.to_le_bytes());
}

/// Returns the path that a file has until it holds sound.
pub fn unborn(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.part"))
}

impl WavPart {
    /// Makes the file `path` with its first samples: there is never one without sound. An
    /// existing file is never written over.
    pub fn create(path: &Path, layout: Layout, samples: &[i32]) -> Result<Self> {
        if path.exists() {
            return Err(Error::new(ErrorKind::AlreadyExists, "there is such a file already"));
        }
        let hidden = unborn(path);
        // What a failed attempt left holds no sound that was acknowledged.
        let file =
            OpenOptions::new().create(true).truncate(true).read(true).write(true).open(&hidden)?;
        let mut part = Self {
            path: path.to_owned(),
            file,
            layout,
            header: header(layout),
            frames: 0,
            counted: 0,
            bytes: Vec::new(),
        };
        part.file.write_all(&part.header)?;
        part.write(samples)?;
        part.count(part.frames)?;
        part.file.sync_data()?;
        std::fs::rename(&hidden, path)?;
        Ok(part)
    }

    /// Returns where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the frames written.
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// Returns how long the file would be with so many frames more.
    pub fn bytes_with(&self, frames: u64) -> u64 {
        self.header.len() as u64 + (self.frames + frames) * frame_bytes(self.layout)
    }

    /// Adds interleaved samples. When it fails the file holds whole frames, those that
    /// [`Self::frames`] tells.
    pub fn write(&mut self, samples: &[i32]) -> Result<()> {
        self.bytes.clear();
        for sample in samples {
            match self.layout.bits {
                16 => self.bytes.extend_from_slice(&(*sample as i16).to_le_bytes()),
                _ => self.bytes.extend_from_slice(&sample.to_le_bytes()[..3]),
            }
        }
        let begin = self.bytes_with(0);
        let mut done = 0;
        let result = loop {
            match self.file.write(&self.bytes[done..]) {
                _ if done == self.bytes.len() => break Ok(()),
                Ok(0) => break Err(Error::from(ErrorKind::WriteZero)),
                Ok(written) => done += written,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => break Err(error),
            }
        };
        self.frames += done as u64 / frame_bytes(self.layout);
        if result.is_err() {
            // Half a frame is cut off; were that to fail, the header does not count it.
            let end = self.bytes_with(0);
            if end < begin + done as u64 {
                self.file.set_len(end)?;
            }
            self.file.seek(SeekFrom::Start(end))?;
        }
        result
    }

    /// Returns what is to be brought to the disk now, if anything: a disk may take seconds, so
    /// this is another thread's work, while sound goes on being written.
    pub fn unsynced(&self) -> Result<Option<Unsynced>> {
        if self.counted == self.frames {
            return Ok(None);
        }
        let file = self.file.try_clone()?;
        Ok(Some(Unsynced { file, path: self.path.clone(), frames: self.frames }))
    }

    /// Lets the header count the frames that are on the disk by now.
    pub fn count(&mut self, frames: u64) -> Result<()> {
        let frames = frames.min(self.frames);
        count(&mut self.header, frames * frame_bytes(self.layout));
        self.file.seek(SeekFrom::Start(0))?;
        let written = self.file.write_all(&self.header);
        self.file.seek(SeekFrom::Start(self.bytes_with(0)))?;
        written?;
        self.counted = frames;
        Ok(())
    }

    /// Ends the file and returns its frames.
    pub fn finish(mut self) -> Result<u64> {
        if self.counted < self.frames {
            self.file.sync_data()?;
            self.count(self.frames)?;
        }
        self.file.sync_all()?;
        Ok(self.frames)
    }
}

/// What [`mend`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mended {
    /// Frames in the file.
    pub frames: u64,
    /// Frames that its header had not counted.
    pub gained: u64,
}

/// Mends the file at `path`, which a crash left open, by a header that counts every whole
/// frame there is. No sample is touched. A file that holds no sound is left as it is.
pub fn mend(path: &Path, layout: Layout) -> Result<Mended> {
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    let mut header = header(layout);
    let size = file.metadata()?.len();
    let frames = size.saturating_sub(header.len() as u64) / frame_bytes(layout);
    if frames == 0 {
        return Ok(Mended { frames, gained: 0 });
    }
    let mut old = vec![0; header.len()];
    file.read_exact(&mut old)?;
    count(&mut header, frames * frame_bytes(layout));
    let end = old.len();
    let counted = match &old[end - 8..end - 4] {
        b"data" => u32::from_le_bytes([old[end - 4], old[end - 3], old[end - 2], old[end - 1]]),
        _ => 0,
    };
    let gained = frames.saturating_sub(u64::from(counted) / frame_bytes(layout));
    if old != header {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&header)?;
    }
    file.sync_all()?;
    Ok(Mended { frames, gained })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONO: Layout = Layout { rate_hz: 16_000, channels: 1, bits: 16 };
    const STEREO: Layout = Layout { rate_hz: 48_000, channels: 2, bits: 24 };

    fn read(path: &Path) -> Vec<i32> {
        hound::WavReader::open(path).unwrap().samples::<i32>().map(|s| s.unwrap()).collect()
    }

    #[test]
    fn the_file_is_whole_whenever_its_header_is_brought_up_in_both_depths() {
        for layout in [MONO, STEREO] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.wav");
            let mut part = WavPart::create(&path, layout, &[1, -2]).unwrap();
            assert_eq!(read(&path), [1, -2]);
            part.write(&[3, -4]).unwrap();
            assert_eq!(read(&path), [1, -2], "not counted yet");
            let unsynced = part.unsynced().unwrap().unwrap();
            unsynced.sync().unwrap();
            part.count(unsynced.what().1).unwrap();
            assert_eq!(read(&path), [1, -2, 3, -4]);
            part.write(&[-32_768, 32_767]).unwrap();
            assert_eq!(part.finish().unwrap() * u64::from(layout.channels), 6);
            assert_eq!(read(&path), [1, -2, 3, -4, -32_768, 32_767]);
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        }
    }

    #[test]
    fn a_file_that_was_left_open_is_mended_without_touching_a_sample() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.wav");
        let mut part = WavPart::create(&path, MONO, &[1]).unwrap();
        part.write(&[2, 3]).unwrap();
        part.file.write_all(&[9]).unwrap();
        drop(part);
        assert_eq!(mend(&path, MONO).unwrap(), Mended { frames: 3, gained: 2 });
        assert_eq!(read(&path), [1, 2, 3]);
        assert_eq!(mend(&path, MONO).unwrap(), Mended { frames: 3, gained: 0 });
    }

    #[test]
    fn a_header_of_zeros_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.wav");
        WavPart::create(&path, MONO, &[5, 6]).unwrap();
        let mut file = OpenOptions::new().write(true).open(&path).unwrap();
        file.write_all(&[0; 44]).unwrap();
        assert_eq!(mend(&path, MONO).unwrap(), Mended { frames: 2, gained: 2 });
        assert_eq!(read(&path), [5, 6]);
    }

    #[test]
    fn an_existing_file_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.wav");
        WavPart::create(&path, MONO, &[5]).unwrap();
        let error = WavPart::create(&path, MONO, &[6]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(read(&path), [5]);
    }
}
