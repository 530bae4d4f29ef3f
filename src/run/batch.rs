//! Many recordings one after another: their order, and what became of each.

use std::cmp::Reverse;
use std::fmt;
use std::path::Path;
use std::time::Duration;

use crate::audio::decode::AudioReader;
use referat_core::domain::transcript::Transcript;

/// The order in which recordings are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BatchOrder {
    /// By name.
    #[default]
    Name,
    /// The shortest first: most are done soonest.
    Shortest,
    /// The longest first.
    Longest,
}

impl std::str::FromStr for BatchOrder {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "name" => Ok(Self::Name),
            "shortest" => Ok(Self::Shortest),
            "longest" => Ok(Self::Longest),
            _ => Err("it is none of name, shortest, longest".into()),
        }
    }
}

impl BatchOrder {
    /// Puts `tasks` in this order; `about` tells a task's name and length.
    pub fn sort<T>(self, tasks: &mut [T], about: impl Fn(&T) -> (String, Duration)) {
        match self {
            Self::Name => tasks.sort_by_cached_key(|task| about(task).0),
            Self::Shortest => tasks.sort_by_cached_key(|task| about(task).1),
            Self::Longest => tasks.sort_by_cached_key(|task| Reverse(about(task).1)),
        }
    }
}

/// Returns the length that a recording claims, zero where it cannot be told: the failure is
/// met, and told, when its turn comes.
pub fn claimed_length(path: &Path) -> Duration {
    AudioReader::open(path).ok().and_then(|reader| reader.claimed_length()).unwrap_or_default()
}

/// What became of one recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The recording.
    pub file: String,
    /// Its length.
    pub length: Duration,
    /// How long it took.
    pub took: Duration,
    /// What was written, or why nothing was.
    pub result: Result<Counts, String>,
}

/// The transcript in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Words that stand.
    pub words: usize,
    /// Passages that were taken out.
    pub removed: usize,
    /// Stretches that are flagged.
    pub flagged: usize,
}

impl Counts {
    /// Counts a transcript.
    pub fn of(transcript: &Transcript) -> Self {
        let words = |text: &String| text.split_whitespace().count();
        Self {
            words: transcript.segments.iter().map(|segment| words(&segment.text)).sum(),
            removed: transcript.removed.len(),
            flagged: transcript.flagged.len(),
        }
    }
}

/// Displays as a line of the table at a batch's end.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.length.as_secs_f64() / 60.0;
        write!(f, "| {} | {minutes:.1} ", self.file)?;
        match &self.result {
            Ok(Counts { words, removed, flagged }) => {
                let factor = self.took.as_secs_f64() / self.length.as_secs_f64().max(0.001);
                write!(f, "| {factor:.2} | {words} | {removed} | {flagged} |")
            }
            Err(why) => write!(f, "| | | | failed: {why} |"),
        }
    }
}

/// The heading of the table.
pub const HEADING: &str =
    "| file | minutes | x real time | words | removed | flags |\n|---|---|---|---|---|---|";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recordings_are_taken_by_name_or_by_length() {
        let taken = |order: BatchOrder| {
            let mut tasks = [("b", 3), ("a", 9), ("c", 1)];
            order.sort(&mut tasks, |(name, s)| ((*name).to_owned(), Duration::from_secs(*s)));
            tasks.map(|(name, _)| name).concat()
        };
        assert_eq!(taken("name".parse().unwrap()), "abc");
        assert_eq!(taken("shortest".parse().unwrap()), "cba");
        assert_eq!(taken("longest".parse().unwrap()), "abc");
        assert!("size".parse::<BatchOrder>().is_err());
    }

    #[test]
    fn an_outcome_is_a_line_of_the_table() {
        let outcome = |result| Outcome {
            file: "a.wav".into(),
            length: Duration::from_secs(90),
            took: Duration::from_secs(9),
            result,
        };
        let counts = Counts { words: 120, removed: 1, flagged: 2 };
        assert_eq!(outcome(Ok(counts)).to_string(), "| a.wav | 1.5 | 0.10 | 120 | 1 | 2 |");
        assert!(outcome(Err("no sound".into())).to_string().ends_with("failed: no sound |"));
    }
}
