//! Phrases by which a meeting tells where it is: an item begins, an item ends, the next one is
//! announced by number. The phrases are data, each with examples of what they match.

mod kind;
mod numbered;

use serde::Deserialize;

use super::data::{self, Table, expect};
use super::nearness::{LONGEST, Phrase};
use super::normalize;
use super::table_names::TableName;
use super::words::Words;

pub use super::heard::Heard;
pub use kind::CueKind;
use numbered::{Slot, fit, slots};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    cue: Vec<CueData>,
    #[serde(default)]
    standing: Vec<StandingData>,
    #[serde(default)]
    opening_titles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueData {
    kind: CueKind,
    weight: f32,
    phrases: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StandingData {
    title: Vec<String>,
    says: Vec<String>,
}

/// A cue of the language, ready to be looked for.
struct Cue {
    kind: CueKind,
    weight: f32,
    /// Of a phrase without a number.
    plain: Vec<Phrase>,
    /// Of a phrase with a number's place in it.
    numbered: Vec<Vec<Slot>>,
}

/// An item that stands on most agendas, and what is said when it is taken.
struct Standing {
    title: Vec<String>,
    says: Vec<Phrase>,
}

/// The cues of one language.
pub struct Cues {
    cues: Vec<Cue>,
    standing: Vec<Standing>,
    opening: Vec<Phrase>,
}

/// One of the items that stand on most agendas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StandingItem(usize);

/// A cue that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What it tells.
    pub kind: CueKind,
    /// How much it tells, its weight reduced by how badly it was heard.
    pub strength: f32,
    /// The item's number, where one was said.
    pub number: Option<u64>,
    /// The words it was found in: first and one past the last.
    pub words: (usize, usize),
}

pub(super) static ITEMS: data::Data<Cues> = data::Data::new(TableName::Cues);
pub(super) static SPEAKERS: data::Data<Cues> = data::Data::new(TableName::Speakers);

impl Table for Cues {
    type Raw = Data;

    fn ready(data: Data) -> Result<Self, String> {
        Ok(Self {
            cues: data.cue.iter().map(Cue::new).collect(),
            standing: data.standing.iter().map(Standing::new).collect(),
            opening: data.opening_titles.iter().map(|title| Phrase::new(title)).collect(),
        })
    }

    fn check(&self, data: &Data, language: Words<'_>) -> Result<(), String> {
        for cue in &data.cue {
            let named = || cue.phrases.join("`, `");
            let long = cue.phrases.iter().find(|phrase| phrase.chars().count() + 2 > LONGEST);
            expect(long.is_none(), || format!("`{}` is too long to look for", named()))?;
            let alone =
                Self { cues: vec![Cue::new(cue)], standing: Vec::new(), opening: Vec::new() };
            let found = |text: &str| !alone.find(&Heard::new(text), 0.0, language).is_empty();
            for yes in &cue.yes {
                expect(found(yes), || format!("`{}` should be found in `{yes}`", named()))?;
            }
            for no in &cue.no {
                expect(!found(no), || format!("`{}` should not be found in `{no}`", named()))?;
            }
        }
        Ok(())
    }
}

impl Cues {
    /// Returns what is said in a language when the word passes from one to another.
    pub fn of_speakers(language: Words<'_>) -> &Self {
        SPEAKERS.of(language)
    }

    /// Returns what is said in a language of where on the agenda the meeting is.
    pub fn of(language: Words<'_>) -> &Self {
        ITEMS.of(language)
    }

    /// Finds the cues of a text. `damage` is the share of letters taken to be wrong, 0 to 1.
    pub fn find(&self, heard: &Heard, damage: f32, language: Words<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        for cue in &self.cues {
            let plain = cue.plain.iter().filter_map(|phrase| nearest(phrase, heard, damage));
            let best = plain.max_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((closeness, words)) = best {
                let strength = cue.weight * closeness;
                found.push(Found { kind: cue.kind, strength, number: None, words });
            }
            found.extend(cue.numbers(heard, language));
        }
        found
    }

    /// Tells whether a cue of this kind stands in a text, letter for letter.
    pub fn has(&self, kind: CueKind, heard: &Heard) -> bool {
        let own = self.cues.iter().filter(|cue| cue.kind == kind);
        own.flat_map(|cue| &cue.plain).any(|phrase| nearest(phrase, heard, 0.0).is_some())
    }

    /// Tells whether a text takes up an item, ends one, or ends the meeting.
    pub fn leads_on(&self, heard: &Heard, language: Words<'_>) -> bool {
        use CueKind::{Back, Close, End, First, Last, Next, Number, Open};
        let leads = [Back, Close, End, First, Last, Next, Number, Open];
        self.find(heard, 0.0, language).iter().any(|found| leads.contains(&found.kind))
    }

    /// Tells whether an item's title is that of one with which the chair opens a meeting.
    pub fn opens_meeting(&self, title: &Heard) -> bool {
        self.opening.iter().any(|phrase| nearest(phrase, title, 0.0).is_some())
    }

