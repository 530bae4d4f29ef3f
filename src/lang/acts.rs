//! What a sentence does: frames that tell an act and how it is reported.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use crate::model::language::Language;
use crate::model::referat::StatementKind;

/// The frames of one language, in order of precedence.
#[derive(Debug)]
pub struct Acts {
    frames: Vec<Frame>,
}

/// A phrase that tells what a sentence does.
#[derive(Debug)]
pub struct Frame {
    /// The act.
    pub kind: StatementKind,
    /// Whether the speaker says who they are.
    pub introduction: bool,
    pattern: Regex,
    text: Option<String>,
    main: bool,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    frame: Vec<RawFrame>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    kind: StatementKind,
    #[serde(default)]
    role: Option<String>,
    pattern: String,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    main: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the data's own test"))]
    #[serde(default)]
    yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the data's own test"))]
    #[serde(default)]
    no: Vec<String>,
}

impl Acts {
    /// Returns the frames of `language`.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Da => &DA,
            Language::En => &EN,
        }
    }

    /// Returns what the first fitting frame says of a cleaned sentence.
    pub fn read(&self, sentence: &str) -> Option<Act> {
        let bare = sentence.trim_end_matches(['.', '!', '?', '…', ' ']);
        // One after another: three times as fast as a set of them all, whose automaton is too
        // large to keep (2026-11-25, 10,000 sentences).
        self.frames.iter().find(|frame| frame.pattern.is_match(bare))?.read(bare)
    }
}

impl Frame {
    fn read(&self, bare: &str) -> Option<Act> {
        let found = self.pattern.captures(bare)?;
        // Alternatives of one pattern catch the same thing under numbered names.
        let rest = self
            .pattern
            .capture_names()
            .flatten()
            .filter(|name| name.starts_with("rest"))
            .find_map(|name| found.name(name))
            .map(|rest| rest.as_str().to_owned());
        let lead = found.name("lead").map_or("", |lead| lead.as_str());
        let text = self.text.as_ref().map(|text| text.replace("{lead}", lead));
        let (kind, introduction, main) = (self.kind, self.introduction, self.main);
        Some(Act { kind, introduction, text, rest, main })
    }
}

fn raw(text: &str) -> Vec<RawFrame> {
    #[expect(clippy::expect_used, reason = "the data is compiled in, and a test reads it")]
    toml::from_str::<Data>(text).expect("acts.toml is compiled in and valid").frame
}

#[expect(clippy::expect_used, reason = "the data is compiled in, and a test reads it")]
fn parse(text: &str) -> Acts {
    let frames = raw(text)
        .into_iter()
        .map(|frame| Frame {
            kind: frame.kind,
            introduction: frame.role.is_some(),
            pattern: RegexBuilder::new(&frame.pattern)
                .case_insensitive(true)
                .build()
                .expect("the patterns of acts.toml are valid"),
            text: frame.text,
            main: frame.main,
        })
        .collect();
    Acts { frames }
}

static DA: LazyLock<Acts> = LazyLock::new(|| parse(include_str!("da/acts.toml")));
static EN: LazyLock<Acts> = LazyLock::new(|| parse(include_str!("en/acts.toml")));

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_examples(text: &str) {
        for frame in raw(text) {
            let pattern = RegexBuilder::new(&frame.pattern).case_insensitive(true).build().unwrap();
            assert!(!frame.yes.is_empty(), "no example of {}", frame.pattern);
            for yes in &frame.yes {
                assert!(pattern.is_match(yes), "`{yes}` should fit {}", frame.pattern);
            }
            for no in &frame.no {
                assert!(!pattern.is_match(no), "`{no}` should not fit {}", frame.pattern);
            }
        }
    }

    #[test]
    fn every_danish_frame_knows_its_examples() {
        assert_examples(include_str!("da/acts.toml"));
    }

    #[test]
    fn every_english_frame_knows_its_examples() {
        assert_examples(include_str!("en/acts.toml"));
    }

    #[test]
    fn a_frame_keeps_the_speakers_own_words() {
        let act = Acts::of(Language::Da).read("Jeg foreslår, at vi skifter taget.").unwrap();
        assert_eq!(act.kind, StatementKind::Proposal);
        assert_eq!(act.rest.as_deref(), Some("vi skifter taget"));
    }
}
