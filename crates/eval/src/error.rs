//! A score that cannot be computed: what failed, on what, why, and a tip.

use referat::error::PipelineError;

/// What a command ends with when it does not succeed.
#[derive(Debug)]
pub(crate) struct EvalError {
    message: String,
    tip: Option<String>,
}

impl EvalError {
    /// Returns a failure of the scoring itself.
    pub(crate) fn failed(message: impl Into<String>, tip: impl Into<String>) -> Self {
        Self { message: message.into(), tip: Some(tip.into()) }
    }

    /// Returns what can be done about it.
    pub(crate) fn tip(&self) -> Option<&str> {
        self.tip.as_deref()
    }
}

impl std::fmt::Display for EvalError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl<E: Into<PipelineError>> From<E> for EvalError {
    fn from(error: E) -> Self {
        let error = error.into();
        Self { message: error.to_string(), tip: error.tip() }
    }
}
