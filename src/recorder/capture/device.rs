//! The inputs of this machine, through cpal: what there is, and a stream from one of them into
//! a ring. cpal is the one crate that speaks to the sound of Windows, macOS and Linux.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{
    BufferSize, ErrorKind, I24, SampleFormat, SizedSample, StreamConfig, SupportedBufferSize,
    SupportedStreamConfigRange,
};

use super::clock::Moment;
use super::error::CaptureError;
use super::ring::{Feed, Tap, ring};
use referat_core::domain::recording::Layout;

/// The most channels of a device that are recorded when nothing is said: microphones have one
/// or two, and audio interfaces offer dozens of empty ones.
const CHANNELS: u16 = 2;
/// How often a device hands over sound, in times a second. Rare enough for a busy machine,
/// often enough for the meter.
const DELIVERIES: u32 = 8;
/// ALSA's device that hears nothing, for ever.
const NOTHING: &str = "null";
/// How long a device may take to answer.
const PATIENCE: Duration = Duration::from_millis(500);

/// An input as the user chooses it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Device"))]
pub struct InputInfo {
    /// Its name among the system's devices, which `record --device` takes.
    pub id: String,
    /// What it calls itself.
    pub name: String,
    /// Whether it is the system's choice.
    pub default: bool,
    /// Channel counts that it offers, ascending.
    pub channels: Vec<u16>,
    /// Lowest sample rate that it offers.
    pub min_rate_hz: u32,
    /// Highest sample rate that it offers.
    pub max_rate_hz: u32,
}

/// What to record from, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Name or id of the device, or a part of its name; the system's choice when absent.
    pub device: Option<String>,
    /// Sample rate; the device's own when absent.
    pub rate_hz: Option<u32>,
    /// Channels to keep, counted from 1; all of the device's first two when empty.
    pub channels: Vec<u16>,
}

/// An open input. Dropping it closes the device.
pub struct Input {
    name: String,
    _stream: cpal::Stream,
    fault: Arc<Fault>,
}

#[derive(Debug, Default)]
struct Fault {
    said: OnceLock<String>,
    overruns: AtomicU64,
}

impl Input {
    /// Returns the device's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns why no more sound will come, if so.
    pub fn fault(&self) -> Option<&str> {
        self.fault.said.get().map(String::as_str)
    }

    /// Returns how often the system lost sound before it reached this program.
    pub fn overruns(&self) -> u64 {
        self.fault.overruns.load(Ordering::Relaxed)
    }
}

/// Returns the inputs of this machine, the system's choice first.
///
/// # Errors
/// When the system's sound cannot be asked.
pub fn inputs() -> Result<Vec<InputInfo>, CaptureError> {
    quiet();
    let host = cpal::default_host();
    let chosen = host.default_input_device().and_then(|device| device.id().ok());
    let devices = host.input_devices().map_err(|source| CaptureError::List { source })?;
    let mut found: Vec<InputInfo> = devices.filter_map(|device| info(&device)).collect();
    if let (Some(chosen), Some(device)) = (&chosen, host.default_input_device()) {
        match found.iter_mut().find(|info| info.id == chosen.id()) {
            Some(info) => info.default = true,
            None => found.extend(info(&device).map(|info| InputInfo { default: true, ..info })),
        }
    }
    found.sort_by_key(|info| !info.default);
    Ok(found)
}

fn info(device: &cpal::Device) -> Option<InputInfo> {
    let id = device.id().ok()?.id().to_owned();
    if id == NOTHING {
        return None;
    }
    let ranges: Vec<_> = device.supported_input_configs().ok()?.filter(is_pcm).collect();
    let channels: BTreeSet<u16> = ranges.iter().map(|range| range.channels()).collect();
    Some(InputInfo {
        id,
        name: name(device),
        default: false,
        channels: channels.into_iter().collect(),
        min_rate_hz: ranges.iter().map(|range| range.min_sample_rate()).min()?,
        max_rate_hz: ranges.iter().map(|range| range.max_sample_rate()).max()?,
    })
}

