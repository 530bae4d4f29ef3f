//! MP3, MP4/M4A, FLAC, OGG and WebM, through Symphonia (Opus through libopus).

use std::collections::VecDeque;
use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::Path;
use std::time::Duration;

use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::well_known::FORMAT_ID_ISOMP4;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;
use symphonia::core::units::TimeBase;

use super::codec::{CODECS, Sbr, opus_lead, sbr};
use super::mp4::Edit;
use super::source::{Declined, ReadStep, SampleBlock};

/// A hole in the time stamps that is filled with silence; below it stamps are merely rounded.
const GAP: Duration = Duration::from_millis(100);
/// The longest hole that is believed; a damaged stamp may claim years.
const LONGEST_GAP: Duration = Duration::from_secs(600);
/// Packets in a row that may fail before the rest is given up.
const MAX_FAILURES: u32 = 500;
/// What is said when no track will do.
const NO_TRACK: &str = "it has no audio track of a kind that is built in";

/// Reads the sound of one file.
pub(crate) struct ContainerSource {
    format: Box<dyn FormatReader>,
    track: Track,
    /// Packets that were read before their turn.
    held: VecDeque<Packet>,
    edit: Option<Edit>,
    failures: u32,
}

/// The track that is read, and how far.
struct Track {
    id: u32,
    decoder: Box<dyn AudioDecoder>,
    time_base: Option<TimeBase>,
    rate_hz: u32,
    /// Frames at the front that are no sound.
    lead: u64,
    /// Frames that are to be heard, when the file says so.
    left: Option<u64>,
    /// Frames that the file promises.
    promised: Option<u64>,
    /// Frames decoded since the first packet, those that are not heard included.
    decoded: u64,
    /// Time stamp of the first packet.
    first_pts: Option<i64>,
}

/// How far a built-in decoder can serve a file.
pub(crate) enum Verdict {
    /// It serves it in full.
    Whole(Box<ContainerSource>),
    /// AAC whose upper half may lie in an extension that is not decoded here.
    PerhapsHalf(Box<ContainerSource>),
    /// AAC whose upper half does.
    Half,
}

impl ContainerSource {
    /// Opens `path`.
    pub(crate) fn open(path: &Path, file: File) -> Result<Verdict, Declined> {
        let mut hint = Hint::new();
        if let Some(extension) = path.extension().and_then(|extension| extension.to_str()) {
            hint.with_extension(extension);
        }
        let mut own = file.try_clone().map_err(|source| Declined::read(path, source))?;
        let stream = MediaSourceStream::new(Box::new(file), MediaSourceStreamOptions::default());
        let format = symphonia::default::get_probe()
            .probe(&hint, stream, FormatOptions::default(), MetadataOptions::default())
            .map_err(|error| Declined::Unknown(reason(&error)))?;
        let parameters =
            sound_track(format.as_ref()).ok_or_else(|| Declined::Unknown(NO_TRACK.to_owned()))?;
        let sbr = sbr(&parameters.1);
        if sbr == Sbr::Declared {
            return Ok(Verdict::Half);
        }
        let edit = if format.format_info().format == FORMAT_ID_ISOMP4 {
            // The reader shares the file's position with Symphonia: it is put back.
            let at = own.stream_position().map_err(|source| Declined::read(path, source))?;
            let edit = Edit::read(&mut own);
            own.seek(SeekFrom::Start(at)).map_err(|source| Declined::read(path, source))?;
            edit
        } else {
            None
        };
        let track = Track::new(format.as_ref(), edit).map_err(Declined::Unknown)?;
        let held = VecDeque::new();
        let mut source = Box::new(Self { format, track, held, edit, failures: 0 });
        source.prove()?;
        Ok(match sbr {
            Sbr::Possible => Verdict::PerhapsHalf(source),
            _ => Verdict::Whole(source),
        })
    }

