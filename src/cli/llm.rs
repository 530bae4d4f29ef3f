//! Options of the commands that may have a language model word the draft.

use crate::run::settings::ServerChoice;

/// Whether and how a language model words the draft. Off unless asked for.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Language model")]
pub(super) struct LlmArgs {
    /// Have the language model behind this server word the statements, under check: an
    /// OpenAI-compatible server on this machine, as in http://127.0.0.1:8080/v1
    #[arg(long, value_name = "URL")]
    llm: Option<String>,
    /// Model to ask for [default: the first that the server lists]
    #[arg(long, value_name = "NAME", requires = "llm")]
    llm_model: Option<String>,
    /// Seconds to wait for the answer about one item
    #[arg(long, value_name = "SECONDS", requires = "llm", default_value_t = 300.0, value_parser = seconds)]
    llm_timeout: f64,
    /// Allow a server on another machine: what was said at the meeting is sent to it
    #[arg(long, requires = "llm")]
    llm_anywhere: bool,
}

impl LlmArgs {
    /// Returns the server that is asked for.
    pub(super) fn choice(&self) -> Option<ServerChoice> {
        let timeout_ms = (self.llm_timeout * 1000.0) as u64;
        self.llm.as_ref().map(|url| ServerChoice {
            url: url.clone(),
            model: self.llm_model.clone(),
            timeout_ms,
            anywhere: self.llm_anywhere,
        })
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| "it is not a number of seconds".to_owned())?;
    // A day is more than any model takes.
    (seconds > 0.0 && seconds <= 86_400.0)
        .then_some(seconds)
        .ok_or_else(|| "it must be more than 0 and at most 86400".to_owned())
}
