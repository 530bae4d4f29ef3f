//! The domain's types: values with serde and no I/O. They know nothing of audio
//! formats, files, or any language's words.

pub mod agenda;
pub mod corrected_voices;
pub mod guarded;
pub mod language;
pub mod mark;
pub mod meeting;
pub mod named_voice;
pub mod passage;
pub mod recording;
pub mod referat;
pub mod review;
pub mod speakers;
pub mod transcript;
pub mod voices;
