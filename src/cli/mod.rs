//! The terminal: arguments, messages, exit codes. Data goes to stdout, everything else to
//! stderr; exit 0 done, 1 failed, 2 wrong usage.
#![expect(clippy::print_stderr, reason = "this is the one place that speaks to the terminal")]

mod agenda;
mod approve;
mod ctrl_c;
mod devices;
mod diarize;
mod doctor;
mod draft;
mod edit;
mod engine;
mod error;
mod export;
mod history;
mod length;
mod llm;
mod mark;
mod models;
mod models_get;
mod new;
mod output;
mod progress;
mod purge;
mod record;
mod record_screen;
mod record_view;
mod record_words;
mod report;
mod restore;
mod run;
mod run_words;
mod segment;
mod transcribe;
mod watch;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Parser, Subcommand};

use crate::run::own_words;
use crate::run::own_words::OwnWords;
use crate::run::settings::FrozenFile;
use error::CliError;
use referat_files::folders;

/// Turns a recorded meeting and its agenda into draft minutes, on this machine.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Cli {
    /// Lay the words of this file over the program's [default: `ord.toml` among your settings]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Words of your own")]
    words: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
    /// Without a command: the editor
    #[command(flatten)]
    edit: edit::Args,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::Args),
    Devices(devices::Args),
    Record(record::Args),
    Mark(mark::MarkArgs),
    Stop(mark::StopArgs),
    Edit(edit::Args),
    /// What is done without a command
    #[command(skip)]
    Open(edit::Args),
    Agenda(agenda::Args),
    Transcribe(transcribe::Args),
    Diarize(diarize::Args),
    #[command(hide = true)]
    Engine(engine::Args),
    Segment(segment::Args),
    Draft(draft::Args),
    Run(run::Args),
    Export(export::Args),
    History(history::Args),
    Restore(restore::Args),
    Approve(approve::Args),
    Purge(purge::Args),
    Doctor(doctor::Args),
    Models(models::Args),
}

impl Command {
    /// Tells whether the command reads or writes words; a recording must not fail for words.
    fn reads_words(&self) -> bool {
        !matches!(
            self,
            Self::Devices(_)
                | Self::Record(_)
                | Self::Mark(_)
                | Self::Stop(_)
                | Self::Engine(_)
                | Self::Models(_)
                | Self::Diarize(_)
                | Self::Doctor(_)
        )
    }
}

/// Runs the command line and returns the process's exit code.
pub fn main() -> ExitCode {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !referat_document::is_of_pdf(panic) {
            told(panic);
        }
    }));
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // A closed pipe is the reader's choice.
            let _ = error.print();
            if let Some(tip) = tip(&error) {
                eprintln!("tip: {tip}");
            }
            return ExitCode::from(code);
        }
    };
    let command = cli.command.unwrap_or(Command::Open(cli.edit));
    let result = match command.reads_words() {
        true => words(cli.words.as_deref()).and_then(|(named, own)| dispatch(command, named, &own)),
        false => dispatch(command, None, &OwnWords::default()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.print();
            error.code()
        }
    }
}

/// Returns the words that are asked for now, and where the user's words stand: what is wrong with
/// them is told before anything is done.
fn words(named: Option<&Path>) -> Result<(Option<FrozenFile>, OwnWords), CliError> {
    let named = named.map(own_words::read).transpose()?;
    let own = OwnWords::new(named.clone(), folders::settings());
    own.vocabulary()?;
    Ok((named, own))
}

fn dispatch(command: Command, words: Option<FrozenFile>, own: &OwnWords) -> Result<(), CliError> {
    match command {
        Command::New(args) => new::run(args, own),
        Command::Devices(args) => devices::run(args),
        Command::Record(args) => record::run(args),
        Command::Mark(args) => mark::mark(args),
        Command::Stop(args) => mark::stop(args),
        Command::Edit(args) => edit::run(args, own),
        Command::Open(args) => edit::open(args, own),
        Command::Agenda(args) => agenda::run(args, own),
        Command::Transcribe(args) => transcribe::run(args, words),
        Command::Diarize(args) => diarize::run(args),
        Command::Engine(args) => engine::run(args),
        Command::Segment(args) => segment::run(args, own),
        Command::Draft(args) => draft::run(args, words, own),
        Command::Run(args) => run::run(args, words),
        Command::Export(args) => export::run(args, own),
        Command::History(args) => history::run(args),
        Command::Restore(args) => restore::run(args),
        Command::Approve(args) => approve::run(args),
        Command::Purge(args) => purge::run(args),
        Command::Doctor(args) => doctor::run(args),
        Command::Models(args) => models::run(args),
    }
}

/// Returns what to choose, where a choice is wanted and none was made.
fn tip(error: &clap::Error) -> Option<&'static str> {
    let Some(ContextValue::Strings(wanted)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let lacks = |option: &str| wanted.iter().any(|argument| argument.contains(option));
    if error.kind() != ErrorKind::MissingRequiredArgument {
        None
    } else if lacks("--to ") {
        Some("say what kind of file, as in `--to docx`")
    } else if lacks("--decision") {
        Some("say what to mark, as in `--item 3` or `--decision`")
    } else {
        None
    }
}