fn name(device: &cpal::Device) -> String {
    device.description().map_or_else(|_| "input".to_owned(), |said| said.name().to_owned())
}

fn find(wanted: Option<&str>) -> Result<cpal::Device, CaptureError> {
    let host = cpal::default_host();
    let Some(wanted) = wanted else {
        return host.default_input_device().ok_or(CaptureError::NoInput);
    };
    let devices: Vec<cpal::Device> =
        host.devices().map_err(|source| CaptureError::List { source })?.collect();
    let has_id = |device: &&cpal::Device| device.id().is_ok_and(|id| id.id() == wanted);
    let folded = wanted.to_lowercase();
    let is_named = |device: &&cpal::Device| name(device).to_lowercase() == folded;
    let contains = |device: &&cpal::Device| name(device).to_lowercase().contains(&folded);
    let all = || devices.iter().filter(|device| device.supports_input());
    let found = devices.iter().find(has_id);
    let found = found.or_else(|| all().find(is_named)).or_else(|| all().find(contains));
    found.cloned().ok_or_else(|| CaptureError::NoSuchInput { name: wanted.to_owned() })
}

/// Opens the input that `wish` names and lets its sound run into a ring.
///
/// # Errors
/// When there is no such device, or it does not offer or give what is wished for.
pub fn open(wish: &Wish) -> Result<(Input, Tap), CaptureError> {
    quiet();
    let device = find(wish.device.as_deref())?;
    let name = name(&device);
    let failed = |source| CaptureError::Open { name: name.clone(), source };
    let ranges: Vec<_> = device.supported_input_configs().map_err(failed)?.filter(is_pcm).collect();
    let usual = device.default_input_config().map_err(failed)?;
    let rate_hz = wish.rate_hz.unwrap_or(usual.sample_rate());
    let least = wish.channels.iter().copied().max().unwrap_or(1);
    let most = if wish.channels.is_empty() { usual.channels().min(CHANNELS) } else { least };
    let fitting = ranges.iter().filter(|range| {
        range.contains_rate(rate_hz) && range.channels() >= least && rank(range).is_some()
    });
    let best = fitting.min_by_key(|range| (range.channels().abs_diff(most), rank(range)));
    let Some(range) = best else {
        let why = if ranges.iter().any(|range| range.contains_rate(rate_hz)) {
            format!("it has no channel {least}")
        } else {
            format!("it does not offer {rate_hz} Hz")
        };
        return Err(CaptureError::Unfit { name, why });
    };
    let kept: Vec<usize> = match wish.channels.is_empty() {
        true => (0..usize::from(range.channels().min(CHANNELS))).collect(),
        false => wish.channels.iter().map(|channel| usize::from(*channel) - 1).collect(),
    };
    let layout = Layout {
        rate_hz,
        channels: kept.len() as u16,
        bits: bits(range.sample_format()).unwrap_or(16),
    };
    let steady = match *range.buffer_size() {
        SupportedBufferSize::Range { min, max } if cfg!(target_os = "linux") => {
            BufferSize::Fixed((rate_hz / DELIVERIES).clamp(min, max))
        }
        _ => BufferSize::Default,
    };
    let config =
        StreamConfig { channels: range.channels(), sample_rate: rate_hz, buffer_size: steady };
    let make = |config| {
        let (feed, tap) = ring(layout, usize::from(range.channels()), &kept);
        let fault = Arc::new(Fault::default());
        let stream = build(&device, range.sample_format(), config, feed, Arc::clone(&fault))?;
        stream.play()?;
        Ok((Input { name: name.clone(), _stream: stream, fault }, tap))
    };
    make(config)
        .or_else(|error: cpal::Error| match error.kind() {
            // Some devices do not take the delivery length that they say they take.
            ErrorKind::UnsupportedConfig | ErrorKind::InvalidInput | ErrorKind::BackendError => {
                make(StreamConfig { buffer_size: BufferSize::Default, ..config })
            }
            _ => Err(error),
        })
        .map_err(failed)
}

