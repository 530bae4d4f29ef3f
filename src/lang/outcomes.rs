//! What a meeting decides: decisions, votes, tasks and deadlines as data.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::{Captures, Regex, RegexBuilder};
use serde::Deserialize;

use crate::lang::headings::capitalised;
use crate::model::language::Language;

/// The phrases of one language that tell what came out of a meeting.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcomes {
    /// Phrases beside which nothing is decided.
    pub not_decided: Pattern,
    /// Phrases that decide, the particular before the general.
    pub decision: Vec<DecisionFrame>,
    /// Phrases that look like a task and conduct the meeting.
    pub not_task: Pattern,
    /// Words of a vote's outcome as minutes write them.
    pub fallen: HashMap<String, String>,
    /// Verbs of `så … vi` that only lead the meeting on.
    pub conduct_verbs: Vec<String>,
    /// A question whose assent approves.
    pub approval_question: Pattern,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the data's own test"))]
    approval_examples: Vec<String>,
    /// A sentence that is nothing but assent.
    pub assent: Pattern,
    /// Pronouns that stand for the item's own thing.
    pub pronouns: Vec<String>,
    /// What an agenda is called inside a sentence, and as the subject of one.
    pub agenda_word: String,
    /// The agenda as the subject of a sentence.
    pub agenda_named: String,
    /// How somebody is said to have voted.
    pub voted: Pattern,
    /// A number of votes in favour.
    pub votes_for: Pattern,
    /// A number of votes against.
    pub votes_against: Pattern,
    /// A number of those who did not vote.
    pub votes_abstained: Pattern,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the data's own test"))]
    vote_examples: Vec<VoteExample>,
    /// The question who is in favour.
    pub ask_for: Pattern,
    /// The question who is against.
    pub ask_against: Pattern,
    /// A number told in answer to either question.
    pub count: Pattern,
    /// Phrases that give somebody a task.
    pub action: Vec<ActionFrame>,
    /// Verbs that make a task only beside a deadline.
    pub weak_verbs: Vec<String>,
    /// Phrases that tell by when.
    pub deadlines: Vec<Pattern>,
    /// Days from the meeting's own.
    pub relative_days: HashMap<String, i64>,
    /// Small numbers as words.
    pub small_numbers: HashMap<String, i64>,
    /// Units of time in days.
    pub units: HashMap<String, i64>,
    bodies: Vec<(String, String)>,
    meeting_words: Vec<String>,
    strip_title: Pattern,
    bare_titles: Pattern,
}

/// A count of votes as it is said, and what it counts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "read by the data's own test"))]
struct VoteExample {
    said: String,
    votes: [String; 3],
}

/// A phrase that decides.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionFrame {
    /// The phrase.
    pub pattern: Pattern,
    /// The statement with the pattern's groups in braces.
    pub text: String,
    /// Whether it decides only in the chair's mouth.
    #[serde(default)]
    pub chair: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the data's own test"))]
    #[serde(default)]
    yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the data's own test"))]
    #[serde(default)]
    no: Vec<String>,
}

/// A phrase that gives somebody a task.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionFrame {
    /// Who is to do it.
    pub who: Doer,
    /// The phrase, with groups `who`, `verb` and `rest`.
    pub pattern: Pattern,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the data's own test"))]
    #[serde(default)]
    yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the data's own test"))]
    #[serde(default)]
    no: Vec<String>,
}

/// Who a task falls to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Doer {
    /// Whoever is named in the phrase.
    Named,
    /// Whoever says it.
    Speaker,
}

/// A regular expression read without regard to case.
#[derive(Debug)]
pub struct Pattern(Regex);

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let regex = RegexBuilder::new(&text).case_insensitive(true).build();
        regex.map(Self).map_err(serde::de::Error::custom)
    }
}

impl Pattern {
    /// Returns whether the pattern occurs in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// Returns the groups of the first occurrence.
    pub fn find<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.0.captures(text)
    }

    /// Returns what the group `name`, or a numbered one of its alternatives, caught.
    pub fn group<'t>(&self, found: &Captures<'t>, name: &str) -> Option<&'t str> {
        self.0
            .capture_names()
            .flatten()
            .filter(|known| known.trim_end_matches(|digit: char| digit.is_ascii_digit()) == name)
            .find_map(|known| found.name(known))
            .map(|group| group.as_str())
    }
}

