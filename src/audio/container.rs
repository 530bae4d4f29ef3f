//! Compressed recordings through Symphonia: MP3, AAC in M4A/MP4, FLAC, Vorbis and Opus in
//! OGG, WebM.

use std::fs::File;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use symphonia::core::codecs::audio::well_known::{CODEC_ID_AAC, CODEC_ID_OPUS};
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::codecs::registry::CodecRegistry;
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;
use symphonia_adapter_libopus::OpusDecoder;

use super::error::AudioError;
use super::ffmpeg;
use super::pcm;

/// Symphonia's own decoders and libopus, which it lacks.
static CODECS: LazyLock<CodecRegistry> = LazyLock::new(|| {
    let mut codecs = CodecRegistry::new();
    symphonia::default::register_enabled_codecs(&mut codecs);
    codecs.register_audio_decoder::<OpusDecoder>();
    codecs
});

/// A compressed recording being decoded.
pub struct Container {
    format: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
    rate_hz: u32,
    claimed: Option<Duration>,
    interleaved: Vec<f32>,
    broken_in_a_row: u32,
}

/// A decoder that fails on so many packets one after the other has lost its way.
const MOST_BROKEN: u32 = 50;

impl Container {
    /// Opens the file; the inner error says why it is left to ffmpeg.
    pub fn open(path: &Path) -> Result<Result<Self, String>, AudioError> {
        let file = File::open(path)
            .map_err(|source| AudioError::Read { path: path.to_owned(), source })?;
        let stream = MediaSourceStream::new(Box::new(file), Default::default());
        let mut hint = Hint::new();
        if let Some(ending) = path.extension().and_then(|ending| ending.to_str()) {
            hint.with_extension(ending);
        }
        Ok(Self::probe(stream, &hint))
    }

    fn probe(stream: MediaSourceStream<'static>, hint: &Hint) -> Result<Self, String> {
        let unknown = |error: Error| format!("its form is not known ({error})");
        let format = symphonia::default::get_probe()
            .probe(hint, stream, FormatOptions::default(), MetadataOptions::default())
            .map_err(unknown)?;
        let track = format.default_track(TrackType::Audio).ok_or("it has no audio track")?;
        let parameters = track
            .codec_params
            .as_ref()
            .and_then(|parameters| parameters.audio())
            .ok_or("its codec is not known")?
            .clone();
        if is_half_bandwidth(&parameters) && ffmpeg::is_installed() {
            return Err("it is HE-AAC".into());
        }
        let rate_hz = match parameters.codec {
            // Opus always decodes at 48 kHz, whatever rate its header remembers.
            CODEC_ID_OPUS => 48_000,
            _ => parameters.sample_rate.unwrap_or(0),
        };
        let decoder = CODECS
            .make_audio_decoder(&parameters, &AudioDecoderOptions::default())
            .map_err(unknown)?;
        let claimed = track
            .num_frames
            .filter(|_| rate_hz > 0)
            .map(|frames| Duration::from_secs_f64(frames as f64 / f64::from(rate_hz)));
        let track = track.id;
        let mut container = Self {
            format,
            decoder,
            track,
            rate_hz,
            claimed,
            interleaved: Vec::new(),
            broken_in_a_row: 0,
        };
        if container.rate_hz == 0 {
            container.rate_hz = container.first_rate().ok_or("its sample rate is not known")?;
        }
        Ok(container)
    }

    /// Decodes on until a frame tells the rate; the frames before are silence or headers.
    fn first_rate(&mut self) -> Option<u32> {
        let mut dropped = Vec::new();
        while self.read(&mut dropped).ok()? {
            if self.rate_hz > 0 {
                return Some(self.rate_hz);
            }
        }
        None
    }

    /// Returns the samples a second.
    pub fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    /// Returns the length that the file claims.
    pub fn claimed_length(&self) -> Option<Duration> {
        self.claimed
    }

    /// Appends the next packet's samples, mixed to mono; returns false at the end.
    pub fn read(&mut self, out: &mut Vec<f32>) -> Result<bool, String> {
        loop {
            let packet = match self.format.next_packet() {
                Ok(Some(packet)) if packet.track_id == self.track => packet,
                Ok(Some(_)) => continue,
                // A new stream chained behind the first is not the recording.
                Ok(None) | Err(Error::ResetRequired) => return Ok(false),
                Err(error) => return Err(error.to_string()),
            };
            match self.decoder.decode(&packet) {
                Ok(decoded) => {
                    self.broken_in_a_row = 0;
                    if decoded.is_empty() {
                        continue;
                    }
                    self.rate_hz =
                        if self.rate_hz == 0 { decoded.spec().rate() } else { self.rate_hz };
                    let channels = decoded.num_planes();
                    decoded.copy_to_vec_interleaved(&mut self.interleaved);
                    pcm::mix(&self.interleaved, channels, out);
                    return Ok(true);
                }
                Err(Error::DecodeError(_) | Error::IoError(_))
                    if self.broken_in_a_row < MOST_BROKEN =>
                {
                    self.broken_in_a_row += 1;
                }
                Err(error) => return Err(error.to_string()),
            }
        }
    }
}

/// Tells whether the stream is, or may well be, HE-AAC, of which Symphonia decodes only the
/// lower half of the band: object types 5 (SBR) and 29 (PS) of ISO/IEC 14496-3, or a rate so
/// low that AAC is hardly ever used there without SBR.
fn is_half_bandwidth(parameters: &AudioCodecParameters) -> bool {
    if parameters.codec != CODEC_ID_AAC {
        return false;
    }
    let object_type = parameters.extra_data.as_ref().and_then(|data| data.first()).map(|b| b >> 3);
    matches!(object_type, Some(5 | 29)) || parameters.sample_rate.is_some_and(|rate| rate <= 24_000)
}
