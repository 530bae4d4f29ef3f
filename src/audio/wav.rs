//! WAV files, headers that lie included.
//!
//! The chunks are walked here, because a recorder that crashed leaves lengths of zero or of
//! 4 GiB; the samples are read by hound, a piece at a time, each under a header that is true.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hound::{SampleFormat, WavReader};

use super::error::AudioError;
use super::source::{Declined, ReadStep, SampleBlock};

/// Bytes of sound that are read at once.
const PIECE_BYTES: usize = 128 * 1024;
/// The longest format chunk that is believed.
const MAX_FORMAT_BYTES: u32 = 1024;
/// The most channels that are believed.
const MAX_CHANNELS: u16 = 31;
/// The format tag whose real format stands further in.
const EXTENSIBLE: u16 = 0xfffe;
/// The format tags of plain samples.
const INTEGERS: u16 = 1;
const FLOATS: u16 = 3;

/// Reads the sound of one WAV file.
#[derive(Debug)]
pub(super) struct WavSource {
    path: PathBuf,
    file: BufReader<File>,
    format: Format,
    /// Bytes of sound that are still to be read.
    left: u64,
    /// What to say at the end.
    end: Option<ReadStep>,
    bytes: Vec<u8>,
}

/// The format chunk, and what of it is needed outside hound.
#[derive(Debug)]
struct Format {
    chunk: Vec<u8>,
    rate_hz: u32,
    frame_bytes: usize,
}

/// Where the sound lies in the file.
struct Data {
    start: u64,
    claimed: u64,
}

impl WavSource {
    /// Returns whether a file that begins with `head` is a WAV file.
    pub(super) fn knows(head: &[u8]) -> bool {
        matches!(head.get(..4), Some(b"RIFF" | b"RF64" | b"BW64"))
            && head.get(8..12) == Some(b"WAVE")
    }

    /// Opens `path`, which [`Self::knows`].
    pub(super) fn open(path: &Path, file: File) -> Result<Self, Declined> {
        let size = file.metadata().map_err(|source| Declined::read(path, source))?.len();
        let mut file = BufReader::new(file);
        let (mut format, data) = walk(&mut file, size).map_err(|source| match source.kind() {
            std::io::ErrorKind::UnexpectedEof | std::io::ErrorKind::InvalidData => {
                Declined::Damaged(format!("its WAV header is not whole ({source})"))
            }
            _ => Declined::read(path, source),
        })?;
        let there = size.saturating_sub(data.start);
        let unfinished = (data.claimed == 0 && !chunks_fill(&mut file, data.start, size))
            || (data.claimed >= u64::from(u32::MAX) - 1 && data.claimed > there);
        let (left, end) = if unfinished {
            (there, Some(ReadStep::Unfinished))
        } else if data.claimed > there {
            let promised = format.length(data.claimed).as_secs();
            let reason = format!(
                "the header promises {:02}:{:02}:{:02}",
                promised / 3600,
                promised / 60 % 60,
                promised % 60
            );
            (there, Some(ReadStep::Broken(reason)))
        } else {
            (data.claimed, None)
        };
        format.trust_the_container();
        // Asks hound for one silent frame: some formats it takes and then cannot read.
        let silence = vec![0; format.frame_bytes];
        format.samples(&silence, &mut SampleBlock::default()).map_err(|error| {
            Declined::Unknown(format!("not a kind of WAV that is built in ({error})"))
        })?;
        file.seek(SeekFrom::Start(data.start)).map_err(|source| Declined::read(path, source))?;
        Ok(Self { path: path.to_owned(), file, format, left, end, bytes: Vec::new() })
    }

    /// Returns how long the sound is.
    pub(super) fn duration(&self) -> Duration {
        self.format.length(self.left)
    }

    /// Reads the next piece.
    pub(super) fn next(&mut self, piece: &mut SampleBlock) -> Result<ReadStep, AudioError> {
        let frame = self.format.frame_bytes;
        let want = (PIECE_BYTES / frame).max(1) * frame;
        let want = want.min(usize::try_from(self.left).unwrap_or(want));
        self.bytes.clear();
        let read = (&mut self.file).take(want as u64).read_to_end(&mut self.bytes);
        read.map_err(|source| AudioError::Read { path: self.path.clone(), source })?;
        self.left -= self.bytes.len() as u64;
        // Half a frame at the end is no sound.
        self.bytes.truncate(self.bytes.len() / frame * frame);
        if self.bytes.is_empty() {
            return Ok(self.end.take().unwrap_or(ReadStep::End));
        }
        match self.format.samples(&self.bytes, piece) {
            Ok(()) => Ok(ReadStep::Sound),
            Err(error) => Ok(ReadStep::Broken(error.to_string())),
        }
    }
}

