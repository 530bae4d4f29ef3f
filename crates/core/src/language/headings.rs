//! The words that a referat's layout is made of: labels, headings, names of days and months.

use serde::{Deserialize, Serialize};

use super::data::{Data, Table};
use super::table_names::TableName;
use super::words::Words;
use crate::domain::meeting::{ClockTime, Date};

/// The fixed words of a referat in one language.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the word that its name says; the data shows it")]
pub struct Headings {
    pub locale: String,
    pub language: String,
    pub referat_of: String,
    pub referat: String,
    pub closed_referat_of: String,
    pub time: String,
    pub place: String,
    pub present: String,
    pub remote: String,
    pub absent: String,
    pub chair: String,
    pub referent: String,
    pub presented_by: String,
    pub agenda: String,
    pub agenda_of: String,
    pub item: String,
    pub opening: String,
    pub unknown_speaker: String,
    pub several_speakers: String,
    pub nothing_said: String,
    pub only_procedure: String,
    heard_badly: String,
    heard_badly_all: String,
    pub closed_item: String,
    pub more: String,
    pub proposal: String,
    pub decisions: String,
    pub discussion: String,
    pub actions: String,
    pub action_task: String,
    pub action_who: String,
    pub action_when: String,
    pub case: String,
    pub recommendation: String,
    pub resolution: String,
    pub attendance: String,
    pub attendance_none: String,
    pub signatures: String,
    pub signature_name: String,
    pub signature: String,
    pub page: String,
    pub page_of: String,
    pub draft_mark: String,
    pub months: Vec<String>,
    pub weekdays: Vec<String>,
    date: String,
    from: String,
    until: String,
    welcome_titles: Vec<String>,
}

pub(super) static DATA: Data<Headings> = Data::new(TableName::Headings);

impl Table for Headings {
    type Raw = Self;

    fn ready(raw: Self) -> Result<Self, String> {
        Ok(raw)
    }

    fn check(&self, _: &Self, _: Words<'_>) -> Result<(), String> {
        Ok(())
    }
}

impl Headings {
    /// Returns the note at words under an item that the speech model called `model` heard badly.
    pub fn heard_badly(&self, model: Option<&str>) -> String {
        with_model(&self.heard_badly, model)
    }

    /// Returns the note at a draft whose words it heard badly.
    pub fn heard_badly_all(&self, model: Option<&str>) -> String {
        with_model(&self.heard_badly_all, model)
    }

    /// Returns the words of `language`.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
    }

    /// Returns the day and the hours as the header prints them, without a final period.
    pub fn time_line(
        &self,
        date: Date,
        start: Option<ClockTime>,
        end: Option<ClockTime>,
    ) -> String {
        let weekday = self.name(&self.weekdays, date.weekday().to_monday_zero_offset());
        let month = self.name(&self.months, date.month() - 1);
        let mut line = self
            .date
            .replace("{Weekday}", &capitalised(weekday))
            .replace("{day}", &date.day().to_string())
            .replace("{month}", month)
            .replace("{year}", &date.year().to_string());
        if let Some(start) = start {
            line += &self.from.replace("{start}", &start.to_string());
            if let Some(end) = end {
                line += &self.until.replace("{end}", &end.to_string());
            }
        }
        line
    }

    /// Returns whether an item with this title is where a meeting is opened.
    pub fn opens_meeting(&self, title: &str) -> bool {
        let title = title.to_lowercase();
        self.welcome_titles.iter().any(|words| title.contains(words.as_str()))
    }

    fn name<'a>(&self, names: &'a [String], index: i8) -> &'a str {
        usize::try_from(index).ok().and_then(|index| names.get(index)).map_or("", String::as_str)
    }
}

/// Returns `text` with its first letter as a capital.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn with_model(note: &str, model: Option<&str>) -> String {
    let named = model.map(|name| format!(" `{name}`")).unwrap_or_default();
    note.replace("{model}", &named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Vocabulary;

    fn clock(hour: u8, minute: u8) -> Option<ClockTime> {
        ClockTime::new(hour, minute)
    }

    #[test]
    fn a_danish_time_line_names_the_weekday_and_the_month() {
        let date = Date::constant(2022, 6, 23);
        assert_eq!(
            Headings::of(Words::danish()).time_line(date, clock(8, 30), clock(10, 0)),
            "Torsdag den 23. juni 2022 kl. 08:30 til kl. 10:00"
        );
    }

    #[test]
    fn an_english_time_line_leaves_out_what_is_not_known() {
        let date = Date::constant(2023, 4, 12);
        let words = Headings::of(Words::english());
        assert_eq!(words.time_line(date, clock(19, 0), None), "Wednesday 12 April 2023, 19:00");
        assert_eq!(words.time_line(date, None, clock(20, 0)), "Wednesday 12 April 2023");
    }

    #[test]
    fn every_language_names_seven_days_and_twelve_months() {
        for language in Vocabulary::compiled().all() {
            let words = Headings::of(language);
            assert_eq!((words.weekdays.len(), words.months.len()), (7, 12));
        }
    }
}
