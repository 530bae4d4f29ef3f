//! A recording with stretches of it made silent, the rest as it was and every time where it was.
//!
//! Whatever the recording's format, what is written is WAV of 16 bits at its own rate and
//! channels: exact for recordings of 16 bits, and the one format that needs no encoder here.

use std::io::{BufWriter, Seek, Write};
use std::path::Path;

use hound::{SampleFormat, WavSpec, WavWriter};

use super::decode::Source;
use super::error::AudioError;
use super::source::{Piece, Step};
use crate::time::Span;

/// Writes the recording at `path` to `out`, silent within `spans` of its own time.
///
/// # Errors
/// When the recording cannot be read to its end, changes its rate or channels on the way, or
/// `out` fails: a recording is never left half done.
pub fn silenced(
    path: &Path,
    spans: &[Span],
    out: &mut (impl Write + Seek),
) -> Result<(), AudioError> {
    let mut source = Source::of(path)?;
    let cannot = |why: String| AudioError::NotAudio { path: path.to_owned(), why };
    let failed = |error: hound::Error| cannot(format!("it could not be written anew ({error})"));
    let mut out = Some(BufWriter::new(out));
    let mut writer: Option<WavWriter<_>> = None;
    let mut piece = Piece::default();
    let mut frame = 0_u64;
    let mut spec = None;
    loop {
        match source.next(&mut piece)? {
            Step::Sound if piece.samples.is_empty() => {}
            Step::Sound => {
                let now = WavSpec {
                    channels: piece.channels as u16,
                    sample_rate: piece.rate_hz,
                    bits_per_sample: 16,
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
                        let value = if quiet { 0.0 } else { (sample * 32_768.0).round() };
                        writer
                            .write_sample(value.clamp(-32_768.0, 32_767.0) as i16)
                            .map_err(failed)?;
                    }
                    frame += 1;
                }
            }
            Step::Gap(frames) => {
                if let (Some(writer), Some(spec)) = (&mut writer, spec) {
                    for _ in 0..frames * u64::from(spec.channels) {
                        writer.write_sample(0_i16).map_err(failed)?;
                    }
                    frame += frames;
                }
            }
            Step::End | Step::Unfinished => break,
            Step::Broken(reason) => return Err(cannot(format!("it is damaged: {reason}"))),
        }
    }
    let writer = writer.ok_or_else(|| cannot("there is no sound in it".to_owned()))?;
    writer.finalize().map_err(failed)
}

/// Returns the frames that are to be silent: those of the spans and one beyond each end.
fn silent_frames(spans: &[Span], rate_hz: u32) -> Vec<std::ops::Range<u64>> {
    let frame = |ms: u64| ms * u64::from(rate_hz) / 1000;
    spans.iter().map(|span| frame(span.start().as_ms())..frame(span.end().as_ms()) + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;
    use std::io::Cursor;

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
        silenced(&path, &[span], &mut out).unwrap();
        let mut reader = hound::WavReader::new(Cursor::new(out.into_inner())).unwrap();
        assert_eq!(reader.spec(), spec);
        let after: Vec<i16> = reader.samples().map(Result::unwrap).collect();
        assert_eq!(after.len(), samples.len());
        assert_eq!(after[..4000], samples[..4000]);
        assert!(after[4000..8002].iter().all(|sample| *sample == 0));
        assert_eq!(after[8002..], samples[8002..]);
    }
}
