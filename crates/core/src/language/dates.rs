//! Dates and times of day as people write them, in words or digits.

use std::sync::LazyLock;

use super::pattern::regex;
use regex::{Captures, Regex};
use serde::Deserialize;

use super::data::{Data, Table, expect};
use super::table_names::TableName;
use super::words::Words;
use crate::domain::meeting::{ClockTime, Date, Weekday};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    months: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    days: Vec<String>,
    clock: Vec<String>,
    /// Without one of these on its line, a time of day may be anything; none where it may not.
    clock_marks: Vec<String>,
    to: Vec<String>,
    example: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: String,
    date: Option<String>,
    start: Option<String>,
    end: Option<String>,
}

/// A day as written: the year and the weekday may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenDate {
    /// Day of the month.
    pub day: i8,
    /// Month, from 1.
    pub month: i8,
    /// Year in full.
    pub year: Option<i16>,
    /// Weekday as printed.
    pub weekday: Option<Weekday>,
    /// Where it begins in the text, in bytes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

impl WrittenDate {
    /// Returns the day in `year`, if that year has it.
    pub fn in_year(&self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }

    /// Returns the day, when its year is written.
    pub fn date(&self) -> Option<Date> {
        self.in_year(self.year?)
    }
}

/// A time of day as written, with the end of the stretch when there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenTime {
    /// When it starts.
    pub start: ClockTime,
    /// When it ends.
    pub end: Option<ClockTime>,
    /// Where it begins in the text, in bytes.
    pub from: usize,
    /// Where it ends in the text.
    pub to: usize,
}

/// The words of dates in one language.
pub struct DateWords {
    file: File,
    named: Regex,
    month_first: Regex,
    clock: Regex,
    bare_clock: Regex,
}

static NUMERIC: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(\d{1,2})(?:\s*/\s*|[.-]\s?)(\d{1,2})(?:\s*[-–—/.,]?\s*(\d{4})|\s?[-–/.]\s?'?(\d{2}))\b",
    )
});
static ISO: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(\d{4})-(\d{2})-(\d{2})\b"));
static SHORT: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(\d{1,2})/(\d{1,2})\b"));

fn any(words: &[String]) -> String {
    let mut words: Vec<&String> = words.iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
}

pub(super) static DATA: Data<DateWords> = Data::new(TableName::Dates);

impl Table for DateWords {
    type Raw = File;

    fn ready(file: File) -> Result<Self, String> {
        Ok(Self::new(file))
    }

    fn check(&self, file: &File, _: Words<'_>) -> Result<(), String> {
        file.example.iter().try_for_each(|Example { text, date, start, end }| {
            let read = self.dates(text).first().and_then(WrittenDate::date);
            let read = read.map(|date| date.to_string());
            expect(&read == date, || format!("`{text}` is read as the day {read:?}"))?;
            let time = self.time(text, false);
            let from = time.map(|it| it.start.to_string());
            let to = time.and_then(|it| it.end).map(|it| it.to_string());
            expect(&from == start && &to == end, || {
                format!("`{text}` is read as from {from:?} to {to:?}")
            })
        })
    }
}

impl DateWords {
    fn new(file: File) -> Self {
        let months = any(&file.months.concat());
        let days = any(&file.days);
        let clock = any(&file.clock);
        let to = any(&file.to);
        let named = regex(&format!(
            r"(?i)\b(?:(\d{{1,2}})(?:\s?\.|st|nd|rd|th)?\s?(?:of\s)?|({days})\s(?:of\s)?)({months})\b\.?(?:,?\s{{0,3}}'?(\d{{4}}|\d{{2}})\b)?"
        ));
        let month_first =
            regex(&format!(r"(?i)\b({months})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(\d{{4}})\b"));
        let hour = r"(\d{1,2})(?:[.:](\d{2}))?(?:\s?([ap])\.?m\b\.?)?";
        let until = format!(
            r"(?:\s{{0,2}}(?:[-–—]|\b(?:{to})\b)\.?\s{{0,2}}(?:(?:{clock})\b\.?\s?)?{hour})?"
        );
        let clock = regex(&format!(r"(?i)\b(?:{clock})\b[.:]?\s{{0,3}}(?:ca\.?\s)?{hour}{until}"));
        let bare_clock = regex(&format!(
            r"(?i)\b(?:(\d{{1,2}})[.:](\d{{2}})(?:\s?([ap])\.?m\b\.?)?|(\d{{1,2}})\s?([ap])\.?m\b\.?){until}"
        ));
        Self { file, named, month_first, clock, bare_clock }
    }

