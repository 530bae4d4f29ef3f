//! The meetings of a corpus with what is true of every utterance.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use referat_core::domain::language::Language;
use referat_core::understanding::models::{MeetingFacts, SpeakerPart};
use serde_json::Value;

use crate::gold::Gold;

/// The acts as labels call them, in the order of `ActKind::ALL`.
pub const ACTS: [&str; 11] = [
    "bemærkede",
    "spurgte",
    "besluttede",
    "orienterede",
    "foreslog",
    "oplyste",
    "bekymring",
    "støttede",
    "takkede",
    "afsluttede",
    "bød velkommen",
];

/// A corpus that cannot be read: which file, and why.
#[derive(Debug)]
pub struct CorpusError {
    path: PathBuf,
    reason: String,
}

impl std::fmt::Display for CorpusError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for CorpusError {}

/// What is true of an utterance.
#[derive(Clone, Debug)]
pub struct UtteranceLabels {
    /// Seconds.
    pub start: f64,
    /// Seconds.
    pub end: f64,
    /// Place among the participants.
    pub speaker: Option<usize>,
    /// Place in `ActKind::ALL`.
    pub act: usize,
    /// Whether it only conducts the meeting.
    pub procedural: bool,
    /// Whether an item begins with it.
    pub opens: bool,
    /// Whether a line of the minutes rests on it.
    pub matters: bool,
    /// Number of decisions that are made with it.
    pub decisions: usize,
    /// Tasks that are given with it: the responsible and the deadline.
    pub actions: Vec<(Option<String>, Option<String>)>,
}

/// A meeting with labels.
#[derive(Debug)]
pub struct LabelledMeeting {
    /// Its folder.
    pub dir: PathBuf,
    /// The set it belongs to: one writer's meetings.
    pub set: String,
    /// The language.
    pub language: Language,
    /// What its dagsorden tells.
    pub facts: MeetingFacts,
    /// The participants' names, guests included, and their parts.
    pub people: Vec<(String, SpeakerPart)>,
    /// Its utterances.
    pub utterances: Vec<UtteranceLabels>,
}

/// Reads a corpus: `sets.tsv` and a folder a meeting.
pub fn read_corpus(root: &Path) -> Result<Vec<LabelledMeeting>, CorpusError> {
    let sets = read(&root.join("sets.tsv"))?;
    let rows = sets.lines().skip(1).filter_map(|row| row.split_once('\t'));
    rows.map(|(meeting, set)| read_meeting(&root.join(meeting), set.trim())).collect()
}

pub(super) fn read(path: &Path) -> Result<String, CorpusError> {
    std::fs::read_to_string(path)
        .map_err(|error| CorpusError { path: path.to_owned(), reason: error.to_string() })
}

pub(super) fn parse<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, CorpusError> {
    serde_json::from_str(&read(path)?)
        .map_err(|error| CorpusError { path: path.to_owned(), reason: error.to_string() })
}

fn read_meeting(dir: &Path, set: &str) -> Result<LabelledMeeting, CorpusError> {
    let gold: Gold = parse(&dir.join("gold.json"))?;
    let listed: Value = parse(&dir.join("gold.json"))?;
    let cited = cited(&std::fs::read_to_string(dir.join("referat-gold.md")).unwrap_or_default());
    let mut titles = Vec::new();
    let mut presenters = Vec::new();
    for item in &gold.agenda {
        titles.push(item.title.clone());
        presenters.extend(item.presenter.clone());
        titles.extend(item.sub.iter().map(|sub| sub.title.clone()));
        presenters.extend(item.sub.iter().filter_map(|sub| sub.presenter.clone()));
    }
    let part = |name: &str, role: Option<&str>| match role {
        Some("chair") => SpeakerPart::Chair,
        Some("referent") => SpeakerPart::Referent,
        _ if presenters.iter().any(|presenter| presenter.contains(name)) => SpeakerPart::Presenter,
        _ => SpeakerPart::Member,
    };
    let people = gold.participants.iter();
    let people: Vec<_> = people
        .map(|person| (person.name.clone(), part(&person.name, person.role.as_deref())))
        .collect();
    // A guest stands on no list.
    let on_list = |at: usize| listed["participants"][at]["listed"] != Value::Bool(false);
    let names = people.iter().enumerate().filter(|(at, _)| on_list(*at));
    let names = names.map(|(_, (name, _))| name.clone()).collect();
    Ok(LabelledMeeting {
        dir: dir.to_owned(),
        set: set.to_owned(),
        language: gold.language,
        facts: MeetingFacts { titles, names },
        utterances: utterances(&gold, &cited),
        people,
    })
}

fn utterances(gold: &Gold, cited: &BTreeSet<usize>) -> Vec<UtteranceLabels> {
    let mut item = "0";
    let labels = gold.utterances.iter().enumerate().map(|(at, utterance)| {
        let opens = utterance.item != item && utterance.item != "0";
        item = &utterance.item;
        let start = utterance.start.unwrap_or_default();
        let here = |other: f64| (other - start).abs() < 0.01;
        let actions = gold.actions.iter().filter(|action| here(action.start));
        UtteranceLabels {
            start,
            end: utterance.end.unwrap_or(start),
            speaker: gold.participants.iter().position(|one| one.id == utterance.speaker),
            act: ACTS.iter().position(|act| *act == utterance.act).unwrap_or_default(),
            procedural: utterance.procedural,
            opens,
            matters: cited.contains(&at),
            decisions: gold.decisions.iter().filter(|decision| here(decision.start)).count(),
            actions: actions
                .map(|action| (action.responsible.clone(), action.deadline.clone()))
                .collect(),
        }
    });
    labels.collect()
}

/// Returns the utterances that the lines of minutes rest on.
fn cited(minutes: &str) -> BTreeSet<usize> {
    let sources = minutes.lines().filter_map(|line| line.split_once("<!-- src"));
    let words = sources.flat_map(|(_, sources)| sources.split_whitespace());
    words.filter_map(|word| word.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_the_utterances_it_rests_on() {
        let lines = "### 1\n- Taget skiftes. <!-- src 3 12 decision -->\n- Tak. <!-- src 4 -->\n";
        assert_eq!(cited(lines), BTreeSet::from([3, 4, 12]));
    }
}
