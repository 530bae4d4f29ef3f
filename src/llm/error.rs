//! What can go wrong between us and a language model's server.

use std::time::Duration;

/// A server that is not asked, or does not answer.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are what the message says")]
pub enum LlmError {
    /// The address is none.
    #[error("cannot use the language model at `{url}`: {why}")]
    BadUrl { url: String, why: &'static str },
    /// The address is another machine's.
    #[error(
        "will not send the meeting to `{url}`: that is not this machine, and what was said would leave it"
    )]
    NotLoopback { url: String },
    /// No connection, or one that broke off.
    #[error("cannot ask the language model at `{url}`: {why}")]
    Unreachable { url: String, why: String },
    /// No whole answer in time.
    #[error("the language model at `{url}` did not answer within {} s", silence.as_secs_f32())]
    Silent { url: String, silence: Duration },
    /// The server answered with another status than 200.
    #[error("the language model at `{url}` refused the question: status {status}")]
    Refused { url: String, status: u16 },
    /// The server lists no model.
    #[error("cannot choose a language model at `{url}`: the server lists none")]
    NoModel { url: String },
    /// What came is no answer of the protocol.
    #[error("the language model at `{url}` gave no answer that can be read: {why}")]
    NotAnAnswer { url: String, why: String },
}

impl LlmError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> String {
        match self {
            Self::BadUrl { .. } => "an address looks like http://127.0.0.1:8080/v1".to_owned(),
            Self::NotLoopback { .. } => {
                "run the model on this machine, or say `--llm-anywhere` if the meeting may leave it"
                    .to_owned()
            }
            Self::Unreachable { .. } => {
                "start the server and look at its port; without `--llm` no model is asked"
                    .to_owned()
            }
            Self::Silent { .. } => {
                "give it more time with `--llm-timeout SECONDS`, or take a smaller model".to_owned()
            }
            Self::Refused { status: 404, .. } | Self::NoModel { .. } => {
                "name a model that the server has with `--llm-model NAME`".to_owned()
            }
            Self::Refused { .. } | Self::NotAnAnswer { .. } => {
                "the server must speak the OpenAI-compatible chat protocol, as llama.cpp's does"
                    .to_owned()
            }
        }
    }

    /// Returns whether asking again would meet the same fate: nobody is there, or nobody answers.
    pub const fn is_lasting(&self) -> bool {
        !matches!(self, Self::NotAnAnswer { .. })
    }
}