impl Outcomes {
    /// Returns the phrases of `language`.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Da => &DA,
            Language::En => &EN,
        }
    }

    /// Returns what the meeting's title calls the body that meets, as a sentence begins:
    /// `Kredsrådet`; `None` when the title names no known kind of body.
    pub fn body(&self, title: &str) -> Option<String> {
        title.split(|letter: char| !letter.is_alphanumeric()).find_map(|word| {
            let lower = word.to_lowercase();
            let stem = self
                .meeting_words
                .iter()
                .find_map(|ending| lower.strip_suffix(ending.as_str()))
                .unwrap_or(&lower);
            let (ending, definite) = self.bodies.iter().find(|(ending, definite)| {
                stem.ends_with(ending.as_str()) || stem.ends_with(definite.as_str())
            })?;
            let definite_already = stem.ends_with(definite.as_str());
            let before = stem.strip_suffix(if definite_already {
                definite.as_str()
            } else {
                ending.as_str()
            })?;
            // English bodies are words of their own: nothing may stand before them.
            (before.is_empty() || !definite.contains(' '))
                .then(|| capitalised(&format!("{before}{definite}")))
        })
    }

    /// Returns an item's title as a topic inside a sentence, or `None` when it names none.
    pub fn topic(&self, title: &str) -> Option<String> {
        let title = title.trim().trim_end_matches('.');
        if self.bare_titles.is_in(title) {
            return None;
        }
        let stripped = self.strip_title.0.replace(title, "").into_owned();
        let mut words = stripped.split(' ');
        let first = words.next()?;
        // A second capital makes a name of it: `Hedelund Station`.
        let name =
            words.next().is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase))
                || first.chars().nth(1).is_some_and(char::is_uppercase);
        if name {
            return Some(stripped);
        }
        let mut letters = stripped.chars();
        Some(letters.next()?.to_lowercase().chain(letters).collect())
    }
}

#[expect(clippy::expect_used, reason = "the data is compiled in, and a test reads it")]
fn parse(text: &str) -> Outcomes {
    toml::from_str(text).expect("outcomes.toml is compiled in and valid")
}

static DA: LazyLock<Outcomes> = LazyLock::new(|| parse(include_str!("da/outcomes.toml")));
static EN: LazyLock<Outcomes> = LazyLock::new(|| parse(include_str!("en/outcomes.toml")));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_knows_its_examples() {
        for language in Language::ALL {
            let data = Outcomes::of(language);
            let decisions =
                data.decision.iter().map(|frame| (&frame.pattern, &frame.yes, &frame.no));
            let actions = data.action.iter().map(|frame| (&frame.pattern, &frame.yes, &frame.no));
            for (pattern, yes, no) in decisions.chain(actions) {
                assert!(!yes.is_empty(), "no example of {pattern:?}");
                for yes in yes {
                    assert!(pattern.is_in(yes), "`{yes}` should fit {pattern:?}");
                }
                for no in no {
                    let stopped = data.not_decided.is_in(no);
                    assert!(stopped || !pattern.is_in(no), "`{no}` should not fit {pattern:?}");
                }
            }
            for VoteExample { said, votes } in &data.vote_examples {
                let patterns = [&data.votes_for, &data.votes_against, &data.votes_abstained];
                for (pattern, counted) in patterns.into_iter().zip(votes) {
                    let found = pattern.find(said);
                    let n = found.as_ref().and_then(|found| pattern.group(found, "n"));
                    assert_eq!(n.unwrap_or(""), counted, "{said}");
                }
            }
            for question in &data.approval_examples {
                assert!(data.approval_question.is_in(question), "`{question}`");
            }
        }
    }

    #[test]
    fn the_body_is_told_from_the_meetings_title() {
        let danish = Outcomes::of(Language::Da);
        assert_eq!(danish.body("Kredsrådsmødet i Nordby").as_deref(), Some("Kredsrådet"));
        assert_eq!(danish.body("Skolebestyrelsesmøde").as_deref(), Some("Skolebestyrelsen"));
        assert_eq!(danish.body("Ældrerådet i Nordby").as_deref(), Some("Ældrerådet"));
        assert_eq!(danish.body("Samtale"), None);
        let english = Outcomes::of(Language::En);
        assert_eq!(english.body("Nordby Parish Council Meeting").as_deref(), Some("The council"));
    }

    #[test]
    fn a_title_becomes_a_topic() {
        let danish = Outcomes::of(Language::Da);
        assert_eq!(danish.topic("Orientering om nyt tag").as_deref(), Some("nyt tag"));
        assert_eq!(danish.topic("Nordby Station").as_deref(), Some("Nordby Station"));
        assert_eq!(danish.topic("Eventuelt"), None);
    }
}
