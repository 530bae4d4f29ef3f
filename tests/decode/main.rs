//! What needs weights and decodes speech: one test at a time, whisper.cpp keeps every core busy.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says on the terminal what it measured"
)]

#[path = "../support/mod.rs"]
mod support;

mod bad_audio;
mod batch;
mod decode_options;
mod editor;
mod formats;
mod long;
mod quantised;
mod record;
mod resume;
mod samples;
mod silence;
mod turbo;
