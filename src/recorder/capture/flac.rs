//! A finished recording as FLAC: encoded a block at a time, read back, compared sample by
//! sample. Only then may the WAV go. The encoder is `flacenc`: pure Rust, so that it builds
//! everywhere the program does.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Error, Result, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use flacenc::bitsink::ByteSink;
use flacenc::component::{BitRepr, Stream};
use flacenc::config::Encoder;
use flacenc::encode_fixed_size_frame;
use flacenc::error::Verify;
use flacenc::source::{Context, Fill, FrameBuf};
use hound::WavReader;

use super::error::CaptureError;
use super::part::unborn;
use crate::audio::container::{ContainerSource, Verdict};
use crate::audio::source::{ReadStep, SampleBlock};

/// Samples of a channel in a block, the reference encoder's choice.
const BLOCK: usize = 4096;

/// Writes the recording at `wav` as FLAC beside it and returns where; the WAV is not touched.
///
/// # Errors
/// When a file cannot be read or written, or the FLAC does not hold the same samples: then
/// there is none.
pub fn archive(wav: &Path) -> std::result::Result<PathBuf, CaptureError> {
    let failed = |source| CaptureError::Archive { path: wav.to_owned(), source };
    let flac = wav.with_extension("flac");
    let hidden = unborn(&flac);
    encode(wav, &hidden).map_err(failed)?;
    if !same(wav, &hidden).map_err(failed)? {
        std::fs::remove_file(&hidden).map_err(failed)?;
        return Err(CaptureError::Differs { path: wav.to_owned() });
    }
    std::fs::rename(&hidden, &flac).map_err(failed)?;
    Ok(flac)
}

/// Returns the next frames of a WAV file, interleaved; none at its end.
fn block(reader: &mut WavReader<std::io::BufReader<File>>, samples: usize) -> Result<Vec<i32>> {
    let read: std::result::Result<Vec<i32>, _> = reader.samples::<i32>().take(samples).collect();
    read.map_err(Error::other)
}

/// Takes an error of the encoder, which may not leave its thread, by what it says.
fn told(error: impl std::fmt::Display) -> Error {
    Error::other(error.to_string())
}

fn encode(wav: &Path, flac: &Path) -> Result<()> {
    let mut reader = WavReader::open(wav).map_err(told)?;
    let spec = reader.spec();
    let channels = usize::from(spec.channels);
    let bits = usize::from(spec.bits_per_sample);
    let config = Encoder::default().into_verified().map_err(|(_, error)| told(error))?;
    let mut stream = Stream::new(spec.sample_rate as usize, channels, bits).map_err(told)?;
    stream.stream_info_mut().set_block_sizes(BLOCK, BLOCK).map_err(told)?;
    let mut file =
        BufWriter::new(OpenOptions::new().create(true).truncate(true).write(true).open(flac)?);
    write_head(&mut file, &stream)?;
    let mut context = Context::new(bits, channels);
    let mut buffer = FrameBuf::with_size(channels, BLOCK).map_err(told)?;
    let (mut shortest, mut longest, mut number) = (usize::MAX, 0, 0);
    loop {
        let samples = block(&mut reader, BLOCK * channels)?;
        if samples.is_empty() {
            break;
        }
        context.fill_interleaved(&samples).map_err(told)?;
        buffer.fill_interleaved(&samples).map_err(told)?;
        let frame = encode_fixed_size_frame(&config, &buffer, number, stream.stream_info())
            .map_err(told)?;
        let mut sink = ByteSink::new();
        frame.write(&mut sink).map_err(told)?;
        file.write_all(sink.as_slice())?;
        let bytes = sink.as_slice().len();
        (shortest, longest, number) = (shortest.min(bytes), longest.max(bytes), number + 1);
    }
    let info = stream.stream_info_mut();
    info.set_total_samples(context.total_samples());
    info.set_md5_digest(&context.md5_digest());
    if number > 0 {
        info.set_frame_sizes(shortest, longest).map_err(told)?;
    }
    file.seek(SeekFrom::Start(0))?;
    write_head(&mut file, &stream)?;
    file.into_inner().map_err(|error| error.into_error())?.sync_all()
}

/// Writes what comes before the blocks; its length does not depend on what it says.
fn write_head(file: &mut impl Write, stream: &Stream) -> Result<()> {
    let mut sink = ByteSink::new();
    stream.write(&mut sink).map_err(told)?;
    file.write_all(sink.as_slice())
}

/// Tells whether both files hold the same samples.
fn same(wav: &Path, flac: &Path) -> Result<bool> {
    let mut reader = WavReader::open(wav).map_err(Error::other)?;
    let spec = reader.spec();
    let Ok(Verdict::Whole(mut source)) = ContainerSource::open(flac, File::open(flac)?) else {
        return Ok(false);
    };
    let full_scale = (1_u64 << (spec.bits_per_sample - 1)) as f32;
    let mut piece = SampleBlock::default();
    loop {
        match source.next(&mut piece) {
            ReadStep::Sound if piece.samples.is_empty() => {}
            ReadStep::Sound => {
                let wanted = block(&mut reader, piece.samples.len())?;
                // 24 bits are exact in 32-bit floats.
                let equal = piece
                    .samples
                    .iter()
                    .zip(&wanted)
                    .all(|(is, wanted)| is * full_scale == *wanted as f32);
                let fits = piece.rate_hz == spec.sample_rate
                    && piece.channels == usize::from(spec.channels)
                    && wanted.len() == piece.samples.len();
                if !equal || !fits {
                    return Ok(false);
                }
            }
            ReadStep::End => return Ok(block(&mut reader, 1)?.is_empty()),
            ReadStep::Gap(_) | ReadStep::Broken(_) | ReadStep::Unfinished => return Ok(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recorder::capture::part::WavPart;
    use referat_core::domain::recording::Layout;

    fn samples(count: usize, bits: u16) -> Vec<i32> {
        let mut state = 1_u32;
        let mut noise = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as i32 & 0xffff
        };
        let top = (1_i32 << (bits - 1)) - 1;
        (0..count).map(|i| ((i as f32 * 0.01).sin() * 0.5 * top as f32) as i32 + noise()).collect()
    }

    #[test]
    fn a_recording_and_its_archive_hold_the_same_samples() {
        for (layout, count) in [
            (Layout { rate_hz: 48_000, channels: 2, bits: 24 }, 2 * 10_007),
            (Layout { rate_hz: 16_000, channels: 1, bits: 24 }, 4096 * 3),
            (Layout { rate_hz: 16_000, channels: 1, bits: 24 }, 5),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.wav");
            let part = WavPart::create(&path, layout, &samples(count, layout.bits)).unwrap();
            part.finish().unwrap();
            let flac = archive(&path).unwrap();
            assert!(same(&path, &flac).unwrap());
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
        }
    }

    #[test]
    fn a_sample_that_differs_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout { rate_hz: 48_000, channels: 1, bits: 24 };
        let mut sound = samples(9_000, 24);
        let (a, b) = (folder.path().join("a.wav"), folder.path().join("b.wav"));
        WavPart::create(&a, layout, &sound).unwrap().finish().unwrap();
        sound[8_999] += 1;
        WavPart::create(&b, layout, &sound).unwrap().finish().unwrap();
        let flac = archive(&a).unwrap();
        assert!(!same(&b, &flac).unwrap());
    }
}