impl Format {
    fn length(&self, bytes: u64) -> Duration {
        let frames = bytes / self.frame_bytes as u64;
        Duration::from_millis(frames.saturating_mul(1000) / u64::from(self.rate_hz.max(1)))
    }

    /// Widens the significant bits to the container's: they stand in its upper end (the format
    /// says), where hound takes them from the lower.
    fn trust_the_container(&mut self) {
        let extensible = self.chunk.starts_with(&EXTENSIBLE.to_le_bytes());
        if extensible && self.chunk.len() >= 20 {
            self.chunk.copy_within(14..16, 18);
        }
    }

    fn under_header<'a>(&self, bytes: &'a [u8]) -> impl Read + use<'a> {
        let data_len = bytes.len() as u32;
        let chunk_len = self.chunk.len() as u32;
        let mut head = Vec::with_capacity(self.chunk.len() + 28);
        head.extend_from_slice(b"RIFF");
        head.extend_from_slice(&(20 + chunk_len + data_len).to_le_bytes());
        head.extend_from_slice(b"WAVEfmt ");
        head.extend_from_slice(&chunk_len.to_le_bytes());
        head.extend_from_slice(&self.chunk);
        head.extend_from_slice(b"data");
        head.extend_from_slice(&data_len.to_le_bytes());
        Cursor::new(head).chain(bytes)
    }

    fn samples(&self, bytes: &[u8], piece: &mut SampleBlock) -> Result<(), hound::Error> {
        let mut reader = WavReader::new(self.under_header(bytes))?;
        let spec = reader.spec();
        piece.rate_hz = spec.sample_rate;
        piece.channels = usize::from(spec.channels);
        piece.samples.clear();
        match spec.sample_format {
            SampleFormat::Float => {
                for sample in reader.samples::<f32>() {
                    piece.samples.push(sample?);
                }
            }
            SampleFormat::Int => {
                let scale = 1.0 / (1_u64 << (spec.bits_per_sample.clamp(1, 32) - 1)) as f32;
                for sample in reader.samples::<i32>() {
                    piece.samples.push(sample? as f32 * scale);
                }
            }
        }
        Ok(())
    }
}

/// A WAV file that says truly what lies where in it, and whose samples are plain numbers: a part
/// of it can be made silent in place.
#[derive(Debug)]
pub(super) struct PlainWav {
    file: BufReader<File>,
    /// Samples per second of one channel.
    pub(super) rate_hz: u32,
    /// Where the sound lies, in bytes.
    sound: Range<u64>,
    frame_bytes: u64,
    /// The byte that silence is made of.
    zero: u8,
}

impl PlainWav {
    /// Opens `path`; none where it is no such file.
    pub(super) fn open(path: &Path) -> std::io::Result<Option<Self>> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut file = BufReader::new(file);
        let mut head = [0; 12];
        if file.read_exact(&mut head).is_err() || !WavSource::knows(&head) {
            return Ok(None);
        }
        let Ok((format, data)) = walk(&mut file, size) else { return Ok(None) };
        let end = data.start.saturating_add(data.claimed);
        let short = |at: usize| match format.chunk.get(at..at + 2) {
            Some([low, high]) => u16::from_le_bytes([*low, *high]),
            _ => 0,
        };
        let kind = if short(0) == EXTENSIBLE { short(24) } else { short(0) };
        let whole = data.claimed > 0 && chunks_fill(&mut file, end + data.claimed % 2, size);
        if !whole || !matches!(kind, INTEGERS | FLOATS) {
            return Ok(None);
        }
        // Samples of eight bits and less count from 128.
        let zero = if kind == INTEGERS && short(14) <= 8 { 128 } else { 0 };
        let (rate_hz, frame_bytes) = (format.rate_hz, format.frame_bytes as u64);
        Ok(Some(Self { file, rate_hz, sound: data.start..end, frame_bytes, zero }))
    }

    /// Writes the file to `out` byte for byte, but for the frames `silent`.
    pub(super) fn write(
        mut self,
        silent: &[Range<u64>],
        out: &mut impl Write,
    ) -> std::io::Result<()> {
        let place = |frame: u64| frame.saturating_mul(self.frame_bytes) + self.sound.start;
        let silent: Vec<Range<u64>> =
            silent.iter().map(|it| place(it.start)..place(it.end).min(self.sound.end)).collect();
        self.file.rewind()?;
        let mut bytes = vec![0; PIECE_BYTES];
        let mut at = 0_u64;
        loop {
            let read = self.file.read(&mut bytes)?;
            if read == 0 {
                return Ok(());
            }
            for range in &silent {
                let within = |place: u64| place.saturating_sub(at).min(read as u64) as usize;
                if let Some(quiet) = bytes.get_mut(within(range.start)..within(range.end)) {
                    quiet.fill(self.zero);
                }
            }
            out.write_all(bytes.get(..read).unwrap_or_default())?;
            at += read as u64;
        }
    }
}