fn is_pcm(range: &SupportedStreamConfigRange) -> bool {
    rank(range).is_some()
}

/// Returns how welcome a sample format is, the best first: 16 bits are plenty for speech and
/// take the least room; what has more is kept at 24.
fn rank(range: &SupportedStreamConfigRange) -> Option<u8> {
    Some(match range.sample_format() {
        SampleFormat::I16 => 0,
        SampleFormat::I24 => 1,
        SampleFormat::I32 => 2,
        SampleFormat::F32 => 3,
        SampleFormat::U16 => 4,
        SampleFormat::U8 => 5,
        _ => return None,
    })
}

fn bits(format: SampleFormat) -> Option<u16> {
    match format {
        SampleFormat::I16 | SampleFormat::U16 | SampleFormat::U8 => Some(16),
        SampleFormat::I24 | SampleFormat::I32 | SampleFormat::F32 => Some(24),
        _ => None,
    }
}

fn build(
    device: &cpal::Device,
    format: SampleFormat,
    config: StreamConfig,
    feed: Feed,
    fault: Arc<Fault>,
) -> Result<cpal::Stream, cpal::Error> {
    match format {
        SampleFormat::I16 => stream(device, config, feed, fault, |s: i16| i32::from(s)),
        SampleFormat::U16 => stream(device, config, feed, fault, |s: u16| i32::from(s) - 0x8000),
        SampleFormat::U8 => stream(device, config, feed, fault, |s: u8| (i32::from(s) - 0x80) << 8),
        SampleFormat::I24 => stream(device, config, feed, fault, |s: I24| s.inner()),
        SampleFormat::I32 => stream(device, config, feed, fault, |s: i32| s >> 8),
        SampleFormat::F32 => stream(device, config, feed, fault, to_24_bits),
        _ => Err(ErrorKind::UnsupportedConfig.into()),
    }
}

/// Brings a float to 24 bits, which is what converters give: nothing is lost that they heard.
fn to_24_bits(sample: f32) -> i32 {
    const TOP: f32 = 8_388_608.0;
    (sample * TOP).round().clamp(-TOP, TOP - 1.0) as i32
}

fn stream<T: SizedSample>(
    device: &cpal::Device,
    config: StreamConfig,
    mut feed: Feed,
    fault: Arc<Fault>,
    convert: impl Fn(T) -> i32 + Copy + Send + 'static,
) -> Result<cpal::Stream, cpal::Error> {
    let hear = move |data: &[T], _: &cpal::InputCallbackInfo| {
        feed.push(data, Moment::now(), convert);
    };
    let fail = move |error: cpal::Error| match error.kind() {
        ErrorKind::Xrun => {
            fault.overruns.fetch_add(1, Ordering::Relaxed);
        }
        // The sound goes on.
        ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied => {}
        _ => {
            fault.said.get_or_init(|| error.to_string());
        }
    };
    device.build_input_stream(config, hear, fail, Some(PATIENCE))
}

/// Keeps ALSA's own messages off the terminal; what failed is told by us.
#[cfg(target_os = "linux")]
fn quiet() {
    // Were it to fail, there would be more to read, and nothing else would be different.
    let _ = alsa::Output::local_error_handler();
}

#[cfg(not(target_os = "linux"))]
fn quiet() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_brought_to_24_bits_without_wrapping() {
        let samples = [0.0, 1.0, -1.0, 2.0, 0.5, 1.0 / 8_388_608.0, f32::NAN];
        let wanted = [0, 8_388_607, -8_388_608, 8_388_607, 4_194_304, 1, 0];
        assert_eq!(samples.map(to_24_bits), wanted);
    }
}
