//! What a sentence does: frames that tell an act and how it is reported.

use serde::Deserialize;

use super::data::{Data, Table};
use super::frames::{Frames, framed};
use super::pattern::Pattern;
use super::table_names::TableName;
use super::words::Words;
use crate::domain::referat::StatementKind;

/// The frames of one language, in order of precedence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acts {
    frame: Frames<Frame>,
}

/// A phrase that tells what a sentence does.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Frame {
    kind: StatementKind,
    /// Present where the speaker says who they are.
    role: Option<String>,
    pattern: Pattern,
    text: Option<String>,
    #[serde(default)]
    main: bool,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
}

framed!(Frame);

pub(super) static DATA: Data<Acts> = Data::new(TableName::Acts);

impl Table for Acts {
    type Raw = Self;

    fn ready(raw: Self) -> Result<Self, String> {
        Ok(raw)
    }

    fn check(&self, _: &Self, _: Words<'_>) -> Result<(), String> {
        self.frame.check(|_| false)
    }
}

/// What a frame found in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The act.
    pub kind: StatementKind,
    /// Whether the speaker says who they are.
    pub introduction: bool,
    /// The predicate with `{rest}` in it; absent when the frame only tells the act.
    pub text: Option<String>,
    /// What `{rest}` stands for, in the speaker's own words.
    pub rest: Option<String>,
    /// Whether `{rest}` was said as a main clause and stands in the text after `at`/`that`.
    pub main: bool,
}

impl Acts {
    /// Returns the frames of `language`.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
    }

    /// Returns what the first fitting frame says of a cleaned sentence.
    pub fn read(&self, sentence: &str) -> Option<Act> {
        let bare = sentence.trim_end_matches(['.', '!', '?', '…', ' ']);
        self.frame.near(bare).find_map(|frame| frame.read(bare))
    }
}

impl Frame {
    fn read(&self, bare: &str) -> Option<Act> {
        let found = self.pattern.find(bare)?;
        let rest = self.pattern.group(&found, "rest").map(str::to_owned);
        let lead = self.pattern.group(&found, "lead").unwrap_or("");
        let text = self.text.as_ref().map(|text| text.replace("{lead}", lead));
        let (kind, introduction, main) = (self.kind, self.role.is_some(), self.main);
        Some(Act { kind, introduction, text, rest, main })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_keeps_the_speakers_own_words() {
        let act = Acts::of(Words::danish()).read("Jeg foreslår, at vi skifter taget.").unwrap();
        assert_eq!(act.kind, StatementKind::Proposal);
        assert_eq!(act.rest.as_deref(), Some("vi skifter taget"));
    }
}
