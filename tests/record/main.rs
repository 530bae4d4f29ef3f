//! Recording: the room is played and recorded in real time.
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

mod crash;
mod disk;
mod marks;
mod signal;
mod soak;
mod web;