/// Walks the chunks up to the sound.
fn walk(file: &mut BufReader<File>, size: u64) -> std::io::Result<(Format, Data)> {
    let invalid =
        |what: &str| std::io::Error::new(std::io::ErrorKind::InvalidData, what.to_owned());
    let mut format = None;
    let mut long_data = None;
    let mut at = 12;
    loop {
        file.seek(SeekFrom::Start(at))?;
        let (id, length) = chunk_head(file)?;
        match &id {
            b"fmt " => {
                if !(16..=MAX_FORMAT_BYTES).contains(&length) {
                    return Err(invalid("the format chunk has a wrong size"));
                }
                let mut chunk = vec![0; length as usize];
                file.read_exact(&mut chunk)?;
                let short = |from: usize| u16::from_le_bytes([chunk[from], chunk[from + 1]]);
                let rate_hz = u32::from_le_bytes([chunk[4], chunk[5], chunk[6], chunk[7]]);
                let frame_bytes = usize::from(short(12));
                // A speaker at the mask's highest place does not exist, and Symphonia, which
                // would be asked next, trips over it and over too many channels.
                let beyond = short(0) == EXTENSIBLE && chunk.get(23).is_some_and(|top| *top >= 128);
                if beyond || !(1..=MAX_CHANNELS).contains(&short(2)) {
                    return Err(invalid("the format chunk has channels that do not exist"));
                }
                if frame_bytes == 0 || rate_hz == 0 {
                    return Err(invalid("the format chunk has a rate or a frame of zero"));
                }
                format = Some(Format { rate_hz, frame_bytes, chunk });
            }
            b"ds64" => {
                let mut sizes = [0; 16];
                file.read_exact(&mut sizes)?;
                let mut data = [0; 8];
                data.copy_from_slice(&sizes[8..]);
                long_data = Some(u64::from_le_bytes(data));
            }
            b"data" => {
                let format = format.ok_or_else(|| invalid("the sound comes before its format"))?;
                let claimed = match long_data {
                    Some(long) if length == u32::MAX => long,
                    _ => u64::from(length),
                };
                return Ok((format, Data { start: at + 8, claimed }));
            }
            _ => {}
        }
        // Chunks begin at even offsets.
        at += 8 + u64::from(length) + u64::from(length % 2);
        if at >= size {
            return Err(invalid("there is no sound in it"));
        }
    }
}

fn chunk_head(file: &mut impl Read) -> std::io::Result<([u8; 4], u32)> {
    let mut head = [0; 8];
    file.read_exact(&mut head)?;
    let [a, b, c, d, rest @ ..] = head;
    Ok(([a, b, c, d], u32::from_le_bytes(rest)))
}

/// Returns whether the file from `at` on is a row of chunks that ends with the file, so that an
/// empty data chunk before it is meant.
fn chunks_fill(file: &mut BufReader<File>, mut at: u64, size: u64) -> bool {
    while at < size {
        let head = file.seek(SeekFrom::Start(at)).and_then(|_| chunk_head(file));
        let Ok((id, length)) = head else { return false };
        if !id.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ') {
            return false;
        }
        at += 8 + u64::from(length) + u64::from(length % 2);
    }
    at == size || at == size + 1
}
