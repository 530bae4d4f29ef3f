//! What is told of a dagsorden, in each language: a text for every kind of remark.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::data::{Data, Table, expect};
use super::table_names::TableName;
use super::words::Words;
use crate::domain::meeting::Weekday;

/// What is told of a dagsorden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemarkKind {
    /// The items have no numbers; they are those of a programme by the clock.
    ProgrammeCounted,
    /// The items have no numbers; they are bullets.
    BulletsCounted,
    /// The items have no numbers; they are lines under a label.
    LinesCounted,
    /// The items have no numbers; they are headings.
    HeadingsCounted,
    /// The items have no numbers; they are lines that stand like headings.
    BareCounted,
    /// There are no items.
    NoAgenda,
    /// A number stands twice.
    Twice,
    /// Numbers are missing.
    Jump,
    /// The numbers begin anew.
    Anew,
    /// A title goes on and on.
    LongTitle,
    /// Somebody presents who is not among the people.
    UnknownPresenter,
    /// What stands among the people is none.
    NoPerson,
    /// Names on one line have no label.
    NamesUnlabelled,
    /// People on lines of their own have no label.
    PeopleUnlabelled,
    /// Who takes the minutes is told under an item.
    ReferentUnder,
    /// Who leads the meeting is told under an item.
    ChairUnder,
    /// The date has no year.
    NoYear,
    /// The date's year is that of the mail.
    YearSent,
    /// The date's year is the one whose weekday fits.
    YearFits,
    /// The date is not that weekday.
    WrongWeekday,
    /// The date has no label.
    NoDateLabel,
    /// The end is before the start.
    EndsFirst,
    /// Letters are lost.
    Unread,
    /// The page is in another language than the meeting.
    Labels,
    /// The end of the text is not read.
    TooLong,
    /// A line is not understood.
    Neither,
    /// Lines are not understood.
    NeitherTo,
}

impl RemarkKind {
    /// Every kind.
    pub const ALL: [Self; 27] = [
        Self::ProgrammeCounted,
        Self::BulletsCounted,
        Self::LinesCounted,
        Self::HeadingsCounted,
        Self::BareCounted,
        Self::NoAgenda,
        Self::Twice,
        Self::Jump,
        Self::Anew,
        Self::LongTitle,
        Self::UnknownPresenter,
        Self::NoPerson,
        Self::NamesUnlabelled,
        Self::PeopleUnlabelled,
        Self::ReferentUnder,
        Self::ChairUnder,
        Self::NoYear,
        Self::YearSent,
        Self::YearFits,
        Self::WrongWeekday,
        Self::NoDateLabel,
        Self::EndsFirst,
        Self::Unread,
        Self::Labels,
        Self::TooLong,
        Self::Neither,
        Self::NeitherTo,
    ];
}

/// The texts of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemarkTexts {
    /// What the days of the week are called, from Monday.
    weekdays: [String; 7],
    texts: BTreeMap<RemarkKind, String>,
}

pub(super) static DATA: Data<RemarkTexts> = Data::new(TableName::Remarks);

impl Table for RemarkTexts {
    type Raw = Self;

    fn ready(raw: Self) -> Result<Self, String> {
        match RemarkKind::ALL.iter().find(|kind| !raw.texts.contains_key(kind)) {
            Some(missing) => Err(format!("there is no text for {missing:?}")),
            None => Ok(raw),
        }
    }

    fn check(&self, _: &Self, _: Words<'_>) -> Result<(), String> {
        let english = Self::of(Words::english());
        RemarkKind::ALL.iter().try_for_each(|kind| {
            let (own, wanted) = (named(self.get(*kind)), named(english.get(*kind)));
            expect(own == wanted, || format!("{kind:?} fills in {own:?}, not {wanted:?}"))
        })
    }
}

impl RemarkTexts {
    /// Returns the texts of `language`.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
    }

    /// Returns what a weekday is called.
    pub fn weekday(&self, day: Weekday) -> &str {
        let at = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
        &self.weekdays[at % 7]
    }

    /// Returns the text of a kind, its values not yet filled in.
    pub fn get(&self, kind: RemarkKind) -> &str {
        self.texts.get(&kind).map_or("", String::as_str)
    }
}

/// Returns the names of what a text fills in, in order of the alphabet.
fn named(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    names.sort_unstable();
    names
}