    /// Returns which of the standing items an item with this title is.
    pub fn standing_items(&self, title: &str) -> Vec<StandingItem> {
        let title = normalize::folded(title);
        let fits = |standing: &Standing| standing.title.iter().any(|part| contains(&title, part));
        let found = self.standing.iter().enumerate().filter(|(_, standing)| fits(standing));
        found.map(|(place, _)| StandingItem(place)).collect()
    }

    /// Tells how surely a standing item is being taken up in a text, 0 to 1, and in which words.
    pub fn standing(
        &self,
        item: StandingItem,
        heard: &Heard,
        damage: f32,
    ) -> Option<(f32, (usize, usize))> {
        let says = self.standing.get(item.0).into_iter().flat_map(|standing| &standing.says);
        says.filter_map(|phrase| nearest(phrase, heard, damage)).max_by(|a, b| a.0.total_cmp(&b.0))
    }
}

/// Tells whether `part` stands in `text` as whole words.
fn contains(text: &str, part: &str) -> bool {
    format!(" {text} ").contains(&format!(" {part} "))
}

/// Looks for a phrase: how closely it fits, 0.5 to 1, and in which words.
fn nearest(phrase: &Phrase, heard: &Heard, damage: f32) -> Option<(f32, (usize, usize))> {
    let length = phrase.len().saturating_sub(2);
    // A short phrase has little that could tell it from other words.
    let certain = length.saturating_sub(4) as f32;
    let allowed = (certain * (0.06 + 0.38 * damage)) as usize;
    let nearest = phrase.nearest(&heard.letters, allowed)?;
    let closeness = 1.0 - 0.5 * nearest.distance as f32 / (allowed + 1) as f32;
    Some((closeness, heard.words_before(nearest.end, length)))
}

impl Cue {
    fn new(data: &CueData) -> Self {
        let (numbered, plain): (Vec<_>, Vec<_>) =
            data.phrases.iter().partition(|phrase| phrase.contains('{'));
        Self {
            kind: data.kind,
            weight: data.weight,
            plain: plain
                .into_iter()
                .map(|phrase| Phrase::new(&normalize::folded(phrase)))
                .collect(),
            numbered: numbered.into_iter().map(|phrase| slots(phrase)).collect(),
        }
    }

    fn numbers(&self, heard: &Heard, language: Words<'_>) -> Vec<Found> {
        if self.numbered.is_empty() {
            return Vec::new();
        }
        let words: Vec<&str> = heard.words.iter().map(|word| word.folded.as_str()).collect();
        let mut found: Vec<Found> = Vec::new();
        for at in 0..words.len() {
            let longest = self
                .numbered
                .iter()
                .filter_map(|slots| fit(slots, &words[at..], language))
                .max_by_key(|(used, _)| *used);
            if let Some((used, number)) = longest {
                let inside = found.last().is_some_and(|last| last.words.1 >= at + used);
                if !inside {
                    let words = (at, at + used);
                    let number = Some(number);
                    found.push(Found { kind: self.kind, strength: self.weight, number, words });
                }
            }
        }
        found
    }
}

impl Standing {
    fn new(data: &StandingData) -> Self {
        Self {
            title: data.title.iter().map(|title| normalize::folded(title)).collect(),
            says: data.says.iter().map(|says| Phrase::new(&normalize::folded(says))).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_heard_in_words_digits_and_order() {
        let find = |text: &str| {
            let found = Cues::of(Words::danish()).find(&Heard::new(text), 0.0, Words::danish());
            found.into_iter().find(|found| found.kind == CueKind::Number).and_then(|f| f.number)
        };
        assert_eq!(find("Så er vi ved punkt nummer enogtyve."), Some(21));
        assert_eq!(find("Pkt. 3, budgettet"), Some(3));
        assert_eq!(find("det tredje punkt er trafikken"), Some(3));
        assert_eq!(find("Næste punkt er nummer fem"), Some(5));
    }

    #[test]
    fn a_quote_is_the_text_as_it_was_said() {
        let text = "Ja. Så går vi videre til punkt to, tak!";
        let heard = Heard::new(text);
        let found = Cues::of(Words::danish()).find(&heard, 0.0, Words::danish());
        let number = found.iter().find(|found| found.kind == CueKind::Number).unwrap();
        assert_eq!(heard.quote(text, number.words), "punkt to");
        let open = found.iter().find(|found| found.kind == CueKind::Open).unwrap();
        assert_eq!(heard.quote(text, open.words), "Så går vi videre til");
    }

    #[test]
    fn a_badly_heard_phrase_is_found_when_damage_is_expected() {
        let heard = Heard::new("forkandlngen er åpnet");
        let cues = Cues::of(Words::danish());
        let open = |damage| {
            let found = cues.find(&heard, damage, Words::danish());
            found.iter().any(|found| found.kind == CueKind::Open)
        };
        assert!(open(0.5) && !open(0.0));
    }
}
