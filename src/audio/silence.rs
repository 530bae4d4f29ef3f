//! A recording with stretches of it made silent, the rest as it was and every time where it was.
//!
//! WAV is copied byte for byte, but for the silence, so that its depth, its marks and its form
//! stay. FLAC is decoded for the encoder that archives recordings, sample for sample. For every
//! other kind there is no encoder here: what is written is WAV of 16 bits at its own rate and
//! channels.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, Write};
use std::ops::Range;
use std::path::Path;

use hound::{SampleFormat, WavSpec, WavWriter};

use super::decode::SoundSource;
use super::error::AudioError;
use super::source::{ReadStep, SampleBlock};
use super::wav::PlainWav;
use referat_core::time::Span;

/// What a recording is written as once a part of it is silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SilencedForm {
    /// WAV as it was.
    Wav,
    /// WAV of so many bits, for the FLAC encoder.
    Flac {
        /// Bits of a sample: 16 or 24.
        bits: u16,
    },
    /// WAV of 16 bits, for want of an encoder.
    Decoded,
}

impl SilencedForm {
    /// Returns the form of the recording at `path`, by its bytes.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn of(path: &Path) -> Result<Self, AudioError> {
        let failed = |source| AudioError::Read { path: path.to_owned(), source };
        if PlainWav::open(path).map_err(failed)?.is_some() {
            return Ok(Self::Wav);
        }
        let mut head = Vec::new();
        let file = File::open(path).map_err(failed)?;
        file.take(42).read_to_end(&mut head).map_err(failed)?;
        // STREAMINFO stands first: after 20 bits of the rate and 3 of the channels, the depth.
        let depth = match (head.get(..4), head.get(20), head.get(21)) {
            (Some(b"fLaC"), Some(a), Some(b)) => u16::from((a & 1) << 4 | b >> 4) + 1,
            _ => return Ok(Self::Decoded),
        };
        Ok(match depth {
            ..=16 => Self::Flac { bits: 16 },
            17..=24 => Self::Flac { bits: 24 },
            // More than the samples here hold.
            _ => Self::Decoded,
        })
    }
}

/// Writes the recording at `path` to `out` in its form, silent within `spans` of its own time.
/// What is to be FLAC is written as the WAV of which the encoder makes it.
///
/// # Errors
/// When the recording cannot be read to its end, changes its rate or channels on the way, or
/// `out` fails: a recording is never left half done.
pub fn silenced(
    path: &Path,
    form: SilencedForm,
    spans: &[Span],
    out: &mut (impl Write + Seek),
) -> Result<(), AudioError> {
    let failed = |source| AudioError::Read { path: path.to_owned(), source };
    match (form, PlainWav::open(path).map_err(failed)?) {
        (SilencedForm::Wav, Some(wav)) => {
            let silent = silent_frames(spans, wav.rate_hz);
            wav.write(&silent, out).map_err(failed)
        }
        (SilencedForm::Flac { bits }, _) => decoded(path, bits, spans, out),
        (SilencedForm::Wav | SilencedForm::Decoded, _) => decoded(path, 16, spans, out),
    }
}

fn decoded(
    path: &Path,
    bits: u16,
    spans: &[Span],
    out: &mut (impl Write + Seek),
) -> Result<(), AudioError> {
    let mut source = SoundSource::of(path)?;
    let cannot = |why: String| AudioError::NotAudio { path: path.to_owned(), why };
    let failed = |error: hound::Error| cannot(format!("it could not be written anew ({error})"));
    let mut out = Some(BufWriter::new(out));
    let mut writer: Option<WavWriter<_>> = None;
    let mut piece = SampleBlock::default();
    let full_scale = (1_u32 << (bits - 1)) as f32;
    let mut frame = 0_u64;
    let mut spec = None;
    loop {
        match source.next(&mut piece)? {
            ReadStep::Sound if piece.samples.is_empty() => {}
            ReadStep::Sound => {
                let now = WavSpec {
                    channels: piece.channels as u16,
                    sample_rate: piece.rate_hz,
                    bits_per_sample: bits,
                    sample_format: SampleFormat::Int,
                };
                if *spec.get_or_insert(now) != now {
                    return Err(cannot("its rate or channels change on the way".to_owned()));
                }
                if let Some(out) = out.take() {
                    writer = Some(WavWriter::new(out, now).map_err(failed)?);
                }
                let Some(writer) = &mut writer else { continue };
                let silent = silent_frames(spans, piece.rate_hz);
                for samples in piece.samples.chunks_exact(piece.channels) {
                    let quiet = silent.iter().any(|range| range.contains(&frame));
                    for sample in samples {
                        let value = if quiet { 0.0 } else { (sample * full_scale).round() };
                        let value = value.clamp(-full_scale, full_scale - 1.0);
                        writer.write_sample(value as i32).map_err(failed)?;
                    }
                    frame += 1;
                }
            }
            ReadStep::Gap(frames) => {
                if let (Some(writer), Some(spec)) = (&mut writer, spec) {
                    for _ in 0..frames * u64::from(spec.channels) {
                        writer.write_sample(0_i32).map_err(failed)?;
                    }
                    frame += frames;
                }
            }
            ReadStep::End | ReadStep::Unfinished => break,
            ReadStep::Broken(reason) => return Err(cannot(format!("it is damaged: {reason}"))),
        }
    }
    let writer = writer.ok_or_else(|| cannot("there is no sound in it".to_owned()))?;
    writer.finalize().map_err(failed)
}

