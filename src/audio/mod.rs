//! Samples: decoding, mixing, resampling, speech detection. Knows no words.
//!
//! [`AudioReader`] turns any recording into a stream of 16 kHz mono samples ([`pcm`]);
//! [`SpeechDetector`] turns that stream into the stretches where somebody speaks. Both keep only
//! a piece in memory, so a recording of ten hours costs no more of it than one of a minute.

pub mod pcm;

mod codec;
mod container;
mod decode;
mod energy;
mod error;
mod ffmpeg;
mod mix;
mod mp4;
mod note;
mod resample;
mod source;
mod spans;
mod vad;
mod wav;

pub use decode::{AudioReader, decode_all};
pub use error::AudioError;
pub use note::AudioNote;
pub use vad::{SpeechDetector, VadError, VadOptions};
