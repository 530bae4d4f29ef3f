//! What a meeting decides: decisions, votes, tasks and deadlines as data.

use std::collections::HashMap;

use serde::Deserialize;

use super::data::{Data, Table, expect};
use super::frames::{Frames, framed};
use super::headings::capitalised;
use super::pattern::Pattern;
use super::table_names::TableName;
use super::words::Words;

/// A title's part before a dash or a colon that is shorter names no topic by itself.
const SHORTEST_TOPIC: usize = 6;

/// The phrases of one language that tell what came out of a meeting.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcomes {
    /// Phrases beside which nothing is decided.
    pub not_decided: Pattern,
    /// Phrases that decide, the particular before the general.
    pub decision: Frames<DecisionFrame>,
    /// Phrases that look like a task and conduct the meeting.
    pub not_task: Pattern,
    /// Words of a vote's outcome as minutes write them.
    pub fallen: HashMap<String, String>,
    /// Verbs of `så … vi` that only lead the meeting on.
    pub conduct_verbs: Vec<String>,
    /// A question whose assent approves.
    pub approval_question: Pattern,
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
    vote_examples: Vec<VoteExample>,
    /// The question who is in favour.
    pub ask_for: Pattern,
    /// The question who is against.
    pub ask_against: Pattern,
    /// Says what is voted on; decides nothing yet.
    pub vote_called: Pattern,
    vote_called_examples: Vec<String>,
    /// What parts a decision from a clause that leads the meeting on.
    clause_ends: Vec<String>,
    /// A number told in answer to either question.
    pub count: Pattern,
    /// Phrases that give somebody a task.
    pub action: Frames<ActionFrame>,
    /// Verbs that make a task only beside a deadline.
    pub weak_verbs: Vec<String>,
    /// Phrases that tell by when.
    pub deadlines: Vec<Pattern>,
    /// Words before a day that is counted from the meeting's.
    pub by_when: Vec<String>,
    /// Days from the meeting's own.
    pub relative_days: HashMap<String, i64>,
    /// Small numbers as words.
    pub small_numbers: HashMap<String, i64>,
    /// Units of time in days.
    pub units: HashMap<String, i64>,
    bodies: Vec<(String, String)>,
    meeting_words: Vec<String>,
    office_endings: Vec<String>,
    strip_title: Pattern,
    bare_titles: Pattern,
}

/// A count of votes as it is said, and what it counts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// Whether it does nothing but decide, whoever says it (`Så er det vedtaget`).
    #[serde(default)]
    pub sure: bool,
    #[serde(default)]
    yes: Vec<String>,
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
    #[serde(default)]
    yes: Vec<String>,
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

framed!(DecisionFrame, ActionFrame);

pub(super) static DATA: Data<Outcomes> = Data::new(TableName::Outcomes);

impl Table for Outcomes {
    type Raw = Self;

    fn ready(raw: Self) -> Result<Self, String> {
        Ok(raw)
    }

    fn check(&self, _: &Self, _: Words<'_>) -> Result<(), String> {
        let stops = |text: &str| self.not_decided.is_in(text);
        self.decision.check(stops)?;
        self.action.check(stops)?;
        let votes = [&self.votes_for, &self.votes_against, &self.votes_abstained];
        let others = [
            &self.not_decided,
            &self.not_task,
            &self.approval_question,
            &self.assent,
            &self.voted,
            &self.ask_for,
            &self.ask_against,
            &self.vote_called,
            &self.count,
            &self.strip_title,
            &self.bare_titles,
        ];
        for pattern in votes.into_iter().chain(others).chain(&self.deadlines) {
            pattern.check().map_err(|reason| format!("`{}`: {reason}", pattern.as_str()))?;
        }
        for VoteExample { said, votes: counts } in &self.vote_examples {
            for (pattern, counted) in votes.into_iter().zip(counts) {
                let found = pattern.find(said);
                let n = found.as_ref().and_then(|found| pattern.group(found, "n")).unwrap_or("");
                expect(n == counted, || format!("`{said}` counts `{n}`, not `{counted}`"))?;
            }
        }
        for question in &self.approval_examples {
            let asks = self.approval_question.is_in(question);
            expect(asks, || format!("`approval_question` should fit `{question}`"))?;
        }
        for called in &self.vote_called_examples {
            let calls = self.vote_called.is_in(called);
            expect(calls, || format!("`vote_called` should fit `{called}`"))?;
        }
        Ok(())
    }
}