/// Returns the frames that are to be silent: those of the spans and one beyond each end.
fn silent_frames(spans: &[Span], rate_hz: u32) -> Vec<Range<u64>> {
    let frame = |ms: u64| ms * u64::from(rate_hz) / 1000;
    spans.iter().map(|span| frame(span.start().as_ms())..frame(span.end().as_ms()) + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use referat_core::time::Timestamp;
    use std::io::Cursor;

    fn put(path: &Path, bytes: &[u8]) {
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).open(path).unwrap();
        file.write_all(bytes).unwrap();
    }

    #[test]
    fn only_the_stretch_is_silent_and_the_rest_is_exact() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.wav");
        let spec = WavSpec {
            channels: 2,
            sample_rate: 8000,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        let samples: Vec<i16> = (0..16_000).map(|at| (at * 37 % 4001 - 2000) as i16 | 1).collect();
        let mut writer = WavWriter::create(&path, spec).unwrap();
        samples.iter().for_each(|sample| writer.write_sample(*sample).unwrap());
        writer.finalize().unwrap();
        let span = Span::new(Timestamp::from_ms(250), Timestamp::from_ms(500)).unwrap();
        let mut out = Cursor::new(Vec::new());
        let form = SilencedForm::of(&path).unwrap();
        assert_eq!(form, SilencedForm::Wav);
        silenced(&path, form, &[span], &mut out).unwrap();
        let mut reader = hound::WavReader::new(Cursor::new(out.into_inner())).unwrap();
        assert_eq!(reader.spec(), spec);
        let after: Vec<i16> = reader.samples().map(Result::unwrap).collect();
        assert_eq!(after.len(), samples.len());
        assert_eq!(after[..4000], samples[..4000]);
        assert!(after[4000..8002].iter().all(|sample| *sample == 0));
        assert_eq!(after[8002..], samples[8002..]);
    }

    #[test]
    fn a_wav_keeps_its_depth_and_every_byte_but_the_sound_that_went() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.wav");
        for (bits, zero) in [(8, 128_u8), (24, 0), (32, 0)] {
            let spec = WavSpec {
                channels: 1,
                sample_rate: 8000,
                bits_per_sample: bits,
                sample_format: SampleFormat::Int,
            };
            let mut writer = WavWriter::create(&path, spec).unwrap();
            (0..8000).for_each(|at| writer.write_sample(at % 100 + 1).unwrap());
            writer.finalize().unwrap();
            let mut before = std::fs::read(&path).unwrap();
            // A chunk of marks, as recorders write them.
            before.extend_from_slice(b"note\x04\0\0\0mark");
            put(&path, &before);
            let span = Span::new(Timestamp::from_ms(250), Timestamp::from_ms(500)).unwrap();
            let mut out = Cursor::new(Vec::new());
            silenced(&path, SilencedForm::of(&path).unwrap(), &[span], &mut out).unwrap();
            let after = out.into_inner();
            let (frame, start) =
                (usize::from(bits / 8), before.len() - 12 - 8000 * usize::from(bits / 8));
            let gone = start + 2000 * frame..start + 4001 * frame;
            assert_eq!(after.len(), before.len());
            assert_eq!(after[..gone.start], before[..gone.start]);
            assert!(after[gone.clone()].iter().all(|byte| *byte == zero));
            assert_eq!(after[gone.end..], before[gone.end..]);
        }
    }

    #[test]
    fn a_wav_whose_header_lies_is_decoded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.wav");
        let mut bytes = Vec::new();
        let spec = WavSpec {
            channels: 1,
            sample_rate: 8000,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        let mut writer = WavWriter::new(Cursor::new(&mut bytes), spec).unwrap();
        (0..8000_i16).for_each(|at| writer.write_sample(at).unwrap());
        writer.finalize().unwrap();
        // More sound than the header says: it is not to be copied unseen.
        bytes[40..44].copy_from_slice(&100_u32.to_le_bytes());
        put(&path, &bytes);
        assert_eq!(SilencedForm::of(&path).unwrap(), SilencedForm::Decoded);
    }
}
