//! WAV, as recorders write it and as they leave it when they are cut off.

use std::fs::File;
use std::io::{BufReader, Chain, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::Duration;

use hound::{SampleFormat, WavReader};

use super::error::AudioError;
use super::pcm;

/// The header as it should be, then the samples as they are in the file.
type Mended = Chain<Cursor<Vec<u8>>, BufReader<File>>;

/// A WAV file being read.
pub struct Wav {
    reader: WavReader<Mended>,
    warning: Option<String>,
    interleaved: Vec<f32>,
}

/// Frames read at a time.
const BLOCK: usize = 1 << 15;

/// A header longer than this is no recording of speech.
const LONGEST_HEADER: u64 = 16 << 20;

impl Wav {
    /// Opens the file, or returns `None` when its samples are in a form for other readers.
    pub fn open(path: &Path) -> Result<Option<Self>, AudioError> {
        let failed = |source| AudioError::Read { path: path.to_owned(), source };
        let mut file = File::open(path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        let Some((header, there, claimed)) = header(&mut file, length).map_err(failed)? else {
            return Ok(None);
        };
        let warning = (claimed != there).then(|| {
            "the header tells another length than the file has, as when a recorder is cut off; \
             everything in the file is used"
                .to_owned()
        });
        let mended = Cursor::new(header).chain(BufReader::with_capacity(1 << 16, file));
        let Ok(reader) = WavReader::new(mended) else { return Ok(None) };
        let spec = reader.spec();
        let readable = spec.sample_rate > 0
            && spec.channels > 0
            && match spec.sample_format {
                SampleFormat::Int => spec.bits_per_sample <= 32,
                SampleFormat::Float => spec.bits_per_sample == 32,
            };
        Ok(readable.then_some(Self { reader, warning, interleaved: Vec::new() }))
    }

    /// Returns the samples a second.
    pub fn rate_hz(&self) -> u32 {
        self.reader.spec().sample_rate
    }

    /// Returns the length.
    pub fn length(&self) -> Duration {
        let seconds = f64::from(self.reader.duration()) / f64::from(self.rate_hz());
        Duration::from_secs_f64(seconds)
    }

    /// Returns what is wrong with the header, if anything.
    pub fn warning(&self) -> Option<&str> {
        self.warning.as_deref()
    }

    /// Appends the next samples, mixed to mono; returns false at the end.
    pub fn read(&mut self, out: &mut Vec<f32>) -> Result<bool, String> {
        let spec = self.reader.spec();
        let channels = usize::from(spec.channels);
        self.interleaved.clear();
        let wanted = BLOCK * channels;
        let ended = match spec.sample_format {
            SampleFormat::Float => {
                take(self.reader.samples::<f32>(), wanted, &mut self.interleaved, |s| s)
            }
            SampleFormat::Int => {
                let full = (1u64 << (spec.bits_per_sample - 1)) as f32;
                take(self.reader.samples::<i32>(), wanted, &mut self.interleaved, |s| {
                    s as f32 / full
                })
            }
        };
        pcm::mix(&self.interleaved, channels, out);
        ended.map(|ended| !ended)
    }
}

/// Takes up to `wanted` samples; returns whether they ended.
fn take<S>(
    mut samples: impl Iterator<Item = hound::Result<S>>,
    wanted: usize,
    out: &mut Vec<f32>,
    convert: impl Fn(S) -> f32,
) -> Result<bool, String> {
    while out.len() < wanted {
        match samples.next() {
            Some(Ok(sample)) => out.push(convert(sample)),
            Some(Err(error)) => return Err(error.to_string()),
            None => return Ok(true),
        }
    }
    Ok(false)
}

/// Reads the header up to the first sample and returns it with the data chunk's true length
/// put in, that length, and the length it claimed; `None` when there is no data chunk.
fn header(file: &mut File, length: u64) -> std::io::Result<Option<(Vec<u8>, u64, u64)>> {
    let mut header = vec![0; 12];
    file.read_exact(&mut header)?;
    let mut block = 1;
    loop {
        let mut chunk = [0; 8];
        if file.read_exact(&mut chunk).is_err() {
            return Ok(None);
        }
        let claimed = u64::from(u32::from_le_bytes([chunk[4], chunk[5], chunk[6], chunk[7]]));
        let at = header.len() as u64 + 8;
        if &chunk[..4] == b"data" {
            let room = length.saturating_sub(at);
            let there = if claimed == 0 || claimed > room { room } else { claimed };
            let there = (there - there % block).min(u64::from(u32::MAX) - 64);
            let there = there - there % block;
            header.extend_from_slice(b"data");
            header.extend_from_slice(&(there as u32).to_le_bytes());
            file.seek(SeekFrom::Start(at))?;
            return Ok(Some((header, there, claimed)));
        }
        let padded = claimed + claimed % 2;
        if at + padded > length.min(LONGEST_HEADER) {
            return Ok(None);
        }
        let mut body = vec![0; padded as usize];
        file.read_exact(&mut body)?;
        if &chunk[..4] == b"fmt " && body.len() >= 14 {
            block = u64::from(u16::from_le_bytes([body[12], body[13]])).max(1);
        }
        header.extend_from_slice(&chunk);
        header.extend_from_slice(&body);
    }
}