    /// Returns the words of `language`.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
    }

    /// Tells whether what looks like a time of day on this line is one.
    pub fn tells_clock(&self, line: &str) -> bool {
        let line = line.to_lowercase();
        let marks = &self.file.clock_marks;
        marks.is_empty() || marks.iter().any(|mark| line.contains(mark.as_str()))
    }

    /// Returns the days that are written in `text`, in order; days that no year has are left out.
    pub fn dates(&self, text: &str) -> Vec<WrittenDate> {
        let mut found: Vec<WrittenDate> = Vec::new();
        let mut add = |date: Option<WrittenDate>| {
            let Some(date) = date else { return };
            let free = found.iter().all(|other| date.to <= other.from || date.from >= other.to);
            // 2000 was a leap year, so it has every day that any year has.
            if free && date.in_year(date.year.unwrap_or(2000)).is_some() {
                found.push(date);
            }
        };
        for it in ISO.captures_iter(text) {
            add(self.written(text, &it, number(&it, 3), number(&it, 2), number(&it, 1)));
        }
        for it in self.named.captures_iter(text) {
            let day = number(&it, 1).or_else(|| position(&self.file.days, it.get(2)?.as_str()));
            let month = it.get(3).and_then(|word| nested(&self.file.months, word.as_str()));
            add(self.written(text, &it, day, month.map(|at| at as i16), number(&it, 4)));
        }
        for it in self.month_first.captures_iter(text) {
            let month = it.get(1).and_then(|word| nested(&self.file.months, word.as_str()));
            add(self.written(text, &it, number(&it, 2), month.map(|at| at as i16), number(&it, 3)));
        }
        for it in NUMERIC.captures_iter(text) {
            let year = number(&it, 3).or_else(|| number(&it, 4));
            add(self.written(text, &it, number(&it, 1), number(&it, 2), year));
        }
        for it in SHORT.captures_iter(text) {
            let written = self.written(text, &it, number(&it, 1), number(&it, 2), None);
            // A bare fraction is a date only beside a weekday.
            add(written.filter(|date| date.weekday.is_some()));
        }
        found.sort_by_key(|date| date.from);
        found
    }

    fn written(
        &self,
        text: &str,
        captures: &Captures<'_>,
        day: Option<i16>,
        month: Option<i16>,
        year: Option<i16>,
    ) -> Option<WrittenDate> {
        let whole = captures.get(0)?;
        let year = year.map(|year| match year {
            0..=79 => 2000 + year,
            80..=99 => 1900 + year,
            _ => year,
        });
        let plausible = year.is_none_or(|year| (1800..2200).contains(&year));
        let before = &text[..whole.start()];
        Some(WrittenDate {
            day: i8::try_from(day?).ok()?,
            month: i8::try_from(month?).ok()?,
            year,
            weekday: self.weekday_at_end(before),
            from: whole.start(),
            to: whole.end(),
        })
        .filter(|_| plausible)
    }

    /// Returns the weekday among the last two words before a date.
    fn weekday_at_end(&self, before: &str) -> Option<Weekday> {
        let words = before.split_whitespace().rev().take(2);
        words.into_iter().find_map(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            Weekday::from_monday_one_offset(i8::try_from(nested(&self.file.weekdays, word)?).ok()?)
                .ok()
        })
    }

    /// Returns the first time of day in `text` that a clock word or a colon shows to be one;
    /// with `bare`, digits alone count (`19-21`), as they do after a label for times.
    pub fn time(&self, text: &str, bare: bool) -> Option<WrittenTime> {
        let dates = self.dates(text);
        let clear = |at: usize| dates.iter().all(|date| at < date.from || at >= date.to);
        let marked =
            self.clock.captures_iter(text).filter(|it| clear_of(it, clear)).find_map(|it| {
                let start = clock_time(&it, 1, 2, 3)?;
                Some(self.stretch(&it, start, 4))
            });
        let plain = || {
            self.bare_clock.captures_iter(text).filter(|it| clear_of(it, clear)).find_map(|it| {
                let start = clock_time(&it, 1, 2, 3).or_else(|| clock_time(&it, 4, 0, 5))?;
                // Without a clock word, `19.30` counts only where times are expected.
                let colon = it.get(0).is_some_and(|whole| whole.as_str().contains([':', 'm', 'M']));
                (bare || colon).then(|| self.stretch(&it, start, 6))
            })
        };
        let digits = || {
            static ALONE: LazyLock<Regex> = LazyLock::new(|| {
                regex(r"^\D{0,3}(\d{1,2})()()(?:\s?[-–—]\s?(\d{1,2})()())?\D{0,3}$")
            });
            let rest = dates.iter().map(|date| date.to).max().unwrap_or(0);
            let it = ALONE.captures(text.get(rest..)?)?;
            Some(self.stretch(&it, clock_time(&it, 1, 2, 3)?, 4))
        };
        marked.or_else(plain).or_else(|| if bare { digits() } else { None })
    }

    fn stretch(&self, it: &Captures<'_>, start: ClockTime, end: usize) -> WrittenTime {
        let (from, to) = it.get(0).map_or((0, 0), |whole| (whole.start(), whole.end()));
        WrittenTime { start, end: clock_time(it, end, end + 1, end + 2), from, to }
    }
}

