//! What became of each line of a page.

use std::collections::BTreeMap;
use std::fmt;

use super::zones::Outside;

/// What a line was read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Name of the meeting.
    Title,
    /// Day or time.
    When,
    /// Place.
    Place,
    /// Label of people, or people.
    People(Vec<String>),
    /// Heads the agenda or repeats it.
    Agenda,
    /// Opens the item of this number, or goes on with its title.
    Item(String),
    /// A part of the item of this number.
    Part(String),
    /// A note to the item of this number.
    Note(String),
    /// Left out, and why.
    Outside(Outside),
    /// Neither people nor items; told in a remark.
    Other,
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Title => f.write_str("name of the meeting"),
            Self::When => f.write_str("day and time"),
            Self::Place => f.write_str("place"),
            Self::People(names) if names.is_empty() => f.write_str("label of people"),
            Self::People(names) => write!(f, "people: {}", names.join(", ")),
            Self::Agenda => f.write_str("heads the agenda"),
            Self::Item(number) => write!(f, "item {number}"),
            Self::Part(number) => write!(f, "part of item {number}"),
            Self::Note(number) => write!(f, "note to item {number}"),
            Self::Outside(reason) => write!(f, "left out: {}", reason.told()),
            Self::Other => f.write_str("not understood"),
        }
    }
}

/// What became of the lines, by their numbers.
#[derive(Clone, Debug, Default)]
pub struct Fates(BTreeMap<usize, Fate>);

impl Fates {
    /// Sets what became of a line; what a line is first read as stays.
    pub(super) fn set(&mut self, line: usize, fate: Fate) {
        self.0.entry(line).or_insert(fate);
    }

    /// Adds people to a line.
    pub(super) fn people(&mut self, line: usize, names: Vec<String>) {
        match self.0.get_mut(&line) {
            Some(Fate::People(known)) => known.extend(names),
            Some(_) => {}
            None => {
                self.0.insert(line, Fate::People(names));
            }
        }
    }

    /// Returns what became of a line, counted from 1; blank lines have none.
    pub fn of(&self, line: usize) -> Option<&Fate> {
        self.0.get(&line)
    }

    /// Returns every line with what became of it.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Fate)> {
        self.0.iter().map(|(line, fate)| (*line, fate))
    }
}
