//! Samples: decoding, resampling, speech detection. Knows no words.

pub mod container;
pub mod decode;
pub mod error;
pub mod ffmpeg;
pub mod loudness;
pub mod pcm;
pub mod resample;
pub mod vad;
pub mod wav;
