//! Other programs, run to their end.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::EvalError;

/// Runs a program; what it prints goes where ours goes.
pub(super) fn run(command: &mut Command) -> Result<(), EvalError> {
    let status =
        command.stdin(Stdio::null()).status().map_err(|error| unstarted(command, &error))?;
    if status.success() { Ok(()) } else { Err(failed(command, &status.to_string())) }
}

/// Runs a program and returns what it prints; its messages are told only if it fails.
pub(super) fn output(command: &mut Command) -> Result<String, EvalError> {
    let output =
        command.stdin(Stdio::null()).output().map_err(|error| unstarted(command, &error))?;
    if !output.status.success() {
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        return Err(failed(command, &output.status.to_string()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

pub(super) fn unstarted(command: &Command, error: &std::io::Error) -> EvalError {
    EvalError::failed(
        format!("cannot start {}: {error}", told(command)),
        "install it, or give the program that is measured with --program",
    )
}

pub(super) fn failed(command: &Command, status: &str) -> EvalError {
    EvalError::failed(format!("{} ended with {status}", told(command)), "see what it said above")
}

/// Returns a program's name and what it was told to do.
fn told(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words: Vec<_> = std::iter::once(name)
        .chain(command.get_args().take(2))
        .map(OsStr::to_string_lossy)
        .collect();
    format!("`{}`", words.join(" "))
}
