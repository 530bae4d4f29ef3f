//! Samples: decoding, resampling, speech detection. Knows no words.

pub mod capture;
pub mod decode;
pub mod error;
pub mod loudness;
pub mod note;
pub mod pcm;
pub mod silence;
pub mod vad;

mod codec;
mod container;
mod ffmpeg;
mod mix;
mod mp4;
mod resample;
mod source;
mod wav;