    /// Decodes the first packets on trial: damaged files and other people's formats may look like
    /// sound until then.
    fn prove(&mut self) -> Result<(), Declined> {
        let mut last = "no sound was found in it".to_owned();
        while self.held.len() < 16 {
            let packet = match self.format.next_packet() {
                Ok(Some(packet)) => packet,
                Ok(None) => break,
                Err(error) => {
                    last = reason(&error);
                    break;
                }
            };
            if packet.track_id != self.track.id {
                continue;
            }
            let decoded = self.track.decoder.decode(&packet).map(|_| ());
            self.held.push_back(packet);
            match decoded {
                Ok(()) => {
                    self.track.decoder.reset();
                    return Ok(());
                }
                Err(error) => last = reason(&error),
            }
        }
        Err(Declined::Unknown(last))
    }

    /// Returns how long the file says it is.
    pub(crate) fn duration(&self) -> Option<Duration> {
        let frames = self.track.left.or(self.track.promised)?;
        let ms = frames.checked_mul(1000)? / u64::from(self.track.rate_hz.max(1));
        Some(Duration::from_millis(ms))
    }

    /// Reads the next piece.
    pub(crate) fn next(&mut self, piece: &mut SampleBlock) -> ReadStep {
        piece.samples.clear();
        if self.track.left == Some(0) {
            return ReadStep::End;
        }
        let packet = match self.held.pop_front() {
            Some(packet) => packet,
            None => match self.format.next_packet() {
                Ok(Some(packet)) => packet,
                Ok(None) => return self.track.end(),
                Err(Error::ResetRequired) => return self.restart(),
                Err(error) => return ReadStep::Broken(reason(&error)),
            },
        };
        if packet.track_id != self.track.id {
            return ReadStep::Sound;
        }
        if let Some(frames) = self.track.gap_before(&packet) {
            self.held.push_front(packet);
            return ReadStep::Gap(frames);
        }
        match self.track.decode(&packet, piece) {
            Ok(()) => {
                self.failures = 0;
                ReadStep::Sound
            }
            Err(Error::ResetRequired) => self.restart(),
            Err(error) if self.failures == MAX_FAILURES => ReadStep::Broken(reason(&error)),
            // The hole that a lost packet leaves shows in the next one's time stamp.
            Err(_) => {
                self.failures += 1;
                ReadStep::Sound
            }
        }
    }

    /// Goes on with the next of several streams that stand one after another.
    fn restart(&mut self) -> ReadStep {
        match Track::new(self.format.as_ref(), self.edit) {
            Ok(track) => {
                self.track = track;
                ReadStep::Sound
            }
            Err(reason) => ReadStep::Broken(reason),
        }
    }
}

impl Track {
    fn new(format: &dyn FormatReader, edit: Option<Edit>) -> Result<Self, String> {
        let (id, mut parameters) = sound_track(format).ok_or_else(|| NO_TRACK.to_owned())?;
        let track = format.tracks().iter().find(|track| track.id == id);
        let rate_hz = parameters.sample_rate.unwrap_or(0);
        let mut lead = edit.map_or(0, |edit| edit.lead_frames(rate_hz));
        if parameters.codec == CODEC_ID_OPUS {
            // The adapter would skip within the first packet only, and a second time where the
            // container skips too.
            lead = opus_lead(parameters.extra_data.as_deref());
            parameters.extra_data = None;
        }
        let decoder = CODECS
            .make_audio_decoder(&parameters, &AudioDecoderOptions::default())
            .map_err(|error| reason(&error))?;
        Ok(Self {
            id,
            decoder,
            time_base: track.and_then(|track| track.time_base),
            rate_hz,
            lead,
            left: edit.and_then(|edit| edit.length_frames(rate_hz)),
            promised: track.and_then(|track| track.num_frames),
            decoded: 0,
            first_pts: None,
        })
    }

    /// Converts a length in the track's time base to frames.
    fn frames(&self, ticks: i128) -> Option<i128> {
        let base = self.time_base?;
        let scaled = ticks.checked_mul(i128::from(base.numer.get()) * i128::from(self.rate_hz))?;
        Some(scaled / i128::from(base.denom.get()))
    }

