//! How well a document was read, against labels made by hand.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use referat_core::domain::meeting::{Meeting, Participant};

/// What a person read in a document; null is not stated.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Gold {
    /// ISO date.
    #[serde(default)]
    pub date: Option<String>,
    /// Start as printed.
    #[serde(default)]
    pub time: Option<String>,
    /// Place as printed.
    #[serde(default)]
    pub place: Option<String>,
    /// Names of those present, in the room or from elsewhere.
    #[serde(default)]
    pub present: Option<Vec<String>>,
    /// Names of the absent.
    #[serde(default)]
    pub absent: Option<Vec<String>>,
    /// Name of the minute taker.
    #[serde(default)]
    pub referent: Option<String>,
    /// Name of the chair.
    #[serde(default)]
    pub dirigent: Option<String>,
    /// The items.
    #[serde(default)]
    pub agenda: Vec<GoldItem>,
}

/// An item as labelled.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct GoldItem {
    /// The title as printed, presenter included.
    pub title: String,
}

/// Right, missed and wrong answers of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// In both.
    pub right: usize,
    /// Labelled, not found.
    pub missed: usize,
    /// Found, not labelled.
    pub wrong: usize,
}

impl Count {
    /// Returns the harmonic mean of precision and recall; 1 when there was nothing to find.
    pub fn f1(self) -> f64 {
        let all = 2 * self.right + self.missed + self.wrong;
        if all == 0 { 1.0 } else { 2.0 * self.right as f64 / all as f64 }
    }

    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.missed += other.missed;
        self.wrong += other.wrong;
    }

    fn sets(gold: &BTreeSet<String>, found: &BTreeSet<String>) -> Self {
        let right = gold.intersection(found).count();
        Self { right, missed: gold.len() - right, wrong: found.len() - right }
    }

    fn fact(gold: Option<&str>, found: Option<&str>) -> Self {
        let set = |fact: Option<&str>| fact.map(plain).into_iter().collect();
        Self::sets(&set(gold), &set(found))
    }
}

/// The counts of one document, or of many added up.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Score {
    /// Titles of the agenda's items.
    pub titles: Count,
    /// Names of those present.
    pub present: Count,
    /// Names of the absent.
    pub absent: Count,
    /// The date.
    pub date: Count,
    /// The start.
    pub start: Count,
    /// The place.
    pub place: Count,
    /// The minute taker.
    pub referent: Count,
    /// The chair.
    pub chair: Count,
}

impl Score {
    /// Compares a meeting as read with its labels.
    pub fn of(gold: &Gold, meeting: &Meeting) -> Self {
        let header = &meeting.header;
        let names = |people: &[Participant]| people.iter().map(|it| plain(&it.name)).collect();
        let labelled =
            |people: &Option<Vec<String>>| people.iter().flatten().map(|it| plain(it)).collect();
        let mut present: BTreeSet<String> = names(&header.present);
        present.extend(names(&header.remote) as BTreeSet<String>);
        let start = header.start.map(|time| time.to_string());
        Self {
            titles: titles(gold, meeting),
            present: Count::sets(&labelled(&gold.present), &present),
            absent: Count::sets(&labelled(&gold.absent), &names(&header.absent)),
            date: Count::fact(
                gold.date.as_deref(),
                header.date.map(|it| it.to_string()).as_deref(),
            ),
            start: Count::fact(gold.time.as_deref().map(clock).as_deref(), start.as_deref()),
            place: Count::fact(gold.place.as_deref(), header.place.as_deref()),
            referent: Count::fact(gold.referent.as_deref(), header.referent.as_deref()),
            chair: Count::fact(gold.dirigent.as_deref(), header.chair.as_deref()),
        }
    }

    /// Adds another document's counts.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.counts_mut().into_iter().zip(other.counts()) {
            mine.add(theirs.1);
        }
    }

    /// Returns present and absent together.
    pub fn participants(&self) -> Count {
        let mut both = self.present;
        both.add(self.absent);
        both
    }

    /// Returns the counts with their names.
    pub fn counts(&self) -> [(&'static str, Count); 8] {
        [
            ("titles", self.titles),
            ("present", self.present),
            ("absent", self.absent),
            ("date", self.date),
            ("start", self.start),
            ("place", self.place),
            ("referent", self.referent),
            ("chair", self.chair),
        ]
    }

    fn counts_mut(&mut self) -> [&mut Count; 8] {
        [
            &mut self.titles,
            &mut self.present,
            &mut self.absent,
            &mut self.date,
            &mut self.start,
            &mut self.place,
            &mut self.referent,
            &mut self.chair,
        ]
    }
}

/// Counts titles; an item's title counts with its presenter as printed or without.
fn titles(gold: &Gold, meeting: &Meeting) -> Count {
    let mut left: Vec<String> = gold.agenda.iter().map(|item| plain(&item.title)).collect();
    let mut count = Count::default();
    for item in &meeting.agenda.items {
        let printed = item.presenter_printed.as_deref().unwrap_or_default();
        let forms = [plain(&item.title), plain(&format!("{} {printed}", item.title))];
        match left.iter().position(|title| forms.contains(title)) {
            Some(at) => {
                left.remove(at);
                count.right += 1;
            }
            None => count.wrong += 1,
        }
    }
    count.missed = left.len();
    count
}

/// Returns a text's letters and digits, in lower case with single spaces.
pub(crate) fn plain(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() || c == ':' { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    spaced
        .split_whitespace()
        .map(|word| word.trim_matches(':'))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns a printed time as `HH:MM`: `19`, `19.30`, `8:05`.
fn clock(text: &str) -> String {
    let (hour, minute) = text.split_once(['.', ':']).unwrap_or((text, "00"));
    format!("{hour:0>2}:{minute:0>2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_counts_with_or_without_its_presenter() {
        let gold: Gold = serde_json::from_str(
            r#"{"agenda":[{"title":"Nyt v. Bo"},{"title":"Valg"}],"time":"19"}"#,
        )
        .unwrap();
        let (meeting, _) = referat_core::agenda::read_meeting("1. Nyt v. Bo\n2. Andet", None);
        let score = Score::of(&gold, &meeting);
        assert_eq!(score.titles, Count { right: 1, missed: 1, wrong: 1 });
        assert_eq!(score.start, Count { right: 0, missed: 1, wrong: 0 });
        assert!((score.titles.f1() - 0.5).abs() < 1e-9);
    }
}