impl Outcomes {
    /// Returns the first clause of a sentence of several.
    pub fn first_clause<'a>(&self, text: &'a str) -> Option<&'a str> {
        let ends = self.clause_ends.iter().filter_map(|end| text.find(end.as_str()));
        ends.min().and_then(|end| text.get(..end)).filter(|clause| !clause.is_empty())
    }

    /// Returns the phrases of `language`.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
    }

    /// Returns whether a word may be an office in its definite form: `formanden`.
    pub fn names_office(&self, word: &str) -> bool {
        self.office_endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }

    /// Returns what the meeting's title calls the body that meets, as a sentence begins:
    /// `Kredsrådet`; `None` when the title names no known kind of body.
    pub fn body(&self, title: &str) -> Option<String> {
        let words: Vec<&str> = title.split_whitespace().collect();
        words.iter().enumerate().find_map(|(place, word)| {
            let body = self.body_in(word)?;
            // `Teknik- og Miljøudvalget` is one body.
            let joined = match place.checked_sub(2).map(|first| (words[first], words[first + 1])) {
                // A dash alone joins nothing: `Indkaldelse - ordinær generalforsamling`.
                Some((first, and))
                    if first.trim_end_matches('-').ends_with(char::is_alphabetic)
                        && first.ends_with('-') =>
                {
                    Some(format!("{first} {and}"))
                }
                _ => None,
            };
            Some(match joined {
                Some(before) => format!("{before} {body}"),
                None => body,
            })
        })
    }

    /// Returns the body that one word of a title names.
    fn body_in(&self, word: &str) -> Option<String> {
        word.split(|letter: char| !letter.is_alphanumeric()).find_map(|word| {
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
        // What stands behind a dash or a colon explains the topic.
        let apart = [": ", " – ", " - ", "; ", " ("];
        let end = apart.iter().filter_map(|mark| title.find(mark)).min().unwrap_or(title.len());
        let title = title.get(..end).filter(|head| head.len() >= SHORTEST_TOPIC).unwrap_or(title);
        if self.bare_titles.is_in(title) {
            return None;
        }
        let stripped = self.strip_title.without(title);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_told_from_the_meetings_title() {
        let danish = Outcomes::of(Words::danish());
        assert_eq!(danish.body("Kredsrådsmødet i Nordby").as_deref(), Some("Kredsrådet"));
        assert_eq!(danish.body("Skolebestyrelsesmøde").as_deref(), Some("Skolebestyrelsen"));
        assert_eq!(danish.body("Ældrerådet i Nordby").as_deref(), Some("Ældrerådet"));
        assert_eq!(danish.body("Samtale"), None);
        let dashed = danish.body("Indkaldelse - ordinær generalforsamling");
        assert_eq!(dashed.as_deref(), Some("Generalforsamlingen"));
        let joined = danish.body("Mødet i Teknik- og Miljøudvalget i Nordby");
        assert_eq!(joined.as_deref(), Some("Teknik- og Miljøudvalget"));
        let english = Outcomes::of(Words::english());
        assert_eq!(english.body("Nordby Parish Council Meeting").as_deref(), Some("The council"));
    }

    #[test]
    fn a_title_becomes_a_topic() {
        let danish = Outcomes::of(Words::danish());
        assert_eq!(danish.topic("Orientering om nyt tag").as_deref(), Some("nyt tag"));
        assert_eq!(danish.topic("Nordby Station").as_deref(), Some("Nordby Station"));
        assert_eq!(danish.topic("Eventuelt"), None);
    }
}
