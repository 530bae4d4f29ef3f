//! The words whisper is told beforehand: participants' names and the agenda's own terms.

use serde::{Deserialize, Serialize};

/// A flat word list, frozen when a recording is first decoded; the most important words last,
/// because whisper.cpp keeps the end of a prompt that is too long.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Prompt(String);

/// The most tokens of a prompt that reach the decoder: whisper.cpp keeps half its text
/// context less one.
pub const MAX_PROMPT_TOKENS: usize = 223;

impl Prompt {
    /// Returns the prompt of `terms` followed by `names`, each word once.
    pub fn new(
        terms: impl IntoIterator<Item = String>,
        names: impl IntoIterator<Item = String>,
    ) -> Self {
        let mut words: Vec<String> = Vec::new();
        for word in terms.into_iter().chain(names) {
            let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
            if !word.is_empty() && !words.contains(&word) {
                words.push(word);
            }
        }
        Self(if words.is_empty() { String::new() } else { format!("{}.", words.join(", ")) })
    }

    /// Returns the prompt that was written down as `text` earlier.
    pub fn frozen(text: String) -> Self {
        Self(text)
    }

    /// Returns the prompt as text; empty when there are no words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_last_and_every_word_once() {
        let terms = ["budget".to_owned(), "Ida".to_owned()];
        let prompt = Prompt::new(terms, ["Ida".to_owned(), "Bo  Friis".to_owned()]);
        assert_eq!(prompt.as_str(), "budget, Ida, Bo Friis.");
        assert_eq!(Prompt::new([], []).as_str(), "");
    }
}
