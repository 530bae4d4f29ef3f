//! A failure as the user meets it: what failed, on what, why, and a tip.

use std::process::ExitCode;

use crate::error::PipelineError;
use crate::llm::LlmError;

/// What a command ends with when it does not succeed.
#[derive(Debug)]
pub(super) struct CliError {
    message: String,
    tip: Option<String>,
    code: u8,
}

impl CliError {
    /// Returns a failure of the work (exit 1).
    pub(super) fn failed(message: impl Into<String>, tip: impl Into<String>) -> Self {
        Self { message: message.into(), tip: Some(tip.into()), code: 1 }
    }

    /// Returns a wrong use of the command (exit 2).
    pub(super) fn usage(message: impl Into<String>, tip: impl Into<String>) -> Self {
        Self { message: message.into(), tip: Some(tip.into()), code: 2 }
    }

    /// Prints the failure to stderr, on one line, and its tip on the next.
    pub(super) fn print(&self) {
        eprintln!("error: {}", self.message.replace('\n', " "));
        if let Some(tip) = &self.tip {
            eprintln!("tip: {tip}");
        }
    }

    /// Returns what the user can do about it.
    pub(super) fn tip(&self) -> Option<&str> {
        self.tip.as_deref()
    }

    /// Returns the exit code.
    pub(super) fn code(&self) -> ExitCode {
        ExitCode::from(self.code)
    }
}

impl std::fmt::Display for CliError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl<E: Into<PipelineError>> From<E> for CliError {
    fn from(error: E) -> Self {
        let error = error.into();
        // An address that must not be asked was typed.
        let typed = matches!(
            error,
            PipelineError::Llm(LlmError::BadUrl { .. } | LlmError::NotLoopback { .. })
        );
        let code = if typed { 2 } else { 1 };
        Self { message: error.to_string(), tip: error.tip(), code }
    }
}