fn clear_of(it: &Captures<'_>, clear: impl Fn(usize) -> bool) -> bool {
    it.get(0).is_some_and(|whole| clear(whole.start()))
}

fn number(captures: &Captures<'_>, group: usize) -> Option<i16> {
    captures.get(group)?.as_str().parse().ok()
}

fn clock_time(it: &Captures<'_>, hour: usize, minute: usize, half: usize) -> Option<ClockTime> {
    let mut hours: u8 = it.get(hour)?.as_str().parse().ok()?;
    let minutes = match it.get(minute).filter(|_| minute > 0).map(|text| text.as_str()) {
        None | Some("") => 0,
        Some(text) => text.parse().ok()?,
    };
    match it.get(half).map(|text| text.as_str()) {
        Some("p" | "P") if hours < 12 => hours += 12,
        Some("a" | "A") if hours == 12 => hours = 0,
        _ => {}
    }
    ClockTime::new(hours, minutes)
}

/// Returns the place of `word` in the list, counted from 1.
fn position(words: &[String], word: &str) -> Option<i16> {
    let word = word.to_lowercase();
    words.iter().position(|it| *it == word).and_then(|at| i16::try_from(at + 1).ok())
}

fn nested(lists: &[Vec<String>], word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    lists.iter().position(|list| list.contains(&word)).and_then(|at| u8::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_digits_are_a_time_only_where_one_is_expected() {
        let words = DateWords::of(Words::danish());
        assert_eq!(words.time("19-21", false), None);
        let time = words.time("19-21", true).unwrap();
        assert_eq!(time.end.unwrap().to_string(), "21:00");
        assert_eq!(words.time("28. oktober 2008, 19.00", true).unwrap().start.to_string(), "19:00");
    }

    #[test]
    fn a_weekday_before_the_date_is_kept() {
        let date = DateWords::of(Words::danish()).dates("Torsdag den 23. juni 2022")[0];
        assert_eq!(date.weekday, Some(Weekday::Thursday));
    }
}
