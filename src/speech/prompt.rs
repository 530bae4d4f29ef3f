//! What is likely to be said: participants' names and the agenda's own terms.

use serde::{Deserialize, Serialize};

/// What is expected, frozen when a recording is first decoded: a flat word list for models that
/// are told it beforehand, and the names that are helped while decoding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// The most important words last, because whisper.cpp keeps the end of a prompt that is too
    /// long.
    words: String,
    names: Vec<String>,
}

/// The most tokens of a prompt that reach the decoder: whisper.cpp keeps half its text
/// context less one.
pub const MAX_PROMPT_TOKENS: usize = 223;

impl Prompt {
    /// Returns the prompt of `terms` followed by `names`, each word once.
    pub fn new(
        terms: impl IntoIterator<Item = String>,
        names: impl IntoIterator<Item = String>,
    ) -> Self {
        let names = once_each(names);
        let words = once_each(terms.into_iter().chain(names.iter().cloned()));
        let words = if words.is_empty() { String::new() } else { format!("{}.", words.join(", ")) };
        Self { words, names }
    }

    /// Returns what is left for a model that is told nothing beforehand.
    pub fn untold(self) -> Self {
        Self { words: String::new(), ..self }
    }

    /// Returns the word list as text; empty when there are no words.
    pub fn as_str(&self) -> &str {
        &self.words
    }

    /// Returns the participants' names.
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

/// Returns the words with single spaces within, each once and none empty.
fn once_each(words: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut each: Vec<String> = Vec::new();
    for word in words {
        let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
        if !word.is_empty() && !each.contains(&word) {
            each.push(word);
        }
    }
    each
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_last_and_every_word_once() {
        let terms = ["budget".to_owned(), "Ida".to_owned()];
        let prompt = Prompt::new(terms, ["Ida".to_owned(), "Bo  Friis".to_owned()]);
        assert_eq!(prompt.as_str(), "budget, Ida, Bo Friis.");
        assert_eq!(prompt.names(), ["Ida", "Bo Friis"]);
        assert_eq!(Prompt::new([], []).as_str(), "");
    }
}
