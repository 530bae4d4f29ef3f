//! `referat-eval`: scores against references. Tables go to stdout, everything else to stderr.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of the developers' that prints tables"
)]

mod commands;
mod error;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::{agenda, meetings, names, train, transcript, understanding, verify, voices};

/// Scores what referat makes against references.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Transcript(transcript::Args),
    Agenda(agenda::Args),
    Meetings(meetings::Args),
    Names(names::Args),
    Train(train::Args),
    Understanding(understanding::Args),
    Verify(verify::Args),
    Voices(voices::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Transcript(args) => transcript::run(&args),
        Command::Agenda(args) => agenda::run(&args),
        Command::Meetings(args) => meetings::run(&args),
        Command::Names(args) => names::run(&args),
        Command::Train(args) => train::run(&args),
        Command::Understanding(args) => understanding::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Voices(args) => voices::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            if let Some(tip) = error.tip() {
                eprintln!("tip: {tip}");
            }
            ExitCode::FAILURE
        }
    }
}
