//! Dates in words and digits.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::model::language::Language;
use crate::model::meeting::{Date, Weekday};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// January to December.
    months: Vec<String>,
    /// Monday to Sunday.
    weekdays: Vec<String>,
    /// A date in words, with the groups `day`, `month` and `year`.
    pattern: String,
}

/// How a language writes dates.
pub struct Dates {
    months: Vec<String>,
    weekdays: Vec<String>,
    words: Regex,
    digits: Regex,
}

/// A date and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The date.
    pub date: Date,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

static DANISH: LazyLock<Dates> = LazyLock::new(|| read(include_str!("da/dates.toml")));
static ENGLISH: LazyLock<Dates> = LazyLock::new(|| read(include_str!("en/dates.toml")));

#[expect(clippy::expect_used, reason = "the file is compiled in and read by every test")]
fn read(text: &str) -> Dates {
    let file: File = toml::from_str(text).expect("the dates are valid TOML");
    let names = file.months.join("|");
    let pattern = file.pattern.replace("MONTH", &format!("(?P<month>{names})"));
    let digits = r"\b(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})\b";
    Dates {
        months: file.months,
        weekdays: file.weekdays,
        words: Regex::new(&format!("(?i){pattern}")).expect("a valid pattern"),
        digits: Regex::new(digits).expect("a valid pattern"),
    }
}

impl Dates {
    /// Returns how `language` writes dates.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Da => &DANISH,
            Language::En => &ENGLISH,
        }
    }

    /// Returns the first whole date in `text`: a date without a year is none.
    pub fn find(&self, text: &str) -> Option<Found> {
        [&self.words, &self.digits].into_iter().find_map(|pattern| {
            let found = pattern.captures(text)?;
            let number = |name: &str| found.name(name)?.as_str().parse::<i16>().ok();
            let month = found.name("month")?.as_str().to_lowercase();
            let named = self.months.iter().position(|known| *known == month);
            let month = named.map_or_else(|| month.parse().ok(), |at| i8::try_from(at + 1).ok())?;
            let day = i8::try_from(number("day")?).ok()?;
            let date = Date::new(number("year")?, month, day).ok()?;
            Some(Found { date, range: found.get(0)?.range() })
        })
    }

    /// Returns the weekday that `text` names, if it names one.
    pub fn weekday(&self, text: &str) -> Option<Weekday> {
        let low = text.to_lowercase();
        let named =
            |name: &String| low.split(|c: char| !c.is_alphabetic()).any(|word| word == name);
        let at = self.weekdays.iter().position(named)?;
        Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
    }

    /// Returns the weekday's name, lower case in Danish.
    pub fn weekday_name(&self, weekday: Weekday) -> &str {
        &self.weekdays[usize::from(weekday.to_monday_zero_offset().unsigned_abs())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_in_words_and_digits() {
        let da = Dates::of(Language::Da);
        for text in
            ["Torsdag den 23. juni 2022 kl. 8", "23.06.2022", "d. 23/6-2022", "23 juni 2022"]
        {
            let found = da.find(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.date.to_string(), "2022-06-23", "{text}");
        }
        let en = Dates::of(Language::En);
        for text in ["Wednesday 12 April 2023, 19:00", "12th of April 2023", "12 April, 2023"] {
            let found = en.find(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.date.to_string(), "2023-04-12", "{text}");
        }
        assert_eq!(da.find("den 31. februar 2022"), None);
        assert_eq!(da.find("den 23. juni"), None);
    }

    #[test]
    fn the_weekday_is_told() {
        let da = Dates::of(Language::Da);
        assert_eq!(da.weekday("Torsdag den 23."), Some(Weekday::Thursday));
        assert_eq!(da.weekday_name(Weekday::Thursday), "torsdag");
        assert_eq!(da.weekday("i dag"), None);
    }
}
