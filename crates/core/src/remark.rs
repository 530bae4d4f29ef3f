//! What a pure stage wants to tell about its input without failing.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Something a person should know about a value that was produced all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Remark {
    /// Line of the input, counted from 1; absent when the remark concerns the whole.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<usize>,
    /// What was found, in English, without a final period.
    pub text: String,
    /// The same for a reader of another language, by the languages' codes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    #[cfg_attr(test, ts(as = "Option<BTreeMap<String, String>>", optional))]
    pub texts: BTreeMap<String, String>,
    /// What stands on the line.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub source: Option<String>,
    /// What was read of it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub about: Option<About>,
}

/// The field of a meeting that a remark asks to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// The day.
    Date,
    /// The hours.
    Time,
    /// Those who take part.
    People,
    /// Who leads.
    Chair,
    /// Who takes the minutes.
    Referent,
    /// The items, all of them.
    Agenda,
    /// The item of this number.
    Item(String),
}

impl Remark {
    /// Returns a remark on one line of the input, counted from 1.
    pub fn at(line: usize, text: impl Into<String>) -> Self {
        Self { line: Some(line), ..Self::on_whole(text) }
    }

    /// Returns a remark on the input as a whole.
    pub fn on_whole(text: impl Into<String>) -> Self {
        Self { line: None, text: text.into(), texts: BTreeMap::new(), source: None, about: None }
    }

    /// Returns a remark on what keeps `text` from being read as TOML, at its line where that is
    /// known.
    pub fn on_toml(text: &str, error: &toml::de::Error) -> Self {
        let reason = error.message().lines().next().unwrap_or_default();
        let Some(span) = error.span() else { return Self::on_whole(reason) };
        let before = &text.as_bytes()[..span.start.min(text.len())];
        Self::at(1 + before.iter().filter(|byte| **byte == b'\n').count(), reason)
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.text),
            None => f.write_str(&self.text),
        }
    }
}
