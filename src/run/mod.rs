//! A run is a value: everything that decides what it makes is resolved once ([`resolve`]), frozen
//! in `.referat/run.json` ([`frozen`]) and carried out in one place ([`mod@line`]), the same for the
//! terminal, the editor's jobs and batches. Knows neither terminal nor HTTP.

pub mod batch;
pub mod begun;
pub mod decoder;
pub mod draft;
pub mod error;
pub mod frozen;
pub mod given;
pub mod line;
pub mod listen;
pub mod model;
pub mod names;
pub mod own_words;
pub mod profile;
pub mod program;
pub mod progress;
pub mod prose;
mod ready;
pub mod resolve;
pub mod server;
pub mod settings;
pub mod stage;
pub mod stop;
pub mod task;
pub mod transcribe;
pub mod voices;
pub mod words;