    /// Returns how many frames are missing before `packet`, when enough are to be heard, and
    /// counts them as decoded.
    fn gap_before(&mut self, packet: &Packet) -> Option<u64> {
        let pts = packet.pts.get();
        let first = *self.first_pts.get_or_insert(pts);
        let at = self.frames(i128::from(pts) - i128::from(first))?;
        let gap = u64::try_from(at - i128::from(self.decoded)).ok()?;
        let frames = |length: Duration| length.as_millis() as u64 * u64::from(self.rate_hz) / 1000;
        if gap < frames(GAP) {
            return None;
        }
        if gap > frames(LONGEST_GAP) {
            // Not believed: time is counted from here on.
            self.first_pts = Some(pts);
            self.decoded = 0;
            return None;
        }
        self.decoded += gap;
        self.left = self.left.map(|left| left.saturating_sub(gap));
        Some(gap)
    }

    fn decode(&mut self, packet: &Packet, piece: &mut SampleBlock) -> Result<(), Error> {
        let trimmed = self.frames(i128::from(packet.trim_start.get())).unwrap_or(0);
        let trimmed_end = self.frames(i128::from(packet.trim_end.get())).unwrap_or(0);
        let (trimmed, trimmed_end) = (trimmed.max(0) as u64, trimmed_end.max(0) as u64);
        let sound = self.decoder.decode(packet)?;
        let spec = sound.spec();
        if spec.rate() != self.rate_hz {
            // Headers of AAC may give half or double the rate of what is decoded.
            self.decoded = 0;
            self.first_pts = None;
            let (new, old) = (u64::from(spec.rate()), u64::from(self.rate_hz.max(1)));
            self.lead = rescaled(self.lead, new, old);
            self.left = self.left.map(|left| rescaled(left, new, old));
            self.promised = self.promised.map(|frames| rescaled(frames, new, old));
            self.rate_hz = spec.rate();
        }
        piece.rate_hz = spec.rate();
        piece.channels = spec.channels().count().max(1);
        sound.copy_to_vec_interleaved(&mut piece.samples);
        let frames = (piece.samples.len() / piece.channels) as u64;
        self.decoded += frames + trimmed + trimmed_end;
        self.lead = self.lead.saturating_sub(trimmed);
        let skip = self.lead.min(frames);
        self.lead -= skip;
        piece.samples.drain(..skip as usize * piece.channels);
        if let Some(left) = &mut self.left {
            let heard = (frames - skip).min(*left);
            piece.samples.truncate(heard as usize * piece.channels);
            *left -= heard;
        }
        Ok(())
    }

    /// Returns how the stream ended: sound that the file promises may be missing.
    fn end(&self) -> ReadStep {
        let second = u64::from(self.rate_hz);
        let missing = match (self.left, self.promised) {
            (Some(left), _) => left,
            (None, Some(promised)) => promised.saturating_sub(self.decoded),
            (None, None) => 0,
        };
        match missing.checked_div(second) {
            Some(seconds @ 1..) => {
                ReadStep::Broken(format!("{seconds} s that the header promises are not there"))
            }
            _ => ReadStep::End,
        }
    }
}

/// Returns the number and the parameters of the track to read.
fn sound_track(format: &dyn FormatReader) -> Option<(u32, AudioCodecParameters)> {
    let track = format
        .first_track_known_codec(TrackType::Audio)
        .or_else(|| format.default_track(TrackType::Audio))?;
    match &track.codec_params {
        Some(CodecParameters::Audio(parameters)) => Some((track.id, parameters.clone())),
        _ => None,
    }
}

/// Converts a number of frames from one rate to another.
fn rescaled(frames: u64, new_hz: u64, old_hz: u64) -> u64 {
    frames.saturating_mul(new_hz) / old_hz
}

fn reason(error: &Error) -> String {
    match error {
        Error::IoError(source) if source.kind() == std::io::ErrorKind::UnexpectedEof => {
            "the file ends in the middle".to_owned()
        }
        error => error.to_string(),
    }
}
