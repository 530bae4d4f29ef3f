//! A language model behind a server of this machine, asked over the OpenAI-compatible chat
//! protocol.
//!
//! In: a prompt. Out: the text of the answer, which nobody has checked yet (`draft::prose` does).
//! What was said at a meeting leaves the machine only where the caller says so in as many words:
//! other addresses than loopback are refused, proxies of the environment are not used, and the
//! server cannot send us on to another one.

mod address;
mod error;

use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use address::Reach;
pub use error::LlmError;

/// A server that cannot be reached is told within this time.
const CONNECT: Duration = Duration::from_secs(4);

/// An answer is never longer than this.
const LONGEST_ANSWER: u64 = 1 << 20;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct LlmQuestion<'a> {
    /// How to answer.
    pub system: &'a str,
    /// What about.
    pub user: &'a str,
    /// JSON schema of the answer, for servers that can be held to one.
    pub schema: &'a serde_json::Value,
}

/// A server that has been accepted, and the model it is asked for.
#[derive(Debug)]
pub struct Server {
    agent: ureq::Agent,
    url: String,
    model: String,
    silence: Duration,
}

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    messages: [Message<'a>; 2],
    /// The likeliest word every time: the same question has the same answer.
    temperature: f32,
    seed: u32,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<serde_json::Value>,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'a str,
    content: &'a str,
}

#[derive(Deserialize)]
struct Answer {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Content,
}

#[derive(Deserialize)]
struct Content {
    content: String,
}

impl Server {
    /// Returns the server at `url`, which is given up after `silence` without a whole answer.
    /// Without a `model` the first one that the server lists is asked.
    pub fn new(
        url: &str,
        model: Option<&str>,
        reach: Reach,
        silence: Duration,
    ) -> Result<Self, LlmError> {
        let url = address::checked(url, reach)?;
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_connect(Some(CONNECT.min(silence)))
            .timeout_resolve(Some(CONNECT.min(silence)))
            .timeout_global(Some(silence))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(concat!("referat/", env!("CARGO_PKG_VERSION")))
            .build()
            .into();
        let mut server = Self { agent, url, model: String::new(), silence };
        server.model = match model {
            Some(model) => model.to_owned(),
            None => server.first_model()?,
        };
        Ok(server)
    }

    /// Returns the name of the model that is asked.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Returns what the model answers, unchecked.
    pub fn ask(&self, question: &LlmQuestion<'_>) -> Result<String, LlmError> {
        let schema = serde_json::json!({
            "type": "json_schema",
            "json_schema": { "name": "prose", "strict": true, "schema": question.schema },
        });
        match self.post(question, Some(schema)) {
            // A server that knows no schemas says so; the question itself asks for JSON too.
            Err(LlmError::Refused { status: 400 | 422, .. }) => self.post(question, None),
            answer => answer,
        }
    }

    fn post(
        &self,
        question: &LlmQuestion<'_>,
        response_format: Option<serde_json::Value>,
    ) -> Result<String, LlmError> {
        let request = Request {
            model: &self.model,
            messages: [
                Message { role: "system", content: question.system },
                Message { role: "user", content: question.user },
            ],
            temperature: 0.0,
            seed: 1,
            stream: false,
            response_format,
        };
        let body = serde_json::to_vec(&request).map_err(|error| self.no_answer(&error))?;
        let url = format!("{}/chat/completions", self.url);
        let request = self.agent.post(&url).header("Content-Type", "application/json");
        let answer = self.read(request.send(&body))?;
        let answer: Answer =
            serde_json::from_slice(&answer).map_err(|error| self.no_answer(&error))?;
        let first = answer.choices.into_iter().next();
        first
            .map(|choice| choice.message.content)
            .ok_or_else(|| self.no_answer(&"it holds no choice"))
    }

    fn first_model(&self) -> Result<String, LlmError> {
        let answer = self.read(self.agent.get(format!("{}/models", self.url)).call())?;
        let answer: serde_json::Value =
            serde_json::from_slice(&answer).map_err(|error| self.no_answer(&error))?;
        let first = answer.pointer("/data/0/id").and_then(serde_json::Value::as_str);
        first.map(str::to_owned).ok_or_else(|| LlmError::NoModel { url: self.url.clone() })
    }

    fn read(
        &self,
        response: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Result<Vec<u8>, LlmError> {
        let mut response = response.map_err(|error| self.failed(&error))?;
        let status = response.status().as_u16();
        if status != 200 {
            return Err(LlmError::Refused { url: self.url.clone(), status });
        }
        let body = response.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec();
        body.map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &ureq::Error) -> LlmError {
        let url = self.url.clone();
        if let ureq::Error::Timeout(_) = error {
            return LlmError::Silent { url, silence: self.silence };
        }
        LlmError::Unreachable { url, why: error.to_string() }
    }

    fn no_answer(&self, why: &dyn std::fmt::Display) -> LlmError {
        LlmError::NotAnAnswer { url: self.url.clone(), why: why.to_string() }
    }
}
