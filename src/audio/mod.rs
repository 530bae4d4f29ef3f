//! Samples: decoding, resampling, speech detection. Knows no words.

pub mod decode;
pub mod error;
pub mod loudness;
pub mod note;
pub mod pcm;
pub mod silence;

mod codec;
pub(crate) mod container;
mod ffmpeg;
mod mix;
mod mp4;
mod resample;
pub(crate) mod source;
mod wav;
