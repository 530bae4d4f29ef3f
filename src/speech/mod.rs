//! Samples in, words out: windows, the recognizer, guards. Knows nothing of agendas or files
//! other than the weights it is given.

pub mod decode_options;
pub mod decoded;
pub mod engine;
pub mod error;
pub mod guard;
pub mod misheard;
mod name_bias;
mod name_forms;
mod name_tokens;
pub mod order;
mod passed_over;
pub mod prompt;
pub mod recognizer;
pub mod remote;
pub mod scripted;
pub mod sentences;
pub mod serve;
pub mod tokens;
pub mod vad;
pub mod whisper;
pub mod windows;
pub mod wire;
